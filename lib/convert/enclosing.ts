import type { Expr, Span } from '../nix';
import { pushChildren } from '../nix/walk';

/** The place of the smallest expression around a place, if there is one. */
export function enclosing(tree: Expr, { start, end }: Span): Span | undefined {
  let found: Span | undefined;
  const stack: Expr[] = [tree];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const { pos } = node;
    if (pos && (pos.start > start || pos.end < end)) continue;
    const isLarger = pos && pos.end - pos.start > end - start;
    if (isLarger && (!found || pos.end - pos.start < found.end - found.start)) found = pos;
    pushChildren(node, stack);
  }
  return found;
}
