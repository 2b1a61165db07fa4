import type { Expr } from './ast';
import { parse } from './parse/parse';
import { NixSyntaxError } from './syntax-error';

/** The syntax tree of a text; nothing if it is no Nix. */
export function treeOf(text: string): Expr | undefined {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof NixSyntaxError) return undefined;
    throw error;
  }
}
