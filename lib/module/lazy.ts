import { type Position, userPosition } from '../diagnostics';
import { Deferred, type Expr } from './expr';

/** A value that is computed when the tree is complete. */
export class Lazy<T = unknown> extends Deferred<T> {
  constructor(
    readonly produce: () => unknown,
    readonly position: Position | undefined,
  ) {
    super();
  }
}

/** Delays a value until synth, when every construct exists. */
export function lazy<T>(produce: () => T): Expr<T> {
  return new Lazy<T>(produce, userPosition());
}
