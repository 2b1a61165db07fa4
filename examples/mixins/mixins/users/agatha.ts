import { HomeUser, type Host, pkgs } from 'cdknix';

/** Agatha, who writes. */
export class Agatha extends HomeUser {
  constructor(host: Host) {
    super(host, 'agatha', { standalone: 'only' });
    this.set({ home: { packages: [pkgs.libreoffice, pkgs.hunspell] } });
  }
}
