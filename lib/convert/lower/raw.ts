import { type Expr, freeVariables, type Item, isIdentifier } from '../../nix';
import { pushChildren } from '../../nix/walk';
import { withNewComments } from '../all-comments';
import { withFiles } from '../file-holes';
import type { Lowered } from '../lowered';
import { lookUp, type Meaning, type Scope, withsAround } from '../scope';
import { namesBound, substitute } from '../substitute';
import { type Hole, nixTemplate } from '../template';
import { call, text } from '../typescript/code';
import { type Context, library, type Why } from './context';

/** Nix as it is, in a template. Variables of the TypeScript are put in, and what only Nix has is brought along. */
export function raw(expr: Expr, scope: Scope, context: Context, why: Why): Lowered {
  context.raws.push(why);
  return { code: nixCode(spelled(expr), scope, context), is: 'expression' };
}

/** A variable whose name only a set can inherit (`inherit "a b"`), selected from such a set. */
function spelled(expr: Expr): Expr {
  if (expr.kind !== 'ident' || isIdentifier(expr.name)) return expr;
  const key = { kind: 'name', name: expr.name } as const;
  return { kind: 'select', of: { kind: 'set', items: [{ kind: 'inherit', names: [key] }] }, path: [key] };
}

/** The template of some Nix, which is not counted as raw. */
export function nixCode(expr: Expr, scope: Scope, context: Context) {
  context.imports.add('nix');
  const holes: Hole[] = [];
  const tree = withNewComments(closed(expr, scope, context, holes), context.told);
  const named = (path: string) => {
    const name = `${context.unused}${holes.length}_`;
    holes.push({ name, code: call(library(context, 'path'), text(path)) });
    return name;
  };
  return nixTemplate(withFiles(tree, named), holes);
}

type Kept = Meaning & { kind: 'kept' };

/** The tree with everything that it takes from around itself, but for the arguments of the module. */
function closed(expr: Expr, scope: Scope, context: Context, holes: Hole[]): Expr {
  const { free, maybe } = freeVariables(expr);
  const byName = new Map<string, Expr>();
  const kept = new Map<string, Kept>();
  let needsWiths = false;
  for (const name of [...free.keys(), ...maybe.keys()]) {
    const found = lookUp(scope, name);
    if (found.kind === 'ambiguous') needsWiths = true;
    else if (found.kind === 'kept') kept.set(name, found);
    else if (found.kind === 'code' && !found.isArgument) byName.set(name, holeFor(found, context, holes));
    else if (found.kind === 'alias') {
      // Inside a `with` of its own, that one may have the name.
      if (!free.has(name) && !scope.names.has(name) && isFromWith(scope, name)) needsWiths = true;
      else byName.set(name, closed(withNewComments(found.expr, context.followed), found.scope, context, holes));
    }
  }
  if (needsWiths) for (const name of [...byName.keys()]) if (isFromWith(scope, name)) byName.delete(name);
  let tree = hidesArgument(expr) ? inLet(byName, expr) : substitute(expr, (name) => byName.get(name));
  if (needsWiths) {
    for (const { env, around } of withsAround(scope)) {
      tree = { kind: 'with', env: closed(env!, around!, context, holes), body: tree };
    }
  }
  return kept.size ? withKept(tree, kept, context, holes) : tree;
}

/** Arguments that what is put in may be made of. */
const modules: ReadonlySet<string> = new Set(['config', 'lib', 'pkgs', 'inputs', 'options']);

/** Whether some code has a variable of its own of the name of an argument, so that nothing made of that may be put inside. */
function hidesArgument(expr: Expr): boolean {
  const stack: Expr[] = [expr];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const names =
      node.kind === 'lambda'
        ? [node.param, ...(node.pattern?.formals.map(({ name }) => name) ?? [])]
        : node.kind === 'let' || node.kind === 'legacyLet' || (node.kind === 'set' && node.rec)
          ? namesBound(node.items)
          : [];
    if (names.some((name) => name !== undefined && modules.has(name))) return true;
    pushChildren(node, stack);
  }
  return false;
}

/** The code in a `let` of what it takes from around itself. */
function inLet(values: ReadonlyMap<string, Expr>, body: Expr): Expr {
  if (!values.size) return body;
  const items = [...values].map(
    ([name, value]) => ({ kind: 'binding', path: [{ kind: 'name', name }], value }) as const,
  );
  return { kind: 'let', items, body };
}

const isFromWith = (scope: Scope, name: string) => {
  for (let at: Scope | undefined = scope; at; at = at.around) if (at.names.has(name)) return false;
  return true;
};

function holeFor(found: Meaning & { kind: 'code' }, context: Context, holes: Hole[]): Expr {
  const known = holes.find(({ code }) => code === found.lowered.code);
  if (known) return { kind: 'ident', name: known.name };
  const name = `${context.unused}${holes.length}_`;
  holes.push({ name, code: found.lowered.code });
  return { kind: 'ident', name };
}

/** The tree in a `let` of the variables that it needs, and of those that these need. */
function withKept(tree: Expr, needed: ReadonlyMap<string, Kept>, context: Context, holes: Hole[]): Expr {
  const all = new Map(needed);
  const items: Item[] = [];
  for (const [name, { value, scope }] of all) {
    const { free, maybe } = freeVariables(value);
    for (const one of [...free.keys(), ...maybe.keys()]) {
      const found = lookUp(scope, one);
      if (found.kind === 'kept') all.set(one, found);
    }
    items.push({
      kind: 'binding',
      path: [{ kind: 'name', name }],
      value: closed(value, withoutKept(scope), context, holes),
    });
  }
  return { kind: 'let', items, body: tree };
}

/** The scope as it is inside of such a `let`, which has what is kept. */
function withoutKept(scope: Scope): Scope {
  const isKept = (meaning: Meaning | (() => Meaning)) =>
    (typeof meaning === 'function' ? meaning() : meaning).kind === 'kept';
  return { ...scope, names: new Map([...scope.names].filter(([, meaning]) => !isKept(meaning))) };
}
