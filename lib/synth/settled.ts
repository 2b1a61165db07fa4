import { exprOf, isExpr } from '../module';
import { type Binding, EXPR, type Item, ident, mapTree, type Expr as Node } from '../nix';
import { attributeNames } from '../nix/attribute-names';

/**
 * The tree without what constants decide: `lib.mkIf true x` is `x`, and a binding or an element `lib.mkIf false x` is left
 * out, as Nix does with it.
 */
export function settled(tree: Node): Node {
  return mapTree(tree, settledNode);
}

/**
 * What a definition comes to where its condition is a constant: its content, or nothing.
 *
 * @param resolve spells the condition
 */
export function settledDefinition(config: unknown, resolve: (node: Node) => Node): unknown {
  const call = isExpr(config) ? mkIfIn(config[EXPR]) : undefined;
  const known = call && constantIn(resolve(call.condition));
  if (known === undefined) return config;
  return known ? settledDefinition(exprOf(call!.content), resolve) : undefined;
}

function settledNode(node: Node): Node {
  switch (node.kind) {
    case 'paren':
      return constantIn(node.expr) === undefined ? node : node.expr;
    case 'unary': {
      const known = node.op === '!' ? constantIn(node.operand) : undefined;
      return known === undefined ? node : constant(!known);
    }
    case 'binary':
      return settledBinary(node);
    case 'if': {
      const known = constantIn(node.condition);
      return known === undefined ? node : known ? node.then : node.else;
    }
    case 'list':
      return node.items.some(isDropped) ? { ...node, items: node.items.filter((one) => !isDropped(one)) } : node;
    case 'set':
      return node.items.some(isDroppedItem)
        ? { ...node, items: node.items.filter((one) => !isDroppedItem(one)) }
        : node;
    case 'apply': {
      const call = mkIfIn(node);
      return call && constantIn(call.condition) ? withComments(node, call.content) : node;
    }
    default:
      return node;
  }
}

/** What stands for a node, below the comments that are above it. */
function withComments({ before }: Node, by: Node): Node {
  return before ? { ...by, before: [...before, ...(by.before ?? [])] } : by;
}

function settledBinary(node: Extract<Node, { kind: 'binary' }>): Node {
  const [left, right] = [constantIn(node.left), constantIn(node.right)];
  switch (node.op) {
    case '&&':
      if (left === false || right === false) return constant(false);
      return left ? node.right : right ? node.left : node;
    case '||':
      if (left || right) return constant(true);
      return left === false ? node.right : right === false ? node.left : node;
    case '->':
      if (left === false || right) return constant(true);
      return left ? node.right : node;
    default:
      return node;
  }
}

const constant = (value: boolean): Node => ident(String(value));

function constantIn(node: Node): boolean | undefined {
  if (node.kind === 'paren') return constantIn(node.expr);
  if (node.kind !== 'ident' || node.before || node.after) return undefined;
  return node.name === 'true' ? true : node.name === 'false' ? false : undefined;
}

const isDroppedItem = (item: Item): item is Binding => item.kind === 'binding' && isDropped(item.value);

function isDropped(node: Node): boolean {
  const call = mkIfIn(node);
  return call !== undefined && constantIn(call.condition) === false;
}

function mkIfIn(node: Node): { readonly condition: Node; readonly content: Node } | undefined {
  if (node.kind === 'paren') return mkIfIn(node.expr);
  if (node.kind !== 'apply' || node.fn.kind !== 'select' || node.fn.of.kind !== 'ident') return undefined;
  const [condition, content, ...more] = node.args;
  const isIt = node.fn.of.name === 'lib' && attributeNames(node.fn.path).join('.') === 'mkIf';
  return isIt && condition && content && !more.length ? { condition, content } : undefined;
}
