import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Flake } from 'cdknix';
import { afterAll, expect, it } from 'vitest';
import { fleetOf } from '../lib/constructs/fleet';
import { planOf } from '../lib/synth/plan';
import { write } from '../lib/synth/write';
import { describeRealPackages, effortsFor } from './support/real-packages';
import { describeRealworld, type Effort, effortFor } from './support/realworld';

const root = mkdtempSync(join(tmpdir(), 'cdknix-cost-'));
afterAll(() => rmSync(root, { recursive: true }));

function folder(name: string): string {
  const path = join(root, name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Puts the modules that a file imports into one, but for those that import others themselves or declare options. */
function inOneModule(file: string, keep: RegExp): void {
  const text = readFileSync(file, 'utf8');
  const [list, names] = /imports = \[([^\]]*)\]/.exec(text)!;
  const imports = names!.trim().split(/\s+/);
  const declares = (one: string) => /^ {2}options\b/m.test(readFileSync(join(dirname(file), one), 'utf8'));
  const kept = imports.filter((one) => keep.test(one) || declares(one));
  const joined = imports.filter((one) => !kept.includes(one)).map((one) => `(import ${one} args)`);
  const one = `{ config, lib, pkgs, ... }@args:\nlib.foldl lib.recursiveUpdate { } [ ${joined.join(' ')} ]\n`;
  writeFileSync(join(dirname(file), 'all.nix'), one);
  writeFileSync(file, text.replace(list!, `imports = [ ${[...kept, './all.nix'].join(' ')} ]`));
}

/** The output of an example, and the same with one module a system and home; returns their folders. */
async function twoForms(folder: string): Promise<{ ours: string; other: string }> {
  const { flake } = (await import(join(__dirname, '../examples/nixproject/main.ts'))) as { flake: Flake };
  const [ours, other] = [join(folder, 'ours'), join(folder, 'other')];
  writeFlake(flake, ours);
  cpSync(ours, other, { recursive: true });
  inOneModule(join(other, 'hosts/elitebook/default.nix'), /hardware|home-manager/);
  inOneModule(join(other, 'home/marcus/default.nix'), /^$/);
  return { ours, other };
}

/** Writes a flake, but not the state of this project. */
function writeFlake(flake: Flake, outdir: string): void {
  const plan = planOf(fleetOf(flake));
  write({ ...plan, state: { ...plan.state, file: `${outdir}.json`, before: null } }, outdir);
}

/** Compares by counts, which are the same at every run. */
function expectNoMore(than: string, here: Effort, there: Effort): void {
  const counts = ['nrFunctionCalls', 'nrPrimOpCalls', 'nrThunks'] as const;
  const ratios = counts.map((count) => here[count] / there[count]);
  console.info(`compared with ${than}: ${ratios.map((ratio) => `×${ratio.toFixed(4)}`).join(', ')}`);
  for (const ratio of ratios) expect(ratio).toBeLessThan(1.05);
  expect(here.nrFunctionCalls).toBeGreaterThan(100_000);
}

describeRealworld('evaluating the output', () => {
  it('costs Nix what the same configuration costs in one module a system and home', { timeout: 300_000 }, async () => {
    const { ours, other } = await twoForms(folder('names'));
    const [here, there] = [await effortFor(ours, 'elitebook'), await effortFor(other, 'elitebook')];
    expectNoMore('one module each', here, there);
  });
});

describeRealPackages('evaluating the output to derivations', () => {
  it('costs Nix what the same configuration costs in one module a system and home', { timeout: 600_000 }, async () => {
    const [here, there] = await effortsFor(await twoForms(folder('derivations')), 'elitebook');
    expectNoMore('one module each', here!, there!);
  });

  it('costs Nix what the flake cost that was taken over', { timeout: 600_000 }, async () => {
    const example = join(__dirname, '../examples/adopting');
    const [after, before] = [join(folder('adopting'), 'after'), join(folder('adopting'), 'before')];
    const { flake } = (await import(join(example, 'main.ts'))) as { flake: Flake };
    writeFlake(flake, after);
    cpSync(example, before, { recursive: true });
    const [here, there] = await effortsFor({ after, before }, 'desk');
    expectNoMore('the flake by hand', here!, there!);
  });
});
