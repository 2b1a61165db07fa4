import type { Literal, OptionType } from '../type';

/** What was read at a place in a text, and where it ends; nothing if something else stands there. */
export type Token<T> = readonly [value: T, end: number] | undefined;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** A string with the escapes of JSON, which are also those of Nix but for `\$`. */
export function quotedAt(text: string, at: number): Token<string> {
  const [quoted] = match(/"(?:[^"\\]|\\.)*"/sy, text, at) ?? [];
  if (quoted === undefined) return undefined;
  const json = quoted.replace(/\\(\\|\$)/g, (escaped) => (escaped === '\\$' ? '$' : escaped));
  try {
    return [JSON.parse(json) as string, at + quoted.length];
  } catch {
    return undefined;
  }
}

/** A value of an enum; `undefined` for one that the sentence does not tell, such as `<float>`. */
export function literalAt(text: string, at: number): Token<Literal | undefined> {
  if (text[at] === '"') return enumStringAt(text, at);
  const [plain] = match(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|true|false|<\w+>/y, text, at) ?? [];
  if (plain === undefined) return undefined;
  const end = at + plain.length;
  if (plain.startsWith('<')) return [plain === '<null>' ? null : undefined, end];
  return [JSON.parse(plain) as Literal, end];
}

/** Strings of enums have quotes around them and no escapes: one ends where what may follow it follows. */
function enumStringAt(text: string, at: number): Token<string> {
  const [quoted] =
    match(
      /".{0,1000}?"(?=$|\)|, (?:["<\d-]|true\b|false\b)| \(singular enum\)|,? or | convertible to it)/sy,
      text,
      at,
    ) ?? [];
  return quoted === undefined ? undefined : [quoted.slice(1, -1), at + quoted.length];
}

/** The names of a tagged union. */
export function tagsAt(text: string, at: number): Token<string[]> {
  const names: string[] = [];
  let end = at;
  for (;;) {
    const [bare] = match(/[A-Za-z_][\w'-]*/y, text, end) ?? [];
    const [name, next] = bare === undefined ? (quotedAt(text, end) ?? []) : [bare, end + bare.length];
    if (name === undefined || next === undefined) return undefined;
    names.push(name);
    if (!text.startsWith(', ', next)) return [names, next];
    end = next + 2;
  }
}

const between =
  /(?:\d+ bit (?:un)?signed integer; )?(?:([a-z ]{1,50}) )?between (\S+) and (\S+) \((?:both )?inclusive\)/y;
const bound = /([a-z ]{1,50}), meaning (>=?|<=?) ?(-?[\d.]+(?:e[+-]?\d+)?)/y;

/** A number in a range. */
export function rangeAt(text: string, at: number): Token<OptionType> {
  const range = match(between, text, at);
  if (range) {
    const kind = kindOfNumber(range[1] ?? 'integer');
    const [min, max] = [Number(range[2]), Number(range[3])];
    const known = kind && !Number.isNaN(min) && !Number.isNaN(max);
    return known ? [{ kind, min, max }, at + range[0].length] : undefined;
  }
  const [all, name, operator, digits] = match(bound, text, at) ?? [];
  const kind = name === undefined ? undefined : kindOfNumber(name);
  if (all === undefined || kind === undefined) return undefined;
  // Bounds of tables belong to the range: those of fractions do not say that zero is left out.
  const strict = kind === 'int' && operator!.length === 1 ? 1 : 0;
  const limit = operator!.startsWith('>') ? { min: Number(digits) + strict } : { max: Number(digits) - strict };
  return [{ kind, ...limit }, at + all.length];
}

function kindOfNumber(name: string): 'int' | 'float' | 'number' | undefined {
  if (/^(?:(?:nonnegative|positive) )?integer or floating point number$/.test(name)) return 'number';
  if (/^(?:float|floating point number)$/.test(name)) return 'float';
  return /^(?:(?:un)?signed |positive )?integer$/.test(name) ? 'int' : undefined;
}

/**
 * Where a regular expression ends that stands in a sentence: before a parenthesis that it did not open, or where the
 * sentence can go on outside of its brackets.
 *
 * @param goesOn whether the sentence can go on at a place
 */
export function patternEnd(text: string, at: number, goesOn: (at: number) => boolean): number {
  let depth = 0;
  // After a bracket that nothing closes, brackets are no more than characters.
  const lastBracket = text.lastIndexOf(']');
  for (let i = at; i < text.length; i++) {
    const char = text[i]!;
    if (char === '\\') i++;
    else if (char === '[' && i < lastBracket) i = bracketEnd(text, i);
    else if (char === '(') depth++;
    else if (char === ')' && depth-- === 0) return i;
    else if (depth === 0 && (char === ' ' || char === ',') && goesOn(i)) return i;
  }
  return text.length;
}

/** The place of the `]` that ends a bracket expression of POSIX: not its first character, nor inside `[:alpha:]`. */
function bracketEnd(text: string, at: number): number {
  const [bracket] = match(/\[\^?\]?(?:\[:\w+:\]|[^\]])*\]/y, text, at) ?? [];
  return bracket === undefined ? at : at + bracket.length - 1;
}
