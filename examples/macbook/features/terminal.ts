import { type Feature, pkgs } from 'cdknix';

const font = { package: pkgs['nerd-fonts']['jetbrains-mono'], name: 'JetBrainsMono Nerd Font' };

/**
 * Ghostty: Homebrew installs the application and the system the font, the home configures it.
 *
 * The three have to agree, and here they stand together.
 */
export function terminal({ darwin, home }: Feature): void {
  darwin.set({
    homebrew: { enable: true, casks: ['ghostty'] },
    fonts: { packages: [font.package] },
  });
  home.set({
    programs: {
      ghostty: {
        enable: true,
        // The application is Homebrew's.
        package: null,
        settings: { 'font-family': font.name, 'font-size': 14, 'macos-option-as-alt': true },
      },
    },
  });
}
