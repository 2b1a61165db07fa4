import { HomeUser, type Host } from 'cdknix';
import { Git } from 'cdknix/features';

/** Martin, with an account on the host, and a home that he switches himself (`martin@vega`). */
export class Martin extends HomeUser {
  constructor(host: Host) {
    super(host, 'martin', { standalone: 'only', groups: ['wheel'] });
    this.use(Git.with({ name: 'Martin', email: 'martin@example.org', delta: true, aliases: { st: 'status' } }));
    this.account.set({
      openssh: {
        authorizedKeys: {
          keys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHrO9mbyQO2vmKUf0mQ9g0RXt4gBk8mJ0t2ZqZ0yZ0aA martin'],
        },
      },
    });
  }
}
