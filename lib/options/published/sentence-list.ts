import type { OptionType } from '../type';
import type { Token } from './sentence-tokens';

/** The short names that lists of simple types have. */
const shortNames: Readonly<Record<string, OptionType>> = {
  bool: 'bool',
  boolean: 'bool',
  int: 'int',
  integer: 'int',
  float: 'float',
  str: 'str',
  string: 'str',
  path: 'path',
  package: 'package',
  'attribute set thereof': 'attrs',
};

const name = `(?:null|${Object.keys(shortNames).join('|')})\\b`;
const separator = '(?:, (?:or |and )?| or | and )';
const names = `${name}(?:${separator}${name})+`;
const ofThem = ' or (?:an? (?:non-empty )?)?list of (?:them|values)(?: for duplicate keys)?';
const list = new RegExp(
  `(?:(?:[\\w.-]{1,30} ){0,4}?(?:atom|type|values) \\((${names})\\)|(${name}, ${names}))(${ofThem})?`,
  'y',
);

/** A list of simple types with short names: `INI atom (null, bool, int or string) or a list of them`. */
export function listAt(text: string, at: number): Token<OptionType> {
  list.lastIndex = at;
  const [all, inside, bare, lists] = list.exec(text) ?? [];
  if (all === undefined) return undefined;
  const found = (inside ?? bare)!.split(new RegExp(separator));
  const of = found.filter((one) => one !== 'null').map((one) => shortNames[one]!);
  const some: OptionType = of.length === 1 ? of[0]! : { kind: 'either', of };
  const type: OptionType = found.includes('null') ? { kind: 'nullOr', of: some } : some;
  return [lists === undefined ? type : either(type, { kind: 'listOf', of: type }), at + all.length];
}

/** Two alternatives, of which the first may be several itself. */
function either(first: OptionType, second: OptionType): OptionType {
  const before = typeof first === 'object' && first.kind === 'either' ? first.of : [first];
  return { kind: 'either', of: [...before, second] };
}
