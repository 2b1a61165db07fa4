import { successorOf } from '../option-at';
import { isOption, type Option, type OptionTree, type OptionType } from '../type';

/** A set of options that gets an interface: a group, or a type with options of its own. */
export interface Part {
  readonly of: OptionTree | Nested;
  /** Where it stands: names of options, with `<name>` and `*` between them. */
  readonly path: readonly string[];
  /** Whether any name may be set in it: an open submodule, or a group in one. */
  readonly isOpen: boolean;
}

export type Nested = Extract<OptionType, { readonly options: OptionTree }>;

/** All parts in a tree, each before those in it. */
export function* partsOf(tree: OptionTree, path: readonly string[], root: OptionTree, isOpen = false): Generator<Part> {
  for (const [name, member] of membersOf(tree)) {
    const here = [...path, name];
    if (!isOption(member)) {
      yield { of: member, path: here, isOpen };
      yield* partsOf(member, here, root, isOpen);
    } else if (successorOf(member, root) === member) {
      yield* partsOfType(member[0], here, root);
    }
  }
}

function* partsOfType(type: OptionType, path: readonly string[], root: OptionTree): Generator<Part> {
  if (typeof type === 'string') return;
  switch (type.kind) {
    case 'submodule':
    case 'attrTag': {
      const isOpen = type.kind === 'submodule' && type.freeform !== undefined;
      yield { of: type, path, isOpen };
      yield* partsOf(type.options, path, root, isOpen);
      break;
    }
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

/** Whether a part is a type; a group may have a member `kind`, but that is no string. */
export function isNested(part: OptionTree | Nested): part is Nested {
  return typeof part.kind === 'string';
}

/** Gives out names of types. */
export class Names {
  private readonly used: Set<string>;
  private readonly known = new Map<string, string>();

  /** @param taken names that mean something else */
  constructor(taken: Iterable<string>) {
    this.used = new Set(taken);
  }

  /**
   * The name of what stands at a path: the path in one word. Two things at one path have one name if they say the same, such
   * as the elements of a list and what may stand for a list of one.
   */
  nameOf(path: readonly string[], content: string): string {
    const word = wordOf(path);
    const key = `${word} ${content}`;
    const name = this.known.get(key) ?? this.freeName(word);
    this.known.set(key, name);
    this.used.add(name);
    return name;
  }

  /** No word has `_`, so that a number behind one makes no other word. */
  private freeName(word: string): string {
    let name = word;
    for (let count = 2; this.used.has(name); count++) name = `${word}_${count}`;
    return name;
  }
}

function wordOf(path: readonly string[]): string {
  const words = path.filter((name) => name !== '*' && name !== '<name>').flatMap((name) => name.split(/[^A-Za-z0-9]+/));
  const word = words.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
  return /^[A-Z]/.test(word) ? word : `Options${word}`;
}
