import { type Feature, pkgs } from 'cdknix';

/** Helix, with what it asks for answers. */
export function editor({ home }: Feature): void {
  home.set({
    programs: {
      helix: {
        enable: true,
        defaultEditor: true,
        extraPackages: [pkgs.nixd],
        settings: { theme: 'catppuccin_mocha', editor: { 'line-number': 'relative' } },
      },
    },
  });
}
