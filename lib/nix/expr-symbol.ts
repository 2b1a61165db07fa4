import type { Expr } from './ast';

/**
 * The mark of a JavaScript value that stands for a Nix expression: its property of this name is the syntax tree.
 *
 * A registered symbol, so that two copies of this package in one process understand each other.
 */
export const EXPR: unique symbol = Symbol.for('cdknix.expr') as never;

/** A JavaScript value that stands for a Nix expression. */
export interface HasExpr {
  readonly [EXPR]: Expr;
}

/** What the builders take: a syntax tree, or a value that stands for one. */
export type ExprLike = Expr | HasExpr;

/** Wraps a syntax tree, so that it may stand in JavaScript data: a bare tree there is data like any other. */
export function expr(node: ExprLike): HasExpr {
  return { [EXPR]: unwrap(node) };
}

/** The syntax tree that a value stands for, or `undefined` for any other value. Never throws. */
export function exprOf(value: unknown): Expr | undefined {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return undefined;
  try {
    return (value as Partial<HasExpr>)[EXPR];
  } catch {
    // A proxy or a getter of the user's that throws for names it does not know.
    return undefined;
  }
}

/** The syntax tree of what the builders take. */
export function unwrap(like: ExprLike): Expr {
  return exprOf(like) ?? (like as Expr);
}
