import { NixValueError, showText, type ValuePath } from './value-error';

const KEYWORDS = new Set(['if', 'then', 'else', 'assert', 'with', 'let', 'in', 'rec', 'inherit']);
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_'-]*$/;

/** Whether an attribute name may stand without quotes. `or` may not: Nix takes it, older tools stumble over it. */
export function isBareKey(name: string): boolean {
  return isIdentifier(name);
}

/** Whether a name can be spelled as a variable: an identifier and not a keyword (Nix manual, identifiers). */
export function isIdentifier(name: string): boolean {
  return IDENTIFIER.test(name) && !KEYWORDS.has(name) && name !== 'or';
}

/**
 * Whether a name may be bound (by `let`, a lambda or a formal) and then referred to. Names that start with `__` may
 * not: `a - b` calls whatever `__sub` is in scope.
 */
export function isVariable(name: string): boolean {
  return isIdentifier(name) && !name.startsWith('__');
}

const GLOBALS = new Set([
  'true',
  'false',
  'null',
  'builtins',
  'abort',
  'baseNameOf',
  'break',
  'derivation',
  'derivationStrict',
  'dirOf',
  'fetchGit',
  'fetchMercurial',
  'fetchTarball',
  'fetchTree',
  'fromTOML',
  'import',
  'isNull',
  'map',
  'placeholder',
  'removeAttrs',
  'scopedImport',
  'throw',
  'toString',
]);

/** Whether Nix has a variable of this name in scope everywhere; binding it changes what other code means. */
export function isGlobal(name: string): boolean {
  return GLOBALS.has(name);
}

/** An attribute name as it is written: bare where it may be, else in quotes. Throws `NixValueError`. */
export function encodeKey(name: string): string {
  return isBareKey(name) ? name : encodeString(name);
}

/** Refuses a text that Nix cannot hold: U+0000 has no spelling, and half a surrogate pair has no UTF-8. */
export function checkText(text: string, path: ValuePath = []): void {
  if (text.includes('\0')) {
    throw new NixValueError(
      'nul',
      path,
      `the text ${showText(text)}`,
      `a Nix string cannot hold U+0000, here at index ${text.indexOf('\0')}; take the character out`,
    );
  }
  if (!isWellFormed(text)) {
    throw new NixValueError(
      'lone-surrogate',
      path,
      `the text ${showText(text)}`,
      `half a surrogate pair at index ${text.search(LONE_SURROGATE)} has no UTF-8; the text was cut inside a character`,
    );
  }
}

const LONE_SURROGATE = /\p{Surrogate}/u;

function isWellFormed(text: string): boolean {
  // Node has it since 20; the library of ES2023 does not know it.
  return (text as unknown as { isWellFormed(): boolean }).isWellFormed();
}

/** A text as a `"…"` literal. Throws `NixValueError`. */
export function encodeString(text: string): string {
  checkText(text);
  return `"${encodeText(text, false)}"`;
}

const TEXT_SPECIAL = /["\\\n\r\t]|\$(?=\{)/g;
const TEXT_ESCAPES: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  $: '\\$',
};

/**
 * A text as it stands between the quotes of `"…"` (Nix manual, string literals).
 *
 * @param text a whole fragment: adjacent fragments must be joined first
 * @param beforeInterpolation whether `${…}` follows: a `$` at the end would swallow it
 */
export function encodeText(text: string, beforeInterpolation: boolean): string {
  const encoded = text.replace(TEXT_SPECIAL, (special) => TEXT_ESCAPES[special]!);
  return beforeInterpolation && text.endsWith('$') ? `${encoded.slice(0, -1)}\\$` : encoded;
}

const INT_MAX = 9223372036854775807n;

/** The digits of an integer's magnitude, up to 2^63 - 1. Throws `NixValueError`. */
export function encodeInt(value: number | bigint, path: ValuePath = []): string {
  if (typeof value === 'number') {
    checkFinite(value, path);
    if (!Number.isSafeInteger(value)) {
      throw new NixValueError(
        'unsafe-integer',
        path,
        `the number ${value}`,
        'JavaScript holds integers beyond 2^53 - 1 only roughly; write a bigint, or float(…) for a float',
      );
    }
    return String(Math.abs(value));
  }
  const magnitude = value < 0n ? -value : value;
  if (magnitude > INT_MAX) {
    throw new NixValueError(
      'integer-range',
      path,
      `the integer ${value}`,
      'a Nix integer has 64 bits, -2^63 to 2^63 - 1; write a string, or float(…) for a float',
    );
  }
  return String(magnitude);
}

const SMALLEST_FLOAT = 2.2250738585072014e-308;

/** The spelling of a float's magnitude that Nix reads back as the same float. Throws `NixValueError`. */
export function encodeFloat(value: number, path: ValuePath = []): string {
  checkFinite(value, path);
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && magnitude < SMALLEST_FLOAT) {
    throw new NixValueError(
      'denormal',
      path,
      `the number ${value}`,
      `Nix reads no float literal closer to zero than ${SMALLEST_FLOAT}; write 0`,
    );
  }
  const [mantissa, exponent] = String(magnitude).split('e');
  const digits = mantissa!.includes('.') ? mantissa! : `${mantissa}.0`;
  return exponent === undefined ? digits : `${digits}e${exponent.replace('+', '')}`;
}

function checkFinite(value: number, path: ValuePath): void {
  if (Number.isNaN(value)) {
    throw new NixValueError('not-a-number', path, 'NaN', 'Nix has no such number; write null or leave it out');
  }
  if (!Number.isFinite(value)) {
    throw new NixValueError('infinite', path, String(value), 'Nix has no such number; write null or leave it out');
  }
}

const LINE_BREAK = /\r\n?|\n/g;
// Bidirectional controls make a comment look like code and code like a comment; NUL ends a source in old versions.
const UNSAFE_IN_COMMENT = /[\u202a-\u202e\u2066-\u2069]|\0|\p{Surrogate}/gu;

/** The lines of a comment, without what would end it early or disguise it. */
export function commentLines(text: string): string[] {
  const safe = text.replace(UNSAFE_IN_COMMENT, '').replace(LINE_BREAK, '\n');
  return safe.split('\n').map((line) => line.trimEnd());
}

/** The text of a block comment, with what would end it early taken apart. */
export function encodeBlockComment(text: string): string {
  return commentLines(text).join('\n').replaceAll('*/', '* /');
}
