import { posix } from 'node:path';
import type { Expr, Path, Span } from './ast';
import { pushChildren, withoutParens } from './walk';

/** A path literal. */
export interface Reference {
  /**
   * The path as it is written, together with the strings added to it (`./. + "/a b"` is `./a b`). Of a dynamic one, the
   * directory that its constant part names.
   */
  readonly path: string;
  /** Where the literal is in the source; 0 to 0 in a tree that was not parsed. */
  readonly span: Span;
  readonly kind: 'relative' | 'absolute' | 'home';
  /** Whether more than the path decides what is referred to: an interpolation, or something added that is no text. */
  readonly dynamic: boolean;
  /** Whether nothing need be there: it is asked if the path exists (`builtins.pathExists`), or shown as an example. */
  readonly optional: boolean;
}

/** The relative paths of a tree, in their order: they lead from the file that they stand in. */
export function relativeReferences(expr: Expr): Reference[] {
  return references(expr).filter((reference) => reference.kind === 'relative');
}

/** All paths of a tree, in their order; `<search/paths>` are none. */
export function references(expr: Expr): Reference[] {
  const found: Reference[] = [];
  const asked = new Set<Expr>();
  const added = new Set<Expr>();
  const stack: Expr[] = [expr];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === 'path') {
      if (!added.delete(node)) found.push(reference(node, [], asked.delete(node)));
    } else if (node.kind === 'apply' && isCallOf('pathExists', node.fn)) {
      asked.add(withoutParens(node.args[0]!));
    } else if (node.kind === 'apply' && isCallOf('mkOption', node.fn)) {
      for (const path of pathsIn(shownOnly(node.args[0]!))) asked.add(path);
    } else if (node.kind === 'binary' && node.op === '+' && !added.delete(node)) {
      const { path, addends } = sum(node, added);
      if (path !== undefined) found.push(reference(path, addends, asked.delete(node)));
    }
    pushChildren(node, stack);
  }
  // `if builtins.pathExists ./x then import ./x else …`
  const perhaps = new Set(found.filter((one) => one.optional).map((one) => one.path));
  return found.map((one) => (perhaps.has(one.path) && !one.optional ? { ...one, optional: true } : one));
}

function isCallOf(name: string, fn: Expr): boolean {
  const of = withoutParens(fn);
  if (of.kind === 'ident') return of.name === name;
  const last = of.kind === 'select' ? of.path.at(-1) : undefined;
  return last?.kind === 'name' && last.name === name;
}

/** What an option says for its manual alone. */
const forManual = new Set(['example', 'defaultText', 'description', 'relatedPackages']);

function shownOnly(option: Expr): Expr[] {
  const set = withoutParens(option);
  if (set.kind !== 'set') return [];
  return set.items.flatMap((item) => {
    const [name] = item.kind === 'binding' ? item.path : [];
    return item.kind === 'binding' && name?.kind === 'name' && forManual.has(name.name) ? [item.value] : [];
  });
}

/** All that may be a path, or a sum that begins with one. */
function* pathsIn(exprs: Expr[]): Iterable<Expr> {
  for (let node = exprs.pop(); node !== undefined; node = exprs.pop()) {
    if (node.kind === 'path' || node.kind === 'binary') yield node;
    pushChildren(node, exprs);
  }
}

/** What is added to what, if it begins with a path. The sums inside of this one, and the path, are added to `inside`. */
function sum(whole: Expr, inside: Set<Expr>): { path: Path | undefined; addends: Expr[] } {
  const addends: Expr[] = [];
  let first = whole;
  while (first.kind === 'binary' && first.op === '+') {
    addends.push(first.right);
    first = withoutParens(first.left);
    if (first.kind === 'path' || (first.kind === 'binary' && first.op === '+')) inside.add(first);
  }
  return { path: first.kind === 'path' ? first : undefined, addends: addends.reverse() };
}

function reference(path: Path, addends: readonly Expr[], optional: boolean): Reference {
  const { text, dynamic } = constantPart(path, addends);
  const kind = text.startsWith('/') ? 'absolute' : text.startsWith('~') ? 'home' : 'relative';
  return { path: pathOf(text, addends.length > 0, dynamic), span: path.pos ?? NOWHERE, kind, dynamic, optional };
}

const NOWHERE: Span = { start: 0, end: 0 };

/** The text up to the first thing that is none. Behind a name of unknown end, only its directory is constant. */
function constantPart(path: Path, addends: readonly Expr[]): { text: string; dynamic: boolean } {
  let text = '';
  for (const [index, addend] of [path, ...addends].entries()) {
    const node = withoutParens(addend);
    if (node.kind !== 'path' && node.kind !== 'str' && node.kind !== 'indented') return { text, dynamic: true };
    // A path behind a path is not what its text says.
    if (index > 0 && node.kind === 'path') return { text, dynamic: true };
    for (const part of node.parts) {
      if (part.kind === 'interpolation') return { text: text.slice(0, text.lastIndexOf('/') + 1), dynamic: true };
      text += part.value;
    }
  }
  return { text, dynamic: false };
}

function pathOf(text: string, joined: boolean, dynamic: boolean): string {
  if (!joined && !dynamic) return text;
  const path = posix.normalize(text).replace(/(?<=.)\/$/, '');
  if (path.startsWith('/') || path.startsWith('~') || path.startsWith('../') || path === '..') return path;
  return path === '.' ? './.' : `./${path}`;
}
