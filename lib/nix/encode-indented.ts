import type { Interpolation, Text } from './ast';

/** A line of an indented string as it is spelled: texts and interpolations. The indentation comes from the layout. */
export type IndentedLine = (string | Interpolation)[];

/**
 * Whether `''…''` is the notation for a text: it has several lines and not all of them are blank. (Nix takes every
 * space from blank lines when there is no other.)
 */
export function isMultiline(text: string): boolean {
  return text.includes('\n') && /[^ \n]/.test(text);
}

/** The same for a string with interpolations. */
export function hasSeveralLines(parts: readonly (Text | Interpolation)[]): boolean {
  const texts = parts.map((part) => (part.kind === 'text' ? part.value : 'x'));
  return isMultiline(texts.join(''));
}

/** Whether `''…''` spares a text of one line its backslashes, and costs it nothing. */
export function isPlainerIndented(text: string): boolean {
  return /["\\]/.test(text) && !/[\n\r\t]|''|\$\{|^ |['$]$/.test(text);
}

interface Piece {
  text: string;
  raw: boolean;
}

type Line = (Piece | Interpolation)[];

/**
 * The lines of a `''…''` string (Nix manual, indented strings), such that Nix reads back the same value at any common
 * indentation. Where the lines' own common indentation would be lost, one line is guarded by `''\ `.
 */
export function encodeIndented(parts: readonly (Text | Interpolation)[]): IndentedLine[] {
  const lines = split(parts);
  const guarded = guards(lines);
  return lines.map((line, number) => encodeLine(line, guarded.has(number), number === lines.length - 1));
}

function split(parts: readonly (Text | Interpolation)[]): Line[] {
  let line: Line = [];
  const lines = [line];
  for (const part of parts) {
    if (part.kind === 'interpolation') {
      line.push(part);
      continue;
    }
    const raw = part.raw !== undefined;
    const texts = (part.raw ?? part.value).split('\n');
    for (let i = 0; i < texts.length; i++) {
      if (i > 0) {
        line = [];
        lines.push(line);
      }
      const text = texts[i]!;
      const last = line.at(-1);
      // Joined, because the spelling of a character depends on the next one.
      if (last !== undefined && 'text' in last && last.raw === raw) last.text += text;
      else if (text !== '') line.push({ text, raw });
    }
  }
  return lines;
}

function guards(lines: readonly Line[]): Set<number> {
  const guarded = new Set<number>();
  let least = Number.POSITIVE_INFINITY;
  let leastLine = -1;
  for (let number = 0; number < lines.length; number++) {
    const indentation = indentationOf(lines[number]!);
    if (indentation !== undefined && indentation < least) {
      least = indentation;
      leastLine = number;
    }
  }
  if (least > 0 && leastLine >= 0) guarded.add(leastLine);
  const last = lines.length - 1;
  if (isBlank(lines[last]!) && lines[last]!.length > 0) guarded.add(last);
  // Without any other line, Nix takes all spaces from the blank ones.
  if (leastLine < 0) {
    for (let number = 0; number < lines.length; number++) if (lines[number]!.length > 0) guarded.add(number);
  }
  return guarded;
}

/** The number of leading spaces, or `undefined` for a line that does not count because it has nothing else. */
function indentationOf(line: Line): number | undefined {
  const first = line[0];
  if (first === undefined || isBlank(line)) return undefined;
  return 'text' in first ? leadingSpaces(first.text) : 0;
}

function isBlank(line: Line): boolean {
  return line.every((piece) => 'text' in piece && leadingSpaces(piece.text) === piece.text.length);
}

function leadingSpaces(text: string): number {
  let count = 0;
  while (text.charCodeAt(count) === 0x20) count++;
  return count;
}

function encodeLine(line: Line, guarded: boolean, isLast: boolean): IndentedLine {
  return line.map((piece, index) => {
    if (!('text' in piece)) return piece;
    if (piece.raw) return piece.text;
    const next = line[index + 1];
    const dollarEnds = next !== undefined && !('text' in next);
    const quoteEnds = next === undefined ? isLast : 'text' in next && next.text.startsWith("'");
    const encoded = encodeIndentedText(piece.text, dollarEnds, quoteEnds);
    return guarded && index === 0 ? `''\\${encoded}` : encoded;
  });
}

const SPECIAL = /'+|\r|\$(?=\{)|\$$/g;

/** A text without line breaks, before an interpolation (`dollarEnds`) or before a quote of the output (`quoteEnds`). */
function encodeIndentedText(text: string, dollarEnds: boolean, quoteEnds: boolean): string {
  if (!/['\r$]/.test(text)) return text;
  const startsWithQuote = (index: number) => {
    const char = text[index];
    if (char === undefined) return quoteEnds;
    return char === '\r' || (char === '$' && (text[index + 1] === '{' || (index === text.length - 1 && dollarEnds)));
  };
  return text.replace(SPECIAL, (special: string, index: number) => {
    if (special === '\r') return "''\\r";
    if (special === '$') return index < text.length - 1 || dollarEnds ? "''$" : '$';
    const pairs = "'''".repeat(special.length >> 1);
    if (special.length % 2 === 0) return pairs;
    // A bare quote would join the next two: `'''${` is two quotes and a live interpolation.
    return pairs + (startsWithQuote(index + special.length) ? "''\\'" : "'");
  });
}
