import type { Expr } from '../../lib/nix/ast';
import { type ParseOptions, parse } from '../../lib/nix/parse/parse';

/** A tree without the positions of its nodes, to compare it. */
export function withoutPositions<T>(node: T): T {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map(withoutPositions) as T;
  const entries = Object.entries(node).filter(([field]) => field !== 'pos');
  return Object.fromEntries(entries.map(([field, value]) => [field, withoutPositions(value)])) as T;
}

/** The tree of a source, without positions. */
export function tree(source: string, options?: ParseOptions): Expr {
  return withoutPositions(parse(source, options));
}
