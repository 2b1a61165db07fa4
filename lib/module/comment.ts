import { before, EXPR, type Expr as Node } from '../nix';
import type { Content, Expr } from '../options/values';
import { checkArgument, refuseMore } from './arguments';
import { exprOf, nodeOf } from './expr';

/** A value with a comment above it: a group of definitions goes on being one, and its members may be joined by others. */
export interface Commented {
  readonly text: string;
  readonly value: unknown;
}

const known = new WeakMap<Node, Commented>();

/**
 * A value with a comment above it in the Nix code: why it is so.
 *
 * @param text one line or several
 * @throws CdknixError `argument`, `argument-lost`
 */
// biome-ignore lint/suspicious/noExplicitAny: where nothing says what is expected, anything is
export function comment<T = any>(text: string, value: Content<T>): Expr<T> {
  checkArgument('comment', 'text', text);
  refuseMore('comment', arguments, 2);
  const node = before(nodeOf(value), text);
  known.set(node, { text, value });
  return exprOf<T>(node);
}

/** What `comment` was given, if an expression is one of its. */
export function commentedIn(expression: Expr): Commented | undefined {
  return known.get(expression[EXPR]);
}
