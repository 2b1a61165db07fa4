import { dagOf } from '../dag';
import type { Literal, OptionType } from '../type';
import { listAt } from './sentence-list';
import { literalAt, patternEnd, quotedAt, rangeAt, type Token, tagsAt } from './sentence-tokens';
import { wordAt } from './sentence-words';

/**
 * The type that a sentence describes, such as `null or one of "yes", "no"` (nixpkgs, lib/types.nix: `description`,
 * `descriptionClass` and `optionDescriptionPhrase`).
 *
 * Submodules have no options, as the sentence does not tell them. What no rule knows is `any`.
 */
export function parseSentence(sentence: string): OptionType {
  const s: Sentence = { text: sentence, at: 0, depth: 0, vague: false };
  const type = alternatives(s);
  return s.at === s.text.length ? type : 'any';
}

interface Sentence {
  readonly text: string;
  at: number;
  /** How many phrases are around this one. */
  depth: number;
  /** Whether there is a remark in these alternatives that nobody knows the meaning of. */
  vague: boolean;
}

/** A sentence that nests deeper is nobody's. */
const deepest = 100;

/** `A or B`, `A, or B`, `null or A`, `A or B convertible to it`: all up to the end or a closing parenthesis. */
function alternatives(s: Sentence): OptionType {
  s.depth++;
  const around = s.vague;
  s.vague = false;
  let types: OptionType[] = [];
  do {
    const isNullOr = s.depth <= deepest && take(s, 'null or ');
    types.push(isNullOr ? { kind: 'nullOr', of: alternatives(s) } : operand(s));
    if (types.length > 1 && take(s, ' convertible to it')) {
      const from = types.pop()!;
      types = [{ kind: 'coercedTo', from, to: eitherOf(types) }];
    }
  } while (take(s, ' or ') || take(s, ', or '));
  const type = s.vague ? 'any' : eitherOf(types);
  s.vague = around;
  s.depth--;
  return type;
}

/** The type of several alternatives: none of them an `either`, and none there twice. */
function eitherOf(types: readonly OptionType[]): OptionType {
  const flat = types.flatMap((type) => (typeof type === 'object' && type.kind === 'either' ? type.of : [type]));
  const of = [...new Map(flat.map((type) => [JSON.stringify(type), type])).values()];
  if (of.length === 2 && of.includes('int') && of.includes('float')) return 'number';
  return of.length === 1 ? of[0]! : { kind: 'either', of };
}

/** What stands on one side of an `or`, or behind an `of`. */
function operand(s: Sentence): OptionType {
  if (s.depth > deepest) return unknown(s);
  s.depth++;
  const start = s.at;
  const known = phrase(s) ?? group(s);
  const type = known && withClauses(s, known);
  s.depth--;
  if (type !== undefined && ends(s)) return type;
  s.at = start;
  return unknown(s);
}

function phrase(s: Sentence): OptionType | undefined {
  for (const [words, rest] of phrases) {
    const start = s.at;
    if (take(s, words)) {
      const type = rest(s);
      if (type !== undefined) return type;
      s.at = start;
    }
  }
  return token(s, rangeAt) ?? token(s, listAt) ?? token(s, wordAt) ?? matrix(s);
}

/** Phrases by their first words, and what reads the rest of each. */
const phrases: readonly (readonly [words: string, rest: (s: Sentence) => OptionType | undefined])[] = [
  ['list of ', (s) => ({ kind: 'listOf', of: operand(s) })],
  ['non-empty (list of ', nonEmptyList],
  ['attribute set of ', (s) => ({ kind: 'attrsOf', of: operand(s) })],
  ['lazy attribute set of ', (s) => ({ kind: 'attrsOf', of: operand(s), lazy: true })],
  ['attribute list of ', (s) => attrListOf(operand(s))],
  ['function that evaluates to a(n) ', (s) => ({ kind: 'functionTo', of: operand(s) })],
  ['open submodule of ', (s) => ({ kind: 'submodule', options: {}, freeform: operand(s) })],
  ['unique ', (s) => ({ kind: 'unique', of: operand(s) })],
  ['one of ', (s) => enumeration(s)],
  ['value ', (s) => enumeration(s, ' (singular enum)')],
  ['string matching the pattern ', pattern],
  ['strings concatenated with ', separated],
  ['attribute-tagged union with choices: ', tagged],
  // The descriptions of these have that of their part as it is, without parentheses.
  ['DAG of ', (s) => dagOf(alternatives(s))],
  ['pair of ', (s) => ({ kind: 'listOf', of: alternatives(s) })],
  ['tuple of ', tuple],
  ['section of an INI file (attrs of ', section],
  ['section of a kvconfig file (attrs of ', section],
];

function take(s: Sentence, words: string): boolean {
  const found = s.text.startsWith(words, s.at);
  if (found) s.at += words.length;
  return found;
}

function token<T>(s: Sentence, read: (text: string, at: number) => Token<T>): T | undefined {
  const found = read(s.text, s.at);
  if (found) s.at = found[1];
  return found?.[0];
}

function nonEmptyList(s: Sentence): OptionType | undefined {
  const of = operand(s);
  return take(s, ')') ? { kind: 'listOf', of, nonEmpty: true } : undefined;
}

