import type * as ts from 'typescript';
import type { Source } from '../../diagnostics/source';
import { type Chunk, chunksOf, offsetIn } from '../../diagnostics/template-source';
import { type Expr, type Key, NixSyntaxError, parseTemplate } from '../../nix';
import { pushChildren } from '../../nix/walk';
import { nodeMeant, type Spot, spanMeant } from './node-at';

/** Whether a part of a source is a `` nix`…` `` template. */
export function isNixTemplate({ ts }: Source, node: ts.Node): node is ts.TaggedTemplateExpression {
  if (!ts.isTaggedTemplateExpression(node)) return false;
  const { tag } = node;
  const name = ts.isPropertyAccessExpression(tag) ? tag.name : tag;
  return ts.isIdentifier(name) && name.text === 'nix';
}

/** A range of a source. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The place in a template of what stands in the output, or the interpolated value that it is in: by the same way from
 * the same expression.
 */
export function inTemplate(
  source: Source,
  template: ts.TaggedTemplateExpression,
  spot: Spot,
  names: readonly string[],
): Range | { readonly value: ts.Expression } | undefined {
  const spans = source.ts.isTemplateExpression(template.template) ? template.template.templateSpans : [];
  const chunks = chunksOf(source, template);
  const code = templateTree(
    chunks,
    spans.map((span) => span.expression),
  );
  const target = nodeMeant(spot, names);
  const found = code && target && alongside(code, spot, target);
  if (!found) return undefined;
  if (found.kind === 'hole') return { value: found.value as ts.Expression };
  const pos = spanMeant(found, names);
  return pos && { start: offsetIn(chunks, pos.start), end: offsetIn(chunks, pos.end) };
}

function templateTree(chunks: readonly Chunk[], values: readonly unknown[]): Expr | undefined {
  const raw = chunks.map((chunk) => chunk.text);
  try {
    return parseTemplate(Object.assign([...raw], { raw }), values);
  } catch (error) {
    if (error instanceof NixSyntaxError) return undefined;
    throw error;
  }
}

/** The expression of a template that is where a spot is in the output, or the hole that it is in. */
function alongside(code: Expr, { steps }: Spot, target: Expr): Expr | undefined {
  const start = steps.findIndex((step) => isSame(code, step.node));
  if (start < 0) return undefined;
  const way = wayTo(bare(steps[start]!.node), bare(target)) ?? [];
  let there = bare(code);
  for (const index of way) {
    const child = there.kind === 'hole' ? undefined : childrenOf(there)[index];
    if (!child) return there;
    there = bare(child);
  }
  return there;
}

/** Which child to enter at each node on the way to one below. */
function wayTo(root: Expr, target: Expr): number[] | undefined {
  if (root === target) return [];
  for (const [index, child] of childrenOf(root).entries()) {
    const inner = bare(child);
    if (inner !== target && !isWithin(inner, target)) continue;
    const rest = wayTo(inner, target);
    if (rest) return [index, ...rest];
  }
  return undefined;
}

function isWithin(outer: Expr, inner: Expr): boolean {
  return (
    outer.pos !== undefined &&
    inner.pos !== undefined &&
    outer.pos.start <= inner.pos.start &&
    inner.pos.end <= outer.pos.end
  );
}

/** Whether an expression of the output is what a template says, whatever its values are. */
function isSame(code: Expr, node: Expr): boolean {
  const pairs: [Expr, Expr][] = [[code, node]];
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const [there, here] = [bare(pair[0]), bare(pair[1])];
    if (there.kind === 'hole') continue;
    if (there.kind !== here.kind || wordsOf(there) !== wordsOf(here)) return false;
    const [children, others] = [childrenOf(there), childrenOf(here)];
    // A value in a text may have become part of it.
    if (children.length !== others.length) return there.kind === 'str' || there.kind === 'indented';
    children.forEach((child, i) => {
      pairs.push([child, others[i]!]);
    });
  }
  return true;
}

/** What tells an expression from others of its kind, without what is in it and without what values may stand for. */
function wordsOf(node: Expr): string {
  const keys = (path: readonly Key[]) => path.length;
  switch (node.kind) {
    case 'ident':
      return node.name;
    case 'num':
      return node.text;
    case 'binary':
    case 'unary':
      return node.op;
    case 'select':
    case 'hasAttr':
      return node.path.map((key) => (key.kind === 'name' ? key.name : '?')).join('.');
    case 'lambda':
      return `${node.param ?? ''} ${node.pattern?.formals.map((formal) => formal.name).join() ?? ''}`;
    case 'set':
    case 'let':
      return node.items.map((item) => keys(item.kind === 'binding' ? item.path : item.names)).join();
    default:
      return '';
  }
}

function bare(node: Expr): Expr {
  return node.kind === 'paren' ? bare(node.expr) : node;
}

/** The expressions in a node but for those in names: a template's value may stand for a name. */
function childrenOf(node: Expr): Expr[] {
  if (node.kind === 'select') return node.orElse ? [node.of, node.orElse] : [node.of];
  if (node.kind === 'hasAttr') return [node.of];
  const children: Expr[] = [];
  if (node.kind === 'set' || node.kind === 'let' || node.kind === 'legacyLet') {
    for (const item of node.items) {
      const value = item.kind === 'binding' ? item.value : item.from;
      if (value) children.push(value);
    }
    return node.kind === 'let' ? [...children, node.body] : children;
  }
  pushChildren(node, children);
  return children.reverse();
}
