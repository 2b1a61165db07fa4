/**
 * Whether a POSIX extended regular expression matches the whole of a text, as `builtins.match` does; `undefined` where that
 * cannot be said with certainty, as the expression means something else, or nothing, to JavaScript.
 *
 * Nix matches bytes, not characters.
 */
export function matchesEre(pattern: string, text: string): boolean | undefined {
  if (text.length > longest) return undefined;
  let compiled = cache.get(pattern);
  if (compiled === undefined) {
    compiled = compile(pattern);
    cache.set(pattern, compiled);
  }
  return compiled ? compiled.test(bytes(text)) : undefined;
}

/** What is longer is not a text that a person wrote for a pattern; a bad expression takes long for it. */
const longest = 4096;

const cache = new Map<string, RegExp | false>();

function compile(pattern: string): RegExp | false {
  try {
    return new RegExp(`^(?:${translated(bytes(pattern))})$`);
  } catch {
    return false;
  }
}

/** A text with one character for each byte of its UTF-8. */
function bytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

class Untranslatable extends Error {}

const classes: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: 'a-z',
  print: '\\x20-\\x7e',
  punct: '!-\\/:-@\\[-`{-~',
  space: ' \\t-\\r',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
};

function translated(pattern: string): string {
  let out = '';
  let at = 0;
  /** Whether a quantifier may follow. */
  let quantifiable = false;
  while (at < pattern.length) {
    const character = pattern[at]!;
    if (character === '[') {
      const [bracket, end] = translatedBracket(pattern, at);
      out += bracket;
      at = end;
      quantifiable = true;
    } else if ('*+?{'.includes(character)) {
      const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(pattern.slice(at))?.[0];
      // A second quantifier makes the first one lazy in JavaScript.
      if (!quantifiable || quantifier === undefined) throw new Untranslatable();
      out += quantifier;
      at += quantifier.length;
      quantifiable = false;
    } else if (character === '\\') {
      const escaped = pattern[at + 1];
      if (escaped === undefined || !'^.[$()|*+?{\\'.includes(escaped)) throw new Untranslatable();
      out += `\\${escaped}`;
      at += 2;
      quantifiable = true;
    } else {
      out += character === '.' ? '[^\\x00]' : ']}/'.includes(character) ? `\\${character}` : character;
      at++;
      quantifiable = !'^$(|'.includes(character);
    }
  }
  return out;
}

/** A bracket expression, and where it ends. A backslash in it is a character like any other. */
function translatedBracket(pattern: string, start: number): [string, number] {
  let at = start + 1;
  let out = '[';
  if (pattern[at] === '^') {
    out += '^';
    at++;
  }
  for (const first = at; at === first || pattern[at] !== ']'; ) {
    const character = pattern[at];
    if (character === undefined) throw new Untranslatable();
    const named = /^\[:([a-z]+):\]/.exec(pattern.slice(at, at + 12));
    if (named) {
      out += Object.hasOwn(classes, named[1]!) ? classes[named[1]!] : untranslatable();
      at += named[0].length;
    } else if (character === '[' && '.=:'.includes(pattern[at + 1] ?? ']')) {
      untranslatable();
    } else if (pattern[at + 1] === '-' && pattern[at + 2] !== ']') {
      const last = pattern[at + 2];
      if (last === undefined || last === '[' || last === '-' || character === '-') untranslatable();
      out += `${literal(character)}-${literal(last!)}`;
      at += 3;
    } else {
      // A hyphen is itself at the start and at the end only.
      if (character === '-' && at !== first && pattern[at + 1] !== ']') untranslatable();
      out += literal(character);
      at++;
    }
  }
  return [`${out}]`, at + 1];
}

function untranslatable(): never {
  throw new Untranslatable();
}

function literal(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
