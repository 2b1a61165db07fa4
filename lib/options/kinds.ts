import type { OptionType } from './type';

/**
 * What sort of value something is, as `builtins.typeOf` says it; but packages, which are sets that stand for a path, are a kind
 * of their own.
 */
export type Kind = 'null' | 'bool' | 'int' | 'float' | 'str' | 'path' | 'list' | 'set' | 'function' | 'package';

/** The kinds that a value may be of; absent where that is not known. */
export type Kinds = ReadonlySet<Kind>;

export const kinds = (...all: readonly Kind[]): Kinds => new Set(all);

/** The kinds of what is read from an option of a type; nothing where it may be anything. */
export function kindsRead(type: OptionType): Kinds | undefined {
  return kindsOf(type, 'read');
}

/** The kinds of values that an option of a type takes, some of them at least; nothing where it may take anything. */
export function kindsTaken(type: OptionType): Kinds | undefined {
  return kindsOf(type, 'taken');
}

const atoms: Readonly<Record<string, { readonly read: Kinds; readonly taken?: Kinds }>> = {
  bool: { read: kinds('bool') },
  int: { read: kinds('int') },
  float: { read: kinds('float') },
  number: { read: kinds('int', 'float') },
  str: { read: kinds('str') },
  // A set may have an outPath.
  path: { read: kinds('str', 'path', 'package'), taken: kinds('str', 'path', 'package', 'set') },
  package: { read: kinds('package'), taken: kinds('package', 'set', 'str', 'path') },
};

const any = new Set(['any', 'data', 'attrs', 'module']);
const sets = { read: kinds('set'), taken: kinds('set', 'package') };
const modules = { read: kinds('set'), taken: kinds('set', 'package', 'function', 'path', 'str') };

function kindsOf(type: OptionType, as: 'read' | 'taken'): Kinds | undefined {
  const name = typeof type === 'string' ? type : type.kind;
  if (any.has(name)) return undefined;
  const atom = atoms[name];
  if (atom) return atom[as] ?? atom.read;
  if (typeof type === 'string') return modules[as];
  switch (type.kind) {
    case 'enum':
      return new Set(type.values.flatMap(kindsOfLiteral));
    case 'listOf':
      return kinds('list');
    case 'attrsOf':
    case 'attrTag':
      return sets[as];
    case 'submodule':
      return modules[as];
    case 'functionTo':
      return as === 'read' ? kinds('function', 'set') : kinds('function', 'set', 'package');
    case 'nullOr':
      return union([kinds('null'), kindsOf(type.of, as)]);
    case 'unique':
      return kindsOf(type.of, as);
    case 'either':
      return union(type.of.map((one) => kindsOf(one, as)));
    case 'coercedTo':
      return as === 'read' ? kindsOf(type.to, as) : union([kindsOf(type.from, as), kindsOf(type.to, as)]);
    default:
      return undefined;
  }
}

function kindsOfLiteral(value: string | number | boolean | null): Kind[] {
  if (value === null) return ['null'];
  if (typeof value === 'string') return ['str'];
  // As in Nix, 1 and 1.0 are equal.
  return typeof value === 'boolean' ? ['bool'] : ['int', 'float'];
}

/** The kinds of all together; nothing as soon as one may be anything. */
export function union(all: readonly (Kinds | undefined)[]): Kinds | undefined {
  const joined = new Set<Kind>();
  for (const one of all) {
    if (!one) return undefined;
    for (const kind of one) joined.add(kind);
  }
  return joined;
}

/** Whether values of some kinds are all of certain ones. */
export function isOnly(known: Kinds, ...certain: readonly Kind[]): boolean {
  return known.size > 0 && [...known].every((kind) => certain.includes(kind));
}

/** Whether a type takes none of the values that are of some kinds. */
export function takesNone(type: OptionType, known: Kinds): boolean {
  const taken = kindsTaken(type);
  return taken !== undefined && ![...known].some((kind) => taken.has(kind));
}

const words: Readonly<Record<Kind, string>> = {
  null: 'null',
  bool: 'a boolean',
  int: 'an integer',
  float: 'a float',
  str: 'a string',
  path: 'a path',
  list: 'a list',
  set: 'a set',
  function: 'a function',
  package: 'a package',
};

/** Kinds for people: `a boolean or a list`. */
export function showKinds(known: Iterable<Kind>): string {
  const all = new Set(known);
  const isNumber = all.has('int') && all.has('float');
  return [...all]
    .filter((kind) => !isNumber || kind !== 'float')
    .map((kind) => (isNumber && kind === 'int' ? 'a number' : words[kind]))
    .join(' or ');
}
