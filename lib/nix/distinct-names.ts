import type { Expr, Ident, Key, Lambda } from './ast';
import { mapTree } from './map-tree';
import { staticName } from './parse/duplicates';
import { NixValueError } from './value-error';
import { pushChildren } from './walk';

/**
 * The tree with a name for each variable that code made (`binder`), so that each refers to what binds it: a parameter is
 * renamed where it would hide another variable that is used in its body, or be hidden itself (α-conversion).
 *
 * @throws NixValueError where a formal argument, whose name is what the function is called with, hides another variable
 */
export function distinctNames(expr: Expr): Expr {
  const lambdas = lambdasIn(expr);
  if (!lambdas.length) return expr;
  const names = new Map<object, string>();
  // The outer ones come first, and keep their names.
  for (const lambda of lambdas) name(lambda, names);
  return mapTree(expr, (node) => renamed(node, names));
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

function name(lambda: Lambda, names: Map<object, string>): void {
  const { binder, param } = lambda;
  const { used, formals } = namesIn(lambda.body, names);
  for (const [own, fixed] of bindersOf(lambda)) {
    if (own === binder) continue;
    if (used.has(fixed)) throw hides(fixed);
    names.set(own, fixed);
    formals.add(fixed);
  }
  if (!binder || param === undefined) return;
  let free = param;
  while (used.has(free) || formals.has(free)) free += "'";
  names.set(binder, free);
}

/** All names in a tree, but for those of parameters that are not named yet; apart from them, the formals inside. */
export function namesIn(body: Expr, names: ReadonlyMap<object, string> = new Map()) {
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
        if (name !== undefined) used.add(name);
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

function hides(name: string): NixValueError {
  return new NixValueError(
    'name',
    [],
    `the parameter ${name}`,
    `its name is what the function is called with, and ${name} of the module is used inside of it too: bind that one outside, with bind('…', ${name})`,
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
