import type { Feature } from 'cdknix';
import { Shell } from 'cdknix/features';

/** Fish, for every account and every home. */
export function fish(feature: Feature): void {
  feature.use(Shell.with({ shell: 'fish', aliases: { ls: 'eza', cat: 'bat --paging=never' } }));
  feature.home.set({
    programs: {
      fish: {
        interactiveShellInit: 'set -g fish_greeting',
        shellAbbrs: { g: 'git', gs: 'git status', gp: 'git pull --rebase' },
      },
    },
  });
}
