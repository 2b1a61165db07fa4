import type { Expr, Interpolation, Item, Key, Text } from './ast';

type Change = (expr: Expr) => Expr;

/** The node with each expression directly inside of it changed; the node itself if none is. */
export function mapChildren(node: Expr, change: Change): Expr {
  switch (node.kind) {
    case 'num':
    case 'searchPath':
    case 'uri':
    case 'ident':
    case 'hole':
      return node;
    case 'str':
    case 'indented':
    case 'path':
      return patch(node, { parts: mapParts(node.parts, change) });
    case 'select':
      return patch(node, {
        of: change(node.of),
        path: mapKeys(node.path, change),
        ...(node.orElse && { orElse: change(node.orElse) }),
      });
    case 'hasAttr':
      return patch(node, { of: change(node.of), path: mapKeys(node.path, change) });
    case 'apply':
      return patch(node, { fn: change(node.fn), args: mapAll(node.args, change) });
    case 'unary':
      return patch(node, { operand: change(node.operand) });
    case 'binary':
      return patch(node, { left: change(node.left), right: change(node.right) });
    case 'lambda': {
      const { pattern } = node;
      const formals =
        pattern && mapAll(pattern.formals, (one) => (one.default ? patch(one, { default: change(one.default) }) : one));
      return patch(node, {
        ...(pattern && formals && { pattern: formals === pattern.formals ? pattern : { ...pattern, formals } }),
        body: change(node.body),
      });
    }
    case 'let':
      return patch(node, { items: mapItems(node.items, change), body: change(node.body) });
    case 'legacyLet':
    case 'set':
      return patch(node, { items: mapItems(node.items, change) });
    case 'with':
      return patch(node, { env: change(node.env), body: change(node.body) });
    case 'assert':
      return patch(node, { condition: change(node.condition), body: change(node.body) });
    case 'if':
      return patch(node, { condition: change(node.condition), then: change(node.then), else: change(node.else) });
    case 'list':
      return patch(node, { items: mapAll(node.items, change) });
    case 'paren':
      return patch(node, { expr: change(node.expr) });
  }
}

function patch<T extends object>(node: T, fields: Partial<T>): T {
  for (const key of Object.keys(fields) as (keyof T)[]) {
    if (fields[key] !== node[key]) return { ...node, ...fields };
  }
  return node;
}

function mapAll<T>(all: readonly T[], change: (one: T) => T): readonly T[] {
  let changed: T[] | undefined;
  all.forEach((one, i) => {
    const next = change(one);
    if (next !== one) changed ??= all.slice(0, i);
    changed?.push(next);
  });
  return changed ?? all;
}

function mapParts(parts: readonly (Text | Interpolation)[], change: Change): readonly (Text | Interpolation)[] {
  return mapAll(parts, (part) => (part.kind === 'text' ? part : patch(part, { expr: change(part.expr) })));
}

function mapKeys(keys: readonly Key[], change: Change): readonly Key[] {
  return mapAll(keys, (key): Key => {
    if (key.kind === 'dynamic') return patch(key, { expr: change(key.expr) });
    if (key.kind === 'strKey') return patch(key, { str: patch(key.str, { parts: mapParts(key.str.parts, change) }) });
    return key;
  });
}

function mapItems(items: readonly Item[], change: Change): readonly Item[] {
  return mapAll(items, (item): Item => {
    if (item.kind === 'binding') return patch(item, { path: mapKeys(item.path, change), value: change(item.value) });
    return item.from ? patch(item, { from: change(item.from) }) : item;
  });
}
