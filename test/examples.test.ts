import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parse, printFile } from 'cdknix/nix';
import { diagnostics, synthToFiles } from 'cdknix/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fleetOf } from '../lib/constructs/fleet';
import { planOf } from '../lib/synth/plan';
import { examples, loadExample } from './support/examples';
import { describeRealworld, evaluate, evaluateAll, nixosToplevel, realworld } from './support/realworld';

describe.each(examples)('the example %s', (example) => {
  const snapshots = join(__dirname, '__snapshots__', example);

  it('synthesises to its snapshot', async () => {
    const files = synthToFiles(await loadExample(example));
    mkdirSync(snapshots, { recursive: true });
    for (const [path, text] of Object.entries(files)) {
      await expect(text, path).toMatchFileSnapshot(join(snapshots, path));
    }
    const kept = readdirSync(snapshots, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = kept.map((entry) => relative(snapshots, join(entry.parentPath, entry.name)));
    expect(paths.filter((path) => !(path in files))).toEqual([]);
  });

  it('writes files that nixfmt leaves as they are', async () => {
    for (const [path, text] of planOf(fleetOf(await loadExample(example))).files) {
      if (typeof text === 'string') expect(printFile(parse(text, { layout: 'keep' })), path).toBe(text);
    }
  });

  it('has no errors and no warnings', async () => {
    expect(diagnostics(await loadExample(example))).toEqual([]);
  });

  it('gives the same bytes on every run', async () => {
    const flake = await loadExample(example);
    expect(synthToFiles(flake)).toEqual(synthToFiles(flake));
  });
});

describeRealworld('on the real module systems', () => {
  const out = mkdtempSync(join(tmpdir(), 'cdknix-examples-'));
  const project = process.cwd();
  // A synth keeps its state where it runs.
  beforeAll(() => process.chdir(out));
  afterAll(() => {
    process.chdir(project);
    rmSync(out, { recursive: true });
  });

  it.each(examples)('the example %s evaluates, every host and every home', { timeout: 300_000 }, async (example) => {
    const flake = await loadExample(example);
    const outdir = join(out, example);
    flake.synth({ outdir });
    const names = Object.values(await evaluateAll(outdir, planOf(fleetOf(flake)).summary));
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(name).toEqual(expect.any(String));
  });

  it('a flake that knows nothing of cdknix uses the modules that one exports', { timeout: 300_000 }, async () => {
    const ours = join(out, 'exported');
    (await loadExample('modules')).synth({ outdir: ours });
    const plain = join(out, 'plain');
    cpSync(join(__dirname, '../examples/modules/plain'), plain, { recursive: true });
    const inputs = { ours, 'ours/home-manager': join(realworld!, 'home-manager') };
    const read = 'system: { inherit (system.config.systemd.services.photo-backup) description startAt; }';
    expect(await evaluate(plain, 'nixosConfigurations.plain', read, inputs)).toEqual({
      description: 'Backup of photos',
      startAt: ['daily'],
    });
    expect(await evaluate(plain, 'nixosConfigurations.plain', nixosToplevel, inputs)).toEqual(expect.any(String));
  });
});
