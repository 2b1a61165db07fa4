import type { Expr, Item, Key } from '../nix';
import { mapChildren } from '../nix/children';

/**
 * The tree with variables that it does not bind replaced.
 *
 * @param by what stands for a variable; nothing, if it stays
 */
export function substitute(expr: Expr, by: (name: string) => Expr | undefined): Expr {
  return visit(expr, new Set());

  function visit(node: Expr, bound: ReadonlySet<string>): Expr {
    switch (node.kind) {
      case 'ident':
        return bound.has(node.name) ? node : (by(node.name) ?? node);
      case 'lambda': {
        const names = [...(node.pattern?.formals.map(({ name }) => name) ?? []), ...(node.param ? [node.param] : [])];
        return within(node, new Set([...bound, ...names]));
      }
      case 'let':
      case 'legacyLet':
      case 'set': {
        const isRec = node.kind !== 'set' || node.rec === true;
        const inside = isRec ? new Set([...bound, ...namesBound(node.items)]) : bound;
        const split = node.items.map((item) => inherited(item, bound));
        const made = within({ ...node, items: split.flatMap(({ kept }) => kept) }, inside) as typeof node;
        // What is put in has its own variables, which stay.
        return { ...made, items: [...made.items, ...split.flatMap(({ replaced }) => replaced)] };
      }
      default:
        return within(node, bound);
    }
  }

  function within(node: Expr, bound: ReadonlySet<string>): Expr {
    return mapChildren(node, (child) => visit(child, bound));
  }

  /** `inherit a;` as `a = …;` where something stands for `a`. */
  function inherited(item: Item, bound: ReadonlySet<string>): { kept: Item[]; replaced: Item[] } {
    if (item.kind === 'binding' || item.from) return { kept: [item], replaced: [] };
    const { names, ...rest } = item;
    const kept: Key[] = [];
    const replaced: Item[] = [];
    for (const key of names) {
      const value = key.kind === 'name' && !bound.has(key.name) ? by(key.name) : undefined;
      if (value) replaced.push({ kind: 'binding', path: [key], value });
      else kept.push(key);
    }
    return { kept: kept.length ? [{ ...rest, names: kept }] : [], replaced };
  }
}

/** The names that the items of a recursive set or a `let` bind. */
export function namesBound(items: readonly Item[]): string[] {
  return items.flatMap((item) => {
    const keys = item.kind === 'binding' ? item.path.slice(0, 1) : item.names;
    return keys.flatMap((key) => (key.kind === 'name' ? [key.name] : []));
  });
}
