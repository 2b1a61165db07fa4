import { before, EXPR, type Expr as Node } from '../nix';
import type { Content, Expr, VALUE } from '../options/values';
import { nodeOf } from './expr';

/** A value with a comment above it: a group of definitions goes on being one, and its members may be joined by others. */
export class Commented<T = unknown> implements Expr<T> {
  declare readonly [VALUE]?: T;
  readonly [EXPR]: Node;

  constructor(
    readonly text: string,
    readonly value: unknown,
  ) {
    this[EXPR] = before(nodeOf(value), text);
  }
}

/**
 * A value with a comment above it in the Nix code: why it is so.
 *
 * @param text one line or several
 */
// biome-ignore lint/suspicious/noExplicitAny: where nothing says what is expected, anything is
export function comment<T = any>(text: string, value: Content<T>): Expr<T> {
  return new Commented<T>(text, value);
}
