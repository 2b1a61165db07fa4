import { failure, type Position } from '../diagnostics';
import { attrs, binding, EXPR, type Expr as Node } from '../nix';
import { isExpr } from './expr';
import { quoted } from './quoted';

/**
 * The module that imports a list of modules which only Nix knows: it can stand among other imports.
 *
 * @throws CdknixError `not-a-list-of-modules`
 */
export function listImport(modules: unknown, position: Position): Node {
  if (isExpr(modules)) return attrs([binding('imports', modules[EXPR])]);
  throw failure({
    code: 'not-a-list-of-modules',
    message: `importAll was given ${quoted(modules)}`,
    position,
    help: 'give it an expression of a list, such as lib.filesystem.listFilesRecursive(path("./modules")); import(…) takes modules one by one',
  });
}

/** The list of modules, in a module that does nothing but import them. */
export function importedList(module: Node): Node | undefined {
  if (module.kind !== 'set' || module.items.length !== 1) return undefined;
  const [item] = module.items;
  if (item?.kind !== 'binding' || item.path.length !== 1) return undefined;
  const [key] = item.path;
  return key?.kind === 'name' && key.name === 'imports' && item.value.kind !== 'list' ? item.value : undefined;
}
