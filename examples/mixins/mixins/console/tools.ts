import { type Feature, pkgs } from 'cdknix';

/** What nobody wants to miss on a console. */
export function tools({ nixos, home }: Feature): void {
  // The one that is there before anyone has a home.
  nixos.set({ environment: { systemPackages: [pkgs.git, pkgs.curl] } });
  home.set({
    programs: {
      bat: { enable: true },
      btop: { enable: true },
      eza: { enable: true, git: true, icons: 'auto' },
      fd: { enable: true },
      ripgrep: { enable: true },
      tmux: { enable: true, mouse: true, keyMode: 'vi', terminal: 'tmux-256color' },
      'home-manager': { enable: true },
    },
    home: { packages: [pkgs.just, pkgs.jq] },
  });
}
