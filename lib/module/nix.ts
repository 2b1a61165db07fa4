import { failure, type Position, sourcePosition, userPosition, writtenTemplatePosition } from '../diagnostics';
import { NixSyntaxError, parseTemplate } from '../nix';
import type { Expr } from '../options/values';
import { Embedded } from './embedded';
import { exprOf, nodeOf } from './expr';
import { noteTemplate } from './template-places';
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
    const code = parseTemplate(strings, embedded);
    noteTemplate(code, position);
    return exprOf<T>(code);
  } catch (error) {
    if (!(error instanceof NixSyntaxError)) throw error;
    const at = writtenTemplatePosition(position, error.offset) ?? behindTag(sourcePosition(position), error);
    throw failure({ code: 'nix-syntax', message: error.reason, position: at, help: 'correct the Nix in the template' });
  }
}

/** Where an error must be, as long as no value before it takes several lines: the template starts behind the tag and its backtick. */
function behindTag(tag: Position, { line, column }: NixSyntaxError): Position {
  return { ...tag, line: tag.line + line - 1, column: line === 1 ? tag.column + 3 + column : column };
}