/** Definitions by name whose order counts: a set, or a list of sets. */
function attrListOf(type: OptionType): OptionType {
  const values: OptionType = { kind: 'attrsOf', of: type };
  return { kind: 'either', of: [values, { kind: 'listOf', of: values }] };
}

function enumeration(s: Sentence, end = ''): OptionType | undefined {
  const values: (Literal | undefined)[] = [];
  do {
    const literal = literalAt(s.text, s.at);
    if (!literal) return undefined;
    values.push(literal[0]);
    s.at = literal[1];
  } while (!end && take(s, ', '));
  if (!take(s, end)) return undefined;
  return values.every((value) => value !== undefined) ? { kind: 'enum', values } : 'any';
}

function pattern(s: Sentence): OptionType {
  const start = s.at;
  s.at = patternEnd(s.text, start, (at) => goesOn(s.text, at));
  return { kind: 'str', pattern: s.text.slice(start, s.at) };
}

function separated(s: Sentence): OptionType | undefined {
  const separator = token(s, quotedAt);
  return separator === undefined ? undefined : { kind: 'str', separator };
}

function tagged(s: Sentence): OptionType | undefined {
  const names = token(s, tagsAt);
  // `Object.fromEntries` defines members, so that `__proto__` is one.
  return names && { kind: 'attrTag', options: Object.fromEntries(names.map((name) => [name, ['any'] as const])) };
}

/** `(A) (B)`: a list, whose elements have a type each. */
function tuple(s: Sentence): OptionType | undefined {
  const types: OptionType[] = [];
  do {
    const type = group(s);
    if (type === undefined) return undefined;
    types.push(type);
  } while (take(s, ' '));
  return { kind: 'listOf', of: eitherOf(types) };
}

/** `3×3 matrix of floating point numbers`. */
function matrix(s: Sentence): OptionType | undefined {
  const [, size, of] = /^(\d+×\d+ matrix of )([^()]+)s(?=$|\))/.exec(s.text.slice(s.at)) ?? [];
  if (size === undefined || of === undefined) return undefined;
  s.at += size.length + of.length + 1;
  return { kind: 'listOf', of: { kind: 'listOf', of: parseSentence(of) } };
}

/** `(…)`; what stands there and cannot be read is unknown as a whole. */
function group(s: Sentence): OptionType | undefined {
  const start = s.at;
  if (!take(s, '(')) return undefined;
  const type = alternatives(s);
  if (take(s, ')')) return type;
  s.at = closing(s.text, start);
  return take(s, ')') ? 'any' : undefined;
}

/** Sections of INI files. Formats whose lists are several lines, or are joined, have the same words as those without lists. */
function section(s: Sentence): OptionType | undefined {
  const value = alternatives(s);
  if (!take(s, ')')) return undefined;
  const isAtom = typeof value === 'object' && value.kind === 'nullOr';
  return { kind: 'attrsOf', of: isAtom ? eitherOf([value, 'path', { kind: 'listOf', of: value }]) : value };
}

const clause = /,? (?:with|without|that|of length|of at least|of the form|starting with|containing|takes) /y;

/** A type with the clauses behind it, which only narrow it. */
function withClauses(s: Sentence, type: OptionType): OptionType {
  if (take(s, ', not containing newlines or colons')) {
    return withClauses(s, type === 'str' ? { kind: 'str', form: 'passwdEntry' } : type);
  }
  if (s.text.startsWith(' (with check: ', s.at)) {
    s.at = Math.min(closing(s.text, s.at + 1) + 1, s.text.length);
    return withClauses(s, type);
  }
  clause.lastIndex = s.at;
  if (clause.test(s.text)) skip(s);
  return type;
}

/** Passes over a phrase that no rule knows. */
function unknown(s: Sentence): OptionType {
  skip(s);
  return 'any';
}

/** Goes to what ends the phrase, or to an `or` with something known behind it. */
function skip(s: Sentence): void {
  for (; s.at < s.text.length && !goesOn(s.text, s.at); s.at++) {
    if (s.text[s.at] !== '(') continue;
    s.at = closing(s.text, s.at);
    s.vague = true;
  }
}

/** The place of the parenthesis that closes the one at a place; the end if there is none. */
function closing(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0) return i;
  }
  return text.length;
}

const end = /$|\)|,? or | convertible to it/y;

/** Whether a phrase ends here. */
function ends(s: Sentence): boolean {
  end.lastIndex = s.at;
  return end.test(s.text);
}

const openings =
  /\(|null\b|unique |(?:non-empty |lazy )?(?:attribute )?(?:list|set) of |(?:pair|DAG|tuple) of |open submodule |one of |value |strings? |attribute-tagged /y;

/** Whether the sentence goes on here outside of a phrase that may be any text: this ends it, or something known follows. */
function goesOn(text: string, at: number): boolean {
  end.lastIndex = at;
  const [found] = end.exec(text) ?? [];
  if (!found?.endsWith('or ')) return found !== undefined;
  const next = at + found.length;
  openings.lastIndex = next;
  return openings.test(text) || rangeAt(text, next) !== undefined || wordAt(text, next) !== undefined;
}
