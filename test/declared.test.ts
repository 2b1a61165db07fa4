import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Feature, Flake, HomeUser, Host } from 'cdknix';
import { synthToFiles } from 'cdknix/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toNode } from '../lib/module/expr';
import type { ModuleClass } from '../lib/options/config';
import { declaredOptions, withDeclared } from '../lib/synth/check/declared-options';
import { judgedPairs } from './support/differential';
import { type GeneratedOptions, generatedOptions } from './support/generated-options';
import { describeNix, runNix } from './support/nix';
import { describeRealworld, realworld } from './support/realworld';

/** How many options are declared at least, and with which seed: `REALWORLD=… SEED=2 npx vitest run test/declared.test.ts`. */
const wanted = Number(process.env.DECLARATIONS ?? 5000);
const seed = Number(process.env.SEED ?? 1);

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdknix-declared-')));
afterAll(() => rmSync(folder, { recursive: true }));

/** Trees of options by the names of the modules that declare them. */
function drawn(count: number): Map<string, GeneratedOptions> {
  const all = new Map<string, GeneratedOptions>();
  let declared = 0;
  for (let share = 0; declared < count; share++) {
    for (const one of fc.sample(generatedOptions, { numRuns: 100, seed: seed + 1000 * share })) {
      all.set(`m${all.size}`, one);
      declared += one.count;
    }
  }
  return all;
}

const classes: readonly ModuleClass[] = ['nixos', 'darwin', 'home'];

/**
 * Writes each module twice: as cdknix does, and by hand.
 *
 * @returns Nix code for the files of each module
 */
function written(all: ReadonlyMap<string, GeneratedOptions>, name: string): string {
  const flake = new Flake();
  const desk = new Host(flake, 'desk', { system: 'x86_64-linux' });
  const serves = { nixos: desk, darwin: new Host(flake, 'mac', { system: 'aarch64-darwin' }), home: undefined };
  const home = new HomeUser(desk, 'anna');
  const classOf = (i: number) => classes[i % classes.length]!;
  [...all].forEach(([module, { ts }], i) => {
    const of = classOf(i);
    new Feature(serves[of] ?? home, module)[of].declare({ [module]: ts } as never);
  });
  const files = synthToFiles(flake);
  const root = join(folder, name);
  mkdirSync(root);
  const entries = [...all].map(([module, { nix }], i) => {
    writeFileSync(join(root, `${module}-ours.nix`), files[`modules/${classOf(i)}/${module}.nix`]!);
    writeFileSync(
      join(root, `${module}-hand.nix`),
      `{ config, lib, pkgs, options, ... }: let whole = config; in { options = { ${module} = ${nix}; }; }`,
    );
    return `${module} = { ours = ${root}/${module}-ours.nix; hand = ${root}/${module}-hand.nix; };`;
  });
  return `{ ${entries.join('\n')} }`;
}

/** What an expression is, from JSON. */
function evaluated(code: string): unknown {
  const file = join(folder, 'asked.nix');
  writeFileSync(file, code);
  const { status, stdout, stderr } = runNix('nix-instantiate', ['--eval', '--strict', '--json', file]);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

describeNix('what declare writes', () => {
  it('calls the library as a module that is written by hand', { timeout: 600_000 }, () => {
    const modules = written(drawn(wanted / 5), 'recorded');
    const file = join(__dirname, 'support/recording-lib.nix');
    expect(evaluated(`import ${file} { modules = ${modules}; }`)).toEqual([]);
  });
});

describeRealworld('options that declare has declared', () => {
  let all: ReadonlyMap<string, GeneratedOptions>;
  let real: string;

  beforeAll(() => {
    all = drawn(wanted);
    const lists = join(__dirname, 'support/option-lists.nix');
    real = `import ${lists} { lib = import ${realpathSync(realworld!)}/nixpkgs/lib; modules = ${written(all, 'real')}; }`;
  }, 600_000);

  it('are documented, and have the values, as those of a module that is written by hand', {
    timeout: 3_600_000,
  }, () => {
    const { count, differing } = evaluated(`{ inherit (${real}) count differing; }`) as {
      count: number;
      differing: unknown[];
    };
    const declared = [...all.values()].reduce((sum, one) => sum + one.count, 0);
    console.log(`${declared} options declared by ${all.size} modules; ${count} with those of submodules`);
    expect(differing).toEqual([]);
    expect(declared).toBeGreaterThanOrEqual(wanted);
  });

  it('take what the real types of a module that is written by hand take', { timeout: 3_600_000 }, async () => {
    const declared = [...all].flatMap(([name, { ts }]) => declaredOptions(toNode({ options: { [name]: ts } })).options);
    const options = withDeclared({}, declared);
    const code = `import ${join(__dirname, 'support/real-types.nix')} { inherit (${real}) lib options; }`;
    const pairs = await judgedPairs({ of: 'nixos', options, code }, wanted, seed);
    const judged = pairs.filter(({ real }) => real !== null);
    const shown = (some: typeof pairs) =>
      some.map(({ path, steps, code }) => `${[path, ...steps].map((one) => one.join('.')).join(' / ')} = ${code}`);
    const missed = judged.filter(({ ours, real, trusted }) => ours && !real && trusted === undefined);
    const found = judged.filter(({ ours, real }) => !ours && !real);
    console.log(
      `${judged.length} of ${pairs.length} values judged; errors found ${found.length}, missed ${missed.length}; ` +
        `taken on trust ${judged.filter(({ ours, real, trusted }) => ours && !real && trusted).length}`,
    );
    expect(shown(judged.filter(({ ours, real }) => !ours && real))).toEqual([]);
    // A path that leads to no module, and what a submodule lacks inside of a package, are no errors of a type.
    expect(missed.length).toBeLessThanOrEqual((found.length + missed.length) / 50);
  });
});
