import { accepts } from '../accepts';
import type { Surroundings } from '../check/check';
import { dagElement } from '../dag';
import { type NestedOptions, nestedOptions } from '../nested-options';
import { formOf, isOpen, type Members, type Shape } from '../shape';
import { type Facts, isOption, memberOf, type Option, type OptionType } from '../type';
import { type Around, type Entry, entriesOf, membersOf, plain } from './entries';
import { asItIs, certain, conflict, equal, joined, open, some, undecided, unseen, withoutEnd } from './leaves';
import type { Conflict, Member, Outcome, Some } from './outcome';

/** What one module says of an option. */
export interface SourcedValue<By> {
  /** With its conditions, merges, priorities and orders. */
  readonly value: unknown;
  /** What stands around it in the module. */
  readonly around?: Around;
  readonly by: By;
  /** Where `value` stands in what `by` says. */
  readonly place?: readonly (string | number)[];
}

/** One definition, and what becomes of it. */
export interface Defined<By> extends Entry<By> {
  /** The option by its names; those of attributes among them, of lists none. */
  readonly option: readonly string[];
  readonly type: OptionType;
  readonly fate: Fate;
}

/**
 * What becomes of a definition:
 *
 * - `counts`, alone or with others
 * - `may`: only Nix can tell, as it depends on a condition or on a priority
 * - `loses` to definitions of the priority `to`, of the option `at`
 * - `replaced` by a later one, in a set that does not merge what is in it
 * - `never`: its condition is false
 */
export type Fate =
  | { readonly is: 'counts' | 'may' | 'replaced' | 'never' }
  | { readonly is: 'loses'; readonly to: number; readonly at: readonly string[] };

/** What an option comes to. */
export interface Resolved<By> {
  readonly outcome: Outcome;
  /** The priority of what counts; `undefined` where only Nix knows it, or nothing does. */
  readonly priority: number | undefined;
  /** The definitions of it and of what is in it: those that count in the order in which they do, then the others. */
  readonly definitions: readonly Defined<By>[];
}

/**
 * What definitions of an option come to by the rules of the module system (nixpkgs, lib/modules.nix and lib/types.nix):
 * the lowest priority wins, order and modules say what stands first, and the type merges.
 *
 * @param path the option's names
 * @param values in the order in which the module system merges them: that of `modulesOf`
 */
export function resolved<By>(
  path: readonly string[],
  [type, facts]: Option,
  values: readonly SourcedValue<By>[],
  surroundings: Surroundings,
): Resolved<By> {
  const definitions: Defined<By>[] = [];
  const walk: Walk<By> = { ...surroundings, add: (one) => definitions.push(one) };
  const entries = values.flatMap(({ value, around = plain, by, place = [] }) =>
    entriesOf(value, around, by, place, surroundings.fill),
  );
  const { outcome, priority } = settle(walk, type, facts, entries, path);
  const rank = ({ fate }: Defined<By>) => (fate.is === 'counts' ? 0 : fate.is === 'may' ? 1 : 2);
  return { outcome, priority, definitions: definitions.sort((a, b) => rank(a) - rank(b)) };
}

interface Walk<By> extends Surroundings {
  readonly add: (definition: Defined<By>) => void;
  /** What becomes of everything inside, where that is decided. */
  readonly fate?: Fate;
}

type Path = readonly string[];

/** Deeper than any configuration. */
const deepest = 500;

const plainPriority = 100;

/** The priority of an option's default. */
const ofDefault = 1500;

