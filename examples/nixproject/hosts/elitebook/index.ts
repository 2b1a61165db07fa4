import { type Flake, Host, pkgs } from 'cdknix';
import { Hyprland } from '../../home/hyprland';

/** An HP EliteBook: AMD processor, fingerprint reader. The only machine with Hyprland. */
export class EliteBook extends Host<'x86_64-linux'> {
  constructor(flake: Flake, id: string) {
    super(flake, id, { system: 'x86_64-linux' });
    this.import('./hardware-configuration.nix');
    this.use(Hyprland);
    this.set({
      boot: { kernelPackages: pkgs.linuxPackages_latest },
      services: { fprintd: { enable: true } },
      // A finger cannot unlock the keyring: log in by password, and use the finger for sudo and the lock screen.
      security: { pam: { services: { login: { fprintAuth: false } } } },
    });
  }
}
