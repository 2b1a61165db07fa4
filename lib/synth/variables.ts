import { type Bound, toNode } from '../module';
import { type Binding, binding, type Ident, mapTree, type Expr as Node, namesIn } from '../nix';
import type { Resolve } from './resolve';
import type { Site } from './site';

/** The values of one module that stand in a `let` around it. */
export interface Variables {
  /** The variable of a value. */
  readonly bind: (this: Site, bound: Bound) => Node;
  /** The code with the `let` that it needs, if any. */
  around(code: Node): Node;
}

/** The variables of a module whose code is yet to be spelled. */
export function variablesOf(resolve: Resolve): Variables {
  // In the order of what depends on what.
  const values = new Map<Bound, Node>();
  return {
    bind(bound) {
      if (!values.has(bound)) values.set(bound, resolve(toNode(bound.value), this));
      return { kind: 'ident', name: bound.name, binder: bound };
    },
    around(code) {
      if (!values.size) return code;
      const names = namesOf([...values.keys()], [code, ...values.values()]);
      const items = [...values].map(([bound, value]): Binding => binding(names.get(bound)!, named(value, names)));
      return { kind: 'let', items, body: named(code, names) };
    },
  };
}

function namesOf(all: readonly Bound[], code: readonly Node[]): Map<object, string> {
  const taken = new Set(code.flatMap((node) => [...namesIn(node).used, ...namesIn(node).formals]));
  const names = new Map<object, string>();
  for (const bound of all) {
    let name = bound.name;
    while (taken.has(name)) name += "'";
    taken.add(name);
    names.set(bound, name);
  }
  return names;
}

function named(code: Node, names: ReadonlyMap<object, string>): Node {
  return mapTree(code, (node) => {
    const name = node.kind === 'ident' && node.binder ? names.get(node.binder) : undefined;
    if (name === undefined) return node;
    const { binder: _, ...ident } = node as Ident;
    return { ...ident, name };
  });
}
