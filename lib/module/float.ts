import { userPosition } from '../diagnostics';
import { float as floatNode } from '../nix';
import type { Expr } from '../options/values';
import { refuseMore, wrongArgument } from './arguments';
import { exprOf, written } from './expr';

/**
 * A floating-point number, for options that take no integer: `float(1)` is Nix's `1.0`.
 *
 * @throws CdknixError `argument`, `argument-lost`, `value` for what is no finite number
 */
export function float(value: number): Expr<number> {
  if (typeof value !== 'number') throw wrongArgument('float', 'a number', value, 'write a number');
  refuseMore('float', arguments, 1);
  return exprOf(written(() => floatNode(value), userPosition()));
}
