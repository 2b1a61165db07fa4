import { type Feature, pkgs } from 'cdknix';

/** A graphical system with sound. */
export function desktop({ nixos }: Feature): void {
  nixos.set({
    services: {
      displayManager: { sddm: { enable: true, wayland: { enable: true } } },
      pipewire: { enable: true, alsa: { enable: true }, pulse: { enable: true } },
    },
    programs: { sway: { enable: true } },
    fonts: { packages: [pkgs['noto-fonts']] },
  });
}
