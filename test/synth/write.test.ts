import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CdknixError } from 'cdknix';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Copy, Plan } from '../../lib/synth/output';
import { recover, write } from '../../lib/synth/write';
import { git } from '../cli/support';
import { Ended, withFault } from '../support/faulty-fs';

let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdknix-write-'));
  out = join(folder, 'nix');
  // What is remembered of the output is with the project.
  mkdirSync(join(folder, 'node_modules'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const stateFile = () => join(folder, 'cdk-like.state.json');

function planOf(files: Record<string, string | Copy>, state: Partial<Plan['state']> = {}): Plan {
  return {
    files: new Map(Object.entries(files)),
    state: { file: stateFile(), text: '{}\n', ...state },
    warnings: [],
    summary: { hosts: [], homes: [] },
  };
}

function put(files: Record<string, string>, root = out): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
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

const inFolder = () => readdirSync(folder).filter((name) => name !== 'node_modules');

const first = { 'flake.nix': '1\n', 'hosts/a/default.nix': 'a\n', 'hosts/b/default.nix': 'b\n' };

describe('writing a plan', () => {
  it('writes every file, a manifest of their names, and the state', () => {
    const { added } = write(planOf(first), out);
    expect(added).toEqual(Object.keys(first));
    expect(tree()).toEqual({
      ...first,
      '.cdknix.json': `${JSON.stringify({ version: 1, files: Object.keys(first) }, null, 2)}\n`,
    });
    expect(readFileSync(stateFile(), 'utf8')).toBe('{}\n');
    expect(inFolder()).toEqual(['cdk-like.state.json', 'nix']);
  });

  it('touches nothing when nothing changed', () => {
    write(planOf(first), out);
    const before = [statSync(out).ino, statSync(out).mtimeMs, statSync(join(out, 'flake.nix')).mtimeMs];
    expect(write(planOf(first), out)).toMatchObject({ added: [], changed: [], removed: [] });
    expect([statSync(out).ino, statSync(out).mtimeMs, statSync(join(out, 'flake.nix')).mtimeMs]).toEqual(before);
  });

  it('leaves the folder itself, and folders in it, where they are', () => {
    write(planOf(first), out);
    const places = [out, join(out, 'hosts'), join(out, 'hosts/a')];
    const before = places.map((path) => statSync(path).ino);
    write(planOf({ ...first, 'flake.nix': '2\n', 'hosts/a/default.nix': 'A\n', 'home/x.nix': 'x' }), out);
    expect(places.map((path) => statSync(path).ino)).toEqual(before);
    expect(tree()).toMatchObject({ 'flake.nix': '2\n', 'hosts/a/default.nix': 'A\n', 'home/x.nix': 'x' });
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

  it('keeps whatever else is in the folder as it is: bytes, times, owners, modes, links, empty folders', () => {
    write(planOf(first), out);
    const own = { 'flake.lock': 'lock', '.git/HEAD': 'ref', 'hosts/a/notes.md': 'mine', 'deep/er/x': 'x' };
    put(own);
    symlinkSync('/nowhere', join(out, 'result'));
    mkdirSync(join(out, 'empty'));
    chmodSync(join(out, 'deep'), 0o711);
    const shown = (path: string) => {
      const { ino, mode, uid, gid, mtimeMs, ctimeMs } = lstatSync(join(out, path));
      return { path, ino, mode, uid, gid, mtimeMs, ctimeMs };
    };
    for (const path of Object.keys(own)) {
      if (process.getuid?.() === 0) spawnSyncChown(join(out, path));
      utimesSync(join(out, path), 1000, 1000);
    }
    const before = [...Object.keys(own), 'result', 'empty', 'deep', '.git', 'deep/er'].map(shown);
    write(planOf({ 'flake.nix': '2\n', 'home/x/default.nix': 'x' }), out);
    expect(before.map(({ path }) => shown(path))).toEqual(before);
    expect(tree()).toMatchObject({ ...own, result: '→', 'flake.nix': '2\n', 'home/x/default.nix': 'x' });
    expect(existsSync(join(out, 'hosts/b'))).toBe(false);
  });

  it('makes a folder where a file was, and a file where a folder was', () => {
    write(planOf({ ...first, 'assets/a': 'file', 'assets/b/c/d': 'deep' }), out);
    const after = { ...first, 'assets/a/x': 'now deep', 'assets/b': 'now a file' };
    expect(write(planOf(after), out).removed).toEqual(['assets/a', 'assets/b/c/d']);
    const { '.cdknix.json': _, ...files } = tree();
    expect(files).toEqual(after);
  });

  it('never has a flake.nix, or a file that is named by one that is there, without what it names', () => {
    write(planOf({ 'flake.nix': 'names old', 'modules/old.nix': 'old' }), out);
    const seen = new Set<string>();
    for (let at = 0; ; at++) {
      rmSync(out, { recursive: true });
      write(planOf({ 'flake.nix': 'names old', 'modules/old.nix': 'old' }), out);
      const wrong = withFault(at, 'end', '', () => {
        try {
          write(planOf({ 'flake.nix': 'names new', 'modules/new.nix': 'new' }), out);
        } catch (error) {
          if (!(error instanceof Ended)) throw error;
        }
      });
      const [, named] = /names (\w+)/.exec(readFileSync(join(out, 'flake.nix'), 'utf8'))!;
      expect(existsSync(join(out, `modules/${named}.nix`))).toBe(true);
      seen.add(named!);
      if (!wrong) break;
    }
    expect(seen).toEqual(new Set(['old', 'new']));
  });

  it('never writes, lists or removes what the user keeps in place', () => {
    const files = { ...first, 'hosts/a/hardware.nix': 'hardware' };
    put({ 'hosts/a/hardware.nix': 'hardware', 'modules/own.nix': 'own' });
    const inPlace = (path: string) => ({ source: join(out, path), executable: false, inPlace: true }) as const;
    const plan = { ...first, 'hosts/a/hardware.nix': inPlace('hosts/a/hardware.nix') };
    expect(write(planOf({ ...plan, 'modules/own.nix': inPlace('modules/own.nix') }), out).added).toEqual(
      Object.keys(first),
    );
    expect(readFileSync(join(out, '.cdknix.json'), 'utf8')).not.toContain('hardware');
    write(planOf(first), out);
    const { '.cdknix.json': _, ...there } = tree();
    expect(there).toEqual({ ...files, 'modules/own.nix': 'own' });
  });
});

/** Gives a file to somebody else, where one may. */
function spawnSyncChown(path: string): void {
  const { chownSync } = require('node:fs') as typeof import('node:fs');
  chownSync(path, 65534, 65534);
}

describe('the mode of a copy', () => {
  const copied = (mode: number, umask = 0o022) => {
    const source = join(folder, 'source');
    writeFileSync(source, '#!/bin/sh\n');
    chmodSync(source, mode);
    const before = process.umask(umask);
    try {
      write(planOf({ 'assets/it': { source, executable: (mode & 0o100) !== 0 } }), out);
    } finally {
      process.umask(before);
    }
    return (statSync(join(out, 'assets/it')).mode & 0o777).toString(8);
  };

  it.each([
    [0o755, 0o022, '755'],
    [0o644, 0o022, '644'],
    [0o600, 0o022, '600'],
    [0o700, 0o022, '700'],
    [0o640, 0o022, '640'],
    [0o400, 0o022, '400'],
    [0o666, 0o027, '640'],
    [0o4755, 0o022, '755'],
    [0o755, 0o177, '700'],
  ])('of a source with mode %o under umask %o: never wider than both', (mode, umask, expected) => {
    expect(copied(mode, umask)).toBe(expected);
    expect(
      write(planOf({ 'assets/it': { source: join(folder, 'source'), executable: (mode & 0o100) !== 0 } }), out),
    ).toMatchObject({ changed: [] });
  });

  it('becomes narrower with its source, although the content stays', () => {
    expect([copied(0o644), copied(0o600)]).toEqual(['644', '600']);
  });

  it('follows the executable bit', () => {
    expect([copied(0o644), copied(0o755), copied(0o644)]).toEqual(['644', '755', '644']);
  });

  it('is kept by a generated text that somebody has closed', () => {
    write(planOf(first), out);
    chmodSync(join(out, 'flake.nix'), 0o600);
    write(planOf({ ...first, 'flake.nix': '2\n' }), out);
    expect(statSync(join(out, 'flake.nix')).mode & 0o777).toBe(0o600);
  });
});

describe('what is in the way', () => {
  it('is named, every file of it, and nothing is written', () => {
    put({ 'flake.nix': 'mine\n', 'hosts/a': 'mine too\n' });
    const before = tree();
    expect(messageOf(() => write(planOf(first), out))).toMatchInlineSnapshot(`
      "error[foreign-file]: TMP/nix/flake.nix is in the way, and no earlier synth wrote it
        help: if it is a flake of your own, move it to another name, and say in TypeScript what it says (docs/adopting.md of cdknix); or choose another output folder

      error[foreign-file]: TMP/nix/hosts/a is in the way, and no earlier synth wrote it
        help: move it elsewhere (import(…) brings Nix files of your own into the flake), or choose another output folder"
    `);
    expect(tree()).toEqual(before);
  });

  it('is adopted if it has the very bytes that would be written', () => {
    put({ 'flake.nix': '1\n' });
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

  it('is what the user has put in a folder where a file has to be', () => {
    write(planOf({ ...first, 'assets/b/c': 'c' }), out);
    put({ 'assets/b/mine/notes': 'mine' });
    mkdirSync(join(out, 'assets/b/empty'));
    expect(messageOf(() => write(planOf({ ...first, 'assets/b': 'b' }), out))).toMatchInlineSnapshot(`
      "error[foreign-file]: TMP/nix/assets/b/empty is in the way, and no earlier synth wrote it
        help: move it elsewhere (import(…) brings Nix files of your own into the flake), or choose another output folder

      error[foreign-file]: TMP/nix/assets/b/mine/notes is in the way, and no earlier synth wrote it
        help: move it elsewhere (import(…) brings Nix files of your own into the flake), or choose another output folder"
    `);
  });

  it('is a file where the folder has to be', () => {
    writeFileSync(out, 'x');
    expect(messageOf(() => write(planOf(first), out))).toMatchInlineSnapshot(`
      "error[output-unwritable]: cannot write TMP/nix: EEXIST: file already exists, mkdir 'TMP/nix'
        help: the output is as it was; make the folder and the one above it writable, or choose another output"
    `);
  });

  it.each([
    ['files outside', '{ "version": 1, "files": ["../../etc/passwd"] }'],
    ['an absolute file', '{ "version": 1, "files": ["/etc/passwd"] }'],
    ['files of git', '{ "version": 1, "files": [".git/config"] }'],
    ['no list', '{ "version": 1, "files": {} }'],
    ['a merge in conflict', '<<<<<<< HEAD\n'],
  ])('is a damaged manifest: %s', (_, text) => {
    write(planOf(first), out);
    writeFileSync(join(out, '.cdknix.json'), text);
    expect(messageOf(() => write(planOf({}), out))).toMatchInlineSnapshot(`
      "error[manifest]: TMP/nix/.cdknix.json is damaged
        help: restore it from version control, or remove it together with the files that cdknix wrote"
    `);
    expect(tree()).toMatchObject(first);
  });

  it.each([
    ['a folder', () => put({ '.cdknix/notes.md': 'mine' })],
    ['a folder with a .gitignore', () => put({ '.cdknix/.gitignore': 'x', '.cdknix/new/x': 'mine' })],
    ['a file', () => put({ '.cdknix': 'mine' })],
    ['a link', () => symlinkSync(folder, join(out, '.cdknix'))],
  ])('is %s of the name that our work folder has', (_, make) => {
    mkdirSync(out);
    make();
    const before = tree();
    expect(messageOf(() => write(planOf(first), out))).toMatch(
      /^error\[foreign-file\]: TMP\/nix\/\.cdknix.* is in the way: a synth works in a folder \.cdknix, and did not make this\n {2}help: move it elsewhere$/,
    );
    expect(tree()).toEqual(before);
  });

  it('is no folder beside the output, whatever its name', () => {
    const notes = {
      '.nix.cdknix.999999-my-notes/x': 'mine',
      '.nix.cdknix/old/x': 'mine',
      '.nix.cdknix.1.old/x': 'mine',
    };
    put(notes, folder);
    write(planOf(first), out);
    write(planOf({ 'flake.nix': '2\n' }), out);
    expect(tree(folder)).toMatchObject(notes);
  });
});

describe('a file of ours that somebody has edited', () => {
  const edited = (path: string, text = 'edited\n') => {
    write(planOf(first), out);
    writeFileSync(join(out, path), text);
  };

  it('is named before it is replaced, and nothing is written', () => {
    edited('flake.nix');
    const before = tree(folder);
    expect(messageOf(() => write(planOf({ ...first, 'flake.nix': '2\n', 'x.nix': 'x' }), out))).toMatchInlineSnapshot(`
      "error[edited-file]: TMP/nix/flake.nix was edited after the last synth, which wrote it
        help: say in TypeScript what the edit says, then remove the file or take the edit back: a synth writes it anew"
    `);
    expect(tree(folder)).toEqual(before);
  });

  it('is named although the plan is what it was', () => {
    edited('flake.nix');
    expect(messageOf(() => write(planOf(first), out))).toMatch(/^error\[edited-file\]: TMP\/nix\/flake.nix was edited/);
  });

  it('is named before it is removed', () => {
    edited('hosts/a/default.nix');
    expect(messageOf(() => write(planOf({ 'flake.nix': '1\n' }), out))).toMatch(
      /^error\[edited-file\]: TMP\/nix\/hosts\/a\/default.nix was edited/,
    );
    expect(existsSync(join(out, 'hosts/b/default.nix'))).toBe(true);
  });

  it('is no problem if it says by now what is planned, or if it was removed', () => {
    edited('flake.nix', '2\n');
    rmSync(join(out, 'hosts/a/default.nix'));
    expect(write(planOf({ ...first, 'flake.nix': '2\n' }), out)).toMatchObject({
      added: ['hosts/a/default.nix'],
      changed: [],
    });
  });

  it('is seen although the synth before it found nothing to write', () => {
    write(planOf(first), out);
    rmSync(join(folder, 'node_modules/.cache'), { recursive: true });
    write(planOf(first), out);
    writeFileSync(join(out, 'flake.nix'), 'edited');
    expect(messageOf(() => write(planOf({ ...first, 'flake.nix': '2\n' }), out))).toMatch(/^error\[edited-file\]/);
  });

  it('is taken for ours where nothing is remembered: in a clone, after npm ci', () => {
    edited('flake.nix');
    rmSync(join(folder, 'node_modules/.cache'), { recursive: true });
    expect(write(planOf({ ...first, 'flake.nix': '2\n' }), out).changed).toEqual(['flake.nix']);
  });
});

describe('a file of ours that came with git', () => {
  const commit = (message: string) => {
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', message);
  };
  beforeEach(() => {
    git(folder, 'init', '-qb', 'main');
    writeFileSync(join(folder, '.gitignore'), 'node_modules\n');
    write(planOf(first), out);
    commit('first');
  });

  it('is replaced: what another branch has committed is not lost', () => {
    writeFileSync(join(out, 'flake.nix'), 'of a colleague\n');
    commit('pulled');
    expect(write(planOf({ ...first, 'flake.nix': '2\n' }), out).changed).toEqual(['flake.nix']);
  });

  it.each([
    ['not committed', () => {}],
    ['only staged', () => git(folder, 'add', '-A')],
  ])('is named if it was edited since: %s', (_, stage) => {
    writeFileSync(join(out, 'flake.nix'), 'edited\n');
    stage();
    expect(messageOf(() => write(planOf({ ...first, 'flake.nix': '2\n' }), out))).toMatch(/^error\[edited-file\]/);
  });

  it('is replaced while branches are merged: a synth is the answer to conflicts in generated files', () => {
    git(folder, 'checkout', '-qb', 'other');
    write(planOf({ ...first, 'flake.nix': 'theirs\n', 'hosts/a/default.nix': 'theirs\n' }), out);
    commit('other');
    git(folder, 'checkout', '-q', 'main');
    writeFileSync(join(out, 'flake.nix'), 'ours\n');
    commit('ours');
    expect(() => git(folder, 'merge', 'other')).toThrow();
    expect(readFileSync(join(out, 'flake.nix'), 'utf8')).toContain('<<<<<<<');
    const both = { ...first, 'flake.nix': 'both\n', 'hosts/a/default.nix': 'both\n' };
    expect(write(planOf(both), out).changed).toEqual(['flake.nix', 'hosts/a/default.nix']);
  });
});

describe('the state file', () => {
  it('is named if it was changed while the app ran, and nothing is written', () => {
    writeFileSync(stateFile(), 'now');
    expect(messageOf(() => write(planOf(first, { text: 'new', before: 'then' }), out))).toMatchInlineSnapshot(`
      "error[state-changed]: TMP/cdk-like.state.json was changed while the app ran
        help: synthesise again"
    `);
    expect(messageOf(() => write(planOf(first, { text: 'new', before: null }), out))).toContain('error[state-changed]');
    expect(readFileSync(stateFile(), 'utf8')).toBe('now');
    expect(existsSync(out)).toBe(false);
    write(planOf(first, { text: 'new', before: 'now' }), out);
    expect(readFileSync(stateFile(), 'utf8')).toBe('new');
  });

  it('stays a link, and keeps its mode', () => {
    mkdirSync(join(folder, 'elsewhere'));
    const real = join(folder, 'elsewhere/state.json');
    writeFileSync(real, 'old', { mode: 0o600 });
    symlinkSync('elsewhere/state.json', stateFile());
    write(planOf(first), out);
    expect(lstatSync(stateFile()).isSymbolicLink()).toBe(true);
    expect([readFileSync(real, 'utf8'), statSync(real).mode & 0o777]).toEqual(['{}\n', 0o600]);
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual(['state.json']);
  });
});

describe('interrupted and concurrent runs', () => {
  /** Stops a synth at one of the calls after which something is so. */
  function stopWhen(plan: Plan, isSo: () => boolean): void {
    for (let at = 20; ; at++) {
      rmSync(out, { recursive: true, force: true });
      write(planOf(first), out);
      const wrong = withFault(at, 'end', '', () => {
        try {
          write(plan, out);
        } catch (error) {
          if (!(error instanceof Ended)) throw error;
        }
      });
      if (isSo()) return;
      if (!wrong) throw new Error('it did not happen');
    }
  }

  const second = { 'flake.nix': '2\n', 'hosts/a/default.nix': 'A\n', 'home/x.nix': 'x' };
  const isHalf = () => existsSync(join(out, 'home/x.nix')) && readFileSync(join(out, 'flake.nix'), 'utf8') === '1\n';

  it('are completed by the next command that reads the output', () => {
    stopWhen(planOf(second), isHalf);
    put({ 'flake.lock': 'lock' });
    recover(out);
    const { '.cdknix.json': manifest, ...files } = tree();
    expect(files).toEqual({ ...second, 'flake.lock': 'lock' });
    expect(JSON.parse(manifest!).files).toEqual(Object.keys(second));
    expect(write(planOf(second), out)).toMatchObject({ added: [], changed: [], removed: [] });
  });

  it('leave what git does not see', () => {
    git(folder, 'init', '-q');
    stopWhen(planOf(second), isHalf);
    expect(readdirSync(join(out, '.cdknix'))).toContain('journal.json');
    expect(git(folder, 'status', '--porcelain', '-uall', '--', 'nix/.cdknix')).toBe('');
  });

  it('leave an edit that was made since as it is, and the next synth names it', () => {
    stopWhen(planOf(second), isHalf);
    put({ 'hosts/a/default.nix': 'edited\n' });
    recover(out);
    expect(tree()).toMatchObject({ ...second, 'hosts/a/default.nix': 'edited\n' });
    expect(existsSync(join(out, '.cdknix'))).toBe(false);
    expect(messageOf(() => write(planOf(second), out))).toMatch(
      /^error\[edited-file\]: TMP\/nix\/hosts\/a\/default.nix was edited after/,
    );
  });

  it('are not completed by a journal that nobody understands, or that leads elsewhere', () => {
    for (const journal of [
      '{',
      '{}',
      '{"version":1,"id":"1-a","project":"..","stateFile":"../s.json","steps":[{"path":"../x","to":"1.1.1 644"}]}',
      '{"version":1,"id":"1-a","project":"..","stateFile":"../s.json","steps":[{"path":".git/hooks/post-checkout","to":"1.1.1 644"}]}',
      '{"version":1,"id":"1-a","project":"..","stateFile":"../s.json","steps":[null]}',
    ]) {
      stopWhen(planOf(second), isHalf);
      writeFileSync(join(out, '.cdknix/journal.json'), journal);
      expect(messageOf(() => write(planOf(second), out))).toBe(
        `error[journal]: TMP/nix/.cdknix/journal.json is damaged, so that nobody knows what a stopped synth was about to do
  help: remove the folder TMP/nix/.cdknix, look at the output (git diff), and synthesise again`,
      );
    }
  });

  it('are not completed where a link leads out of the output', () => {
    const isBegun = () => existsSync(join(out, '.cdknix/journal.json')) && !existsSync(join(out, 'hosts/c'));
    stopWhen(planOf({ ...first, 'hosts/c/default.nix': 'c', 'flake.nix': '2\n' }), isBegun);
    mkdirSync(join(folder, 'elsewhere'));
    symlinkSync(join(folder, 'elsewhere'), join(out, 'hosts/c'));
    recover(out);
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual([]);
    expect(tree()['flake.nix']).toBe('2\n');
  });

  it('refuse a second run while one is writing', async () => {
    write(planOf(first), out);
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 30000)']);
    try {
      put({ '.cdknix/.gitignore': '' });
      writeFileSync(join(out, `.cdknix/${other.pid}-abc.lock`), '');
      for (const run of [() => write(planOf({}), out), () => recover(out)]) {
        expect(messageOf(run).replaceAll(String(other.pid), 'PID')).toMatchInlineSnapshot(`
          "error[output-busy]: another synth (process PID) is writing TMP/nix
            help: wait until it has ended; if that process is something else, remove TMP/nix/.cdknix/PID-abc.lock"
        `);
      }
      expect(readdirSync(join(out, '.cdknix'))).toEqual(['.gitignore', `${other.pid}-abc.lock`]);
    } finally {
      other.kill('SIGKILL');
    }
  });
});
