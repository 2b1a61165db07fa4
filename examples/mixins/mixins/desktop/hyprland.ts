import type { Feature } from 'cdknix';
import { login } from './login';
import { wayland } from './wayland';

/** Hyprland: the compositor on the host, its keys in the home. */
export function hyprland(feature: Feature): void {
  feature.use(login, wayland);
  feature.nixos.set({ programs: { hyprland: { enable: true } } });
  feature.home.set({
    wayland: {
      windowManager: {
        hyprland: {
          enable: true,
          configType: 'hyprlang',
          // The host installs it, with its session and its portal.
          package: null,
          portalPackage: null,
          settings: {
            $mod: 'SUPER',
            input: { kb_layout: 'gb', follow_mouse: 1 },
            general: { gaps_in: 4, gaps_out: 8, border_size: 2 },
            bind: [
              '$mod, Return, exec, foot',
              '$mod, D, exec, fuzzel',
              '$mod, Q, killactive',
              '$mod, F, fullscreen',
              ...workspaces('$mod, %, workspace, %'),
              ...workspaces('$mod SHIFT, %, movetoworkspace, %'),
            ],
          },
        },
      },
    },
  });
}

/** A line for each of the workspaces 1 to 9. */
function workspaces(line: string): string[] {
  return Array.from({ length: 9 }, (_, i) => line.replaceAll('%', String(i + 1)));
}
