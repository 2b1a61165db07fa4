import { Feature, pkgs } from 'cdknix';
import type { Construct } from 'constructs';

/** Docker: the daemon, the group and the user's tools, in one place. */
export class Docker extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.nixos.set({ virtualisation: { docker: { enable: true } } });
    this.darwin.set({ homebrew: { enable: true, casks: ['docker-desktop'] } });
    this.account.addGroups('docker');
    this.home.set({ home: { packages: [pkgs.lazydocker] } });
  }
}
