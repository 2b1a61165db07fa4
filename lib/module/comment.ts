import { before } from '../nix';
import type { Content, Expr } from '../options/values';
import { exprOf, nodeOf } from './expr';

/**
 * A value with a comment above it in the Nix code: why it is so.
 *
 * @param text one line or several
 */
// biome-ignore lint/suspicious/noExplicitAny: where nothing says what is expected, anything is
export function comment<T = any>(text: string, value: Content<T>): Expr<T> {
  return exprOf<T>(before(nodeOf(value), text));
}
