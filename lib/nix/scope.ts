import type { Expr, Item, Key, Span } from './ast';
import { mapChildren } from './children';

/** Variables that a tree uses and does not bind. */
export interface FreeVariables {
  readonly free: ReadonlyMap<string, Span | undefined>;
  /** Those inside a `with`, which may bind them. */
  readonly maybe: ReadonlyMap<string, Span | undefined>;
}

/** The free variables of a tree, each with its first place. */
export function freeVariables(expr: Expr): FreeVariables {
  const free = new Map<string, Span | undefined>();
  const maybe = new Map<string, Span | undefined>();
  visit(expr, new Set(), false);
  return { free, maybe };

  function use(name: string, pos: Span | undefined, bound: ReadonlySet<string>, inWith: boolean) {
    if (bound.has(name)) return;
    const into = inWith ? maybe : free;
    if (!into.has(name)) into.set(name, pos);
  }
  function visit(node: Expr, bound: ReadonlySet<string>, inWith: boolean): void {
    const inner = (more: Iterable<string>) => new Set([...bound, ...more]);
    const all = (scope: ReadonlySet<string>, within = inWith) => {
      mapChildren(node, (child) => {
        visit(child, scope, within);
        return child;
      });
    };
    switch (node.kind) {
      case 'ident':
        use(node.name, node.pos, bound, inWith);
        return;
      case 'lambda': {
        const names = [...(node.param ? [node.param] : []), ...(node.pattern?.formals.map((one) => one.name) ?? [])];
        all(inner(names));
        return;
      }
      case 'let':
      case 'legacyLet':
      case 'set': {
        const recursive = node.kind !== 'set' || node.rec;
        const scope = recursive ? inner(names(node.items)) : bound;
        for (const item of node.items) {
          if (item.kind === 'inherit' && !item.from) {
            for (const key of item.names) if (key.kind === 'name') use(key.name, key.pos, bound, inWith);
          }
        }
        all(scope);
        return;
      }
      case 'with':
        visit(node.env, bound, inWith);
        visit(node.body, bound, true);
        return;
      default:
        all(bound);
    }
  }
}

function names(items: readonly Item[]): string[] {
  const of = (key: Key | undefined) => (key?.kind === 'name' ? [key.name] : []);
  return items.flatMap((item) => (item.kind === 'inherit' ? item.names.flatMap(of) : of(item.path[0])));
}
