import type { Expr, Interpolation, Item, Key, Text } from './ast';

/** Adds the expressions directly inside a node to `into`, the last one first: a stack then gives them in their order. */
export function pushChildren(node: Expr, into: Expr[]): void {
  switch (node.kind) {
    case 'str':
    case 'indented':
    case 'path':
      pushParts(node.parts, into);
      return;
    case 'select':
      if (node.orElse !== undefined) into.push(node.orElse);
      pushKeys(node.path, into);
      into.push(node.of);
      return;
    case 'hasAttr':
      pushKeys(node.path, into);
      into.push(node.of);
      return;
    case 'apply':
      pushAll(node.args, into);
      into.push(node.fn);
      return;
    case 'unary':
      into.push(node.operand);
      return;
    case 'binary':
      into.push(node.right, node.left);
      return;
    case 'lambda':
      into.push(node.body);
      for (const formal of node.pattern?.formals.toReversed() ?? []) {
        if (formal.default !== undefined) into.push(formal.default);
      }
      return;
    case 'let':
      into.push(node.body);
      pushItems(node.items, into);
      return;
    case 'legacyLet':
    case 'set':
      pushItems(node.items, into);
      return;
    case 'with':
      into.push(node.body, node.env);
      return;
    case 'assert':
      into.push(node.body, node.condition);
      return;
    case 'if':
      into.push(node.else, node.then, node.condition);
      return;
    case 'list':
      pushAll(node.items, into);
      return;
    case 'paren':
      into.push(node.expr);
      return;
    case 'num':
    case 'ident':
    case 'searchPath':
    case 'uri':
    case 'hole':
      return;
  }
}

/** The same for the expressions in the keys of an attribute path. */
export function pushKeys(keys: readonly Key[], into: Expr[]): void {
  for (let i = keys.length - 1; i >= 0; i--) {
    const key = keys[i]!;
    if (key.kind === 'dynamic') into.push(key.expr);
    else if (key.kind === 'strKey') pushParts(key.str.parts, into);
  }
}

function pushParts(parts: readonly (Text | Interpolation)[], into: Expr[]): void {
  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i]!;
    if (part.kind === 'interpolation') into.push(part.expr);
  }
}

function pushAll(exprs: readonly Expr[], into: Expr[]): void {
  for (let i = exprs.length - 1; i >= 0; i--) into.push(exprs[i]!);
}

function pushItems(items: readonly Item[], into: Expr[]): void {
  for (let i = items.length - 1; i >= 0; i--) {
    const item = items[i]!;
    if (item.kind === 'binding') {
      into.push(item.value);
      pushKeys(item.path, into);
    } else if (item.from !== undefined) {
      into.push(item.from);
    }
  }
}

/** An expression without the parentheses around it. */
export function withoutParens(expr: Expr): Expr {
  let inside = expr;
  while (inside.kind === 'paren') inside = inside.expr;
  return inside;
}
