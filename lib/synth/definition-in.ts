import type { AttrSet, Expr as Node } from '../nix';
import { moduleBody } from './module-body';

/** What the code of a module, its file's or an expression, defines an option as; only what plain sets say is seen. */
export function definitionIn(tree: Node, option: readonly string[]): Node | undefined {
  const body = moduleBody(tree);
  if (body.kind !== 'set') return undefined;
  return valueAt(body, option) ?? valueAt(body, ['config', ...option]);
}

function valueAt(set: AttrSet, path: readonly string[]): Node | undefined {
  for (const item of set.items) {
    if (item.kind === 'inherit') {
      const name = item.names.find((key) => path.length === 1 && key.kind === 'name' && key.name === path[0]);
      if (name?.kind === 'name') return { kind: 'ident', name: name.name };
      continue;
    }
    const names = item.path.map((key) => (key.kind === 'name' ? key.name : undefined));
    if (!names.every((name, i) => name === path[i])) continue;
    const { value } = item;
    const rest = path.slice(names.length);
    if (!rest.length) return value;
    const found = value.kind === 'set' ? valueAt(value, rest) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
