import { dagElement } from './dag';
import type { Literal, OptionType, Text } from './type';

/**
 * A type in words, for messages and comments: those of nixpkgs' descriptions where they have some (lib/types.nix).
 *
 * `parseSentence` reads them again; what they leave out are the options of submodules.
 */
export function showType(type: OptionType): string {
  return phraseOf(type, Number.POSITIVE_INFINITY).text;
}

/** As `showType`, with the first values of long enums only. */
export function showTypeBriefly(type: OptionType): string {
  return phraseOf(type, 8).text;
}

/**
 * What a phrase is, which says where it needs parentheses: `noun`; `composite`, with an `of`; `conjunction`, with an `or`
 * that others may follow; `optional`, with one that ends with it; `clause`, with a comma; `closed`, which stands alone or
 * in parentheses.
 */
type Class = 'noun' | 'composite' | 'conjunction' | 'optional' | 'clause' | 'closed';

interface Phrase {
  readonly text: string;
  readonly class: Class;
}

function phraseOf(type: OptionType, longest: number): Phrase {
  if (typeof type === 'string') return noun(atoms[type]);
  const part = (inner: OptionType, ...bare: Class[]) => within(phraseOf(inner, longest), bare);
  const element = (inner: OptionType) => part(inner, 'noun', 'composite');
  switch (type.kind) {
    case 'int':
    case 'float':
    case 'number':
      return range(type.kind, type.min, type.max);
    case 'str':
      return text(type);
    case 'path':
      return noun(path(type.absolute, type.inStore));
    case 'enum':
      return enumeration(type.values, longest);
    case 'listOf':
      return composite(type.nonEmpty ? `non-empty (list of ${element(type.of)})` : `list of ${element(type.of)}`);
    case 'attrsOf': {
      const dag = dagElement(type);
      if (dag !== undefined) return { class: 'closed', text: `DAG of ${phraseOf(dag, longest).text}` };
      return composite(`${type.lazy ? 'lazy ' : ''}attribute set of ${element(type.of)}`);
    }
    case 'nullOr':
      return { class: 'optional', text: `null or ${part(type.of, 'noun', 'conjunction')}` };
    case 'either':
      return either(type.of.map((inner) => phraseOf(inner, longest)));
    case 'coercedTo':
      return { class: 'closed', text: `${part(type.to, 'noun')} or ${part(type.from, 'noun')} convertible to it` };
    case 'functionTo':
      return composite(`function that evaluates to a(n) ${element(type.of)}`);
    case 'unique':
      return composite(`unique ${part(type.of, 'noun')}`);
    case 'attrTag':
      return noun(`attribute-tagged union with choices: ${listed(Object.keys(type.options).map(tag), longest)}`);
    case 'submodule':
      if (type.extends !== undefined) return noun(atoms[type.extends]);
      return type.freeform === undefined ? noun('submodule') : composite(`open submodule of ${element(type.freeform)}`);
  }
}

const atoms = {
  any: 'anything',
  data: 'plain data',
  bool: 'boolean',
  int: 'signed integer',
  float: 'floating point number',
  number: 'integer or floating point number',
  str: 'string',
  path: 'absolute path',
  package: 'package',
  attrs: 'attribute set',
  module: 'module',
  nixos: 'NixOS configuration',
  darwin: 'nix-darwin configuration',
  home: 'Home Manager configuration',
};

const noun = (text: string): Phrase => ({ class: 'noun', text });
const composite = (text: string): Phrase => ({ class: 'composite', text });

/** A phrase inside another one, where some classes need no parentheses. */
function within(phrase: Phrase, bare: readonly Class[]): string {
  return bare.includes(phrase.class) ? phrase.text : `(${phrase.text})`;
}

const numbers = { int: 'integer', float: 'floating point number', number: 'integer or floating point number' };

function range(kind: keyof typeof numbers, min: number | undefined, max: number | undefined): Phrase {
  const name = numbers[kind];
  if (min !== undefined && max !== undefined) return noun(`${name} between ${min} and ${max} (both inclusive)`);
  if (kind === 'int' && min === 0) return { class: 'clause', text: 'unsigned integer, meaning >=0' };
  if (kind === 'int' && min === 1) return { class: 'clause', text: 'positive integer, meaning >0' };
  if (kind === 'number' && min === 0) return { class: 'clause', text: `nonnegative ${name}, meaning >=0` };
  if (min !== undefined) return { class: 'clause', text: `${name}, meaning >=${min}` };
  return max === undefined ? noun(atoms[kind]) : { class: 'clause', text: `${name}, meaning <=${max}` };
}

function text({ pattern, form, separator }: Text): Phrase {
  if (pattern !== undefined) return { class: 'closed', text: `string matching the pattern ${pattern}` };
  if (separator !== undefined) return noun(`strings concatenated with ${JSON.stringify(separator)}`);
  if (form === 'passwdEntry') return { class: 'clause', text: 'string, not containing newlines or colons' };
  if (form === 'nonEmpty') return noun('non-empty string');
  return noun(form === 'singleLine' ? '(optionally newline-terminated) single-line string' : 'string');
}

function path(absolute: boolean | undefined, inStore: boolean | undefined): string {
  const kind = absolute === undefined ? 'path' : absolute ? 'absolute path' : 'relative path';
  return inStore === undefined ? kind : `${kind} ${inStore ? 'in' : 'not in'} the Nix store`;
}

function enumeration(values: readonly Literal[], longest: number): Phrase {
  if (!values.length) return noun('impossible (empty enum)');
  const shown = values.map(literal);
  if (shown.length === 1) return noun(`value ${shown[0]} (singular enum)`);
  return { class: 'conjunction', text: `one of ${listed(shown, longest)}` };
}

function literal(value: Literal): string {
  if (value === null) return '<null>';
  return typeof value === 'string' ? `"${value}"` : String(value);
}

function listed(values: readonly string[], longest: number): string {
  return values.length > longest ? `${values.slice(0, longest).join(', ')}, …` : values.join(', ');
}

function tag(name: string): string {
  return /^[A-Za-z_][\w'-]*$/.test(name) ? name : JSON.stringify(name);
}

/** Alternatives; a clause before an `or` has a comma behind it. */
function either([first, ...rest]: readonly Phrase[]): Phrase {
  const begin = first!.class === 'clause' ? `${first!.text},` : within(first!, ['noun', 'conjunction']);
  const others = rest.map((phrase, i) =>
    within(phrase, ['noun', 'conjunction', 'composite', ...(i === rest.length - 1 ? (['optional'] as const) : [])]),
  );
  return { class: 'conjunction', text: [begin, ...others].join(' or ') };
}
