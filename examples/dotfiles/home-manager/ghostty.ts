import type { Feature } from 'cdknix';

export function ghostty({ home }: Feature): void {
  home.set({
    programs: {
      ghostty: {
        enable: true,
        settings: {
          theme: 'Catppuccin Mocha',
          'font-family': 'JetBrainsMono Nerd Font',
          'font-size': 12,
          'window-decoration': false,
        },
      },
    },
  });
}
