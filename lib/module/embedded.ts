import type { Position } from '../diagnostics';
import { EXPR, type Expr as Node } from '../nix';

/**
 * A value in a template, with the place of the template. What Nix makes a text of it depends on its type, which synth knows:
 * there a hole that holds this is spelled.
 */
export class Embedded {
  constructor(
    readonly node: Node,
    readonly position: Position,
  ) {}

  get [EXPR](): Node {
    return this.node;
  }
}
