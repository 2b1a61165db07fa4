import type { Interpolation, Text } from '../ast';
import { encodeText } from '../encode';
import { holeInside, syntaxError } from '../syntax-error';
import { isPathChar, type Lexer } from './lexer';

/** What ends a text inside a string: its closing quotes, an interpolation, or a hole. `lx.end` is behind it. */
export type TextEnd = 'close' | 'interpolation' | 'hole';

const PLAIN = /[^"\\$\r\n\t\0]*/y;

/**
 * Reads text of a `"…"` string from `lx.end` on into `parts` (Nix manual, string literals).
 * Throws `NixSyntaxError` when the string does not end.
 */
export function readText(lx: Lexer, parts: (Text | Interpolation)[], opening: number): TextEnd {
  const { source } = lx;
  const start = lx.end;
  let value = '';
  let copied = start;
  let i = start;
  let special = false;
  const replace = (length: number, by: string) => {
    value += source.slice(copied, i) + by;
    i += length;
    copied = i;
  };
  for (;;) {
    PLAIN.lastIndex = i;
    PLAIN.test(source);
    i = PLAIN.lastIndex;
    const code = source.charCodeAt(i);
    if (code === 34 || code === 0 || (code === 36 && source.charCodeAt(i + 1) === 123)) {
      const end = code === 34 ? 'close' : code === 0 ? 'hole' : 'interpolation';
      if (i > start) {
        value += source.slice(copied, i);
        parts.push(special ? spelledText(value, source.slice(start, i), end) : { kind: 'text', value });
      }
      lx.end = i + (end === 'interpolation' ? 2 : 1);
      return end;
    }
    special = true;
    if (code === 92) {
      // The character behind a backslash may be a NUL only where it is a hole, which no backslash makes a text.
      if (source.charCodeAt(i + 1) === 0) throw syntaxError(source, i + 1, 'a value cannot stand behind a backslash');
      if (i + 1 >= source.length) throw unterminated(source, opening);
      replace(2, characterOf(source[i + 1]!));
    } else if (code === 13) {
      replace(source.charCodeAt(i + 1) === 10 ? 2 : 1, '\n');
    } else if (code === 36) {
      i += swallowed(source.charCodeAt(i + 1));
    } else if (i >= source.length) {
      throw unterminated(source, opening);
    } else {
      i++;
    }
  }
}

/** A `$` takes the next character along, so that `$${` is text; but not one that means something itself. */
function swallowed(next: number): number {
  return next === 36 ? 2 : 1;
}

function characterOf(character: string): string {
  return character === 'n' ? '\n' : character === 'r' ? '\r' : character === 't' ? '\t' : character;
}

function spelledText(value: string, raw: string, end: TextEnd): Text {
  // A carriage return in the source is none in the value, and a `$` before a hole is text, but before what it becomes,
  // it would be none: such texts are spelled anew.
  const anew =
    raw.includes('\r') || (end === 'hole' && raw.endsWith('$')) || raw === encodeText(value, end !== 'close');
  return anew ? { kind: 'text', value } : { kind: 'text', value, raw };
}

function unterminated(source: string, opening: number): Error {
  return syntaxError(source, opening, 'this string does not end');
}

/** A piece of a `''…''` string before its indentation is stripped. `escaped` ends the white space of a line start. */
export interface Piece {
  readonly value: string;
  readonly raw: string;
  readonly escaped: boolean;
}

const INDENTED_PLAIN = /[^$'\0]*/y;

/**
 * Reads text of a `''…''` string from `lx.end` on into `pieces` (Nix manual, indented strings).
 * Throws `NixSyntaxError` when the string does not end.
 */
export function readIndentedText(lx: Lexer, pieces: (Piece | Interpolation)[], opening: number): TextEnd {
  const { source } = lx;
  let start = lx.end;
  let i = start;
  const flush = () => {
    if (i > start) {
      const value = source.slice(start, i);
      pieces.push({ value, raw: value, escaped: false });
    }
  };
  const special = (length: number, value: string, raw: string) => {
    flush();
    pieces.push({ value, raw, escaped: true });
    i += length;
    start = i;
  };
  for (;;) {
    INDENTED_PLAIN.lastIndex = i;
    INDENTED_PLAIN.test(source);
    i = INDENTED_PLAIN.lastIndex;
    if (i >= source.length) throw unterminated(source, opening);
    const code = source.charCodeAt(i);
    const next = source.charCodeAt(i + 1);
    if (code === 0) {
      return stop('hole', 1);
    } else if (code === 36) {
      if (next === 123) return stop('interpolation', 2);
      // `$'` leaves the quote to what follows; `$` and any other character are text, so that `$${` is.
      if (next === 39) special(1, '$', '$');
      else i += next === 0 || Number.isNaN(next) ? 1 : 2;
    } else if (next === 39) {
      const third = source.charCodeAt(i + 2);
      if (third === 36) special(3, '$', "''$");
      else if (third === 39) special(3, "''", "'''");
      else if (third === 92) readEscape();
      else return stop('close', 2);
    } else if (next === 36) {
      special(1, "'", "'");
    } else {
      i += next === 0 || Number.isNaN(next) ? 1 : 2;
    }
  }

  function stop(end: TextEnd, length: number): TextEnd {
    flush();
    lx.end = i + length;
    return end;
  }

  function readEscape(): void {
    const character = source[i + 3];
    if (character === undefined) throw unterminated(source, opening);
    if (character === '\0') throw syntaxError(source, i + 3, 'a value cannot stand behind a backslash');
    const value = characterOf(character);
    special(4, value, character === '\n' ? "''\\n" : source.slice(i, i + 4));
  }
}

/**
 * Takes the common indentation and the blank first and last line off (Nix manual, indented strings). Like Nix, it takes
 * spaces off behind an escaped line break too, although these do not count for the common indentation.
 */
export function stripIndentation(pieces: readonly (Piece | Interpolation)[]): (Text | Interpolation)[] {
  const indentation = commonIndentation(pieces);
  const parts: (Text | Interpolation)[] = [];
  let value = '';
  let raw = '';
  let atLineStart = true;
  let dropped = 0;
  let afterEscapedBreak = false;
  let rawIsSafe = true;
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index]!;
    if ('kind' in piece) {
      // Before a hole, a `$` is text; before what it becomes, it would be none.
      if (piece.expr.kind === 'hole' && raw.endsWith('$')) rawIsSafe = false;
      flush();
      parts.push(piece);
      atLineStart = false;
      dropped = 0;
      afterEscapedBreak = false;
    } else if (piece.escaped) {
      stripEscaped(piece);
    } else {
      const text = stripPlain(piece.value);
      append(index === pieces.length - 1 ? text.replace(/\n *$/, '\n') : text);
    }
  }
  flush();
  // Spelled anew, a text may have other lines than before, and the spelling of the others depends on where lines start.
  return rawIsSafe ? parts : parts.map((part) => (part.kind === 'text' ? { kind: 'text', value: part.value } : part));

  function flush(): void {
    if (value !== '') parts.push(indentedText(value, raw));
    if (raw.includes('\r')) rawIsSafe = false;
    value = '';
    raw = '';
  }

  function append(text: string, spelling = text): void {
    value += text;
    raw += spelling;
  }

  function stripEscaped(piece: Piece): void {
    if (atLineStart && piece.value === ' ') {
      if (dropped++ < indentation) return;
      // Behind an escaped line break, Nix would take this space off at a greater indentation.
      if (afterEscapedBreak) rawIsSafe = false;
    } else {
      atLineStart = piece.value === '\n';
      afterEscapedBreak = atLineStart;
      dropped = 0;
    }
    append(piece.value, piece.raw);
  }

  function stripPlain(text: string): string {
    let stripped = '';
    let i = 0;
    while (i < text.length) {
      if (atLineStart) {
        const lineStart = i;
        while (text.charCodeAt(i) === 32) i++;
        dropped += i - lineStart;
        const surplus = Math.max(0, Math.min(i - lineStart, dropped - indentation));
        if (surplus > 0 && afterEscapedBreak) rawIsSafe = false;
        stripped += text.slice(i - surplus, i);
        if (i === text.length) break;
        dropped = 0;
        afterEscapedBreak = false;
      }
      const lineBreak = text.indexOf('\n', i);
      const end = lineBreak < 0 ? text.length : lineBreak + 1;
      stripped += text.slice(i, end);
      i = end;
      atLineStart = lineBreak >= 0;
    }
    return stripped;
  }
}