/** Decides which entries count, and merges them. */
function settle<By>(
  walk: Walk<By>,
  type: OptionType,
  facts: Facts | undefined,
  entries: readonly Entry<By>[],
  path: Path,
): { outcome: Outcome; priority: number | undefined } {
  const live = entries.filter((one) => !one.never);
  scatter({ is: 'never' }, (one) => one.never);
  const sure = live.filter((one) => !one.conditions.length && one.priority !== undefined);
  const hasDefault = facts?.default !== undefined;
  const priorities = [...sure.map((one) => one.priority!), ...(hasDefault ? [ofDefault] : [])];
  if (!priorities.length) {
    scatter({ is: 'may' }, (one) => !one.never);
    return { outcome: live.length ? undecided(live) : { is: 'nothing' }, priority: undefined };
  }
  const best = Math.min(...priorities);
  const given: Entry<By>[] = hasDefault && best === ofDefault ? defaultOf(facts) : [];
  const counted = live.filter((one) => one.priority === best);
  const above = live.filter((one) => one.priority === undefined || one.priority < best);
  const outcome = mergeSorted(walk, type, [...given, ...counted], path);
  scatter({ is: 'may' }, (one) => above.includes(one));
  scatter({ is: 'loses', to: best, at: path }, (one) => !one.never && (one.priority ?? 0) > best);
  if (above.length) return { outcome: undecided(above), priority: undefined };
  return { outcome: best > plainPriority ? { ...outcome, weak: true } : outcome, priority: best };

  /** Entries that do not count, down to what is in them. */
  function scatter(fate: Fate, which: (one: Entry<By>) => boolean): void {
    const chosen = entries.filter(which);
    if (chosen.length) mergeSorted({ ...walk, fate: walk.fate ?? fate }, type, chosen, path);
  }
}

function defaultOf<By>(facts: Facts | undefined): Entry<By>[] {
  const value = facts!.default!;
  // No `by`: it is nobody's definition.
  return [{ ...plain, value, shape: value as Shape, by: undefined as By, place: [] }];
}

/** Merges entries of one priority in their order (`mkOrder`). */
function mergeSorted<By>(walk: Walk<By>, type: OptionType, entries: readonly Entry<By>[], path: Path): Outcome {
  const isKnown = entries.every((one) => one.order !== undefined);
  const sorted = isKnown ? [...entries].sort((a, b) => a.order! - b.order!) : entries;
  const outcome = merge(walk, type, sorted, path);
  return !isKnown && entries.length > 1 && (outcome.is === 'list' || outcome.is === 'joined') ? open('order') : outcome;
}

function merge<By>(walk: Walk<By>, type: OptionType, entries: readonly Entry<By>[], path: Path): Outcome {
  if (!entries.length) return { is: 'nothing' };
  if (path.length > deepest) return unseen(noted(walk, type, entries, path));
  if (typeof type === 'string') return mergeAtom(walk, type, entries, path);
  switch (type.kind) {
    case 'int':
    case 'float':
    case 'number':
    case 'path':
    case 'enum':
      return equal(noted(walk, type, entries, path));
    case 'str':
      noted(walk, type, entries, path);
      if (type.separator !== undefined) return joined(entries, type.separator);
      return type.form === 'singleLine' ? withoutEnd(equal(entries)) : equal(entries);
    case 'listOf':
      return concatenated(walk, type.of, noted(walk, type, entries, path), path);
    case 'attrsOf': {
      const element = dagElement(type);
      if (element !== undefined) return dag(walk, type, element, entries, path);
      return byName(walk, type, entries, path, (inner, own, said) => settle(inner, type.of, undefined, said, own));
    }
    case 'nullOr': {
      const nulls = entries.filter((one) => one.shape === null);
      if (!nulls.length) return merge(walk, type.of, entries, path);
      if (nulls.length === entries.length) return equal(noted(walk, type, entries, path));
      return together(
        walk,
        type,
        entries,
        path,
        'different',
        ({ shape }, [first]) => (shape === null) === (first!.shape === null),
      );
    }
    case 'either': {
      const one = alternative(type.of, entries);
      if (one !== undefined) return merge(walk, one, entries, path);
      if (entries.every(({ shape }) => accepts(type, shape) !== undefined)) {
        return together(walk, type, entries, path, 'type', ({ shape }, sure) => {
          const of = alternative(type.of, sure);
          return of !== undefined && accepts(of, shape) === true;
        });
      }
      return unseen(noted(walk, type, entries, path));
    }
    case 'coercedTo':
      return coerced(walk, type, entries, path);
    case 'unique':
      if (entries.length === 1) return merge(walk, type.of, entries, path);
      return together(walk, type, entries, path, 'several', (one, sure) => sure.length === 1 && one === sure[0]);
    case 'attrTag':
      return group(walk, type, type, entries, path);
    case 'submodule':
      return nested(walk, type, entries, path);
    case 'functionTo':
      return unseen(noted(walk, type, entries, path));
  }
}

