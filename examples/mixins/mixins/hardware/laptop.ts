import { type Feature, pkgs } from 'cdknix';

/** A machine to carry around: wireless, battery, brightness. */
export function laptop({ nixos, account, home }: Feature): void {
  nixos.set({
    networking: { wireless: { iwd: { enable: true, settings: { General: { EnableNetworkConfiguration: true } } } } },
    hardware: { bluetooth: { enable: true } },
    services: { upower: { enable: true }, 'power-profiles-daemon': { enable: true } },
  });
  account.addGroups('video');
  home.set({ home: { packages: [pkgs.brightnessctl, pkgs.bluetui] } });
}
