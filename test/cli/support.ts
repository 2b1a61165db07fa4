import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll } from 'vitest';

/** The repository. */
export const repo = resolve(__dirname, '../..');

/** The folder that an app requires instead of `cdknix`. */
export const dist = join(repo, 'dist');

const main = join(dist, 'cli', 'main.js');

/** How a command ended, and what it said. Folders of the test are shown as `<dir>`. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** Makes a temporary folder with files, removed after the tests of the file. */
export function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdknix-test-')));
  folders.push(folder);
  put(folder, files);
  return folder;
}

/** Writes files into a folder. */
export function put(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** The files of a folder, by path; those of git and npm left out. */
export function filesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !/^(\.git|node_modules)\//.test(path))
    .sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** A project whose app is JavaScript with the library in scope as `cdknix` and `features`. */
export function projectWith(app: string, files: Readonly<Record<string, string>> = {}): string {
  return folderWith({ 'cdk-like.json': '{ "app": "node app.js" }\n', 'app.js': appOf(app), ...files });
}

/** A package.json, as far as it matters here. */
interface Manifest {
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifestOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/**
 * Does what `npm install` does in a project: it gets the packages that its package.json names, from among ours, and a copy
 * of cdknix, so that what lies beside ours is not found.
 */
export function install(folder: string): void {
  const modules = join(folder, 'node_modules');
  const own = join(modules, 'cdknix');
  mkdirSync(own, { recursive: true });
  for (const name of ['dist', 'data', 'package.json']) cpSync(join(repo, name), join(own, name), { recursive: true });
  const { dependencies = {}, devDependencies = {} } = manifestOf(folder);
  const wanted = { ...manifestOf(repo).dependencies, constructs: '', ...dependencies, ...devDependencies };
  mkdirSync(join(modules, '.bin'), { recursive: true });
  for (const [name, range] of Object.entries(wanted)) {
    const ours = name === 'typescript' && /^\D*7/.test(range) ? 'typescript7' : name;
    const from = join(repo, 'node_modules', ours);
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    if (name !== 'cdknix') symlinkSync(from, join(modules, name));
    for (const [program, file] of Object.entries(manifestOf(from).bin ?? {})) {
      symlinkSync(join(modules, name, file), join(modules, '.bin', program));
    }
  }
}

/** The text of such an app. */
export function appOf(app: string): string {
  return `const cdknix = require('${dist}');\nconst features = require('${dist}/features');\n${app}`;
}

/** Statements that make a flake of one host with a feature: `flake.nix`, the host's file and the feature's. */
export const oneHost = `const flake = new cdknix.Flake();
const host = new cdknix.Host(flake, 'elitebook', { system: 'x86_64-linux' });
host.use(features.OpenSsh);
`;

/** Statements that make a flake of many hosts. */
export function manyHosts(count: number): string {
  return `const flake = new cdknix.Flake();
for (let i = 1; i <= ${count}; i++) new cdknix.Host(flake, 'host' + i, { system: 'x86_64-linux' });
`;
}

/** Starts a command in a folder. */
export function start(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const { NO_COLOR, FORCE_COLOR, CDKNIX_ASSEMBLY, ...rest } = process.env;
  return spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: { ...rest, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Waits for a command to end. */
export function ended(child: ChildProcess, folder: string): Promise<Ran> {
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]!.setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
    });
  }
  const shown = (raw: string) => raw.replaceAll(folder, '<dir>').replaceAll(repo, '<repo>');
  return new Promise((done) => {
    child.once('close', (code) => done({ code, stdout: shown(text.stdout), stderr: shown(text.stderr) }));
  });
}

/** Runs a command in a folder. */
export function cdknix(folder: string, ...args: readonly string[]): Promise<Ran> {
  return ended(start(folder, args), folder);
}

/** Runs git in a folder. */
export function git(folder: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
  const { status, stdout, stderr } = spawnSync('git', ['-C', folder, ...identity, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Waits until something is so. */
export async function until(condition: () => boolean): Promise<void> {
  const limit = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > limit) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Whether a process runs; one that has ended may still be listed. */
export function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}
