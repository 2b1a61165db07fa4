import { type Feature, pkgs } from 'cdknix';

export function packages({ home }: Feature): void {
  home.set({
    home: {
      packages: [
        // Console
        pkgs.ripgrep,
        pkgs.fd,
        pkgs.jq,
        pkgs.tree,
        // Work
        pkgs.lazydocker,
        pkgs.nodejs,
        // Desktop
        pkgs.firefox,
        pkgs['wl-clipboard'],
      ],
    },
  });
}
