import { type Feature, mkDefault } from 'cdknix';
import { login } from './login';
import { wayland } from './wayland';

/** Sway: the compositor on the host, its settings in the home. */
export function sway(feature: Feature): void {
  feature.use(login, wayland);
  feature.nixos.set({ programs: { sway: { enable: true } } });
  feature.home.set({
    wayland: {
      windowManager: {
        sway: {
          enable: true,
          // The host installs it, with its session and its portal.
          package: null,
          config: {
            modifier: 'Mod4',
            terminal: 'foot',
            menu: 'fuzzel',
            input: { '*': { xkb_layout: mkDefault('gb') } },
            gaps: { inner: 8 },
            // Waybar is started by systemd.
            bars: [],
          },
        },
      },
    },
  });
}
