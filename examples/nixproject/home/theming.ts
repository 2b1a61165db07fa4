import { Feature, lines, pkgs } from 'cdknix';
import type { Construct } from 'constructs';
import { mocha } from './catppuccin';

/** The named colours of GTK's Adwaita, as libadwaita and adw-gtk3 read them. */
const adwaita = {
  accent_color: mocha.mauve,
  accent_bg_color: mocha.mauve,
  accent_fg_color: mocha.crust,
  destructive_color: mocha.red,
  success_color: mocha.green,
  warning_color: mocha.yellow,
  window_bg_color: mocha.base,
  window_fg_color: mocha.text,
  view_bg_color: mocha.mantle,
  view_fg_color: mocha.text,
  headerbar_bg_color: mocha.mantle,
  headerbar_fg_color: mocha.text,
  sidebar_bg_color: mocha.crust,
  card_bg_color: mocha.surface0,
  popover_bg_color: mocha.surface0,
};

/** Catppuccin Mocha everywhere that has no file of its own here: GTK, Qt, the pointer, small tools. */
export class Theming extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.home.set({
      gtk: {
        enable: true,
        colorScheme: 'dark',
        font: { name: 'Inter', size: 11 },
        theme: { name: 'adw-gtk3-dark', package: pkgs['adw-gtk3'] },
        iconTheme: { name: 'Papirus-Dark', package: pkgs['papirus-icon-theme'] },
        gtk3: {
          extraCss: Object.entries(adwaita)
            .map(([name, colour]) => `@define-color ${name} ${colour};\n`)
            .join(''),
        },
        gtk4: { extraCss: this.home.config.gtk.gtk3.extraCss },
      },
      qt: {
        enable: true,
        style: { name: 'kvantum' },
        kvantum: {
          enable: true,
          themes: [pkgs['catppuccin-kvantum'].override({ variant: 'mocha', accent: 'mauve' })],
          settings: { General: { theme: 'catppuccin-mocha-mauve' } },
        },
      },
      home: {
        pointerCursor: {
          enable: true,
          package: pkgs['catppuccin-cursors'].mochaDark,
          name: 'catppuccin-mocha-dark-cursors',
          size: 24,
          gtk: { enable: true },
          sway: { enable: true },
        },
      },
      programs: {
        bat: { config: { theme: 'Catppuccin Mocha' } },
        tmux: {
          extraConfig: lines`
            set -g status-style "bg=${mocha.mantle},fg=${mocha.text}"
            set -g status-left "#[fg=${mocha.base},bg=${mocha.lavender},bold] #S #[default] "
            set -g status-right "#[fg=${mocha.subtext0}]%a %H:%M "
            set -g window-status-current-style "fg=${mocha.mauve},bold"
            set -g pane-border-style "fg=${mocha.surface1}"
            set -g pane-active-border-style "fg=${mocha.lavender}"
          `,
        },
      },
    });
  }
}
