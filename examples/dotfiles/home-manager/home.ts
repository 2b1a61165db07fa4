import type { Feature } from 'cdknix';
import { ghostty } from './ghostty';
import { git } from './git';
import { nixvim } from './nixvim';
import { packages } from './packages';
import { sh } from './sh';

/** The home: one concern a file. */
export function home(feature: Feature): void {
  feature.use(git, ghostty, nixvim, packages, sh);
  // The command that switches the home, from the home itself.
  feature.home.set({ programs: { 'home-manager': { enable: true } } });
}
