import { type Position, userPosition } from '../diagnostics';
import type { Content, Expr } from '../options/values';
import { checkArgument, refuseMore } from './arguments';
import { Deferred, deferred } from './expr';

/** A value that is computed when the tree is complete. */
export class Lazy<T = unknown> extends Deferred<T> {
  constructor(
    readonly produce: () => unknown,
    readonly position: Position | undefined,
  ) {
    super();
  }

  override get shown(): string {
    return 'lazy(…)';
  }
}

/**
 * Delays a value until synth, when every construct exists.
 *
 * @throws CdknixError `argument`, `argument-lost`
 */
// biome-ignore lint/suspicious/noExplicitAny: where nothing says what is expected, anything is
export function lazy<T = any>(produce: () => Content<T>): Expr<T> {
  checkArgument('lazy', 'function', produce);
  refuseMore('lazy', arguments, 1);
  return deferred(new Lazy<T>(produce, userPosition()));
}
