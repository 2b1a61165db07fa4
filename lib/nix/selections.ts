import type { Expr, Item } from './ast';
import { attributeNames } from './attribute-names';
import { pushChildren, withoutParens } from './walk';

/** What is selected of a variable. */
export interface Selection {
  readonly names: readonly string[];
  /** Where. */
  readonly node: Expr;
  /** Whether what is selected is called. */
  readonly isCalled: boolean;
}

/**
 * The names that are selected of a variable in a tree, up to the first one that only Nix knows; what has a default in place of
 * what is not there is left out, and so is code in which the name stands for something else.
 *
 * @param inside what is to be looked at in the place of a hole
 */
export function* selectionsOf(
  variable: string,
  tree: Expr,
  inside: (value: unknown) => Expr | undefined,
): Iterable<Selection> {
  const seen = new Set<Expr>();
  const called = new Set<Expr>();
  const stack: Expr[] = [tree];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node) || binds(node, variable)) continue;
    seen.add(node);
    if (node.kind === 'apply') called.add(withoutParens(node.fn));
    if (node.kind === 'hole') {
      const held = inside(node.value);
      if (held) stack.push(held);
    }
    if (node.kind === 'select' && !node.orElse && isNamed(node.of, variable))
      yield { names: knownNames(attributeNames(node.path)), node, isCalled: called.has(node) };
    if ('items' in node && node.kind !== 'list') yield* inherited(node.items, variable);
    pushChildren(node, stack);
  }
}

/** What `inherit (variable) a b;` and `inherit (variable.set) a b;` select. */
function* inherited(items: readonly Item[], variable: string): Iterable<Selection> {
  for (const item of items) {
    if (item.kind !== 'inherit' || !item.from) continue;
    const from = withoutParens(item.from);
    const isSet = from.kind === 'select' && !from.orElse && isNamed(from.of, variable);
    const set = isSet ? attributeNames(from.path) : isNamed(from, variable) ? [] : undefined;
    if (set)
      for (const name of attributeNames(item.names))
        yield { names: knownNames([...set, name]), node: from, isCalled: false };
  }
}

function isNamed(node: Expr, variable: string): boolean {
  const of = withoutParens(node);
  return of.kind === 'ident' && of.name === variable && !of.binder;
}

function knownNames(names: readonly (string | undefined)[]): string[] {
  const end = names.indexOf(undefined);
  return (end < 0 ? names : names.slice(0, end)) as string[];
}

/** Whether a name stands for something else in a node. */
function binds(node: Expr, variable: string): boolean {
  if (node.kind === 'lambda') {
    return node.param === variable || !!node.pattern?.formals.some(({ name }) => name === variable);
  }
  if (node.kind === 'let' || node.kind === 'legacyLet') return definedNames(node.items).has(variable);
  return node.kind === 'set' && !!node.rec && definedNames(node.items).has(variable);
}

/** The first names of what a set or a `let` defines, as far as they are known. */
function definedNames(items: readonly Item[]): Set<string | undefined> {
  return new Set(
    items.flatMap((item) => (item.kind === 'binding' ? attributeNames(item.path)[0] : attributeNames(item.names))),
  );
}
