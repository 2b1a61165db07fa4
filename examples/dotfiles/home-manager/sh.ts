import { type Feature, path } from 'cdknix';

/** The shell: fish, starship, and what they call. */
export function sh({ home }: Feature): void {
  home.set({
    programs: {
      fish: {
        enable: true,
        interactiveShellInit: 'set -g fish_greeting',
        shellAbbrs: { g: 'git', d: 'docker', v: 'nvim' },
        functions: {
          mkcd: { description: 'Makes a folder and goes there', body: 'mkdir -p $argv[1]; and cd $argv[1]' },
        },
      },
      starship: { enable: true, settings: { add_newline: false, character: { success_symbol: '[λ](bold green)' } } },
      eza: { enable: true },
      bat: { enable: true },
      zoxide: { enable: true },
      direnv: { enable: true, 'nix-direnv': { enable: true } },
    },
    // A dotfile that stays a file.
    home: { file: { '.tmux.conf': { source: path('./tmux.conf') } } },
  });
}
