import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exprOf, fromJs, print } from '../../lib/nix';
import { checkDefinitions, type Place, type Problem, type Surroundings } from '../../lib/options/check/check';
import type { ModuleClass } from '../../lib/options/config';
import { dagElement } from '../../lib/options/dag';
import { Property, shapeOf } from '../../lib/options/shape';
import { isOption, memberOf, type OptionTree, type OptionType } from '../../lib/options/type';
import { dumpTable } from '../../scripts/dump-table';
import {
  anyValue,
  definitionOf,
  type Making,
  pick,
  plainValue,
  type Random,
  randomOf,
  winning,
} from './differential-values';

/** An option, or one inside of the values of another one: each step is a path below the sub-options so far. */
interface Slot {
  readonly path: readonly string[];
  readonly steps: readonly (readonly string[])[];
  readonly type: OptionType;
}

/** A definition of an option, with what our check and the real type say of it: whether they take it. */
export interface Pair extends Slot {
  readonly of: ModuleClass;
  readonly value: unknown;
  readonly code: string;
  /** What Nix is to evaluate of it: what it defines, and the parts that it lacks by our check. */
  readonly wanted: string;
  readonly ours: boolean;
  /** Where our check finds something wrong, below the option. */
  readonly place?: Place | undefined;
  /** What our check took on trust: data of a file format, or what a table knows nothing of. */
  readonly trusted?: 'data' | 'any' | undefined;
  /** `null` if the real type has no say: it cannot be evaluated without packages, or an error is none of the type. */
  readonly real: boolean | null;
}

const nix = ['--extra-experimental-features', 'nix-command flakes'];

/** The options of a module system, read out of it as those that come with cdknix are: those may be of another release. */
export async function dumpedOptions(of: ModuleClass, realworld: string): Promise<OptionTree> {
  return (await dumpTable(of, realpathSync(realworld))).options;
}

/**
 * Pairs of options and values of a module system, drawn over all of its options and over all types alike, and judged by
 * our check and by the real type.
 *
 * @param folderOfAll the folder with the real module systems
 */
export async function pairsOf(of: ModuleClass, count: number, seed: number, folderOfAll: string): Promise<Pair[]> {
  const realworld = realpathSync(folderOfAll);
  const options = await dumpedOptions(of, realworld);
  const code = `import ${join(__dirname, 'differential.nix')} { realworld = "${realworld}"; class = "${of}"; }`;
  return judgedPairs({ of, options, code }, count, seed);
}

/** Options as we read them, and as Nix has them. */
interface Judged {
  readonly of: ModuleClass;
  readonly options: OptionTree;
  /** Nix code for the `check` of `real-types.nix`. */
  readonly code: string;
}

/** The same for any options. */
export async function judgedPairs({ of, options, code }: Judged, count: number, seed: number): Promise<Pair[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cdknix-differential-'));
  const repl = new Repl();
  try {
    const file = join(folder, 'module.nix');
    writeFileSync(file, '{ }');
    const drawn = draw(of, options, count, { random: randomOf(seed), evil: 0, file });
    await repl.ask(`system = ${code}`);
    const judged = await judge(repl, drawn, join(folder, 'pairs'));
    // Where a type takes not even what is plainly right, the stand-in for the packages is too simple. And where it takes a
    // value of higher priority, the value is right, and in conflict with what a module defines itself.
    const missed = judged.filter(({ ours, real }) => ours && real === false);
    const plain = missed.map((pair) => ({ ...pair, ...written(plainValue(pair.type)) }));
    const higher = missed.map((pair) => ({ ...pair, ...written(winning(pair.value)) }));
    const controls = await judge(repl, plain, join(folder, 'plain'));
    const winners = await judge(repl, higher, join(folder, 'higher'));
    // An option may hide what it was given from whoever reads it (`apply`), and then its own type is asked.
    const hidden = judged.filter(({ ours, real }) => !ours && real === true);
    const inner = await judge(
      repl,
      hidden.map((pair) => innermost(pair) ?? pair),
      join(folder, 'inner'),
    );
    const refused = new Set(hidden.filter((_, index) => inner[index]!.real === false));
    const others = new Set(
      missed.filter((_, index) => controls[index]!.real !== true || winners[index]!.real === true),
    );
    return judged.map((pair) =>
      others.has(pair) ? { ...pair, real: null } : refused.has(pair) ? { ...pair, real: false } : pair,
    );
  } finally {
    repl.end();
    rmSync(folder, { recursive: true });
  }
}

