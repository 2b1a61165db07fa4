import { failure, sourcePosition, userPosition } from '../diagnostics';
import { NixSyntaxError, parseTemplate } from '../nix';
import type { Expr } from '../options/values';
import { Embedded } from './embedded';
import { exprOf, nodeOf } from './expr';
import { checkTemplate } from './template-tag';

/**
 * Nix as it is: `` nix`{ pkgs, ... }: { … }` ``. It is parsed when it is written.
 *
 * Interpolated JavaScript values stand for Nix values; write `\${…}` for an interpolation of Nix's own.
 *
 * @throws CdknixError `nix-syntax` at the place in the template that is wrong, `value` for what Nix cannot hold,
 *   `not-a-template` where it is called as a function
 */
// biome-ignore lint/suspicious/noExplicitAny: where nothing says what is expected, anything is
export function nix<T = any>(strings: TemplateStringsArray, ...values: unknown[]): Expr<T> {
  const position = userPosition();
  checkTemplate('nix', strings);
  // What Nix cannot hold is shown where it is written. A text may be a name.
  const embedded = values.map((value) => {
    const node = nodeOf(value);
    return typeof value === 'string' ? value : new Embedded(node, position);
  });
  try {
    return exprOf<T>(parseTemplate(strings, embedded));
  } catch (error) {
    if (!(error instanceof NixSyntaxError)) throw error;
    const start = sourcePosition(position);
    const { line, column } = error;
    // The template starts behind the tag and its backtick.
    const at = {
      ...start,
      line: start.line + line - 1,
      column: line === 1 ? start.column + 3 + column : column,
    };
    throw failure({ code: 'nix-syntax', message: error.reason, position: at, help: 'correct the Nix in the template' });
  }
}
