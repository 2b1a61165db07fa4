import { Flake, HomeUser, Host } from 'cdknix';
import { Git } from 'cdknix/features';
import { editor } from './features/editor';
import { Fish } from './features/fish';
import { terminal } from './features/terminal';
import { laptop } from './laptop';

export const flake = new Flake();

const macbook = new Host(flake, 'unremarkable-macbook-pro', { system: 'aarch64-darwin' });
macbook.use(laptop).set({
  // Where Home Manager moves a file that is in its way.
  'home-manager': { backupFileExtension: '.hm.bak' },
});

new HomeUser(macbook, 'drew').use(
  Git.with({ name: 'Drew', email: 'drew@example.com' }),
  editor,
  // Each of these configures the system and the home together.
  terminal,
  Fish.with({ uid: 501 }),
);
