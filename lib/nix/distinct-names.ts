import type { Expr, Ident, Item, Key, Lambda } from './ast';
import { mapTree } from './map-tree';
import { staticName } from './parse/duplicates';
import { NixValueError } from './value-error';
import { pushChildren } from './walk';

/**
 * The tree with a name for each variable that code made (`binder`), so that each refers to what binds it: a parameter is
 * renamed where it would hide another variable that is used in its body, or be hidden itself (α-conversion). A formal
 * argument's name is what the function is called with, so what it would hide gets a second name around the function:
 * `let outerConfig = config; in { config, ... }: …`.
 *
 * @throws NixValueError where Nix code inside of a function binds the name of a formal argument as well
 */
export function distinctNames(expr: Expr): Expr {
  const lambdas = lambdasIn(expr);
  if (!lambdas.length) return expr;
  const names = new Map<object, string>();
  const hiding = new Set<object>();
  // The outer ones come first, and keep their names.
  for (const lambda of lambdas) name(lambda, names, hiding);
  const distinct = hiding.size ? withOuterNames(expr, names, hiding) : expr;
  return mapTree(distinct, (node) => renamed(node, names));
}

/** The lambdas that code made, the outer ones first. */
function lambdasIn(expr: Expr): Lambda[] {
  const found: Lambda[] = [];
  const seen = new Set<Expr>();
  const stack: Expr[] = [expr];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node)) continue;
    if (node.kind === 'lambda' && bindersOf(node).length) found.push(node);
    const before = stack.length;
    pushChildren(node, stack);
    if (stack.length > before) seen.add(node);
  }
  return found;
}

function bindersOf({ param, binder, pattern }: Lambda): readonly (readonly [binder: object, name: string])[] {
  const formals = pattern?.formals.flatMap((one) => (one.binder ? [[one.binder, one.name] as const] : [])) ?? [];
  return binder && param !== undefined ? [[binder, param], ...formals] : formals;
}

/** @param hiding gets the formals that hide something which is used in the body */
function name(lambda: Lambda, names: Map<object, string>, hiding: Set<object>): void {
  const { binder, param } = lambda;
  const { used, formals } = namesIn(lambda.body, names);
  for (const [own, fixed] of bindersOf(lambda)) {
    if (own === binder) continue;
    if (used.has(fixed)) hiding.add(own);
    names.set(own, fixed);
    formals.add(fixed);
  }
  if (!binder || param === undefined) return;
  let free = param;
  while (used.has(free) || formals.has(free)) free += "'";
  names.set(binder, free);
}

/**
 * All names in a tree, but for those of parameters that are not named yet; apart from them, the formals inside.
 *
 * @param which `'bound'` for the names only that Nix code binds there itself
 */
export function namesIn(body: Expr, names: ReadonlyMap<object, string> = new Map(), which: 'all' | 'bound' = 'all') {
  const used = new Set<string>();
  const formals = new Set<string>();
  const seen = new Set<Expr>();
  const stack: Expr[] = [body];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node)) continue;
    add(node);
    const before = stack.length;
    pushChildren(node, stack);
    if (stack.length > before) seen.add(node);
  }
  return { used, formals };

  function add(node: Expr): void {
    switch (node.kind) {
      case 'ident': {
        const name = node.binder ? names.get(node.binder) : node.name;
        if (name !== undefined && which === 'all') used.add(name);
        break;
      }
      case 'lambda':
        if (node.param !== undefined && !node.binder) used.add(node.param);
        for (const formal of node.pattern?.formals ?? []) (formal.binder ? formals : used).add(formal.name);
        break;
      case 'let':
      case 'legacyLet':
      case 'set':
        for (const item of node.items) {
          if (item.kind === 'inherit') addKeys(item.names);
          else if (node.kind !== 'set' || node.rec) addKeys(item.path.slice(0, 1));
        }
    }
  }

  function addKeys(keys: readonly Key[]): void {
    for (const key of keys) {
      const name = staticName(key);
      if (name !== undefined) used.add(name);
    }
  }
}

/** The tree in which what formals hide has a second name, in a `let` around their functions. */
function withOuterNames(expr: Expr, names: ReadonlyMap<object, string>, hiding: ReadonlySet<object>): Expr {
  const { used, formals } = namesIn(expr, names);
  const taken = new Set([...used, ...formals, ...names.values()]);
  return mapTree(expr, (node) => {
    if (node.kind !== 'lambda') return node;
    const items: Item[] = [];
    const body = (node.pattern?.formals ?? []).reduce(
      (body, { name, binder }) => (binder && hiding.has(binder) ? withoutHidden(body, name, binder, items) : body),
      node.body,
    );
    return items.length ? { kind: 'let', items, body: { ...node, body } } : node;
  });

  /** Names in a body what is outside of it and has the name of a formal. */
  function withoutHidden(body: Expr, name: string, binder: object, items: Item[]): Expr {
    if (namesIn(body, names, 'bound').used.has(name)) throw hides(name);
    const inside = new Set<unknown>([
      binder,
      ...lambdasIn(body)
        .flatMap(bindersOf)
        .map(([one]) => one),
    ]);
    const outer = new Map<object | undefined, Ident>();
    return mapTree(body, (node) => {
      if (node.kind !== 'ident' || inside.has(node.binder)) return node;
      if (name !== (node.binder ? names.get(node.binder) : node.name)) return node;
      const known = outer.get(node.binder);
      if (known) return known;
      const ident: Ident = { kind: 'ident', name: freeName(name, taken) };
      items.push({ kind: 'binding', path: [{ kind: 'name', name: ident.name }], value: node });
      outer.set(node.binder, ident);
      return ident;
    });
  }
}

function freeName(hidden: string, taken: Set<string>): string {
  let name = `outer${hidden.charAt(0).toUpperCase()}${hidden.slice(1)}`;
  while (taken.has(name)) name += "'";
  taken.add(name);
  return name;
}

function hides(name: string): NixValueError {
  return new NixValueError(
    'name',
    [],
    `the parameter ${name}`,
    `its name is what the function is called with, and Nix code inside of the function binds ${name} too: rename it there`,
  );
}

function renamed(node: Expr, names: ReadonlyMap<object, string>): Expr {
  if (node.kind === 'ident' && node.binder) {
    const { binder, ...ident } = node;
    const name = names.get(binder);
    // What is bound further out is named there.
    return name === undefined ? node : ({ ...ident, name } satisfies Ident);
  }
  if (node.kind !== 'lambda' || !bindersOf(node).length) return node;
  const { binder, pattern, ...lambda } = node;
  return {
    ...lambda,
    ...(binder && { param: names.get(binder)! }),
    ...(pattern && { pattern: { ...pattern, formals: pattern.formals.map(({ binder, ...formal }) => formal) } }),
  };
}