type Of<Kind> = Extract<OptionType, { readonly kind: Kind }>;

function mergeAtom<By>(
  walk: Walk<By>,
  type: Extract<OptionType, string>,
  entries: readonly Entry<By>[],
  path: Path,
): Outcome {
  switch (type) {
    case 'data':
      return data(walk, entries, path);
    case 'any':
      return anything(walk, entries, path);
    case 'attrs':
      return replacing(walk, entries, path);
    case 'nixos':
    case 'darwin':
    case 'home':
      return nested(walk, type, entries, path);
    case 'module':
      return unseen(noted(walk, type, entries, path));
    default:
      return equal(noted(walk, type, entries, path));
  }
}

/** Notes entries as definitions of an option that has no further parts. */
function noted<By>(
  walk: Walk<By>,
  type: OptionType,
  entries: readonly Entry<By>[],
  option: Path,
): readonly Entry<By>[] {
  for (const one of entries) {
    if (one.by === undefined) continue;
    const fate = walk.fate ?? { is: one.conditions.length ? 'may' : 'counts' };
    walk.add({ ...one, option, type, fate });
  }
  return entries;
}

/**
 * Entries that Nix refuses together. If it does not, then those do not count that are under a condition and do not fit the
 * others.
 */
function together<By>(
  walk: Walk<By>,
  type: OptionType,
  entries: readonly Entry<By>[],
  path: Path,
  because: Conflict,
  fits: (one: Entry<By>, sure: readonly Entry<By>[]) => boolean,
): Outcome {
  const sure = certain(entries);
  if (!sure.length || !sure.every((one) => fits(one, sure))) {
    noted(walk, type, entries, path);
    return sure.length ? conflict(because) : undecided(entries);
  }
  const fitting = entries.filter((one) => fits(one, sure));
  const others = entries.filter((one) => !fitting.includes(one));
  noted(walk, type, others, path);
  return merge(walk, type, fitting, path);
}

function concatenated<By>(walk: Walk<By>, of: OptionType, entries: readonly Entry<By>[], path: Path): Outcome {
  // What is in elements is part of the definition of the list.
  const inner: Walk<By> = { ...walk, add: () => {} };
  const items = entries.flatMap((list): (Outcome | Some)[] => {
    if (list.conditions.length || !Array.isArray(list.shape)) return [some(list)];
    return list.shape.flatMap((element: unknown, i): (Outcome | Some)[] => {
      const one = entriesOf(element, plain, list.by ?? (0 as By), [...list.place, i], walk.fill);
      const live = one.filter((entry) => !entry.never);
      if (!live.length) return [];
      if (live.some((entry) => entry.conditions.length)) return [some(live[0]!)];
      return [settle(inner, of, undefined, live, path).outcome];
    });
  });
  return { is: 'list', items };
}

/** Each name of sets by itself. */
function byName<By>(
  walk: Walk<By>,
  type: OptionType,
  entries: readonly Entry<By>[],
  path: Path,
  inside: (walk: Walk<By>, path: Path, entries: readonly Entry<By>[]) => { outcome: Outcome },
): Outcome {
  const sets = entries.filter((one) => membersOf(one) !== undefined);
  const others = entries.filter((one) => membersOf(one) === undefined);
  noted(walk, type, others, path);
  const members: Member[] = [];
  const around = ({ conditions, never }: Entry<By>): Around => ({ ...plain, conditions, never });
  for (const [name, below] of parts(walk, sets, around)) {
    const { outcome } = inside(walk, [...path, name], below);
    if (below.some((one) => !one.never)) members.push([name, outcome]);
  }
  const more = entries.some((one) => formOf(one.shape) !== 'set' || isOpen(one.shape as Members));
  if (!members.length && more) return unseen(others);
  return { is: 'set', members, more };
}

