import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe } from 'vitest';
import { doAll } from '../../lib/cli/check/pool';
import { type Target, targetsOf } from '../../lib/cli/check/targets';
import { evaluationsAtOnce } from '../../lib/cli/nix/process';
import { readNixOutput } from '../../lib/cli/nix-error/nix-error';
import { encodeKey } from '../../lib/nix/encode';
import type { Summary } from '../../lib/synth/summary';
import { type Effort, effortIn, inputNames, showStats } from './realworld';

/** The folder with `real/nixpkgs`, packages and all, as a git repository, and with `home-manager` and `nix-darwin`. */
const folder = process.env.REALPKGS;

/** The program that evaluates them. */
export const nix = process.env.REALNIX ?? 'nix';

/** The whole nixpkgs, as a flake. */
export const realNixpkgs = `git+file://${folder}/real/nixpkgs`;

/** A suite that needs a whole nixpkgs; says loudly that it is skipped without one. */
export function describeRealPackages(name: string, suite: () => void): void {
  if (folder) assertUsable(folder);
  else {
    console.warn(`SKIPPED: ${name}: set REALPKGS to the folder with real/nixpkgs, and REALNIX to Nix 2.18 or newer`);
  }
  describe.skipIf(!folder)(folder ? name : `${name} [skipped: REALPKGS is not set]`, suite);
}

function assertUsable(place: string): void {
  if (!existsSync(join(place, 'real/nixpkgs/flake.nix'))) throw new Error(`REALPKGS=${place} holds no real/nixpkgs`);
  const { stdout } = spawnSync(nix, ['--version'], { encoding: 'utf8' });
  const [, major, minor] = /(\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
  const isNew = Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 18);
  if (isNew) return;
  throw new Error(`REALPKGS needs Nix 2.18 or newer, and REALNIX=${nix} is ${stdout?.trim() || 'not there'}`);
}

/** A flake that was written, and what is in it. */
export interface WrittenFlake {
  readonly outdir: string;
  readonly summary: Summary;
}

/** What came of a host or a home. */
export interface Derived {
  /** The derivation that Nix would build. */
  readonly path?: string;
  /** What modules and packages warn of. */
  readonly warnings: readonly string[];
  readonly error?: string;
}

/** A host or home of one of the flakes. */
interface Wanted {
  readonly flake: string;
  readonly target: Target;
}

/** What one process evaluates: each takes up to a gigabyte, which is not given back. */
const atATime = 3;

/**
 * Evaluates every host and home of flakes to its derivation.
 *
 * @param flakes by name; names are identifiers of Nix
 * @returns what came of each: by the name of its flake, and by its own
 */
export async function derivationsOf(
  flakes: Readonly<Record<string, WrittenFlake>>,
): Promise<Record<string, Record<string, Derived>>> {
  const outdirs = Object.fromEntries(Object.entries(flakes).map(([name, { outdir }]) => [name, outdir]));
  return withJudge(outdirs, async (judge) => {
    const wanted = Object.entries(flakes).flatMap(([flake, { summary }]) =>
      targetsOf(summary).map((target) => ({ flake, target })),
    );
    // Homes by themselves share the packages of their system, hosts have packages of their own.
    const [hosts, homes] = (['host', 'home'] as const).map((kind) => wanted.filter((one) => one.target.kind === kind));
    const groups = [...inGroups(hosts!, atATime), ...inGroups(homes!, 3 * atATime)];
    const jobs = groups.map((group) => () => ({ result: evaluate(judge, group), stop: () => {} }));
    const results = await doAll(jobs, evaluationsAtOnce(), () => false, new AbortController().signal);
    const found: Record<string, Record<string, Derived>> = {};
    for (const [{ flake, target }, derived] of results.flat()) {
      found[flake] = { ...found[flake], [target.attribute.slice(0, 2).join('.')]: derived };
    }
    return found;
  });
}

/**
 * What it takes Nix to evaluate one host of each of some flakes to its derivation.
 *
 * @param flakes their folders by name
 */
