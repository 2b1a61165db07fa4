import { type Feature, pkgs } from 'cdknix';

/** The command line. */
export function cli({ home }: Feature): void {
  home.set({
    programs: {
      bash: { enable: true, shellAliases: { ll: 'ls -l', '..': 'cd ..' } },
      starship: { enable: true },
      fzf: { enable: true },
      bat: { enable: true },
      btop: { enable: true },
      tmux: { enable: true, mouse: true, historyLimit: 10000 },
      'home-manager': { enable: true },
    },
    home: { packages: [pkgs.ripgrep, pkgs.fd, pkgs.tree, pkgs.unzip] },
  });
}
