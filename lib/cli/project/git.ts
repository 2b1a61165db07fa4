import { dirname, join, relative, sep } from 'node:path';
import type { Diagnostic } from '../../diagnostics';
import { git, inRepository, repositoryOf, trackedIn } from '../../synth/git';
import { manifestFile } from '../../synth/manifest';
import { isInside } from '../../synth/project';
import { shellQuoted } from '../terminal/shell';
import { near } from '../terminal/terminal';

/** What git thinks of the output. */
export interface GitView {
  readonly warnings: readonly Diagnostic[];
  /** Whether git ignores the output, so that only a `path:` reference sees it. */
  readonly ignored: boolean;
}

/** How many paths a warning names. */
const shownPaths = 3;

/**
 * What a flake in a git repository would miss: Nix sees only the files that git tracks. Without git there is nothing to say.
 *
 * @param outdir the output folder
 * @param files what is in it, relative to it
 * @param stateFile the project's state file
 */
export function gitView(outdir: string, files: Iterable<string>, stateFile: string): GitView {
  const paths = [...files].map((file) => join(outdir, file));
  const lost = untracked(outdir, paths);
  const state = untracked(dirname(stateFile), [stateFile]).untracked.length > 0;
  const ignored = lost.ignored.length > 0;
  const warnings: Diagnostic[] = [];
  if (ignored) warnings.push(ignoredFiles(outdir, lost.ignored, paths.length));
  if (lost.untracked.length) {
    const isAlone = !isInside(dirname(stateFile), outdir);
    warnings.push(untrackedFiles(lost.untracked, isAlone ? [outdir] : topsOf(outdir, lost.untracked)));
  }
  if (state) warnings.push(untrackedState(stateFile));
  return { warnings, ignored };
}

/** Which of some paths the git repository that they are in does not track. */
function untracked(folder: string, paths: readonly string[]) {
  const root = repositoryOf(folder);
  const tracked = root && trackedIn(root, folder);
  if (!root || !tracked) return { untracked: [], ignored: [] };
  const missing = paths.filter((path) => !tracked.has(inRepository(root, path)));
  if (!missing.length) return { untracked: [], ignored: [] };
  const names = missing.map((path) => inRepository(root, path));
  const ignored = new Set(git(root, ['check-ignore', '-z', '--stdin'], names.join('\0'))?.split('\0'));
  return {
    untracked: missing.filter((_, i) => !ignored.has(names[i]!)),
    ignored: missing.filter((_, i) => ignored.has(names[i]!)),
  };
}

function ignoredFiles(outdir: string, files: readonly string[], all: number): Diagnostic {
  const folder = near(outdir);
  const what = files.length === all ? folder : listed(files);
  return {
    code: 'git-ignored',
    severity: 'warning',
    message: `git ignores ${what}, so a flake reference such as ${flakeOf(outdir)} does not see ${files.length === 1 ? 'it' : 'all of it'}`,
    help: `remove it from .gitignore, or refer to the flake as path:${flakeOf(outdir)}`,
  };
}

function untrackedFiles(files: readonly string[], places: readonly string[]): Diagnostic {
  return {
    code: 'git-untracked',
    severity: 'warning',
    message: `git does not track ${listed(files)}, and Nix sees only what git tracks`,
    help: `tell it of them: git add -N ${places.map(near).map(shellQuoted).join(' ')}`,
  };
}

/** What of an output that holds the project too has to be added, for some files to be. */
function topsOf(outdir: string, files: readonly string[]): string[] {
  const tops = files.map((file) => join(outdir, relative(outdir, file).split(sep)[0]!));
  return [...new Set([...tops, join(outdir, manifestFile)])];
}

function untrackedState(file: string): Diagnostic {
  return {
    code: 'git-state',
    severity: 'warning',
    message: `git does not track ${near(file)}, which remembers the stateVersions of your machines`,
    help: `commit it, so that they are the same in every copy of the project: git add ${shellQuoted(near(file))}`,
  };
}

function listed(paths: readonly string[]): string {
  const more = paths.length - shownPaths;
  const names = paths.slice(0, shownPaths).map(near).join(', ');
  return more > 0 ? `${names} and ${more} more` : names;
}

/** A folder as Nix takes it for a flake: told apart from a name by its first character. */
export function flakeOf(outdir: string): string {
  const path = near(outdir);
  return /^[./]/.test(path) ? path : `./${path}`;
}