function commonIndentation(pieces: readonly (Piece | Interpolation)[]): number {
  let common = Number.POSITIVE_INFINITY;
  let atLineStart = true;
  let indentation = 0;
  const count = () => {
    atLineStart = false;
    if (indentation < common) common = indentation;
  };
  for (const piece of pieces) {
    if ('kind' in piece || piece.escaped) {
      if (atLineStart) count();
      continue;
    }
    const text = piece.value;
    for (let i = 0; i < text.length; i++) {
      if (!atLineStart) {
        i = text.indexOf('\n', i);
        if (i < 0) break;
        atLineStart = true;
        indentation = 0;
        continue;
      }
      const code = text.charCodeAt(i);
      if (code === 32) indentation++;
      else if (code === 10) indentation = 0;
      else count();
    }
  }
  return common;
}

const SPECIAL_INDENTED = /''|\$|'$/;

function indentedText(value: string, raw: string): Text {
  return raw === value && !SPECIAL_INDENTED.test(raw) ? { kind: 'text', value } : { kind: 'text', value, raw };
}

/** Where the text of a `''…''` string begins: behind the quotes and, if nothing else is in their line, the line. */
export function indentedStart(source: string, afterQuotes: number): number {
  let i = afterQuotes;
  while (source.charCodeAt(i) === 32) i++;
  return source.charCodeAt(i) === 10 ? i + 1 : afterQuotes;
}

/** What ended a text inside a path. */
export type PathEnd = 'interpolation' | 'end';

/**
 * Reads text of a path from `lx.end` on (Nix manual, path literals). Throws `NixSyntaxError` for a slash at the end, an
 * empty segment, and a value (`\0`) in the path.
 *
 * @param parts what came before; the text is added
 */
export function readPathText(lx: Lexer, parts: (Text | Interpolation)[]): PathEnd {
  const { source } = lx;
  const start = lx.end;
  let i = start;
  if (parts.length === 0 && source.charCodeAt(i) === 126) i++;
  let doubled = 0;
  while (isPathChar(source, i) || source.charCodeAt(i) === 47) {
    if (source.charCodeAt(i) === 47 && source.charCodeAt(i - 1) === 47 && i > start) doubled++;
    i++;
  }
  if (source.charCodeAt(i) === 0) throw holeInside(source, i, 'a path');
  const interpolation = source.startsWith('${', i);
  if (i > start) parts.push({ kind: 'text', value: source.slice(start, i) });
  if (interpolation) {
    // Nix reads one empty segment before the first interpolation and any number behind it.
    if (parts.length === 1 && doubled > 1) throw syntaxError(source, start, 'unexpected "//" in a path');
    lx.end = i + 2;
    return 'interpolation';
  }
  if (source.charCodeAt(i - 1) === 47 && i > start)
    throw syntaxError(source, i - 1, 'unexpected "/" at the end of a path');
  if (doubled > 0 && parts.length === 1) throw syntaxError(source, start, 'unexpected "//" in a path');
  lx.end = i;
  return 'end';
}
