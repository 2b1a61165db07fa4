import type { Comment } from '../ast';
import { holeInside, syntaxError } from '../syntax-error';

const LF = 10;
const CR = 13;
const SLASH = 47;

/** The part of a lexer's state that trivia is read into. */
export interface TriviaReader {
  readonly source: string;
  /** The values that stand for holes; absent where there are none. */
  readonly holes: readonly unknown[] | undefined;
  /** Offsets of the token that was read last. */
  start: number;
  end: number;
  /** A comment behind the token before, the last thing on its line. */
  trailing: Comment | undefined;
  /** The other comments and the blank lines before this token. */
  leading: (Comment | null)[] | undefined;
}

/**
 * Reads what stands between `lx.end` and the next token, which `lx.start` becomes. A comment that is the last thing on
 * the line of the token before is `trailing`; the others, and what is left of blank lines, are `leading`.
 * Throws `NixSyntaxError`.
 *
 * @param first whether no token comes before
 */
export function skipTrivia(lx: TriviaReader, first: boolean): void {
  const { source } = lx;
  let i = lx.end;
  let lineBreaks = 0;
  let nothingYet = !first;
  for (;;) {
    const code = source.charCodeAt(i);
    if (code === 32 || code === 9) {
      i++;
    } else if (code === LF) {
      lineBreaks++;
      i++;
    } else if (code === CR) {
      if (source.charCodeAt(i + 1) !== LF) lineBreaks++;
      i++;
    } else if (code === 35 || (code === SLASH && source.charCodeAt(i + 1) === 42)) {
      const end = code === 35 ? lineEnd(source, i) : blockEnd(source, i);
      const comment = commentAt(lx, i, end);
      if (nothingYet && lineBreaks === 0 && isLastOfLine(source, end, comment)) {
        lx.trailing = comment;
      } else {
        if (lineBreaks > 1) lead(lx, null);
        lead(lx, comment);
      }
      lineBreaks = 0;
      nothingYet = false;
      i = end;
    } else {
      break;
    }
  }
  if (lineBreaks > 1) lead(lx, null);
  lx.start = i;
}

function lead(lx: TriviaReader, comment: Comment | null): void {
  if (lx.leading === undefined) lx.leading = [comment];
  else lx.leading.push(comment);
}

const LINE_REST = /[^\r\n]*/y;

function lineEnd(source: string, start: number): number {
  LINE_REST.lastIndex = start;
  LINE_REST.test(source);
  return LINE_REST.lastIndex;
}

function blockEnd(source: string, start: number): number {
  const close = source.indexOf('*/', start + 2);
  if (close < 0) throw syntaxError(source, start, 'this comment does not end, expected "*/"');
  return close + 2;
}

function commentAt(lx: TriviaReader, start: number, end: number): Comment {
  const block = lx.source.charCodeAt(start) === SLASH;
  const text = block ? lx.source.slice(start + 2, end - 2) : lx.source.slice(start + 1, end);
  if (lx.holes !== undefined && text.includes('\0')) {
    throw holeInside(lx.source, lx.source.indexOf('\0', start), 'a comment');
  }
  return block ? { style: 'block', text } : { style: 'line', text };
}

/** Whether nothing but comments follows in the line. A block comment of several lines is never a remark on its line. */
function isLastOfLine(source: string, end: number, comment: Comment): boolean {
  if (comment.style === 'line') return true;
  if (comment.text.includes('\n')) return false;
  let i = end;
  while (source.charCodeAt(i) === 32 || source.charCodeAt(i) === 9) i++;
  const code = source.charCodeAt(i);
  if (code === SLASH) return source.charCodeAt(i + 1) === 42;
  return i >= source.length || code === LF || code === CR || code === 35;
}
