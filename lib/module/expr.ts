import { failure, userPosition } from '../diagnostics';
import { EXPR, fromJs, NixValueError, type Expr as Node } from '../nix';
import type { Expr, VALUE } from '../options/values';

/** Whether a value is a Nix expression. */
export function isExpr(value: unknown): value is Expr {
  return (typeof value === 'object' || typeof value === 'function') && value !== null && EXPR in value;
}

/** An expression around a syntax tree. */
// biome-ignore lint/suspicious/noExplicitAny: a tree does not say what it evaluates to
export function exprOf<T = any>(node: Node): Expr<T> {
  return { [EXPR]: node };
}

/**
 * The syntax tree of a value that the user has just written.
 *
 * @throws CdknixError `value` at the user's line, for what Nix cannot hold
 */
export function nodeOf(value: unknown): Node {
  try {
    return fromJs(value, { dotted: true });
  } catch (error) {
    if (!(error instanceof NixValueError)) throw error;
    throw failure({ code: 'value', message: error.message, position: userPosition() });
  }
}

/** A value that becomes an expression at synth: its tree is a hole that holds the value itself. */
export abstract class Deferred<T = unknown> implements Expr<T> {
  declare readonly [VALUE]?: T;
  get [EXPR](): Node {
    return { kind: 'hole', value: this };
  }
}
