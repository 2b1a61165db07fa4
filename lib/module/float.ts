import { float as floatNode } from '../nix';
import type { Expr } from '../options/values';
import { exprOf } from './expr';

/**
 * A floating-point number, for options that take no integer: `float(1)` is Nix's `1.0`.
 *
 * @throws NixValueError for what is no finite number
 */
export function float(value: number): Expr<number> {
  return exprOf(floatNode(value));
}
