import type { Expr } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import { withoutParens } from '../../nix/walk';
import { lookUp, type Scope } from '../scope';

/** A selection from an argument of the module, or from one of Nix's own variables. */
export interface NamePath {
  readonly root: string;
  readonly path: readonly string[];
}

/** What an expression selects, through whatever stands for it: `mkIf` below `with lib;` is `lib.mkIf`. */
export function pathOf(expr: Expr, scope: Scope): NamePath | undefined {
  const names: string[] = [];
  let at = expr;
  let inside = scope;
  for (;;) {
    at = withoutParens(at);
    if (at.kind === 'select') {
      const path = attributeNames(at.path);
      if (at.orElse || path.includes(undefined)) return undefined;
      names.unshift(...(path as string[]));
      at = at.of;
    } else if (at.kind === 'ident') {
      const found = lookUp(inside, at.name);
      if (found.kind === 'alias') {
        at = found.expr;
        inside = found.scope;
      } else {
        const isRoot = found.kind === 'global' || found.kind === 'free' || (found.kind === 'code' && found.isArgument);
        return isRoot ? { root: at.name, path: names } : undefined;
      }
    } else return undefined;
  }
}
