import { comment, type Flake, Host, pkgs } from 'cdknix';

/** A MacBook Air of 2014 that runs NixOS. */
export class MacAir extends Host<'x86_64-linux'> {
  constructor(flake: Flake, id: string) {
    super(flake, id, { system: 'x86_64-linux' });
    flake.allowUnfree('broadcom-sta', 'facetimehd-firmware');
    // No other driver serves this Wi-Fi card, and nobody maintains this one.
    flake.allowInsecure('broadcom-sta');
    this.import('./hardware-configuration.nix');
    this.set({
      boot: {
        kernelPackages: comment(
          "Broadcom's driver crashes newer kernels when it is loaded: https://github.com/NixOS/nixpkgs/issues/423858",
          pkgs.linuxPackages_6_12,
        ),
        kernelModules: ['wl'],
        extraModulePackages: [this.config.boot.kernelPackages.broadcom_sta],
        blacklistedKernelModules: comment('The free drivers claim the Wi-Fi card first, and do not work with it.', [
          'b43',
          'bcma',
          'brcmsmac',
          'ssb',
        ]),
        extraModprobeConfig: comment('F1 to F12 without holding fn.', 'options hid_apple fnmode=2'),
      },
      hardware: {
        facetimehd: { enable: true },
        graphics: { extraPackages: [pkgs['intel-vaapi-driver']] },
      },
      services: { mbpfan: { enable: true } },
    });
  }
}
