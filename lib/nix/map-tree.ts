import type { Expr } from './ast';
import { mapChildren } from './children';
import { pushChildren } from './walk';

/**
 * The tree with every node changed, the innermost first, at any depth; nodes that are shared are changed once.
 *
 * @param change given a node whose children are changed already
 */
export function mapTree(expr: Expr, change: (node: Expr) => Expr): Expr {
  const changed = new Map<Expr, Expr>();
  const stack: Expr[] = [expr];
  for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
    if (changed.has(node)) {
      stack.pop();
      continue;
    }
    const before = stack.length;
    pushChildren(node, stack);
    let kept = before;
    for (let i = before; i < stack.length; i++) if (!changed.has(stack[i]!)) stack[kept++] = stack[i]!;
    stack.length = kept;
    if (kept > before) continue;
    stack.pop();
    changed.set(node, change(mapChildren(node, (child) => changed.get(child)!)));
  }
  return changed.get(expr)!;
}
