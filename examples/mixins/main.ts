import { Flake, Host } from 'cdknix';
import { machines } from './machines';
import { fish } from './mixins/console/fish';
import { tools } from './mixins/console/tools';
import { nix } from './mixins/services/nix';

export const flake = new Flake({ description: 'My machines, each a choice of mixins' });

// Every machine, and everyone's home.
flake.use(nix, fish, tools);

for (const [name, { system, mixins, users }] of Object.entries(machines)) {
  const host = new Host(flake, name, { system }).use(...mixins);
  for (const User of users) new User(host);
}
