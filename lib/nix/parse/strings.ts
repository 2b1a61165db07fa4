import type { Expr, IndentedStr, Interpolation, Path, Str, Text } from '../ast';
import {
  indentedStart,
  type Piece,
  readIndentedText,
  readPathText,
  readText,
  stripIndentation,
  type TextEnd,
} from './lexer-text';
import { inner, next, type Parser, type Step, stash, takeComments, takeHole, tuckAfter, unexpected } from './parser';

/** Reads a `"…"` string, whose opening quote is this token. */
export function string(p: Parser, done: (str: Str) => Step): Step {
  const { start } = p.lx;
  const parts: (Text | Interpolation)[] = [];
  stash(p);
  return readParts(p, parts, readText, () => {
    const str: Str = { kind: 'str', parts, pos: { start, end: p.lx.end } };
    next(p);
    return done(str);
  });
}

/** Reads a `''…''` string, whose opening quotes are this token. */
export function indentedString(p: Parser, done: (str: IndentedStr) => Step): Step {
  const { start } = p.lx;
  const pieces: (Piece | Interpolation)[] = [];
  stash(p);
  p.lx.end = indentedStart(p.lx.source, p.lx.end);
  return readParts(p, pieces, readIndentedText, () => {
    const str: IndentedStr = { kind: 'indented', parts: stripIndentation(pieces), pos: { start, end: p.lx.end } };
    if (pieces.length > 1) p.tables.composed.add(str);
    next(p);
    return done(str);
  });
}

type Read<T> = (lx: Parser['lx'], parts: (T | Interpolation)[], start: number) => TextEnd;

function readParts<T>(p: Parser, parts: (T | Interpolation)[], read: Read<T>, close: Step): Step {
  const { start } = p.lx;
  const more: Step = () => {
    for (;;) {
      const end = read(p.lx, parts, start);
      if (end === 'close') return close;
      if (end === 'interpolation') return interpolation(p, parts, more);
      parts.push({ kind: 'interpolation', expr: takeHole(p, p.lx.end - 1) });
    }
  };
  return more;
}

/** Reads what stands in `${…}`, then goes on with `more` from behind the brace. */
function interpolation<T>(p: Parser, parts: (T | Interpolation)[], more: Step): Step {
  next(p);
  return inner(p, (expr) => {
    closeInterpolation(p, expr);
    parts.push({ kind: 'interpolation', expr });
    return more;
  });
}

function closeInterpolation(p: Parser, expr: Expr): void {
  if (p.lx.kind !== '}') throw unexpected(p, '"}"');
  tuckAfter(p, expr, takeComments(p));
}

/** Reads a path, which starts at this token. */
export function path(p: Parser, done: (path: Path) => Step): Step {
  const { lx } = p;
  const { start } = lx;
  const parts: (Text | Interpolation)[] = [];
  stash(p);
  const more: Step = () => {
    if (readPathText(lx, parts) === 'interpolation') return interpolation(p, parts, more);
    const node: Path = { kind: 'path', parts, pos: { start, end: lx.end } };
    next(p);
    return done(node);
  };
  return more;
}

/** Reads `${expr}`, whose opening is this token. */
export function dynamic(p: Parser, done: (expr: Expr) => Step): Step {
  next(p);
  return inner(p, (expr) => {
    closeInterpolation(p, expr);
    next(p);
    return done(expr);
  });
}

/** A hole that is this token. */
export function hole(p: Parser) {
  const node = takeHole(p, p.lx.start);
  next(p);
  return node;
}
