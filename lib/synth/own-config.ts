import { isExpr, type OptionsDeclaration } from '../module';
import { type AttrSet, binding, ident, mapTree, type Expr as Node, namesIn, select } from '../nix';
import { attributeNames } from '../nix/attribute-names';
import { pushChildren } from '../nix/walk';

/** The group that all options of a module are in; empty if they are in several. */
export function declaredGroup(declarations: readonly OptionsDeclaration[]): readonly string[] {
  const groups: (readonly string[])[] = [];
  for (const { options } of declarations) add(options, []);
  return groups.length ? groups.reduce(common) : [];

  function add(tree: unknown, group: readonly string[]): void {
    for (const [name, member] of Object.entries(tree as object)) {
      if (isExpr(member)) groups.push(group);
      else add(member, [...group, name]);
    }
  }
}

function common(a: readonly string[], b: readonly string[]): readonly string[] {
  const end = a.findIndex((name, i) => name !== b[i]);
  return end < 0 ? a : a.slice(0, end);
}

/**
 * The module with `cfg` for the configuration of its own options, as nixpkgs' modules have it:
 * `let cfg = config.services.x; in { … }`.
 *
 * @param group what its options are in
 */
export function withOwnConfig(module: AttrSet, group: readonly string[]): Node {
  if (!group.length || namesIn(module).used.has('cfg')) return module;
  const hidden = nodesWhereBound(module, 'config');
  let isUsed = false;
  const body = mapTree(module, (node) => {
    if (node.kind !== 'select' || node.orElse || hidden.has(node)) return node;
    if (node.of.kind !== 'ident' || node.of.name !== 'config') return node;
    if (attributeNames(node.path.slice(0, group.length)).join('\0') !== group.join('\0')) return node;
    isUsed = true;
    return select(ident('cfg'), ...node.path.slice(group.length));
  });
  if (!isUsed) return module;
  return { kind: 'let', items: [binding('cfg', select(ident('config'), ...group))], body };
}

/** The nodes inside of functions that have a variable of their own of a name. */
function nodesWhereBound(tree: Node, name: string): Set<Node> {
  const found = new Set<Node>();
  const stack: (readonly [node: Node, isBound: boolean])[] = [[tree, false]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [node, isBound] = next;
    if (isBound) found.add(node);
    const binds =
      node.kind === 'lambda' && (node.param === name || node.pattern?.formals.some((formal) => formal.name === name));
    const children: Node[] = [];
    pushChildren(node, children);
    for (const child of children) stack.push([child, isBound || !!binds]);
  }
  return found;
}
