import { Feature } from 'cdknix';
import { Tailscale } from 'cdknix/features';
import type { Construct } from 'constructs';

/** What every machine has: users, networking, Tailscale, Nix itself. */
export class Common extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.use(Tailscale.with({ routing: 'client', trusted: true }));

    // These are personal machines: whoever has a home here administers them.
    this.account.addGroups('wheel', 'networkmanager');

    this.nixos.set({
      boot: {
        loader: {
          'systemd-boot': { enable: true, configurationLimit: 10 },
          efi: { canTouchEfiVariables: true },
        },
      },
      networking: { networkmanager: { enable: true }, firewall: { enable: true } },
      services: {
        // Tailscale's MagicDNS needs a resolver that can split names by domain.
        resolved: { enable: true },
        fwupd: { enable: true },
      },
      time: { timeZone: 'Europe/Berlin' },
      i18n: { defaultLocale: 'en_GB.UTF-8' },
      zramSwap: { enable: true },
      nix: {
        settings: {
          'experimental-features': ['nix-command', 'flakes'],
          'trusted-users': ['@wheel'],
          substituters: ['https://nix-community.cachix.org'],
          'trusted-public-keys': ['nix-community.cachix.org-1:mB9FSh9qf2dCimDSUo8Zy7bkq5CX+/rkCWyvRCYg3Fs='],
        },
        gc: { automatic: true, dates: 'weekly', options: '--delete-older-than 14d' },
        optimise: { automatic: true },
      },
    });
  }
}
