import type { Expr, Item, Key, Span } from '../nix';
import { pushChildren } from '../nix/walk';

/**
 * Where two canonical trees differ, by the smallest places of the first one that have a position.
 *
 * @param around what to name where a node has no position of its own
 */
export function differences(original: Expr, written: Expr, around: Span): Span[] {
  const found: Span[] = [];
  compare(original, written, around);
  return found;

  function compare(a: Expr, b: Expr, around: Span): void {
    const at = a.pos ?? around;
    if (a.kind !== b.kind || headOf(a) !== headOf(b)) found.push(at);
    else if (a.kind === 'set' && b.kind === 'set') compareSets(a.items, b.items, at);
    else {
      const [mine, theirs] = [childrenOf(a), childrenOf(b)];
      if (mine.length !== theirs.length) found.push(at);
      else for (const [i, child] of mine.entries()) compare(child, theirs[i]!, at);
    }
  }

  function compareSets(mine: readonly Item[], theirs: readonly Item[], at: Span): void {
    if (mine.map(nameOf).join('\0') !== theirs.map(nameOf).join('\0')) {
      found.push(at);
      return;
    }
    mine.forEach((item, i) => {
      const other = theirs[i]!;
      if (item.kind !== 'binding' || other.kind !== 'binding') return;
      const [key, otherKey] = [item.path[0]!, other.path[0]!];
      if (key.kind === 'dynamic' && otherKey.kind === 'dynamic') compare(key.expr, otherKey.expr, at);
      compare(item.value, other.value, at);
    });
  }
}

function childrenOf(node: Expr): Expr[] {
  const children: Expr[] = [];
  pushChildren(node, children);
  return children.reverse();
}

const nameOf = (item: Item) => (item.kind === 'binding' ? keyOf(item.path[0]!) : '');
const keyOf = (key: Key) => (key.kind === 'name' ? JSON.stringify(key.name) : '${}');

/** What a node says beside the expressions in it. */
function headOf(node: Expr): string {
  switch (node.kind) {
    case 'num':
      return node.text;
    case 'str':
    case 'path':
      return JSON.stringify(node.parts.map((part) => (part.kind === 'text' ? part.value : null)));
    case 'searchPath':
      return node.path;
    case 'ident':
      return node.name;
    case 'select':
      return `${node.path.map(keyOf).join('.')} ${node.orElse !== undefined}`;
    case 'hasAttr':
      return node.path.map(keyOf).join('.');
    case 'unary':
    case 'binary':
      return node.op;
    case 'lambda': {
      const names = node.pattern?.formals.map((one) => `${one.name}${one.default ? '?' : ''}`);
      return `${node.param} ${names?.join()} ${node.pattern?.ellipsis}`;
    }
    default:
      return '';
  }
}
