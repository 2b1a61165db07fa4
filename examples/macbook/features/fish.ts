import { Feature, HomeUser, pkgs } from 'cdknix';
import type { Construct } from 'constructs';

export interface FishProps {
  /** The number of the account (`id -u`). */
  readonly uid: number;
}

/** Fish as the login shell of an account that was there before Nix. */
export class Fish extends Feature {
  constructor(scope: Construct, id: string, { uid }: FishProps) {
    super(scope, id);
    this.darwin.set({
      // Puts Nix's folders in the shell's PATH.
      programs: { fish: { enable: true } },
      environment: { shells: [pkgs.fish] },
    });
    const user = HomeUser.of(this);
    if (user) {
      // nix-darwin changes the shell of accounts that it knows, and of no others.
      this.darwin.set({ users: { knownUsers: [user.name] } });
      this.account.set({ uid, shell: pkgs.fish });
    }
    this.home.set({
      programs: {
        fish: { enable: true, interactiveShellInit: 'set -g fish_greeting' },
        starship: { enable: true },
        // Fish asks for an index of manual pages, which macOS' own man does not have.
        man: { generateCaches: false },
      },
    });
  }
}
