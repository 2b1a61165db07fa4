import { before } from '../nix';
import { type Expr, exprOf, nodeOf } from './expr';

/**
 * A value with a comment above it in the Nix code: why it is so.
 *
 * @param text one line or several
 */
export function comment<T>(text: string, value: T): Expr<T> {
  return exprOf<T>(before(nodeOf(value), text));
}