/** The option inside of the value of a pair that is wrong, as a pair of its own. */
function innermost(pair: Drawn): Drawn | undefined {
  let { type, value }: { type: OptionType; value: unknown } = pair;
  let inner: Drawn | undefined;
  let names: string[] = [];
  let options: OptionTree | undefined;
  const steps = [...pair.steps];
  for (const name of pair.place ?? []) {
    let shape = shapeOf(value, () => undefined);
    while (shape instanceof Property && shape.form !== 'merge') shape = shapeOf(shape.content, () => undefined);
    if (shape instanceof Property) {
      value = (shapeOf(shape.content, () => undefined) as unknown[])[name as number];
      continue;
    }
    value = (shape as Record<string | number, unknown>)[name];
    if (options === undefined) {
      const container = containerOf(type);
      if (container === undefined) break;
      if (container.kind !== 'submodule') {
        type = container.of;
        continue;
      }
      options = container.options;
    }
    const member = memberOf(options, String(name));
    if (member === undefined) break;
    names.push(String(name));
    if (!isOption(member)) {
      options = member;
      continue;
    }
    steps.push(names);
    [names, options, type] = [[], undefined, member[0]];
    inner = { ...pair, steps: [...steps], type, ...written(value) };
  }
  return inner;
}

type Container = Extract<OptionType, { readonly kind: 'attrsOf' | 'listOf' | 'submodule' }>;

/** What of a type has members, if `getSubOptions` goes through it. */
function containerOf(type: OptionType): Container | undefined {
  if (typeof type === 'string') return undefined;
  if (type.kind === 'attrsOf' || type.kind === 'listOf' || type.kind === 'submodule') return type;
  if (type.kind === 'nullOr' || type.kind === 'unique') return containerOf(type.of);
  return type.kind === 'coercedTo' ? containerOf(type.to) : undefined;
}

/** Adds to each pair what the real type says. */
async function judge(repl: Repl, pairs: readonly Drawn[], file: string): Promise<Pair[]> {
  const judged: Pair[] = [];
  for (let start = 0; start < pairs.length; start += chunk) {
    const part = pairs.slice(start, start + chunk);
    writeFileSync(`${file}-${start}.nix`, `{ lib, check }: [\n${part.map(callOf).join('\n')}\n]\n`);
    const real = await answers(repl, `(import ${file}-${start}.nix system)`, 0, part.length);
    judged.push(...part.map((pair, index) => ({ ...pair, real: real[index]! })));
  }
  return judged;
}

/** So many pairs are asked for at once. */
const chunk = 64;

/** The answers of a part of a list. An error that Nix cannot catch is looked for in ever smaller parts. */
async function answers(repl: Repl, list: string, start: number, count: number): Promise<(boolean | null)[]> {
  const part = Array.from({ length: count }, (_, i) => `(builtins.elemAt l ${start + i})`).join(' ');
  const answer = await repl.ask(`let l = ${list}; in builtins.toJSON [ ${part} ]`);
  const json = /"(\[[^"]*\])"/.exec(answer);
  if (json) return JSON.parse(json[1]!) as (boolean | null)[];
  if (count === 1) return [false];
  const half = count >> 1;
  return [...(await answers(repl, list, start, half)), ...(await answers(repl, list, start + half, count - half))];
}

type Drawn = Omit<Pair, 'real'>;

function draw(of: ModuleClass, options: OptionTree, count: number, making: Making): Drawn[] {
  const { random } = making;
  const slots: Slot[] = [];
  addSlots(options, [], [], slots);
  const byType = new Map<string, Slot[]>();
  for (const slot of slots) {
    const key = JSON.stringify(slot.type);
    const others = byType.get(key);
    if (others) others.push(slot);
    else byType.set(key, [slot]);
  }
  const types = [...byType.values()];
  const inner = (system: ModuleClass) => (system === of ? options : undefined);
  return Array.from({ length: count }, () => {
    const slot = pick(random, random() < 0.5 ? slots : pick(random, types));
    const value = drawValue(slot.type, making, random);
    const all = problemsOf(slot.type, value, inner);
    const { wanted, problems } = completed(value, all);
    const ours = !problems.length;
    const trusted = ours
      ? (['data', 'any'] as const).find((atom) => problemsOf(without(atom, slot.type), value, inner).length)
      : undefined;
    return { ...slot, of, ...written(value, wanted), ours, place: problems[0]?.place.slice(1), trusted };
  });
}

function written(value: unknown, wanted = value): Pick<Pair, 'value' | 'code' | 'wanted'> {
  return { value, code: print(fromJs(value)), wanted: print(fromJs(wanted)) };
}

/**
 * A value with the parts that it lacks, so that Nix is asked for them, and the problems that are left to judge: where a part is
 * missing inside of an expression, nobody asks for it.
 */
