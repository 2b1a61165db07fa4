import { redaction, secretsIn, shortened } from '../../redaction';
import type { BinaryOp, Comment, Expr, Hole, Span, Trivia } from '../ast';
import { type NixSyntaxError, syntaxError } from '../syntax-error';
import type { SetTables } from './duplicates';
import { advance, type Lexer, type TokenKind } from './lexer';

/**
 * The parser is a machine of small steps: each reads a little and returns the next one. What waits for an expression
 * lies on `stack`, not on the call stack, so that no nesting is too deep.
 */
export type Step = (p: Parser) => Step | undefined;

export interface Parser {
  readonly lx: Lexer;
  readonly stack: Frame[];
  /** The expression that was just read. */
  value: Expr;
  /** Comments that no node has taken yet. */
  pending: (Comment | null)[];
  /** Offsets of the line breaks, where the layout is to be kept. */
  readonly lineBreaks: readonly number[] | undefined;
  readonly tables: SetTables;
  readonly checksNames: boolean;
  /** Where the grammar begins. A field, so that its files need not import each other in circles. */
  readonly expression: Step;
}

export type Comments = (Comment | null)[] | undefined;

/** Waits for a whole expression. */
export interface ExprFrame {
  readonly level: 'expr';
  readonly done: (value: Expr) => Step | undefined;
  readonly before: Comments;
}

/** Waits for a list element, an argument, or the default of a selection. Stays on the stack until it pops itself. */
export interface TermFrame {
  readonly level: 'term';
  readonly done: (value: Expr) => Step;
  before: Comments;
}

/** An operator that waits for its (right) operand. */
export type OperatorFrame = UnaryFrame | BinaryFrame;

export interface UnaryFrame {
  readonly level: 'unary';
  readonly op: '!' | '-';
  readonly precedence: number;
  readonly start: number;
  before: Comments;
}

export interface BinaryFrame {
  readonly level: 'binary';
  readonly op: BinaryOp;
  readonly precedence: number;
  readonly left: Expr;
  before: Comments;
}

export type Frame = ExprFrame | TermFrame | OperatorFrame;

/** A node that is still being made. */
type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** Goes to the next token and returns its kind; the comments before this one wait for the next node. */
export function next(p: Parser): TokenKind {
  if (p.lx.leading !== undefined || p.lx.trailing !== undefined) stash(p);
  advance(p.lx);
  return p.lx.kind;
}

/** Lets the comments before this token wait for the next node. */
export function stash(p: Parser): void {
  const comments = takeComments(p);
  if (comments !== undefined) p.pending = comments;
}

/** The comments and blank lines up to this token that belong to no node yet. */
export function takeTrivia(p: Parser): Comments {
  const { lx } = p;
  if (lx.leading === undefined && lx.trailing === undefined && p.pending.length === 0) return undefined;
  const trailing = lx.trailing === undefined ? p.pending : [...p.pending, lx.trailing];
  const trivia = lx.leading === undefined ? trailing : [...trailing, ...lx.leading];
  p.pending = [];
  lx.trailing = undefined;
  lx.leading = undefined;
  return trivia;
}

/** The same without the blank lines, for places where they mean nothing. */
export function takeComments(p: Parser): Comment[] | undefined {
  return commentsOf(takeTrivia(p));
}

/** Comments without the blank lines between them. */
export function commentsOf(trivia: Comments): Comment[] | undefined {
  const comments = trivia?.filter((comment) => comment !== null);
  return comments === undefined || comments.length === 0 ? undefined : comments;
}

/** Puts comments in front of a node. */
export function withBefore<T extends Trivia>(node: T, before: Comments): T {
  if (before !== undefined) {
    (node as Draft<Trivia>).before = node.before === undefined ? before : [...before, ...node.before];
  }
  return node;
}

/** Gives a node that ends before this token the comment behind it; but `;` and `,` belong to something greater. */
export function claimTrailing(p: Parser, node: Trivia): void {
  const { lx } = p;
  if (lx.trailing === undefined || lx.kind === ';' || lx.kind === ',') return;
  claimAfter(p, node);
}

/** Gives an item the comment behind it. */
export function claimAfter(p: Parser, node: Trivia): void {
  const { lx } = p;
  if (lx.trailing === undefined || node.after !== undefined) return;
  (node as Draft<Trivia>).after = lx.trailing;
  lx.trailing = undefined;
}

/** Gives a node comments from before the token that ends it; what finds no room waits for the next node. */
export function tuckAfter(p: Parser, node: Trivia, comments: Comment[] | undefined): void {
  if (comments === undefined) return;
  const only = comments[0]!;
  if (comments.length === 1 && node.after === undefined && !only.text.includes('\n')) {
    (node as Draft<Trivia>).after = only;
  } else {
    p.pending = [...comments, ...p.pending];
  }
}

/** Reads an expression that starts at this token and hands it to `done`. */
export function inner(p: Parser, done: (value: Expr) => Step | undefined): Step {
  p.stack.push({ level: 'expr', done, before: takeComments(p) });
  return p.expression;
}

/** The same for a body, before which blank lines count. */
export function innerBody(p: Parser, done: (value: Expr) => Step | undefined): Step {
  p.stack.push({ level: 'expr', done, before: takeTrivia(p) });
  return p.expression;
}

/** The span from `start` to the end of the token before this one. */
export function spanFrom(p: Parser, start: number): Span {
  return { start, end: p.lx.previousEnd };
}

/** The text of this token. */
export function tokenText(p: Parser): string {
  return p.lx.source.slice(p.lx.start, p.lx.end);
}

/** The hole at an offset, which must be the next one. */
export function takeHole(p: Parser, offset: number): Hole {
  const { lx } = p;
  if (lx.holesRead >= lx.holes!.length) throw failure(p, offset, 'there are more places than values');
  const value = lx.holes![lx.holesRead++];
  return { kind: 'hole', value, pos: { start: offset, end: offset + 1 } };
}

/** Goes past a token of a kind. Throws `NixSyntaxError` if this is another. */
export function expect(p: Parser, kind: TokenKind): void {
  if (p.lx.kind !== kind) throw unexpected(p, `"${kind}"`);
  next(p);
}

/** The error for this token where something else should be. */
export function unexpected(p: Parser, expected: string): NixSyntaxError {
  return failure(p, p.lx.start, `unexpected ${describe(p)}, expected ${expected}`);
}

/** An error at an offset. */
export function failure(p: Parser, offset: number, reason: string): NixSyntaxError {
  return syntaxError(p.lx.source, offset, reason);
}

const LONGEST_SHOWN = 30;

function describe(p: Parser): string {
  const { kind } = p.lx;
  if (kind === 'end') return 'end of the source';
  if (kind === 'hole') return 'value';
  if (kind === 'path') return 'path';
  if (kind === '"' || kind === "''") return 'string';
  const text = tokenText(p);
  const { start, source } = p.lx;
  const isSecret = secretsIn(source).some(({ at, end }) => at < start + text.length && start < end);
  return `"${isSecret ? redaction : shortened(text, LONGEST_SHOWN)}"`;
}

/** Whether a line break is between two offsets; never, if the layout is not kept. */
export function breaksBetween(p: Parser, start: number, end: number): boolean {
  const breaks = p.lineBreaks;
  if (breaks === undefined) return false;
  let low = 0;
  let high = breaks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (breaks[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return low < breaks.length && breaks[low]! < end;
}
