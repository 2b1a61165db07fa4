import { type Contribution, File, isExpr } from '../module';
import { type AttrSet, EXPR, type Expr as Node } from '../nix';
import type { Assets } from './assets';
import { memberAt } from './definitions';
import { moduleBody } from './module-body';

/**
 * The `stateVersion` that a module says in another way than by the prop: in what it defines, or in a file that it
 * imports. An expression that only Nix can work out counts for nothing.
 *
 * @param option `system` for a host, `home` for a home
 */
export function givenStateVersion(
  module: Contribution,
  option: 'system' | 'home',
  assets: Assets,
  path: string,
): string | number | undefined {
  for (const { config } of module.definitions) {
    const value = memberAt(config, [option, 'stateVersion']);
    if (typeof value === 'string' || typeof value === 'number') return value;
    const literal = isExpr(value) ? literalOf(value[EXPR]) : undefined;
    if (literal !== undefined) return literal;
  }
  for (const { module: imported } of module.imports) {
    const trees = imported instanceof File ? assets.treesOf(imported, path) : imported[EXPR] ? [imported[EXPR]] : [];
    for (const tree of trees) {
      const version = stateVersionIn(tree, option);
      if (version !== undefined) return version;
    }
  }
  return undefined;
}

/** The literal at `system.stateVersion` of the set that a module's file is, or is a function to. */
function stateVersionIn(tree: Node, option: string): string | number | undefined {
  const at = moduleBody(tree);
  if (at.kind !== 'set') return undefined;
  return literalAt(at, [option, 'stateVersion']) ?? literalAt(at, ['config', option, 'stateVersion']);
}

function literalAt(set: AttrSet, path: readonly string[]): string | number | undefined {
  for (const item of set.items) {
    if (item.kind !== 'binding') continue;
    const names = item.path.map((key) => (key.kind === 'name' ? key.name : undefined));
    if (!names.every((name, i) => name === path[i])) continue;
    const { value } = item;
    const rest = path.slice(names.length);
    if (rest.length && value.kind === 'set') {
      const found = literalAt(value, rest);
      if (found !== undefined) return found;
    } else if (!rest.length) return literalOf(value);
  }
  return undefined;
}

function literalOf(node: Node): string | number | undefined {
  if (node.kind === 'num') return Number(node.text);
  const [text, more] = node.kind === 'str' ? node.parts : [];
  return text?.kind === 'text' && !more ? text.value : undefined;
}
