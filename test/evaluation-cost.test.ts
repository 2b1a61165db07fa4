import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Flake } from 'cdknix';
import { afterAll, expect, it } from 'vitest';
import { fleetOf } from '../lib/constructs/fleet';
import { planOf } from '../lib/synth/plan';
import { write } from '../lib/synth/write';
import { describeRealworld, effortFor } from './support/realworld';

/** Puts the modules that a file imports into one, but for those that import others themselves. */
function inOneModule(file: string, keep: RegExp): void {
  const text = readFileSync(file, 'utf8');
  const [list, names] = /imports = \[([^\]]*)\]/.exec(text)!;
  const imports = names!.trim().split(/\s+/);
  const kept = imports.filter((one) => keep.test(one));
  const joined = imports.filter((one) => !keep.test(one)).map((one) => `(import ${one} args)`);
  const one = `{ config, lib, pkgs, ... }@args:\nlib.foldl lib.recursiveUpdate { } [ ${joined.join(' ')} ]\n`;
  writeFileSync(join(dirname(file), 'all.nix'), one);
  writeFileSync(file, text.replace(list!, `imports = [ ${[...kept, './all.nix'].join(' ')} ]`));
}

describeRealworld('evaluating the output', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdknix-cost-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('costs Nix what the same configuration costs in one module a system and home', { timeout: 300_000 }, async () => {
    const { flake } = (await import(join(__dirname, '../examples/nixproject/main.ts'))) as { flake: Flake };
    const plan = planOf(fleetOf(flake));
    const [ours, other] = [join(folder, 'ours'), join(folder, 'other')];
    write({ ...plan, state: { ...plan.state, file: join(folder, 'state.json') } }, ours);
    cpSync(ours, other, { recursive: true });
    inOneModule(join(other, 'hosts/elitebook/default.nix'), /hardware|home-manager/);
    inOneModule(join(other, 'home/marcus/default.nix'), /^$/);

    const [here, there] = [await effortFor(ours, 'elitebook'), await effortFor(other, 'elitebook')];
    const ratios = (['nrFunctionCalls', 'nrPrimOpCalls', 'nrThunks'] as const).map(
      (count) => here[count] / there[count],
    );
    console.info(`compared with one module each: ${ratios.map((ratio) => `×${ratio.toFixed(4)}`).join(', ')}`);
    for (const ratio of ratios) expect(ratio).toBeLessThan(1.05);
    expect(here.nrFunctionCalls).toBeGreaterThan(100_000);
  });
});
