import type { Atom, Compound, OptionType } from '../type';
import type { Nested } from './names';
import { quote } from './text';

/** How types are called inside others. */
export interface Naming {
  /** The name of a set with options of its own. */
  nameOf(nested: Nested): string;
  /** A name for a union. */
  alias(members: readonly string[]): string;
  /** Lets expressions of another type stand for a set, too. */
  widen(set: string, type: string): void;
}

/**
 * A union. Sets of options stand in it as they are, not as `Value<…>`, for they take expressions by themselves: only where
 * the compiler has no other type with members does it find the option that a misspelt one was meant to be. In open sets
 * nothing is misspelt, so these are values like others.
 */
interface Union {
  readonly sets: readonly string[];
  readonly values: readonly string[];
}

/** A longer union is given a name, so that an error is not a list of all that would have been right: characters. */
const longUnion = 80;

/** What may be defined for an option of a type. */
export function slotOf(type: OptionType, naming: Naming): string {
  return slot(unionOf(type, naming), naming);
}

/** What an option of a type gives when it is read. */
export function readOf(type: OptionType, naming: Naming): string {
  return plain(unionOf(type, naming), naming);
}

function slot({ sets, values }: Union, naming: Naming): string {
  if (values.includes('unknown')) return 'unknown';
  if (sets.length && !values.length) return join(sets, naming);
  const text = join(values, naming);
  const [set, ...others] = new Set(sets);
  if (set === undefined) return `Value<${text}>`;
  if (others.length || set.startsWith('Expr<')) return [set, ...others, `Value<${text}>`].join(' | ');
  naming.widen(set, text);
  return `${set} | ${text}`;
}

function plain({ sets, values }: Union, naming: Naming): string {
  return values.includes('unknown') ? 'unknown' : join([...sets, ...values], naming);
}

/** In the order of the type, but with `null` at the end, where it is least in the way. */
function join(values: readonly string[], { alias }: Naming): string {
  const all = new Set(values);
  const others = [...all].filter((value) => value !== 'null' && !isPartOf(all, value));
  const long = others.length > 1 && others.join(' | ').length > longUnion;
  return [...(long ? [alias(others)] : others), ...(all.has('null') ? ['null'] : [])].join(' | ') || 'never';
}

/** Whether a member of a union is in another one of its members. */
function isPartOf(union: ReadonlySet<string>, value: string): boolean {
  if (value === 'string' || value === 'Package') return union.has('Path');
  if (value.startsWith("'")) return union.has('string') || union.has('Path');
  if (value === 'true' || value === 'false') return union.has('boolean');
  return /^-?\d/.test(value) && union.has('number');
}

function unionOf(type: OptionType, naming: Naming): Union {
  return typeof type === 'string' ? atoms[type] : compound(type, naming);
}

const values = (...all: string[]): Union => ({ sets: [], values: all });
const sets = (...all: string[]): Union => ({ sets: all, values: [] });

const systems = { nixos: 'NixosConfig', darwin: 'DarwinConfig', home: 'HomeConfig' } as const;

const atoms: Readonly<Record<Atom, Union>> = {
  any: values('unknown'),
  data: values('Data'),
  bool: values('boolean'),
  int: values('number'),
  float: values('number'),
  number: values('number'),
  str: values('string'),
  path: values('Path'),
  package: values('Package'),
  attrs: values('Attrs<unknown>'),
  module: values('string', 'object'),
  nixos: sets(systems.nixos),
  darwin: sets(systems.darwin),
  home: sets(systems.home),
};

function compound(type: Compound, naming: Naming): Union {
  switch (type.kind) {
    case 'int':
    case 'float':
    case 'number':
    case 'str':
    case 'path':
      return atoms[type.kind];
    case 'enum':
      return values(...type.values.map((value) => (typeof value === 'string' ? quote(value) : String(value))));
    case 'listOf':
      return collection('List', unionOf(type.of, naming), naming);
    case 'attrsOf':
      return collection('Attrs', unionOf(type.of, naming), naming);
    case 'nullOr':
      return both(unionOf(type.of, naming), values('null'));
    case 'either':
      return type.of.map((one) => unionOf(one, naming)).reduce(both);
    case 'coercedTo':
      return both(unionOf(type.from, naming), unionOf(type.to, naming));
    case 'functionTo':
      return sets(`Expr<(argument: any) => ${readOf(type.of, naming)}>`);
    case 'unique':
      return unionOf(type.of, naming);
    case 'attrTag':
      return sets(naming.nameOf(type));
    case 'submodule':
      if (type.extends !== undefined) return sets(`${systems[type.extends]} & ${naming.nameOf(type)}`);
      return type.freeform ? values(naming.nameOf(type)) : sets(naming.nameOf(type));
  }
}

function both(a: Union, b: Union): Union {
  return { sets: [...a.sets, ...b.sets], values: [...a.values, ...b.values] };
}

function collection(name: 'List' | 'Attrs', element: Union, naming: Naming): Union {
  const ofSets = element.sets.length > 0 && !element.values.includes('unknown');
  return values(ofSets ? `${name}Of<${slot(element, naming)}>` : `${name}<${plain(element, naming)}>`);
}
