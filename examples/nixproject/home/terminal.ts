import { builtins, Feature, path, str } from 'cdknix';
import type { Construct } from 'constructs';
import { bare, mocha } from './catppuccin';

const { red, green, yellow, blue, pink, teal } = mocha;
const regular = [mocha.surface1, red, green, yellow, blue, pink, teal, mocha.subtext1];
const bright = [mocha.surface2, red, green, yellow, blue, pink, teal, mocha.subtext0];

/** The terminal foot, and tmux in it. */
export class Terminal extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const font = this.nixos.config.desktop.monospace.name;
    this.home.set({
      programs: {
        foot: {
          enable: true,
          settings: {
            main: { font: str`${font}:size=11`, pad: '8x8' },
            scrollback: { lines: 20_000 },
            cursor: { style: 'beam' },
            mouse: { 'hide-when-typing': 'yes' },
            'colors-dark': {
              foreground: bare(mocha.text),
              background: bare(mocha.base),
              'selection-foreground': bare(mocha.text),
              'selection-background': bare(mocha.surface2),
              urls: bare(mocha.blue),
              ...numbered('regular', regular),
              ...numbered('bright', bright),
            },
          },
        },
        tmux: {
          enable: true,
          terminal: 'tmux-256color',
          escapeTime: 0,
          focusEvents: true,
          extraConfig: builtins.readFile(path('./tmux.conf')),
        },
      },
    });
  }
}

function numbered(name: string, colours: readonly string[]): Record<string, string> {
  return Object.fromEntries(colours.map((colour, i) => [`${name}${i}`, bare(colour)]));
}
