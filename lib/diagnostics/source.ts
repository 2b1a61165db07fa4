import { readFileSync } from 'node:fs';
import type * as ts from 'typescript';
import { type Compiler, compilerFor } from './compiler';
import type { Position } from './position';

/** A source file of the user's, parsed. */
export interface Source {
  readonly ts: Compiler;
  readonly tree: ts.SourceFile;
  /** Calls by the place that the engine gives them: the last name of what is called, or `new`. */
  readonly calls: ReadonlyMap<number, ts.CallExpression | ts.NewExpression>;
}

const sources = new Map<string, Source | undefined>();

/** A file of the user's, parsed once in a process; nothing if it cannot be read or there is no compiler. */
export function sourceOf(file: string): Source | undefined {
  if (!sources.has(file)) sources.set(file, readSource(file));
  return sources.get(file);
}

function readSource(file: string): Source | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const compiler = compilerFor(file);
  return compiler && parseSource(compiler, file, withoutMark(text));
}

/** A text without its byte order mark, which the engine does not count either. */
export function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

/** Parses a text; what is wrong with it is left to whoever compiles it. */
export function parseSource(ts: Compiler, file: string, text: string): Source {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const calls = new Map<number, ts.CallExpression | ts.NewExpression>();
  for (const node of nodesOf(ts, tree)) {
    if (ts.isNewExpression(node)) calls.set(node.getStart(tree), node);
    if (ts.isCallExpression(node)) calls.set(nameOf(ts, node.expression).getStart(tree), node);
  }
  return { ts, tree, calls };
}

/** What is given options by their names. */
const setters: ReadonlySet<string> = new Set(['set', 'declare', 'import']);

/**
 * The call of `set`, `declare` or `import` at a place. Not every source map has a place for each name: one inside of what is called will do.
 */
export function callOfSet(source: Source, { line, column }: Position): ts.CallExpression | undefined {
  const { ts, tree, calls } = source;
  const start = tree.getLineStarts()[line - 1];
  if (start === undefined) return undefined;
  const offset = start + column - 1;
  const exact = calls.get(offset);
  if (exact) return isSet(exact) ? exact : undefined;
  let nearest: ts.CallExpression | undefined;
  for (const node of nodesOf(ts, tree, ({ pos, end }) => pos <= offset && offset <= end)) {
    if (ts.isCallExpression(node) && isSet(node) && offset >= node.getStart(tree) && offset <= node.expression.end) {
      nearest = node;
    }
  }
  return nearest;

  function isSet(call: ts.CallExpression | ts.NewExpression): call is ts.CallExpression {
    if (!ts.isCallExpression(call)) return false;
    const name = nameOf(ts, call.expression);
    return (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) && setters.has(name.text);
  }
}

/** A node and what is in it, the outer before the inner. A list of what is left, since long chains of calls are deep trees. */
export function nodesOf(ts: Compiler, root: ts.Node, enter = (_: ts.Node) => true): Iterable<ts.Node> {
  const nodes = [root];
  for (const node of nodes) {
    ts.forEachChild(node, (child) => {
      if (enter(child)) nodes.push(child);
    });
  }
  return nodes;
}

/** The last name in what is called: `set` in `host.module.set(…)`. */
function nameOf(ts: Compiler, callee: ts.Expression): ts.Expression | ts.MemberName {
  if (ts.isPropertyAccessExpression(callee)) return callee.name;
  return ts.isElementAccessExpression(callee) ? callee.argumentExpression : callee;
}
