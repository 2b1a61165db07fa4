import type { Expr } from '../nix';

/** What a module's code comes to: what stands behind its arguments, `let`, `with` and parentheses. */
export function moduleBody(tree: Expr): Expr {
  let at = tree;
  for (;;) {
    if (at.kind === 'paren') at = at.expr;
    else if (at.kind === 'lambda' || at.kind === 'let' || at.kind === 'with' || at.kind === 'assert') at = at.body;
    else return at;
  }
}
