import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CdknixError } from 'cdknix';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../lib/synth/output';
import { write } from '../../lib/synth/write';
import { Ended, type Fault, withFault } from '../support/faulty-fs';

let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdknix-faults-'));
  out = join(folder, 'nix');
});
afterEach(() => rmSync(folder, { recursive: true }));

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

const before = {
  'flake.nix': 'old\n',
  'hosts/a/default.nix': 'a\n',
  'hosts/b/default.nix': 'old b\n',
  'x/y/z.nix': 'z\n',
};
const changes: Record<string, Record<string, string>> = {
  'of several files': { 'flake.nix': 'new\n', 'hosts/a/default.nix': 'a\n', 'hosts/c/default.nix': 'new c\n' },
  'of one file': { ...before, 'flake.nix': 'new\n' },
  'that makes the first output': { 'flake.nix': 'new\n', 'hosts/c/default.nix': 'new c\n' },
};
const own = { 'flake.lock': 'lock', 'hosts/a/notes.md': 'mine', '.git/HEAD': 'ref' };

describe.each(Object.entries(changes))('a change %s', (what, after) => {
  const isFirst = what.includes('first');

  /** Calls `check` after each call of the file system has gone wrong; returns how many there are. */
  function eachFault(fault: Fault, code: string, check: (error: unknown) => void): number {
    for (let at = 0; ; at++) {
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
      if (!isFirst) {
        write(planOf(before, 'old'), out);
        for (const [path, text] of Object.entries(own)) {
          mkdirSync(join(out, path, '..'), { recursive: true });
          writeFileSync(join(out, path), text);
        }
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
      expect(withoutManifest(tree(out))).toEqual({ ...after, ...(isFirst ? {} : own) });
      expect(tree(folder)['cdk-like.state.json']).toBe('new');
      expect(readdirSync(folder).sort()).toEqual(['cdk-like.state.json', 'nix']);
    }
  }

  const withoutManifest = ({ '.cdknix.json': _, ...files }: Record<string, string>) => files;

  /** Expects the old output or the new one, as a whole. */
  function expectWhole(at: string): void {
    const files = withoutManifest(tree(at));
    const [old, fresh] = [
      { ...before, ...own },
      { ...after, ...(isFirst ? {} : own) },
    ];
    expect([old, fresh]).toContainEqual(files);
  }

  it.each(['EIO', 'ENOSPC', 'EACCES'])('leaves the old output or the new one if one call fails with %s', (code) => {
    const count = eachFault('once', code, (error) => {
      if (error) expect(error).toBeInstanceOf(CdknixError);
      if (!isFirst || existsSync(out)) expectWhole(out);
    });
    expect(count).toBeGreaterThan(5);
  });

  it('leaves the old output or the new one on a full disk', () => {
    const count = eachFault('full', 'ENOSPC', (error) => {
      expect(error).toBeInstanceOf(CdknixError);
      expect((error as CdknixError).diagnostics).toMatchObject([{ code: 'output-unwritable' }]);
      if (!isFirst || existsSync(out)) expectWhole(out);
      expect(readdirSync(folder).filter((name) => !['nix', 'cdk-like.state.json'].includes(name))).toEqual([]);
    });
    expect(count).toBeGreaterThan(3);
  });

  it('leaves the old output or the new one if the process ends at any call', () => {
    const count = eachFault('end', '', (error) => {
      expect(error).toBeInstanceOf(Ended);
      const aside = join(folder, '.nix.cdknix', 'old');
      if (existsSync(out)) expectWhole(out);
      else if (!isFirst) expectWhole(aside);
    });
    expect(count).toBeGreaterThan(20);
  });
});

describe('a synth that was stopped', () => {
  it('is mended although the next one is stopped while it does so', () => {
    const after = changes['of several files']!;
    const runs = Number(process.env.STOPS ?? 150);
    let [first, second, mended] = [0, 0, 0];
    for (let run = 0; run < runs; run++) {
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
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
      const at = existsSync(out) ? out : join(folder, '.nix.cdknix', 'old');
      const { '.cdknix.json': _, ...files } = tree(at);
      expect([before, after]).toContainEqual(files);
      write(planOf(after, 'new'), out);
      expect(tree(out)['flake.nix']).toBe('new\n');
      expect(readdirSync(folder).sort()).toEqual(['cdk-like.state.json', 'nix']);
      mended++;
    }
    expect(mended).toBe(runs);
  });
});
