import { Arrow, Deferred, lambdaOf, toNode } from '../../module';
import { type Expr, exprOf } from '../../nix';
import type { Fill } from '../../options/shape';
import { isPlain } from '../group';

/** What is to be looked at in the place of a hole; nothing for what is no code. */
export type Inside = (value: unknown) => Expr | undefined;

/** The expressions and functions in some data, as trees. */
export function* codeIn(value: unknown): Iterable<Expr> {
  const seen = new Set<unknown>();
  const stack = [value];
  while (stack.length) {
    const one = stack.pop();
    const code = exprOf(one);
    if (code) yield code;
    else if (typeof one === 'function') yield toNode(one);
    else if (isData(one) && !seen.has(one)) {
      seen.add(one);
      for (const name of Object.keys(one).reverse()) stack.push((one as Record<string, unknown>)[name]);
    }
  }
}

/** What stands in the place of a hole: nothing for what is no code. */
export function insideOf(fill: Fill): Inside {
  return (value) => {
    if (value instanceof Arrow) return lambdaOf(value, (result) => toNode(result));
    const held = fill(value);
    if (held instanceof Deferred) return undefined;
    return exprOf(held) ?? (isData(held) ? toNode(held) : undefined);
  };
}

const isData = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && (Array.isArray(value) || isPlain(value));
