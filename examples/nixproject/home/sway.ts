import { Feature, lib, lines, pkgs, str } from 'cdknix';
import type { Construct } from 'constructs';
import { bare, mocha } from './catppuccin';

const mod = 'Mod4';
const lock = str`${lib.getExe(pkgs.swaylock)} --daemonize`;

/** Sway: keybinds and layout, with a bar, a launcher, notifications and a lock screen. */
export class Sway extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const font = this.nixos.config.desktop.monospace.name;
    this.home.set({
      wayland: {
        windowManager: {
          sway: {
            enable: true,
            package: null, // the system's own, which SDDM starts
            config: {
              modifier: mod,
              keybindings: keybindings(),
              modes: {
                resize: {
                  h: 'resize shrink width 10 px',
                  j: 'resize grow height 10 px',
                  k: 'resize shrink height 10 px',
                  l: 'resize grow width 10 px',
                  Escape: 'mode default',
                },
              },
              input: {
                'type:keyboard': { xkb_layout: 'us', xkb_variant: 'altgr-intl', xkb_options: 'caps:escape' },
                'type:touchpad': { tap: 'enabled', natural_scroll: 'enabled', dwt: 'enabled' },
              },
              output: { '*': { bg: `${mocha.base} solid_color` } },
              fonts: { names: [font], size: 10.5 },
              gaps: { inner: 6, smartGaps: true, smartBorders: 'on' },
              window: { border: 2, titlebar: false },
              floating: { criteria: [{ app_id: 'pavucontrol' }, { app_id: 'nm-connection-editor' }] },
              colors: {
                background: mocha.base,
                focused: frame(mocha.lavender),
                focusedInactive: frame(mocha.overlay0),
                unfocused: frame(mocha.overlay0),
                urgent: frame(mocha.peach),
                placeholder: frame(mocha.overlay0),
              },
              bars: [],
              startup: [
                { command: str`${pkgs.kdePackages['polkit-kde-agent-1']}/libexec/polkit-kde-authentication-agent-1` },
              ],
            },
          },
        },
      },
      programs: {
        fuzzel: {
          enable: true,
          settings: {
            main: { font: str`${font}:size=12`, terminal: 'foot', layer: 'overlay' },
            colors: {
              background: `${bare(mocha.base)}f0`,
              text: `${bare(mocha.text)}ff`,
              match: `${bare(mocha.mauve)}ff`,
              selection: `${bare(mocha.surface1)}ff`,
              'selection-text': `${bare(mocha.text)}ff`,
              border: `${bare(mocha.lavender)}ff`,
            },
          },
        },
        swaylock: {
          enable: true,
          settings: {
            color: bare(mocha.base),
            'inside-color': bare(mocha.mantle),
            'ring-color': bare(mocha.lavender),
            'key-hl-color': bare(mocha.green),
            'text-color': bare(mocha.text),
            'ring-wrong-color': bare(mocha.red),
            'show-failed-attempts': true,
          },
        },
        waybar: {
          enable: true,
          systemd: { enable: true, targets: ['sway-session.target'] },
          settings: {
            main: {
              layer: 'top',
              height: 28,
              'modules-left': ['sway/workspaces', 'sway/mode'],
              'modules-center': ['clock'],
              'modules-right': ['tray', 'network', 'pulseaudio', 'battery'],
              clock: { format: '{:%a %d %b  %H:%M}', 'tooltip-format': '<tt>{calendar}</tt>' },
              network: { 'format-wifi': '{essid}', 'format-ethernet': 'wired', 'format-disconnected': 'offline' },
              pulseaudio: { format: 'vol {volume}%', 'format-muted': 'muted', 'on-click': 'pavucontrol' },
              battery: { format: 'bat {capacity}%', states: { warning: 25, critical: 10 } },
            },
          },
          style: lines`
            * {
              font-family: "${font}";
              font-size: 13px;
              min-height: 0;
            }

            window#waybar {
              background: ${mocha.base};
              color: ${mocha.text};
            }

            #workspaces button.focused {
              color: ${mocha.base};
              background: ${mocha.lavender};
            }

            #tray, #network, #pulseaudio, #battery {
              padding: 0 10px;
            }

            #battery.critical {
              color: ${mocha.red};
            }
          `,
        },
      },
      services: {
        mako: {
          enable: true,
          settings: {
            font: str`${font} 11`,
            'background-color': mocha.base,
            'text-color': mocha.text,
            'border-color': mocha.lavender,
            'border-radius': 6,
            'default-timeout': 6_000,
            'urgency=critical': { 'border-color': mocha.red, 'default-timeout': 0 },
          },
        },
        swayidle: {
          enable: true,
          systemdTargets: ['sway-session.target'],
          events: { 'before-sleep': lock, lock },
          timeouts: [
            { timeout: 300, command: lock },
            { timeout: 600, command: 'swaymsg "output * power off"', resumeCommand: 'swaymsg "output * power on"' },
          ],
        },
      },
      home: {
        packages: [pkgs.brightnessctl, pkgs.grim, pkgs.pavucontrol, pkgs.playerctl, pkgs.slurp, pkgs['wl-clipboard']],
      },
    });
  }
}

function keybindings(): Record<string, string> {
  const keys: Record<string, string> = {
    [`${mod}+Return`]: 'exec foot',
    [`${mod}+d`]: 'exec fuzzel',
    [`${mod}+Shift+q`]: 'kill',
    [`${mod}+Shift+c`]: 'reload',
    [`${mod}+Shift+e`]: "exec swaynag -t warning -m 'Leave Sway?' -B 'Yes' 'swaymsg exit'",
    [`${mod}+Escape`]: 'exec loginctl lock-session',
    [`${mod}+b`]: 'splith',
    [`${mod}+v`]: 'splitv',
    [`${mod}+w`]: 'layout tabbed',
    [`${mod}+e`]: 'layout toggle split',
    [`${mod}+f`]: 'fullscreen toggle',
    [`${mod}+Shift+space`]: 'floating toggle',
    [`${mod}+minus`]: 'scratchpad show',
    [`${mod}+Shift+minus`]: 'move scratchpad',
    [`${mod}+r`]: 'mode resize',
    Print: 'exec grim -g "$(slurp)" - | wl-copy',
    '--locked XF86AudioRaiseVolume': 'exec wpctl set-volume @DEFAULT_AUDIO_SINK@ 5%+ --limit 1.0',
    '--locked XF86AudioLowerVolume': 'exec wpctl set-volume @DEFAULT_AUDIO_SINK@ 5%-',
    '--locked XF86AudioMute': 'exec wpctl set-mute @DEFAULT_AUDIO_SINK@ toggle',
    '--locked XF86AudioPlay': 'exec playerctl play-pause',
    '--locked XF86MonBrightnessUp': 'exec brightnessctl set 5%+',
    '--locked XF86MonBrightnessDown': 'exec brightnessctl set 5%-',
  };
  for (const [key, direction] of Object.entries({ h: 'left', j: 'down', k: 'up', l: 'right' })) {
    keys[`${mod}+${key}`] = `focus ${direction}`;
    keys[`${mod}+Shift+${key}`] = `move ${direction}`;
  }
  for (let workspace = 1; workspace <= 9; workspace++) {
    keys[`${mod}+${workspace}`] = `workspace number ${workspace}`;
    keys[`${mod}+Shift+${workspace}`] = `move container to workspace number ${workspace}`;
  }
  return keys;
}

function frame(colour: string) {
  return {
    border: colour,
    childBorder: colour,
    background: mocha.base,
    text: mocha.text,
    indicator: mocha.rosewater,
  };
}
