import { quote } from './generate-text';
import type { Atom, Compound, OptionTree, OptionType } from './type';

/** The names of what has one: groups, submodules, enumerations. */
export type Names = ReadonlyMap<OptionTree | OptionType, string>;

/**
 * A union. Sets of options stand in it as they are, not as `Value<…>`: each takes an expression by itself, and outside of a
 * union with others the compiler finds the option that a misspelt one was meant to be.
 */
interface Union {
  readonly sets: readonly string[];
  readonly values: readonly string[];
}

/** What may be defined for an option of a type. */
export function slotOf(type: OptionType, names: Names): string {
  return slot(unionOf(type, names));
}

/** What an option of a type gives when it is read. */
export function readOf(type: OptionType, names: Names): string {
  return plain(unionOf(type, names));
}

function slot(union: Union): string {
  const sets = unique(union.sets);
  const values = unique(union.values);
  if (values.includes('unknown')) return 'unknown';
  if (!sets.length) return `Value<${join(values)}>`;
  const others = values.filter((value) => value !== 'null');
  return [...sets, ...(others.length ? [`Value<${join(values)}>`] : values)].join(' | ');
}

function plain({ sets, values }: Union): string {
  return values.includes('unknown') ? 'unknown' : join(unique([...sets, ...values]));
}

/** In the order of the type, but with `null` at the end, where it is least in the way. */
function join(values: readonly string[]): string {
  if (!values.length) return 'never';
  return [...values.filter((value) => value !== 'null'), ...values.filter((value) => value === 'null')].join(' | ');
}

const unique = (values: readonly string[]) => [...new Set(values)];

function unionOf(type: OptionType, names: Names): Union {
  return typeof type === 'string' ? atoms[type] : compound(type, names);
}

const values = (...all: string[]): Union => ({ sets: [], values: all });
const sets = (...all: string[]): Union => ({ sets: all, values: [] });

const atoms: Readonly<Record<Atom, Union>> = {
  any: values('unknown'),
  data: values('Data'),
  bool: values('boolean'),
  int: values('number'),
  float: values('number'),
  number: values('number'),
  str: values('string'),
  path: values('string'),
  package: values('Package'),
  attrs: values('Attrs<unknown>'),
  module: values('string', 'object'),
  nixos: sets('NixosConfig'),
  darwin: sets('DarwinConfig'),
  home: sets('HomeConfig'),
};

function compound(type: Compound, names: Names): Union {
  switch (type.kind) {
    case 'int':
    case 'float':
    case 'number':
    case 'str':
    case 'path':
      return atoms[type.kind];
    case 'enum':
      return values(...(names.has(type) ? [names.get(type)!] : type.values.map(literal)));
    case 'listOf':
      return collection('List', type.of, names);
    case 'attrsOf':
      return collection('Attrs', type.of, names);
    case 'nullOr':
      return both(unionOf(type.of, names), values('null'));
    case 'either':
      return type.of.map((one) => unionOf(one, names)).reduce(both);
    case 'coercedTo':
      return both(unionOf(type.from, names), unionOf(type.to, names));
    case 'functionTo':
      return sets(`Expr<(argument: any) => ${plain(unionOf(type.of, names))}>`);
    case 'unique':
      return unionOf(type.of, names);
    case 'attrTag':
    case 'submodule':
      return sets(names.get(type)!);
  }
}

function both(a: Union, b: Union): Union {
  return { sets: [...a.sets, ...b.sets], values: [...a.values, ...b.values] };
}

function collection(name: 'List' | 'Attrs', of: OptionType, names: Names): Union {
  const element = unionOf(of, names);
  const bare = element.sets.length && !element.values.includes('unknown');
  return values(bare ? `${name}Of<${slot(element)}>` : `${name}<${plain(element)}>`);
}

export function literal(value: string | number | boolean | null): string {
  return typeof value === 'string' ? quote(value) : String(value);
}
