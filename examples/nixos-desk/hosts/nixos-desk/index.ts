import { type Flake, Host } from 'cdknix';
import { desktop } from '../../modules/system/desktop';
import { Users } from '../../modules/system/users';

/** The machine on the desk: what it is made of, and the system modules that it has. Nothing here knows what is in a home. */
export class NixosDesk extends Host<'x86_64-linux'> {
  constructor(flake: Flake) {
    super(flake, 'nixos-desk', { system: 'x86_64-linux' });
    this.import('./hardware-configuration.nix');
    this.set({
      boot: { loader: { 'systemd-boot': { enable: true }, efi: { canTouchEfiVariables: true } } },
      time: { timeZone: 'America/New_York' },
    });
    this.use(desktop, Users.with({ ham: { groups: ['wheel', 'networkmanager', 'audio'], description: 'Ham' } }));
  }
}
