import { builtins, Feature, path } from 'cdknix';
import type { Construct } from 'constructs';
import { bare, mocha } from './catppuccin';

/** Hyprland: the session on the system, its look in the home, its keys in Lua (what Hyprland itself speaks). */
export class Hyprland extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.nixos.set({ programs: { hyprland: { enable: true }, hyprlock: { enable: true } } });
    this.home.set({
      wayland: {
        windowManager: {
          hyprland: {
            enable: true,
            package: null, // the system's own
            portalPackage: null,
            settings: {
              config: {
                general: {
                  gaps_in: 4,
                  gaps_out: 8,
                  border_size: 2,
                  col: {
                    active_border: { colors: [rgb(mocha.mauve), rgb(mocha.lavender)], angle: 45 },
                    inactive_border: rgb(mocha.surface0),
                  },
                },
                decoration: { rounding: 8, blur: { enabled: true, size: 6 } },
                input: {
                  kb_layout: 'us',
                  kb_variant: 'altgr-intl',
                  kb_options: 'caps:escape',
                  touchpad: { natural_scroll: true },
                },
                misc: { disable_hyprland_logo: true, background_color: rgb(mocha.base) },
              },
              monitor: { output: '', mode: 'preferred', position: 'auto', scale: 'auto' },
              gesture: { fingers: 3, direction: 'horizontal', action: 'workspace' },
            },
            extraConfig: builtins.readFile(path('./hyprland.lua')),
          },
        },
      },
      programs: {
        hyprlock: {
          enable: true,
          package: null,
          settings: {
            auth: { fingerprint: { enabled: true } },
            background: { color: rgb(mocha.base) },
            'input-field': {
              outer_color: rgb(mocha.lavender),
              inner_color: rgb(mocha.surface0),
              font_color: rgb(mocha.text),
              fail_color: rgb(mocha.red),
              fade_on_empty: false,
            },
          },
        },
        waybar: {
          systemd: { targets: ['hyprland-session.target'] },
          settings: { main: { 'modules-left': ['hyprland/workspaces'] } },
        },
      },
      services: {
        hypridle: {
          enable: true,
          systemdTarget: 'hyprland-session.target',
          settings: {
            general: { lock_cmd: 'pidof hyprlock || hyprlock', before_sleep_cmd: 'loginctl lock-session' },
            listener: [
              { timeout: 300, 'on-timeout': 'loginctl lock-session' },
              { timeout: 1800, 'on-timeout': 'systemctl suspend' },
            ],
          },
        },
      },
    });
  }
}

function rgb(colour: string): string {
  return `rgb(${bare(colour)})`;
}
