import { Feature, lines, pkgs, str } from 'cdknix';
import type { Construct } from 'constructs';
import { mocha } from './catppuccin';

/** Zsh as the login shell, with aliases and the Starship prompt. */
export class Shell extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.nixos.set({ programs: { zsh: { enable: true } } });
    this.account.set({ shell: pkgs.zsh });

    const { hostName } = this.nixos.config.networking;
    this.home.set({
      home: {
        shellAliases: {
          '..': 'cd ..',
          cat: 'bat --paging=never',
          g: 'git',
          tree: 'eza --tree',
          rebuild: str`sudo nixos-rebuild switch --flake ~/nixproject/nix#${hostName}`,
        },
      },
      programs: {
        zsh: {
          enable: true,
          autocd: true,
          autosuggestion: { enable: true },
          syntaxHighlighting: { enable: true },
          history: { size: 50_000, save: 50_000, ignoreAllDups: true },
          initContent: lines`
            # Ctrl and an arrow key move by words.
            bindkey '^[[1;5C' forward-word
            bindkey '^[[1;5D' backward-word

            mkcd() {
              mkdir -p "$1" && cd "$1"
            }
          `,
        },
        starship: {
          enable: true,
          settings: {
            palette: 'catppuccin_mocha',
            palettes: { catppuccin_mocha: mocha },
            format: '$username$hostname$directory$git_branch$git_status$nix_shell$cmd_duration$line_break$character',
            add_newline: true,
            directory: { style: 'bold lavender', truncation_length: 4 },
            git_branch: { style: 'bold mauve' },
            git_status: { style: 'peach' },
            nix_shell: { format: '[$symbol$name]($style) ', symbol: '❄ ', style: 'sky' },
            cmd_duration: { min_time: 5_000, style: 'yellow' },
            character: { success_symbol: '[❯](green)', error_symbol: '[❯](red)' },
          },
        },
      },
    });
  }
}
