import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CdknixError } from 'cdknix';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../lib/synth/output';
import { write } from '../../lib/synth/write';
import { Ended, type Fault, withFault } from '../support/faulty-fs';

let top: string;
let folder: string;
let out: string;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'cdknix-faults-'));
  folder = join(top, 'project');
  out = join(folder, 'nix');
  process.env.XDG_CACHE_HOME = join(top, 'cache');
});
afterEach(() => {
  delete process.env.XDG_CACHE_HOME;
  rmSync(top, { recursive: true });
});

function planOf(files: Record<string, string>, state: string): Plan {
  return {
    files: new Map(Object.entries(files)),
    state: { file: join(folder, 'cdk-like.state.json'), text: state },
    warnings: [],
    summary: { hosts: [], homes: [] },
  };
}

/** Path → text of a folder. */
function tree(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  const texts = files.map(({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [path.slice(root.length + 1), readFileSync(path, 'utf8')] as const;
  });
  return Object.fromEntries(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The files of the output but for the manifest and what a stopped synth has left. */
function filesOf(root: string): Record<string, string> {
  const isShown = (path: string) => path !== '.cdknix.json' && !path.startsWith('.cdknix/');
  return Object.fromEntries(Object.entries(tree(root)).filter(([path]) => isShown(path)));
}

type Files = Readonly<Record<string, string>>;

const before = {
  'flake.nix': 'old\n',
  'hosts/a/default.nix': 'a\n',
  'hosts/b/default.nix': 'old b\n',
  'x/y/z.nix': 'z\n',
};
const changes: Readonly<Record<string, Files>> = {
  'of several files': { 'flake.nix': 'new\n', 'hosts/a/default.nix': 'a\n', 'hosts/c/default.nix': 'new c\n' },
  'of one file': { ...before, 'flake.nix': 'new\n' },
  'of a file to a folder, and of a folder to a file': { ...before, 'x/y/z.nix/deep': 'z\n', 'hosts/b': 'new b\n' },
  'that makes the first output': { 'flake.nix': 'new\n', 'hosts/c/default.nix': 'new c\n' },
};
const own = { 'flake.lock': 'lock', 'hosts/a/notes.md': 'mine', '.git/HEAD': 'ref' };

/** Without the files in the place of which others have to be. */
function fitting(files: Files): Files {
  const isIn = (path: string, other: string) => path.startsWith(`${other}/`);
  const paths = Object.keys(files);
  const isFormer = (path: string) =>
    path in before && paths.some((other) => !(other in before) && (isIn(path, other) || isIn(other, path)));
  return Object.fromEntries(Object.entries(files).filter(([path]) => !isFormer(path)));
}

describe.each(Object.entries(changes))('a change %s', (what, change) => {
  const isFirst = what.includes('first');
  const after = fitting(change);
  const [old, fresh] = isFirst ? [{}, after] : [before as Files, after];
  const others: Files = isFirst ? {} : own;

  /** Calls `check` after each call of the file system has gone wrong; returns how many there are. */
  function eachFault(fault: Fault, code: string, check: (error: unknown) => void): number {
    for (let at = 0; ; at++) {
      rmSync(top, { recursive: true });
      mkdirSync(folder, { recursive: true });
      if (!isFirst) write(planOf(before, 'old'), out);
      for (const [path, text] of Object.entries(others)) {
        mkdirSync(join(out, path, '..'), { recursive: true });
        writeFileSync(join(out, path), text);
      }
      let error: unknown;
      const wrong = withFault(at, fault, code, () => {
        try {
          write(planOf(after, 'new'), out);
        } catch (thrown) {
          error = thrown;
        }
      });
      if (!wrong) return at;
      check(error);
      write(planOf(after, 'new'), out);
      expect(filesOf(out)).toEqual({ ...fresh, ...others });
      expect(tree(folder)['cdk-like.state.json']).toBe('new');
      expect(readdirSync(folder).sort()).toEqual(['cdk-like.state.json', 'nix']);
      expect(existsSync(join(out, '.cdknix'))).toBe(false);
    }
  }

  /** Expects the old output or the new one, as a whole. */
  function expectWhole(): void {
    const files = existsSync(out) ? filesOf(out) : {};
    expect([
      { ...old, ...others },
      { ...fresh, ...others },
    ]).toContainEqual(files);
  }

  /** Expects each file to be the old one or the new one, and others as they were. */
  function expectOldOrNew(): void {
    const { ...files } = existsSync(out) ? filesOf(out) : {};
    for (const path of new Set([...Object.keys(old), ...Object.keys(fresh), ...Object.keys(others)])) {
      expect([old[path] ?? others[path], fresh[path] ?? others[path]], path).toContain(files[path]);
      delete files[path];
    }
    expect(files).toEqual({});
  }

  it.each(what === 'of several files' ? ['EIO', 'ENOSPC', 'EACCES'] : ['EIO'])(
    'leaves the old output or the new one if one call fails with %s',
    (code) => {
      const count = eachFault('once', code, (error) => {
        if (error) expect(error).toBeInstanceOf(CdknixError);
        expectWhole();
      });
      expect(count).toBeGreaterThan(15);
    },
  );

  it('leaves the old output on a full disk, and nothing else', () => {
    const count = eachFault('full', 'ENOSPC', (error) => {
      if (error) expect((error as CdknixError).diagnostics).toMatchObject([{ code: 'output-unwritable' }]);
      expectWhole();
      expect(readdirSync(folder).filter((name) => !['nix', 'cdk-like.state.json'].includes(name))).toEqual([]);
      expect(existsSync(join(out, '.cdknix'))).toBe(false);
    });
    expect(count).toBeGreaterThan(8);
  });

  it('leaves each file old or new if the process ends at any call', () => {
    const count = eachFault('end', '', (error) => {
      expect(error).toBeInstanceOf(Ended);
      expectOldOrNew();
    });
    expect(count).toBeGreaterThan(40);
  });
});

describe('a synth that was stopped', () => {
  it('is completed although the next one is stopped while it does so', { timeout: 600_000 }, () => {
    const after = changes['of several files']!;
    const runs = Number(process.env.STOPS ?? 150);
    let [first, second, mended] = [0, 0, 0];
    for (let run = 0; run < runs; run++) {
      rmSync(top, { recursive: true });
      mkdirSync(folder, { recursive: true });
      write(planOf(before, 'old'), out);
      const stopped = (at: number) =>
        withFault(at, 'end', '', () => {
          try {
            write(planOf(after, 'new'), out);
          } catch (error) {
            if (!(error instanceof Ended)) throw error;
          }
        });
      // All pairs of moments, taken in steps that meet each of them.
      if (!stopped(first)) first = 0;
      if (!stopped(second)) [first, second] = [first + 1, (first % 7) - 7];
      second += 7;
      write(planOf(after, 'new'), out);
      expect(filesOf(out)).toEqual(after);
      expect(tree(folder)['cdk-like.state.json']).toBe('new');
      expect(readdirSync(folder).sort()).toEqual(['cdk-like.state.json', 'nix']);
      expect(readdirSync(out)).not.toContain('.cdknix');
      mended++;
    }
    expect(mended).toBe(runs);
  });
});
