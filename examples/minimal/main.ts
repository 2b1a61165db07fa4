import { Flake, HomeUser, Host } from 'cdknix';
import { Git, Shell } from 'cdknix/features';
import { Docker } from './docker';

export const flake = new Flake();

const elitebook = new Host(flake, 'elitebook', { system: 'x86_64-linux' });
elitebook.set({ networking: { firewall: { enable: true } } });
elitebook.import('./hardware-configuration.nix');

new HomeUser(elitebook, 'marcus').use(Git.with({ name: 'Marcus', email: 'marcus@example.com' }), Shell, Docker);
