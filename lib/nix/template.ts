import type { Expr } from './ast';
import { EXPR, type HasExpr } from './expr-symbol';
import { parse } from './parse/parse';
import { lineAndColumn, NixSyntaxError } from './syntax-error';

/**
 * Nix as it is written: `` nix`{ port = ${port}; }` `` (see `parseTemplate`). The tree may be used as one, and it may
 * stand in JavaScript data. Throws `NixSyntaxError`.
 */
export function nix(strings: TemplateStringsArray, ...values: unknown[]): Expr & HasExpr {
  const tree = parseTemplate(strings, values);
  return Object.defineProperty(tree, EXPR, { value: tree }) as Expr & HasExpr;
}

const ESCAPED = /\\(\$\{|`)/g;

/**
 * Parses the template of a tag. Each value becomes a hole: in a string an interpolation of one, as an attribute name a
 * dynamic one, but a JavaScript string as an attribute name becomes that name.
 *
 * `\${` is Nix's own `${`, and `` \` `` a backtick; any other backslash is Nix's (`\$\{` in a string is the text `${`).
 *
 * Throws `NixSyntaxError`, whose `line` and `column` count from the template's first character as it is written, as if
 * each `${value}` were one character: where a line has no value before the error, the column is right as it is.
 * `offset` is an index into `strings.raw.join('\0')`.
 */
export function parseTemplate(strings: TemplateStringsArray, values: readonly unknown[]): Expr {
  const { raw } = strings;
  const written = raw.join('\0');
  const source = raw.map((text) => text.replace(ESCAPED, '$1')).join('\0');
  try {
    const nul = raw.findIndex((text) => text.includes('\0'));
    if (nul < 0) return parse(source, { holes: values, names: 'check' });
    const before = raw.slice(0, nul).reduce((sum, text) => sum + text.length + 1, 0);
    throw positioned(written, before + raw[nul]!.indexOf('\0'), 'unexpected character U+0000');
  } catch (error) {
    if (!(error instanceof NixSyntaxError) || source === written) throw error;
    throw positioned(written, writtenOffset(written, error.offset), error.reason);
  }
}

function positioned(written: string, offset: number, reason: string): NixSyntaxError {
  const { line, column } = lineAndColumn(written, offset);
  return new NixSyntaxError(reason, offset, line, column);
}

/** Each escape before an offset took one character from the template. */
function writtenOffset(written: string, offset: number): number {
  let shifted = offset;
  for (const { index } of written.matchAll(ESCAPED)) {
    if (index >= shifted) break;
    shifted++;
  }
  return shifted;
}
