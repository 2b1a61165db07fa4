import { Feature } from 'cdknix';
import type { Construct } from 'constructs';

/** Users by name: what the system has to know of each, and no more. */
export type UsersProps = Readonly<
  Record<string, { readonly groups?: readonly string[]; readonly description?: string }>
>;

/** The users of a machine. Their packages and dotfiles are in their homes. */
export class Users extends Feature {
  constructor(scope: Construct, id: string, props: UsersProps) {
    super(scope, id);
    for (const [name, { groups, description }] of Object.entries(props)) {
      this.nixos.set({ users: { users: { [name]: { isNormalUser: true, description, extraGroups: groups } } } });
    }
  }
}
