import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Diagnostic, positionAt } from '../../diagnostics';
import type { Expr, Item, Lambda, Span } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import { pushChildren } from '../../nix/walk';
import { nearestNames } from '../../options/nearest';
import type { Assets } from '../assets';

/**
 * Inputs that copied Nix modules use, and that the flake does not have.
 *
 * @param inputs the names of those that it has
 */
export function checkInputs(inputs: readonly string[], assets: Assets): Diagnostic[] {
  const known = new Set([...inputs, 'self']);
  const sources = new Set([...assets.copies.values()].map((copy) => copy.source));
  return [...sources].flatMap((source) => {
    const tree = assets.treeOf(source);
    const missing = tree && takesInputs(tree) ? inputsUsed(tree).filter(({ name }) => !known.has(name)) : [];
    const text = missing.length ? readFileSync(source, 'utf8') : '';
    const path = assets.referrerOf(source)?.path;
    return missing.map(({ name, at }): Diagnostic => {
      const [near] = nearestNames(name, inputs);
      return {
        code: 'input-unknown',
        severity: 'warning',
        message: `${basename(source)} uses the input '${name}', which the flake does not have`,
        ...(path !== undefined && { path }),
        position: { ...positionAt(source, text, at), isSource: true },
        help: near ? `did you mean ${near}?` : `declare it: flake.input('${name}', { url: '…' })`,
      };
    });
  });
}

/** Whether code is a module that asks for `inputs`, and means nothing else by that name. */
function takesInputs(tree: Expr): tree is Lambda {
  return tree.kind === 'lambda' && !!tree.pattern?.formals.some((one) => one.name === 'inputs' && !one.default);
}

/** The first use of each attribute of `inputs`, but for those that the code itself asks after. */
function inputsUsed(module: Lambda): { name: string; at: number }[] {
  const used = new Map<string, number>();
  const asked = new Set<string>();
  const stack: Expr[] = [module.body];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (binds(node)) return [];
    pushChildren(node, stack);
    for (const { name, at, isAsked } of usesIn(node)) {
      if (isAsked) asked.add(name);
      else if (!used.has(name)) used.set(name, at);
    }
  }
  return [...used].filter(([name]) => !asked.has(name)).map(([name, at]) => ({ name, at }));
}

interface Use {
  readonly name: string;
  readonly at: number;
  /** Whether the code does without it. */
  readonly isAsked: boolean;
}

function usesIn(node: Expr): Use[] {
  if (node.kind === 'select' || node.kind === 'hasAttr') {
    const [name] = attributeNames(node.path);
    const span = spanOfInputs(node.of);
    // The name stands behind the dot.
    return !span || name === undefined ? [] : [{ name, at: span.end + 1, isAsked: isAsked(node) }];
  }
  return itemsOf(node).flatMap((item) => {
    const span = item.kind === 'inherit' && item.from && spanOfInputs(item.from);
    if (!span) return [];
    return attributeNames(item.names).flatMap((name) =>
      name === undefined ? [] : { name, at: span.start, isAsked: false },
    );
  });
}

const isAsked = (node: Expr) => node.kind === 'hasAttr' || (node.kind === 'select' && node.orElse !== undefined);

function spanOfInputs(node: Expr): Span | undefined {
  return node.kind === 'ident' && node.name === 'inputs' ? node.pos : undefined;
}

/** Whether something else is called `inputs` from here on. */
function binds(node: Expr): boolean {
  if (node.kind === 'lambda') {
    const { pattern, param } = node;
    return param === 'inputs' || !!pattern?.formals.some((one) => one.name === 'inputs');
  }
  if (node.kind !== 'let' && !(node.kind === 'set' && node.rec)) return false;
  return itemsOf(node).some((item) =>
    attributeNames(item.kind === 'binding' ? item.path.slice(0, 1) : item.names).includes('inputs'),
  );
}

const itemsOf = (node: Expr): readonly Item[] => (node.kind === 'let' || node.kind === 'set' ? node.items : []);
