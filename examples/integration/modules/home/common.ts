import { type Feature, mkDefault, pkgs } from 'cdknix';

/** What every home has, and may have otherwise. */
export function common({ home }: Feature): void {
  home.set({
    programs: { git: { enable: true }, vim: { enable: true }, bash: { enable: true } },
    home: {
      packages: [pkgs.htop, pkgs.wget, pkgs.curl],
      sessionVariables: { EDITOR: mkDefault('vim') },
    },
  });
}
