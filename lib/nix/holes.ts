import type { Expr, Hole } from './ast';
import { mapChildren } from './children';

/** The tree with each hole replaced; the tree itself if it has none. */
export function resolveHoles(expr: Expr, resolve: (hole: Hole) => Expr): Expr {
  return expr.kind === 'hole' ? resolve(expr) : mapChildren(expr, (child) => resolveHoles(child, resolve));
}