function completed(value: unknown, all: readonly Problem[]): { wanted: unknown; problems: Problem[] } {
  const wanted = copied(value);
  const problems = all.filter(({ code, help, place }) => {
    if (code !== 'option-required') return true;
    let at = wanted as Record<string | number, unknown> | undefined;
    for (const name of place.slice(1)) {
      const inner = at && (Object.hasOwn(at, name) ? at[name] : undefined);
      at = typeof inner === 'object' && inner !== null && !exprOf(inner) ? (inner as typeof at) : undefined;
    }
    const [name, ...below] = /^add ([\w.]+):/.exec(help)?.[1]?.split('.') ?? [];
    if (!at || !name || Object.hasOwn(at, name)) return false;
    at[name] = below.reduceRight<unknown>((value, one) => ({ [one]: value }), null);
    return true;
  });
  return { wanted, problems };
}

/** A copy of plain data, with the same expressions in it. */
function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || exprOf(value)) return value;
  if (Array.isArray(value)) return value.map(copied);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copied(member)]));
}

function problemsOf(type: OptionType, value: unknown, optionsOf: Surroundings['optionsOf']): Problem[] {
  const problems = checkDefinitions({ x: value }, { x: [type] }, { fill: () => undefined, optionsOf });
  // An old name is told, and works.
  return problems.filter(({ code }) => code !== 'option-renamed');
}

/** A type with another one in the place of an atom, which takes nothing. */
function without(atom: 'data' | 'any', type: OptionType): OptionType {
  const nothing: OptionType = { kind: 'enum', values: [] };
  return JSON.parse(JSON.stringify(type), (key, value) => {
    if (value !== atom || key === 'kind') return value;
    return key === 'freeform' ? { kind: 'attrsOf', of: nothing } : nothing;
  }) as OptionType;
}

/** A third is right, a third wrong in some part, and a third anything. */
function drawValue(type: OptionType, making: Making, random: Random): unknown {
  const kind = random();
  if (kind < 0.3) return anyValue(making);
  return definitionOf(type, { ...making, evil: kind < 0.65 ? 0.25 : 0 });
}

function addSlots(
  tree: OptionTree,
  path: readonly string[],
  steps: readonly (readonly string[])[],
  slots: Slot[],
): void {
  for (const name of Object.keys(tree)) {
    const member = tree[name]!;
    const here = [...path, name];
    if (name === '_module') continue;
    if (!isOption(member)) {
      addSlots(member, here, steps, slots);
      continue;
    }
    // They are reported by their names, whatever they are set to.
    if (member[1]?.removed || member[1]?.renamedTo) continue;
    // The first path is that of an option of the whole system.
    const slot =
      slots.length >= 0 && steps.length === 0
        ? { path: here, steps }
        : { path: steps[0]!, steps: [...steps.slice(1), here] };
    slots.push({ ...slot, type: member[0] });
    for (const inner of subOptions(member[0])) addSlots(inner, [], [slot.path, ...slot.steps], slots);
  }
}

/** The trees that `getSubOptions` of a type gives. */
function subOptions(type: OptionType): OptionTree[] {
  if (typeof type === 'string') return [];
  switch (type.kind) {
    case 'attrsOf':
    case 'listOf':
    case 'nullOr':
    case 'functionTo':
    case 'unique':
      return subOptions(type.of);
    case 'coercedTo':
      return subOptions(dagElement({ kind: 'attrsOf', of: type }) ?? type.to);
    case 'submodule':
    case 'attrTag':
      return [type.options];
    default:
      return [];
  }
}

function callOf({ path, steps, code, wanted }: Drawn): string {
  const list = (names: readonly string[]) => print(fromJs(names)).trim();
  return `(check ${list(path)} [ ${steps.map(list).join(' ')} ] (${code.trim()}) (${wanted.trim()}))`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours that nix prints in spite of NO_COLOR
const colour = /\u001b\[[0-9;?]*[a-zA-Z]/g;

/** A conversation with `nix repl`, which goes on after an error and evaluates nothing twice. */
class Repl {
  readonly #process: ChildProcess;
  #out = '';
  #asked = 0;
  #wake: () => void = () => undefined;

  constructor() {
    this.#process = spawn('nix', [...nix, 'repl', '--offline'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    this.#process.stdout!.on('data', (data: Buffer) => {
      this.#out += data.toString().replaceAll(colour, '');
      this.#wake();
    });
    this.#process.on('exit', () => this.#wake());
  }

  /** What is printed for a line; for an error, nothing that is JSON. */
  async ask(line: string): Promise<string> {
    const end = `"end of ${this.#asked++}"`;
    this.#out = '';
    this.#process.stdin!.write(`${line}\n${end}\n`);
    for (;;) {
      const at = this.#out.split('\n').indexOf(end);
      if (at >= 0)
        return this.#out
          .split('\n')
          .slice(0, at)
          .filter((one) => !one.startsWith('nix-repl>'))
          .join('\n');
      if (this.#process.exitCode !== null) throw new Error('nix repl has ended');
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  end(): void {
    this.#process.stdin!.end();
    this.#process.kill('SIGKILL');
  }
}
