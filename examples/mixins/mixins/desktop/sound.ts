import { type Feature, pkgs } from 'cdknix';

/** Sound by PipeWire, for all that plays and records. */
export function sound({ nixos, home }: Feature): void {
  nixos.set({
    security: { rtkit: { enable: true } },
    services: { pipewire: { enable: true, alsa: { enable: true }, pulse: { enable: true } } },
  });
  home.set({ home: { packages: [pkgs.pavucontrol] }, services: { playerctld: { enable: true } } });
}
