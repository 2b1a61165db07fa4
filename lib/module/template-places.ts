import { type Position, templatePosition } from '../diagnostics';
import type { Key, Expr as Node } from '../nix';
import { pushChildren } from '../nix/walk';

/** The tags of the templates that code was written in, by what refers to something in it. */
const tags = new WeakMap<object, Position>();

/** Notes that code was written in a template. */
export function noteTemplate(code: Node, tag: Position): void {
  const stack: Node[] = [code];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === 'ident' || node.kind === 'select') tags.set(node, tag);
    if ('items' in node && node.kind !== 'list') {
      for (const item of node.items) if (item.kind === 'inherit') for (const key of item.names) tags.set(key, tag);
    }
    pushChildren(node, stack);
  }
}

/** Where a variable, a selection or an inherited name was written, if in a template. */
export function templatePlace(node: Node | Key): Position | undefined {
  const tag = tags.get(node);
  const { pos } = node;
  return tag && pos && templatePosition(tag, pos.start, pos.end - pos.start);
}
