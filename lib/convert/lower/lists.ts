import type { List } from '../../nix';
import { commentLines } from '../comments';
import type { Lowered } from '../lowered';
import type { Scope } from '../scope';
import type { Remarks } from '../typescript/code';
import type { Context, OptionPath } from './context';

/** A list. Comments stay with their elements. */
export function lowerList(expr: List, scope: Scope, context: Context, at?: OptionPath): Lowered {
  const items = expr.items.map((item) => {
    const { before, after, ...bare } = item;
    const { value, strays } = withStrays(
      context,
      () => context.lower(bare as typeof item, scope, at && [...at, 0]).code,
    );
    return { ...remarksOf(commentLines(before), after && commentLines([after]), strays), value };
  });
  const below = commentLines(expr.last).filter((line) => line !== '');
  return { code: { kind: 'array', items, ...(below.length && { below }) }, is: 'data' };
}

/** Does something, and tells which comments inside of it nothing held. */
export function withStrays<T>(context: Context, work: () => T): { readonly value: T; readonly strays: string[] } {
  const outer = context.strays;
  context.strays = [];
  const value = work();
  const { strays } = context;
  context.strays = outer;
  return { value, strays };
}

/** Comments above something and behind it; one line at most can stand behind. */
export function remarksOf(
  before: readonly string[],
  behind: readonly string[] = [],
  strays: readonly string[] = [],
): Remarks {
  const [only, ...more] = behind;
  const above = [...before, ...strays, ...(more.length ? behind : [])];
  return {
    ...(above.length && { above }),
    ...(only !== undefined && !more.length && { behind: only }),
  };
}
