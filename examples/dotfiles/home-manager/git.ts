import { Git } from 'cdknix/features';

/** A feature that comes with cdknix, and what Ian wants of it. */
export const git = Git.with({
  name: 'Ian',
  email: 'ian@example.com',
  aliases: { co: 'checkout', lg: 'log --oneline --graph' },
  ignores: ['.direnv/', '*.swp'],
  delta: true,
  settings: { push: { autoSetupRemote: true }, pull: { rebase: true } },
});
