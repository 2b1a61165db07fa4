import type { Content, Expr } from '../options/values';
import { Deferred, deferred, nodeOf } from './expr';

/** A value with a comment above it: a group of definitions goes on being one, and its members may be joined by others. */
export class Commented extends Deferred {
  constructor(
    readonly text: string,
    readonly value: unknown,
  ) {
    super();
  }
}

/**
 * A value with a comment above it in the Nix code: why it is so.
 *
 * @param text one line or several
 */
// biome-ignore lint/suspicious/noExplicitAny: where nothing says what is expected, anything is
export function comment<T = any>(text: string, value: Content<T>): Expr<T> {
  // What Nix cannot hold is found at this call.
  nodeOf(value);
  return deferred<T>(new Commented(text, value) as Deferred<T>);
}
