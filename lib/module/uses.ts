import { type Position, userPosition } from '../diagnostics';
import type { Expr } from '../options/values';
import { Deferred, deferred } from './expr';

/** Whether a machine or home uses a feature: known when the tree is complete, and for each that a feature serves. */
export class Uses extends Deferred<boolean> {
  constructor(
    /** The construct that asks: a host, a home, or a feature (then: for whatever uses it). */
    readonly owner: object,
    /** The feature's class, or the function that it is. */
    readonly feature: object,
    readonly position: Position,
  ) {
    super();
  }

  override get shown(): string {
    return 'uses(…)';
  }
}

/** Whether what a construct stands for uses a feature. */
export function usesOf(owner: object, feature: object): Expr<boolean> {
  return deferred<boolean>(new Uses(owner, feature, userPosition()));
}
