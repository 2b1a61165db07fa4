import { spawn } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CdknixError } from 'cdknix';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../lib/synth/output';
import { write } from '../../lib/synth/write';

let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdknix-write-'));
  out = join(folder, 'nix');
});
afterEach(() => rmSync(folder, { recursive: true }));

function planOf(files: Record<string, Plan['files'] extends ReadonlyMap<string, infer V> ? V : never>): Plan {
  return {
    files: new Map(Object.entries(files)),
    state: { file: join(folder, 'cdk-like.state.json'), text: '{}\n' },
    warnings: [],
    summary: { hosts: [], homes: [] },
  };
}

/** Path → text of a whole folder. */
function tree(root = out): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(root.length + 1), lstatSync(path).isSymbolicLink() ? '→' : readFileSync(path, 'utf8')])
      .sort(([a], [b]) => (a! < b! ? -1 : 1)),
  );
}

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof CdknixError) return error.stack!.replaceAll(folder, 'TMP');
    throw error;
  }
  return 'no error';
}

const first = { 'flake.nix': '1\n', 'hosts/a/default.nix': 'a\n', 'hosts/b/default.nix': 'b\n' };

describe('writing a plan', () => {
  it('writes every file, a manifest of their names, and the state', () => {
    const { added } = write(planOf(first), out);
    expect(added).toEqual(Object.keys(first));
    expect(tree()).toEqual({
      ...first,
      '.cdknix.json': `${JSON.stringify({ version: 1, files: Object.keys(first) }, null, 2)}\n`,
    });
    expect(readFileSync(join(folder, 'cdk-like.state.json'), 'utf8')).toBe('{}\n');
    expect(readdirSync(folder).sort()).toEqual(['cdk-like.state.json', 'nix']);
  });

  it('touches nothing when nothing changed', () => {
    write(planOf(first), out);
    const before = [statSync(out).ino, statSync(out).mtimeMs, statSync(join(out, 'flake.nix')).mtimeMs];
    expect(write(planOf(first), out)).toMatchObject({ added: [], changed: [], removed: [] });
    expect([statSync(out).ino, statSync(out).mtimeMs, statSync(join(out, 'flake.nix')).mtimeMs]).toEqual(before);
  });

  it('replaces a single changed file where it is', () => {
    write(planOf(first), out);
    const before = statSync(out).ino;
    expect(write(planOf({ ...first, 'flake.nix': '2\n' }), out).changed).toEqual(['flake.nix']);
    expect(statSync(out).ino).toBe(before);
    expect(tree()['flake.nix']).toBe('2\n');
  });

  it('keeps the bytes and times of unchanged files when others change', () => {
    write(planOf(first), out);
    const before = statSync(join(out, 'hosts/b/default.nix'));
    write(planOf({ ...first, 'flake.nix': '2\n', 'hosts/a/default.nix': 'A\n' }), out);
    expect(statSync(join(out, 'hosts/b/default.nix'))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  });

  it('removes what it wrote before, and folders that are empty then', () => {
    write(planOf(first), out);
    expect(write(planOf({ 'flake.nix': '1\n' }), out).removed).toEqual(['hosts/a/default.nix', 'hosts/b/default.nix']);
    expect(readdirSync(out).sort()).toEqual(['.cdknix.json', 'flake.nix']);
  });

  it('keeps whatever else is in the folder: the lock, a repository, links, files in its own folders, empty folders', () => {
    write(planOf(first), out);
    writeFileSync(join(out, 'flake.lock'), 'lock');
    mkdirSync(join(out, '.git/objects'), { recursive: true });
    writeFileSync(join(out, '.git/HEAD'), 'ref');
    symlinkSync('/nowhere', join(out, 'result'));
    writeFileSync(join(out, 'hosts/a/notes.md'), 'mine');
    mkdirSync(join(out, 'empty'));
    write(planOf({ 'flake.nix': '2\n', 'home/x/default.nix': 'x' }), out);
    expect(tree()).toMatchObject({
      'flake.lock': 'lock',
      '.git/HEAD': 'ref',
      result: '→',
      'hosts/a/notes.md': 'mine',
      'flake.nix': '2\n',
      'home/x/default.nix': 'x',
    });
    expect(existsSync(join(out, '.git/objects'))).toBe(true);
    expect(existsSync(join(out, 'empty'))).toBe(true);
    expect(existsSync(join(out, 'hosts/b'))).toBe(false);
  });

  it('copies files with their executable bit', () => {
    const source = join(folder, 'script.sh');
    writeFileSync(source, '#!/bin/sh\n', { mode: 0o755 });
    write(planOf({ 'assets/script.sh': { source, executable: true } }), out);
    expect(statSync(join(out, 'assets/script.sh')).mode & 0o777).toBe(0o755);
    expect(write(planOf({ 'assets/script.sh': { source, executable: true } }), out).changed).toEqual([]);
  });
});

describe('what is in the way', () => {
  it('is named, every file of it, and nothing is written', () => {
    mkdirSync(join(out, 'hosts'), { recursive: true });
    writeFileSync(join(out, 'flake.nix'), 'mine\n');
    writeFileSync(join(out, 'hosts/a'), 'mine too\n');
    const before = tree();
    expect(messageOf(() => write(planOf(first), out))).toMatchInlineSnapshot(`
      "error[foreign-file]: TMP/nix/flake.nix is in the way, and no earlier synth wrote it
        help: move it elsewhere (import(…) brings Nix files of your own into the flake), or choose another output folder

      error[foreign-file]: TMP/nix/hosts/a is in the way, and no earlier synth wrote it
        help: move it elsewhere (import(…) brings Nix files of your own into the flake), or choose another output folder"
    `);
    expect(tree()).toEqual(before);
  });

  it('is adopted if it has the very bytes that would be written', () => {
    mkdirSync(out);
    writeFileSync(join(out, 'flake.nix'), '1\n');
    expect(write(planOf(first), out).added).toEqual(['hosts/a/default.nix', 'hosts/b/default.nix']);
  });

  it('is a link that would lead a file out of the folder', () => {
    mkdirSync(out);
    mkdirSync(join(folder, 'elsewhere'));
    symlinkSync(join(folder, 'elsewhere'), join(out, 'hosts'));
    expect(messageOf(() => write(planOf(first), out))).toMatchInlineSnapshot(`
      "error[foreign-file]: TMP/nix/hosts is in the way, and no earlier synth wrote it
        help: move it elsewhere (import(…) brings Nix files of your own into the flake), or choose another output folder"
    `);
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual([]);
  });

  it('is a file where the folder has to be', () => {
    writeFileSync(out, 'x');
    expect(messageOf(() => write(planOf(first), out))).toMatchInlineSnapshot(`
      "error[output-unwritable]: cannot write TMP/nix/hosts: ENOTDIR: not a directory, lstat 'TMP/nix/hosts'
        help: the output is as it was; make the folder and the one above it writable, or choose another output"
    `);
  });

  it('is a damaged manifest, or one that names files outside', () => {
    write(planOf(first), out);
    writeFileSync(join(out, '.cdknix.json'), '{ "version": 1, "files": ["../../etc/passwd"] }');
    expect(messageOf(() => write(planOf({}), out))).toMatchInlineSnapshot(`
      "error[manifest]: TMP/nix/.cdknix.json is damaged
        help: restore it from version control, or remove it together with the files that cdknix wrote"
    `);
  });
});

describe('interrupted and concurrent runs', () => {
  it('mends what a killed run left: the old output is back', () => {
    write(planOf(first), out);
    const work = join(folder, '.nix.cdknix');
    mkdirSync(work);
    writeFileSync(join(work, 'pid'), '999999999');
    mkdirSync(join(work, 'new'));
    // Killed between the two renames: the old folder is aside, the new one not there yet.
    rmSync(join(work, 'old'), { recursive: true, force: true });
    const before = tree();
    const { renameSync } = require('node:fs') as typeof import('node:fs');
    renameSync(out, join(work, 'old'));
    write(planOf(first), out);
    expect(tree()).toEqual(before);
    expect(existsSync(work)).toBe(false);
  });

  it('refuses a second run while one is writing', async () => {
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 30000)']);
    try {
      const work = join(folder, '.nix.cdknix');
      mkdirSync(work);
      writeFileSync(join(work, 'pid'), String(other.pid));
      const message = messageOf(() => write(planOf(first), out)).replace(String(other.pid), 'PID');
      expect(message).toMatchInlineSnapshot(`
        "error[output-busy]: another synth (process PID) is writing TMP/nix
          help: wait until it has ended; if that process is something else, remove TMP/.nix.cdknix/pid"
      `);
      expect(existsSync(work)).toBe(true);
    } finally {
      other.kill('SIGKILL');
    }
  });
});
