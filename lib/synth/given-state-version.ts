import { leafOf, type Position } from '../diagnostics';
import { type Contribution, File, isExpr } from '../module';
import { EXPR, type Expr as Node } from '../nix';
import type { Assets } from './assets';
import { definitionIn } from './definition-in';
import { memberAt } from './definitions';

/** A `stateVersion`, and where it is said. */
export interface Given {
  readonly version: string | number;
  readonly position: Position | undefined;
}

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
): Given | undefined {
  for (const { config, position } of module.definitions) {
    const name = [option, 'stateVersion'];
    const value = memberAt(config, name);
    const version = isExpr(value) ? literalOf(value[EXPR]) : value;
    if (typeof version === 'string' || typeof version === 'number')
      return { version, position: leafOf(position, name) };
  }
  for (const { module: imported, position } of module.imports) {
    const find = finders[option];
    const found = imported instanceof File ? assets.findIn(imported, path, find) : find(imported[EXPR]);
    if (found) return { version: found.version, position: assets.positionOf(found.tree, found.at) ?? position };
  }
  return undefined;
}

/** Where the code of a module says a version. */
interface Found {
  readonly version: string | number;
  readonly tree: Node;
  readonly at: Node;
}

const finders = {
  system: (tree: Node) => stateVersionIn(tree, 'system'),
  home: (tree: Node) => stateVersionIn(tree, 'home'),
};

function stateVersionIn(tree: Node, option: string): Found | undefined {
  const at = definitionIn(tree, [option, 'stateVersion']);
  const version = at && literalOf(at);
  return version === undefined ? undefined : { version, tree, at: at! };
}

function literalOf(node: Node): string | number | undefined {
  if (node.kind === 'num') return Number(node.text);
  const [text, more] = node.kind === 'str' ? node.parts : [];
  return text?.kind === 'text' && !more ? text.value : undefined;
}
