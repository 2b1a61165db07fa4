import { Feature, mkOption, mkPackageOption, pkgs, types } from 'cdknix';
import type { Construct } from 'constructs';

/** The graphical system: SDDM offers Sway and KDE Plasma; sound, keyring and fonts serve both. */
export class Desktop extends Feature {
  /** An option of our own: a host may have another font, and every home follows it. */
  readonly options = this.nixos.declare({
    desktop: {
      monospace: {
        name: mkOption({
          type: types.str,
          default: 'JetBrainsMono Nerd Font',
          description: 'The font of terminals, bars and menus.',
        }),
        package: mkPackageOption(pkgs, ['nerd-fonts', 'jetbrains-mono']),
      },
    },
  });

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { monospace } = this.options.desktop;
    this.nixos.set({
      services: {
        displayManager: { sddm: { enable: true, wayland: { enable: true } } },
        desktopManager: { plasma6: { enable: true } },
        pipewire: {
          enable: true,
          alsa: { enable: true, support32Bit: true },
          pulse: { enable: true },
          jack: { enable: true },
        },
        gnome: { 'gnome-keyring': { enable: true } },
      },
      programs: { sway: { enable: true, wrapperFeatures: { gtk: true } } },
      environment: { plasma6: { excludePackages: [pkgs.kdePackages.elisa] } },
      security: { rtkit: { enable: true } },
      hardware: { bluetooth: { enable: true } },
      fonts: {
        packages: [
          pkgs.inter,
          pkgs['noto-fonts'],
          pkgs['noto-fonts-cjk-sans'],
          pkgs['noto-fonts-color-emoji'],
          monospace.package,
        ],
        fontconfig: {
          defaultFonts: {
            sansSerif: ['Inter', 'Noto Sans'],
            serif: ['Noto Serif'],
            monospace: [monospace.name],
          },
        },
      },
    });
  }
}

declare module 'cdknix' {
  interface DeclaredOptions {
    desktop: Desktop;
  }
}
