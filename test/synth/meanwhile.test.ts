import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CdknixError } from 'cdknix';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Plan } from '../../lib/synth/output';
import { write } from '../../lib/synth/write';
import { withMeanwhile } from '../support/faulty-fs';

let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdknix-meanwhile-'));
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

const before = { 'flake.nix': 'old', 'hosts/a/default.nix': 'old', 'hosts/b/default.nix': 'b' };
const after = { 'flake.nix': 'new', 'hosts/a/default.nix': 'new', 'hosts/c/default.nix': 'c' };
const edit = 'what another process says';

const inPlace = (path: string) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, edit);
};
const byRename = (path: string) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(join(folder, 'edited'), edit);
  renameSync(join(folder, 'edited'), path);
};

/** Has another process write a file at each moment of a synth; returns at how many of them that was lost. */
function lostOf(path: string, say: (path: string) => void): { moments: number; lost: number } {
  let lost = 0;
  for (let at = 0; ; at++) {
    rmSync(folder, { recursive: true });
    // What is remembered of the output is with the project.
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    write(planOf(before, 'old'), out);
    let error: unknown;
    const happened = withMeanwhile(
      at,
      () => say(join(out, path)),
      () => {
        try {
          write(planOf(after, 'new'), out);
        } catch (thrown) {
          error = thrown;
        }
      },
    );
    if (!happened) return { moments: at, lost };
    if (error) expect(error).toBeInstanceOf(CdknixError);
    if (readFileSync(join(out, path), 'utf8') !== edit) lost++;
  }
}

it.each([
  ['that is changed', 'hosts/a/default.nix'],
  ['that is removed', 'hosts/b/default.nix'],
  ['that is added', 'hosts/c/default.nix'],
  ['that is read first', 'flake.nix'],
  ['that is nobody’s', 'hosts/a/notes.md'],
  ['of Nix', 'flake.lock'],
])('a file %s keeps what another process writes to it, whenever it does so', (_, path) => {
  const { moments, lost } = lostOf(path, inPlace);
  expect(moments).toBeGreaterThan(100);
  expect(lost).toBe(0);
});

it.each([
  ['that is changed', 'hosts/a/default.nix', 1],
  ['that is removed', 'hosts/b/default.nix', 0],
  ['that is added', 'hosts/c/default.nix', 0],
  ['of Nix', 'flake.lock', 0],
])('a file %s keeps what another process puts in its place, but for one moment between two calls', (_, path, most) => {
  const { moments, lost } = lostOf(path, byRename);
  expect(moments).toBeGreaterThan(100);
  expect(lost).toBeLessThanOrEqual(most);
});