/** What sets say of each of their names, in the order in which those come up. */
function parts<By>(
  { fill }: Walk<By>,
  sets: readonly Entry<By>[],
  around: (outer: Entry<By>) => Around,
): Map<string, Entry<By>[]> {
  const found = new Map<string, Entry<By>[]>();
  for (const one of sets) {
    const members = one.shape as Members;
    for (const name of Object.keys(members)) {
      const entries = entriesOf(members[name], around(one), one.by, [...one.place, name], fill);
      const earlier = found.get(name);
      if (earlier) earlier.push(...entries);
      else found.set(name, entries);
    }
  }
  return found;
}

/** A submodule, or a configuration of a whole system. */
function nested<By>(
  walk: Walk<By>,
  type: Parameters<typeof nestedOptions>[0],
  entries: readonly Entry<By>[],
  path: Path,
): Outcome {
  const options = nestedOptions(type, walk.optionsOf);
  if (options === undefined) return unseen(noted(walk, type, entries, path));
  return group(walk, type, options, entries.toReversed(), path);
}

/** The options of a submodule. */
function group<By>(
  walk: Walk<By>,
  type: OptionType,
  { options, freeform }: NestedOptions,
  entries: readonly Entry<By>[],
  path: Path,
): Outcome {
  const outcome = byName(walk, type, entries, path, (inner, own, said) => {
    const member = memberOf(options, own.at(-1)!);
    if (member === undefined)
      return settle(inner, freeform === undefined ? 'any' : elementOf(freeform), undefined, said, own);
    if (isOption(member)) return settle(inner, member[0], member[1], said, own);
    return { outcome: inGroup(inner, { options: member, freeform: freeform && 'data' }, said, own) };
  });
  // Options that nobody sets have defaults.
  return outcome.is === 'set' ? { ...outcome, more: true } : outcome;
}

/** The type of the names that no option of a submodule has. */
const elementOf = (freeform: OptionType) =>
  typeof freeform === 'object' && freeform.kind === 'attrsOf' ? freeform.of : freeform === 'data' ? 'data' : 'any';

/** A group of options: what stands around it is around each of them. */
function inGroup<By>(
  walk: Walk<By>,
  { options, freeform }: NestedOptions,
  entries: readonly Entry<By>[],
  path: Path,
): Outcome {
  const sets = entries.filter((one) => membersOf(one) !== undefined);
  const members: Member[] = [];
  for (const [name, below] of parts(walk, sets, (outer) => outer)) {
    const own = [...path, name];
    const member = memberOf(options, name);
    if (member !== undefined && !isOption(member)) {
      members.push([name, inGroup(walk, { options: member, ...(freeform && { freeform }) }, below, own)]);
    } else {
      const [type, facts] = member ?? [freeform ?? 'any'];
      members.push([name, settle(walk, type, facts, below, own).outcome]);
    }
  }
  return { is: 'set', members, more: true };
}

/** The alternative of an `either` that all definitions have to be of; nothing where only Nix can tell. */
function alternative<By>(types: readonly OptionType[], entries: readonly Entry<By>[]): OptionType | undefined {
  const open: OptionType[] = [];
  for (const type of types) {
    const verdicts = entries.map(({ shape }) => accepts(type, shape));
    if (verdicts.includes(false)) continue;
    if (!open.length && !verdicts.includes(undefined)) return type;
    open.push(type);
  }
  return open.length === 1 ? open[0] : undefined;
}

