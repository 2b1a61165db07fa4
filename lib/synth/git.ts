import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** The top folder of the repository that a folder is in. Looked for here, since to ask git takes longer than all the rest. */
export function repositoryOf(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  return dirname(folder) === folder ? undefined : repositoryOf(dirname(folder));
}

/** What git prints; nothing if it fails or is not there. */
export function git(root: string, args: readonly string[], input = ''): string | undefined {
  // Most synths have nothing to ask, and loading it takes time.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { stdout, status, error } = spawnSync('git', ['-C', root, ...args], {
    input,
    encoding: 'utf8',
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
    stdio: ['pipe', 'pipe', 'ignore'],
    maxBuffer: 2 ** 30,
  });
  // `check-ignore` says with 1 that it has found nothing.
  return error || status === null || status > 1 ? undefined : stdout;
}

/** The paths of a folder that git tracks, relative to the repository, as git prints them. */
export function trackedIn(root: string, folder: string): ReadonlySet<string> | undefined {
  return pathsOf(git(root, ['--literal-pathspecs', 'ls-files', '-z', '--', inRepository(root, folder)]));
}

/**
 * The files of a folder, relative to it, that are in the last commit as they are; while branches are merged, those that git
 * has put together, and those that it left in conflict.
 */
export function keptByGit(folder: string): ReadonlySet<string> {
  const root = repositoryOf(folder);
  const tracked = root && trackedIn(root, folder);
  if (!root || !tracked) return new Set();
  const differing = (...from: readonly string[]) =>
    pathsOf(git(root, [...diffNames, ...from, '--', inRepository(root, folder)]));
  const conflicts = differing('--diff-filter=U') ?? new Set();
  const edited = differing(...(conflicts.size || isMerging(root) ? [] : ['HEAD'])) ?? tracked;
  const kept = [...tracked].filter((path) => !edited.has(path) || conflicts.has(path));
  return new Set(kept.map((path) => relative(folder, join(root, path)).split(sep).join('/')));
}

const diffNames = ['--literal-pathspecs', 'diff', '--no-ext-diff', '--name-only', '-z'];

/** What git keeps in its folder while it puts branches or commits together (gitrepository-layout). */
const merges = ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'rebase-merge', 'rebase-apply'];

function isMerging(root: string): boolean {
  const paths = git(root, ['rev-parse', ...merges.flatMap((name) => ['--git-path', name])]) ?? '';
  return paths.split('\n').some((path) => path !== '' && existsSync(resolve(root, path)));
}

/** A path as git names it. */
export function inRepository(root: string, path: string): string {
  return relative(root, path).split(sep).join('/') || '.';
}

const pathsOf = (text: string | undefined) =>
  text === undefined ? undefined : new Set(text.split('\0').filter((path) => path !== ''));
