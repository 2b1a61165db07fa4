import type { Doc, Docs } from './docs';
import { isOption, memberOf, type Option, type OptionTree, type OptionType } from './type';

/** What gets a name of its own in types: a group of options, a set with options of its own, or an enumeration of many values. */
export interface Part {
  readonly of: OptionTree | Named;
  /** Where it stands first: names of options, with `<name>` and `*` between them. */
  readonly path: readonly string[];
}

type Named = Extract<OptionType, { readonly kind: 'submodule' | 'attrTag' | 'enum' }>;

/** Enumerations of more values than this are named, so that an error does not list them. */
const fewValues = 12;

/** All parts of a tree, each before those in it. */
export function* partsOf(tree: OptionTree, path: readonly string[], root: OptionTree): Generator<Part> {
  for (const [name, member] of membersOf(tree)) {
    const here = [...path, name];
    if (!isOption(member)) {
      yield { of: member, path: here };
      yield* partsOf(member, here, root);
    } else if (!successorOf(member, root)) {
      yield* partsOfType(member[0], here, root);
    }
  }
}

function* partsOfType(type: OptionType, path: readonly string[], root: OptionTree): Generator<Part> {
  if (typeof type === 'string') return;
  switch (type.kind) {
    case 'enum':
      if (type.values.length > fewValues) yield { of: type, path };
      break;
    case 'submodule':
      yield { of: type, path };
      yield* partsOf(type.options, path, root);
      if (type.freeform) yield* partsOfType(type.freeform, path, root);
      break;
    case 'attrTag':
      yield { of: type, path };
      yield* partsOf(type.options, path, root);
      break;
    case 'listOf':
      yield* partsOfType(type.of, [...path, '*'], root);
      break;
    case 'attrsOf':
      yield* partsOfType(type.of, [...path, '<name>'], root);
      break;
    case 'functionTo':
      yield* partsOfType(type.of, [...path, '<function body>'], root);
      break;
    case 'nullOr':
    case 'unique':
      yield* partsOfType(type.of, path, root);
      break;
    case 'either':
      for (const one of type.of) yield* partsOfType(one, path, root);
      break;
    case 'coercedTo':
      yield* partsOfType(type.from, path, root);
      yield* partsOfType(type.to, path, root);
  }
}

/** The members of a tree in the order of their names. */
export function membersOf(tree: OptionTree): [string, Option | OptionTree][] {
  return Object.entries(tree).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Where the options of a part are; an enumeration has none. */
export function optionsOf(part: Part['of']): OptionTree {
  // An option or a group may be called `kind`, but then it is no string.
  if (typeof part.kind !== 'string') return part as OptionTree;
  return part.kind === 'enum' ? {} : (part as Exclude<Named, { kind: 'enum' }>).options;
}

/** What replaced a renamed option, where the tree has it. */
export function successorOf(option: Option, root: OptionTree): [path: string[], Option | OptionTree] | undefined {
  const seen = new Set([option]);
  for (let name = option[1]?.renamedTo; name !== undefined; ) {
    const path = name.split('.');
    const found = find(root, path);
    if (!found || !isOption(found)) return found && [path, found];
    if (seen.has(found)) return undefined;
    seen.add(found);
    if (found[1]?.renamedTo === undefined) return [path, found];
    name = found[1].renamedTo;
  }
  return undefined;
}

function find(tree: OptionTree, path: readonly string[]): Option | OptionTree | undefined {
  let at: Option | OptionTree | undefined = tree;
  for (const name of path) {
    if (!at || isOption(at)) return undefined;
    at = memberOf(at, name);
  }
  return at;
}

/**
 * The name of each part: its path in one word. Parts that say the same share the name of the one with the shortest path.
 *
 * @param taken names that mean something else
 */
export function namesOf(parts: readonly Part[], docs: Docs, taken: ReadonlySet<string>): Map<Part['of'], string> {
  const used = new Set(taken);
  const byContent = new Map<string, string>();
  const names = new Map<Part['of'], string>();
  for (const part of [...parts].sort(byLength)) {
    const content = contentOf(part, docs);
    const name = byContent.get(content) ?? freeName(part.path, used);
    used.add(name);
    byContent.set(content, name);
    names.set(part.of, name);
  }
  return names;
}

const byLength = (a: Part, b: Part) => a.path.length - b.path.length;

function contentOf(part: Part, docs: Docs): string {
  const words = docs.size ? [part, ...partsIn(part)].flatMap((one) => wordsOf(one, docs)) : [];
  return JSON.stringify([part.of, words]);
}

function wordsOf({ of, path }: Part, docs: Docs): (Doc | undefined)[] {
  return Object.keys(optionsOf(of)).map((name) => docs.get([...path, name].join('.')));
}

function partsIn({ of, path }: Part): Iterable<Part> {
  return typeof of.kind === 'string' ? partsOfType(of as Named, path, {}) : partsOf(of as OptionTree, path, {});
}

function freeName(path: readonly string[], used: ReadonlySet<string>): string {
  const words = path.filter((name) => name !== '*' && name !== '<name>').flatMap((name) => name.split(/[^A-Za-z0-9]+/));
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  const base = /^[A-Z]/.test(name) ? name : `Options${name}`;
  for (let count = 2, free = base; ; free = `${base}_${count++}`) if (!used.has(free)) return free;
}