/** What is made something else comes out as Nix makes it. */
function coerced<By>(walk: Walk<By>, type: Of<'coercedTo'>, entries: readonly Entry<By>[], path: Path): Outcome {
  const verdicts = entries.map(({ shape }) => accepts(type.from, shape));
  if (verdicts.every((one) => one === false)) return merge(walk, type.to, entries, path);
  noted(walk, type, entries, path);
  if (typeof type.to !== 'object' || type.to.kind !== 'listOf') return open('coercion');
  const { of } = type.to;
  const quiet = { ...walk, add: () => {} };
  const items = entries.flatMap((one, i): readonly (Outcome | Some)[] => {
    if (verdicts[i] !== false) return [some(one)];
    const list = concatenated(quiet, of, [one], path);
    return list.is === 'list' ? list.items : [some(one)];
  });
  return { is: 'list', items };
}

/** Entries with an order, or their values alone (Home Manager, lib/types-dag.nix). */
function dag<By>(walk: Walk<By>, type: OptionType, of: OptionType, entries: readonly Entry<By>[], path: Path): Outcome {
  return byName(walk, type, entries, path, (inner, own, said) => {
    // An entry is a submodule, so its definitions come the other way round; `data` is one of its options.
    const { outcome } = settle(inner, of, undefined, said.map(dataOf).toReversed(), own);
    return { outcome: { is: 'set', members: [['data', outcome]], more: true } };
  });

  function dataOf(one: Entry<By>): Entry<By> {
    const members = membersOf(one);
    if (!members || !['data', 'after', 'before'].every((name) => Object.hasOwn(members, name))) return one;
    const [inner] = entriesOf(members.data, one, one.by, [...one.place, 'data'], walk.fill);
    return inner ?? one;
  }
}

/** `attrs`: a later set replaces the names of earlier ones, and what is in them is as it is. */
function replacing<By>(walk: Walk<By>, entries: readonly Entry<By>[], path: Path): Outcome {
  if (!entries.some((one) => membersOf(one) !== undefined)) {
    noted(walk, 'attrs', entries, path);
    return entries.every((one) => formOf(one.shape) === 'set')
      ? { is: 'set', members: [], more: false }
      : unseen(entries);
  }
  return byName(walk, 'attrs', entries, path, (inner, own, said) => {
    const from = said.findLastIndex((one) => !one.conditions.length);
    noted({ ...inner, fate: inner.fate ?? { is: 'replaced' } }, 'any', said.slice(0, Math.max(from, 0)), own);
    noted(inner, 'any', said.slice(Math.max(from, 0)), own);
    const last = said.at(-1)!;
    return { outcome: last.conditions.length ? undecided([last]) : asItIs(last.value, walk.fill) };
  });
}

/** Data of a file format: sets and lists merge, and anything else has one value. */
function data<By>(walk: Walk<By>, entries: readonly Entry<By>[], path: Path): Outcome {
  const forms = new Set(entries.map(({ shape }) => formOf(shape)));
  if (forms.has('set')) {
    if (forms.size > 1 && !forms.has('unknown')) return together(walk, 'data', entries, path, 'different', sameForm);
    return byName(walk, 'data', entries, path, (inner, own, said) => settle(inner, 'data', undefined, said, own));
  }
  if (forms.has('list')) {
    if (forms.size > 1 && !forms.has('unknown')) return together(walk, 'data', entries, path, 'different', sameForm);
    return concatenated(walk, 'data', noted(walk, 'data', entries, path), path);
  }
  return equal(noted(walk, 'data', entries, path));
}

const sameForm = <By>(one: Entry<By>, [first]: readonly Entry<By>[]) => formOf(one.shape) === formOf(first!.shape);

/** A type that is not known: sets merge in all that merge at all, and several of anything else are Nix's business. */
function anything<By>(walk: Walk<By>, entries: readonly Entry<By>[], path: Path): Outcome {
  if (entries.every(({ shape }) => formOf(shape) === 'set')) {
    return byName(walk, 'any', entries, path, (inner, own, said) => settle(inner, 'any', undefined, said, own));
  }
  noted(walk, 'any', entries, path);
  const [only, ...others] = entries;
  if (!others.length) return only!.conditions.length ? unseen(entries) : asItIs(only!.value, walk.fill);
  const outcome = equal(entries);
  return outcome.is === 'value' && outcome.value !== '' && typeof outcome.value !== 'string'
    ? outcome
    : open('several');
}
