import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { Diagnostic } from '../../diagnostics';
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
  const lost = untracked(outdir, [outdir], paths);
  const state = untracked(dirname(stateFile), [stateFile], [stateFile]).untracked.length > 0;
  const ignored = lost.ignored.length > 0;
  const warnings: Diagnostic[] = [];
  if (ignored) warnings.push(ignoredFiles(outdir, lost.ignored, paths.length));
  if (lost.untracked.length) warnings.push(untrackedFiles(outdir, lost.untracked));
  if (state) warnings.push(untrackedState(stateFile));
  return { warnings, ignored };
}

/** Which of some paths the git repository that they are in does not track. */
function untracked(folder: string, places: readonly string[], paths: readonly string[]) {
  const nothing = { untracked: [] as string[], ignored: [] as string[] };
  const root = repositoryOf(folder);
  if (!root) return nothing;
  const inside = (path: string) => relative(root, path).split(sep).join('/') || '.';
  const others = git(root, ['--literal-pathspecs', 'ls-files', '-z', '--others', '--', ...places.map(inside)]);
  if (!others) return nothing;
  const known = new Set(others.split('\0'));
  const missing = paths.filter((path) => known.has(inside(path)));
  if (!missing.length) return nothing;
  const answer = git(root, ['check-ignore', '-z', '--stdin'], missing.map(inside).join('\0'));
  const ignored = new Set(answer?.split('\0'));
  return {
    untracked: missing.filter((path) => !ignored.has(inside(path))),
    ignored: missing.filter((path) => ignored.has(inside(path))),
  };
}

/** The top folder of the repository that a folder is in. Looked for here, since to ask git takes longer than all the rest. */
function repositoryOf(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  return dirname(folder) === folder ? undefined : repositoryOf(dirname(folder));
}

function git(root: string, args: readonly string[], input = ''): string | undefined {
  const { stdout, error } = spawnSync('git', ['-C', root, ...args], {
    input,
    encoding: 'utf8',
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
    stdio: ['pipe', 'pipe', 'ignore'],
    maxBuffer: 2 ** 30,
  });
  return error ? undefined : stdout;
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

function untrackedFiles(outdir: string, files: readonly string[]): Diagnostic {
  return {
    code: 'git-untracked',
    severity: 'warning',
    message: `git does not track ${listed(files)}, and Nix sees only what git tracks`,
    help: `tell it of them: git add -N ${shellQuoted(near(outdir))}`,
  };
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