export function effortsFor(flakes: Readonly<Record<string, string>>, host: string): Promise<Effort[]> {
  return withJudge(flakes, (judge) =>
    Promise.all(
      Object.keys(flakes).map(async (flake) => {
        const attribute = `flakes.${flake}.nixosConfigurations.${encodeKey(host)}.config.system.build.toplevel.drvPath`;
        const { stderr } = await run(['eval', '--raw', '--offline', `path:${judge}#${attribute}`], showStats);
        return effortIn(stderr);
      }),
    ),
  );
}

/** Calls `use` with a flake that has others as inputs. */
async function withJudge<T>(flakes: Readonly<Record<string, string>>, use: (judge: string) => Promise<T>): Promise<T> {
  const judge = mkdtempSync(join(tmpdir(), 'cdknix-real-packages-'));
  try {
    writeFileSync(join(judge, 'flake.nix'), judgeOf(flakes));
    await run(['flake', 'lock', '--offline', `path:${judge}`]);
    return await use(judge);
  } finally {
    rmSync(judge, { recursive: true });
  }
}

/** A flake that has the others as inputs, with the real module systems and packages as theirs. */
function judgeOf(flakes: Readonly<Record<string, string>>): string {
  const places = {
    nixpkgs: realNixpkgs,
    'home-manager': `path:${folder}/home-manager`,
    'nix-darwin': `path:${folder}/nix-darwin`,
    nixvim: `path:${join(__dirname, 'inputs/nixvim')}`,
  };
  const given = Object.entries(places).map(([name, url]) => `${name}.url = "${url}";`);
  const judged = Object.entries(flakes).map(([name, outdir]) => {
    const follows = inputNames(join(outdir, 'flake.nix')).map(
      (input) => `inputs.${input}.follows = "${input.startsWith('nixpkgs') ? 'nixpkgs' : input}";`,
    );
    return `${name} = { url = "path:${outdir}"; ${follows.join(' ')} };`;
  });
  return `{
  inputs = {
    ${[...given, ...judged].join('\n    ')}
    home-manager.inputs.nixpkgs.follows = "nixpkgs";
    nix-darwin.inputs.nixpkgs.follows = "nixpkgs";
  };
  outputs = flakes: { inherit flakes; };
}
`;
}

function inGroups<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** Evaluates hosts and homes in one process; where one of them fails, each in its own. */
async function evaluate(judge: string, wanted: readonly Wanted[]): Promise<[Wanted, Derived][]> {
  // What is traced in between is of the one before.
  const items = wanted.map(({ flake, target }, i) => {
    const attribute = [flake, ...target.attribute, 'drvPath'].map(encodeKey).join('.');
    return `(builtins.trace "${mark}${i}" flakes.${attribute})`;
  });
  const args = ['--json', '--offline', '--apply', `flakes: [ ${items.join(' ')} ]`, `path:${judge}#flakes`];
  try {
    const { stdout, stderr } = await run(['eval', ...args]);
    const paths = JSON.parse(stdout) as string[];
    const parts = stderr.split(new RegExp(`^trace: ${mark}\\d+\n`, 'm')).slice(1);
    return wanted.map((one, i) => [one, { path: paths[i]!, warnings: warningsIn(parts[i]!) }]);
  } catch (error) {
    const { stderr = String(error) } = error as { stderr?: string };
    if (wanted.length === 1)
      return [[wanted[0]!, { warnings: [], error: readNixOutput(stderr).error?.text ?? stderr }]];
    const alone: [Wanted, Derived][] = [];
    for (const one of wanted) alone.push(...(await evaluate(judge, [one])));
    return alone;
  }
}

const mark = 'evaluates ';

/** What is warned of, but for releases that differ: they are those of the folder, and not of the flake. */
function warningsIn(stderr: string): string[] {
  return readNixOutput(stderr).warnings.filter((one) => !/Home Manager version \S+ and\s+Nixpkgs version/.test(one));
}

const experimental = ['--extra-experimental-features', 'nix-command flakes'];
const execute = promisify(execFile);

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return execute(nix, [...experimental, ...args], { maxBuffer: 2 ** 26, env: { ...process.env, ...env } });
}
