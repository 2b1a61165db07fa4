import type { Expr } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import {
  type Evaluating,
  given,
  type LibraryFunction,
  lazily,
  literal,
  type Machine,
  type MachineKind,
  type SetValue,
  type Thunk,
  unknown,
  type Value,
} from './value';

const machines: Readonly<Record<string, MachineKind>> = {
  nixosSystem: 'nixos',
  darwinSystem: 'darwin',
  homeManagerConfiguration: 'home',
};

/** What a function of that name makes, if it makes configurations. */
export const machineOf = (name: string): MachineKind | undefined =>
  Object.hasOwn(machines, name) ? machines[name] : undefined;

type Rule = (evaluator: Evaluating, args: readonly Thunk[]) => Value;

/** A function of so many arguments. */
interface Known {
  readonly takes: number;
  readonly rule: Rule;
}

export const isLibraryFunction = (name: string): boolean => Object.hasOwn(known, name);

/** The value of a library's function with the arguments that it has, once these are enough. */
export function applied(evaluator: Evaluating, fn: LibraryFunction): Value {
  if (machineOf(fn.name)) return fn.args.length < 2 ? fn : machine(fn.name, fn.args[0]!, fn.args[1]!);
  const { takes, rule } = known[fn.name]!;
  return fn.args.length < takes ? fn : rule(evaluator, fn.args);
}

const set = (members: Iterable<readonly [string, Thunk]>): SetValue => ({ kind: 'set', members: new Map(members) });
const text = (value: string): Thunk => given(literal(value));

/** The value of a call, made when somebody asks for it. */
const later = (evaluator: Evaluating, fn: Thunk, ...args: readonly Thunk[]): Thunk =>
  lazily(() => args.reduce((of, arg) => evaluator.call(of, arg), evaluator.force(fn)));

/** Which machine a call of a function of that name makes, with what it is given. */
function machine(name: string, fn: Thunk, args: Thunk): Machine {
  const code = fn.value?.kind === 'unknown' ? fn.value.code : undefined;
  return { kind: 'machine', of: machineOf(name)!, input: code && inputIn(code, machineOf(name)!), args };
}

/** The input whose function some code is: `nixpkgs` in `inputs.nixpkgs.lib.nixosSystem`. */
function inputIn(code: Expr, of: MachineKind): string | undefined {
  if (code.kind === 'binary') return inputIn(of === 'home' ? code.right : code.left, of);
  if (code.kind !== 'select') return undefined;
  if (code.of.kind === 'ident' && code.of.name === 'inputs') return attributeNames(code.path)[0];
  return inputIn(code.of, of);
}

function listOf(evaluator: Evaluating, thunk: Thunk): readonly Thunk[] | undefined {
  const value = evaluator.force(thunk);
  return value.kind === 'list' ? value.items : undefined;
}

function membersOf(evaluator: Evaluating, thunk: Thunk): ReadonlyMap<string, Thunk> | undefined {
  const value = evaluator.force(thunk);
  return value.kind === 'set' ? value.members : undefined;
}

function textsOf(evaluator: Evaluating, thunk: Thunk): string[] | undefined {
  const texts = listOf(evaluator, thunk)?.map((item) => textOf(evaluator, item));
  return texts?.every((one) => one !== undefined) ? (texts as string[]) : undefined;
}

function textOf(evaluator: Evaluating, thunk: Thunk): string | undefined {
  const value = evaluator.force(thunk);
  return value.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
}

function when(evaluator: Evaluating, condition: Thunk, yes: () => Value, no: Value): Value {
  const value = evaluator.force(condition);
  if (value.kind !== 'literal') return unknown;
  return value.value === true ? yes() : no;
}

const empty: Value = { kind: 'list', items: [] };

/** A pair of a name and a value, as `listToAttrs` takes it. */
function pairOf(evaluator: Evaluating, thunk: Thunk): [string, Thunk] | undefined {
  const members = membersOf(evaluator, thunk);
  const name = members?.get('name') && textOf(evaluator, members.get('name')!);
  const value = members?.get('value');
  return name !== undefined && value ? [name, value] : undefined;
}

