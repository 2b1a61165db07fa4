import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { repositoryOf, trackedIn } from '../../../synth/git';
import { near } from '../../terminal/terminal';
import { usageError } from '../../terminal/usage-error';

/** The flake that is converted. */
export interface Original {
  readonly folder: string;
  /** How Nix refers to it; nothing where only its folder says what it is. */
  readonly reference: string | undefined;
}

/**
 * The flake in a folder.
 *
 * @throws UsageError where there is none
 */
export function originalAt(path: string): Original {
  const given = resolve(path);
  const folder = basename(given) === 'flake.nix' ? dirname(given) : given;
  if (!existsSync(join(folder, 'flake.nix'))) throw noFlake(folder);
  return { folder, reference: referenceTo(realpathSync(folder)) };
}

/** In a repository, a flake is what git tracks of it. */
function referenceTo(folder: string): string | undefined {
  const root = repositoryOf(folder);
  const inside = root === undefined ? '' : relative(realpathSync(root), folder).split(sep).join('/');
  const isTracked =
    root !== undefined && trackedIn(root, folder)?.has(inside === '' ? 'flake.nix' : `${inside}/flake.nix`);
  if (!isTracked) return undefined;
  return `git+file://${encoded(realpathSync(root!))}${inside === '' ? '' : `?dir=${encodeURIComponent(inside)}`}`;
}

const encoded = (path: string) => path.split('/').map(encodeURIComponent).join('/');

function noFlake(folder: string) {
  const names = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  const below = names.filter((one) => one.isDirectory() && existsSync(join(folder, one.name, 'flake.nix')));
  const modules = names
    .map(({ name }) => name)
    .filter((name) => /^(configuration|home|darwin-configuration)\.nix$/.test(name));
  const help = below.length
    ? `there is one below it: cdknix convert ${near(join(folder, below[0]!.name))}`
    : modules.length
      ? `${modules.join(' and ')} can be converted by itself: cdknix convert ${modules.join(' ')}`
      : 'name the folder of a flake, or files with Nix modules';
  return usageError({ code: 'convert-flake', message: `there is no flake.nix in ${near(folder)}`, help });
}