function fromPairs(evaluator: Evaluating, items: readonly Thunk[] | undefined): Value {
  const pairs = items?.map((item) => pairOf(evaluator, item));
  return pairs?.every((pair) => pair !== undefined) ? set((pairs as [string, Thunk][]).toReversed()) : unknown;
}

function kept(evaluator: Evaluating, thunk: Thunk): boolean | undefined {
  const value = evaluator.force(thunk);
  return value.kind === 'literal' && typeof value.value === 'boolean' ? value.value : undefined;
}

const known: Readonly<Record<string, Known>> = {
  import: {
    takes: 1,
    rule(evaluator, [file]) {
      const value = evaluator.force(file!);
      return value.kind === 'path' ? evaluator.import(value.path) : unknown;
    },
  },
  id: { takes: 1, rule: (evaluator, [value]) => evaluator.force(value!) },
  map: {
    takes: 2,
    rule(evaluator, [fn, list]) {
      const items = listOf(evaluator, list!);
      return items ? { kind: 'list', items: items.map((item) => later(evaluator, fn!, item)) } : unknown;
    },
  },
  concatMap: {
    takes: 2,
    rule(evaluator, [fn, list]) {
      const lists = listOf(evaluator, list!)?.map((item) => listOf(evaluator, later(evaluator, fn!, item)));
      return lists?.every((one) => one) ? { kind: 'list', items: lists.flatMap((one) => one!) } : unknown;
    },
  },
  concatLists: {
    takes: 1,
    rule(evaluator, [list]) {
      const lists = listOf(evaluator, list!)?.map((item) => listOf(evaluator, item));
      return lists?.every((one) => one) ? { kind: 'list', items: lists.flatMap((one) => one!) } : unknown;
    },
  },
  flatten: {
    takes: 1,
    rule(evaluator, [list]) {
      const flat = (thunk: Thunk): Thunk[] => {
        const value = evaluator.force(thunk);
        return value.kind === 'list' ? value.items.flatMap(flat) : [thunk];
      };
      return { kind: 'list', items: flat(list!) };
    },
  },
  filter: {
    takes: 2,
    rule(evaluator, [fn, list]) {
      const items = listOf(evaluator, list!)?.map(
        (item) => [item, kept(evaluator, later(evaluator, fn!, item))] as const,
      );
      if (!items?.every(([, is]) => is !== undefined)) return unknown;
      return { kind: 'list', items: items.filter(([, is]) => is).map(([item]) => item) };
    },
  },
  elem: {
    takes: 2,
    rule(evaluator, [item, list]) {
      const value = evaluator.force(item!);
      const items = listOf(evaluator, list!)?.map((one) => evaluator.force(one));
      if (value.kind !== 'literal' || !items?.every((one) => one.kind === 'literal')) return unknown;
      return literal(items.some((one) => one.value === value.value));
    },
  },
  genAttrs: {
    takes: 2,
    rule(evaluator, [names, fn]) {
      const all = textsOf(evaluator, names!);
      return all ? set(all.map((name) => [name, later(evaluator, fn!, text(name))])) : unknown;
    },
  },
  mapAttrs: {
    takes: 2,
    rule(evaluator, [fn, of]) {
      const members = membersOf(evaluator, of!);
      if (!members) return unknown;
      return set([...members].map(([name, value]) => [name, later(evaluator, fn!, text(name), value)]));
    },
  },
  "mapAttrs'": {
    takes: 2,
    rule(evaluator, [fn, of]) {
      const members = membersOf(evaluator, of!);
      return fromPairs(
        evaluator,
        members && [...members].map(([name, value]) => later(evaluator, fn!, text(name), value)),
      );
    },
  },
  mapAttrsToList: {
    takes: 2,
    rule(evaluator, [fn, of]) {
      const members = membersOf(evaluator, of!);
      if (!members) return unknown;
      const sorted = [...members].sort(([a], [b]) => (a < b ? -1 : 1));
      return { kind: 'list', items: sorted.map(([name, value]) => later(evaluator, fn!, text(name), value)) };
    },
  },
  nameValuePair: {
    takes: 2,
    rule: (_evaluator, [name, value]) =>
      set([
        ['name', name!],
        ['value', value!],
      ]),
  },
  listToAttrs: { takes: 1, rule: (evaluator, [list]) => fromPairs(evaluator, listOf(evaluator, list!)) },
  filterAttrs: {
    takes: 2,
    rule(evaluator, [fn, of]) {
      const members = [...(membersOf(evaluator, of!) ?? [])];
      const all = members.map((one) => [one, kept(evaluator, later(evaluator, fn!, text(one[0]), one[1]))] as const);
      return all.every(([, is]) => is !== undefined) ? set(all.filter(([, is]) => is).map(([one]) => one)) : unknown;
    },
  },
  attrNames: {
    takes: 1,
    rule(evaluator, [of]) {
      const members = membersOf(evaluator, of!);
      return members ? { kind: 'list', items: [...members.keys()].sort().map(text) } : unknown;
    },
  },
  attrValues: {
    takes: 1,
    rule(evaluator, [of]) {
      const members = membersOf(evaluator, of!);
      if (!members) return unknown;
      return { kind: 'list', items: [...members].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value) };
    },
  },
  removeAttrs: {
    takes: 2,
    rule(evaluator, [of, names]) {
      const [members, gone] = [membersOf(evaluator, of!), textsOf(evaluator, names!)];
      return members && gone ? set([...members].filter(([name]) => !gone.includes(name))) : unknown;
    },
  },
  hasAttr: {
    takes: 2,
    rule(evaluator, [name, of]) {
      const [members, key] = [membersOf(evaluator, of!), textOf(evaluator, name!)];
      return members && key !== undefined ? literal(members.has(key)) : unknown;
    },
  },
  optional: {
    takes: 2,
    rule: (evaluator, [test, item]) => when(evaluator, test!, () => ({ kind: 'list', items: [item!] }), empty),
  },
  optionals: {
    takes: 2,
    rule: (evaluator, [test, list]) => when(evaluator, test!, () => evaluator.force(list!), empty),
  },
  optionalAttrs: {
    takes: 2,
    rule: (evaluator, [test, of]) => when(evaluator, test!, () => evaluator.force(of!), set([])),
  },
  optionalString: {
    takes: 2,
    rule: (evaluator, [test, of]) => when(evaluator, test!, () => evaluator.force(of!), literal('')),
  },
  hasSuffix: {
    takes: 2,
    rule(evaluator, [end, of]) {
      const [suffix, whole] = [textOf(evaluator, end!), textOf(evaluator, of!)];
      return suffix !== undefined && whole !== undefined ? literal(whole.endsWith(suffix)) : unknown;
    },
  },
  hasPrefix: {
    takes: 2,
    rule(evaluator, [start, of]) {
      const [prefix, whole] = [textOf(evaluator, start!), textOf(evaluator, of!)];
      return prefix !== undefined && whole !== undefined ? literal(whole.startsWith(prefix)) : unknown;
    },
  },
  removeSuffix: {
    takes: 2,
    rule(evaluator, [end, of]) {
      const [suffix, whole] = [textOf(evaluator, end!), textOf(evaluator, of!)];
      if (suffix === undefined || whole === undefined) return unknown;
      return literal(whole.endsWith(suffix) ? whole.slice(0, whole.length - suffix.length) : whole);
    },
  },
  toString: {
    takes: 1,
    rule(evaluator: Evaluating, [of]: readonly Thunk[]) {
      const value = evaluator.force(of!);
      if (value.kind !== 'literal' || value.value === null || typeof value.value === 'boolean') return unknown;
      return literal(String(value.value));
    },
  },
  pathExists: {
    takes: 1,
    rule(evaluator, [path]) {
      const value = evaluator.force(path!);
      return value.kind === 'path' ? literal(evaluator.source.exists(value.path)) : unknown;
    },
  },
  readDir: {
    takes: 1,
    rule(evaluator, [path]) {
      const value = evaluator.force(path!);
      const names = value.kind === 'path' ? evaluator.source.list(value.path) : undefined;
      return names ? set([...names].map(([name, is]) => [name, text(is)])) : unknown;
    },
  },
};
