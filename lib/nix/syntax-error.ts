import { sanitized } from '../redaction';

/** Source that is not Nix: what was found, what was expected, and where. */
export class NixSyntaxError extends Error {
  override readonly name = 'NixSyntaxError';

  /**
   * @param reason what is wrong, without the place: `unexpected "}", expected an expression`
   * @param offset index into the source, in UTF-16 units
   * @param line from 1
   * @param column from 1, in UTF-16 units
   */
  constructor(
    readonly reason: string,
    readonly offset: number,
    readonly line: number,
    readonly column: number,
  ) {
    super(sanitized(`${reason}, at ${line}:${column}`));
  }
}

/** The error for a place in a source; line and column are counted only here, because parsing does not need them. */
export function syntaxError(source: string, offset: number, reason: string): NixSyntaxError {
  const { line, column } = lineAndColumn(source, offset);
  return new NixSyntaxError(reason, offset, line, column);
}

/** The error for a value of a template in a place that takes none. */
export function holeInside(source: string, offset: number, what: string): NixSyntaxError {
  return syntaxError(source, offset, `a value cannot stand inside ${what}`);
}

/** Line and column, both from 1, of an offset. LF, CRLF and a lone CR end a line. */
export function lineAndColumn(source: string, offset: number): { line: number; column: number } {
  const end = Math.min(offset, source.length);
  let line = 1;
  let start = 0;
  for (const { index, 0: lineEnd } of source.slice(0, end).matchAll(/\r\n?|\n/g)) {
    line++;
    start = index + lineEnd.length;
  }
  return { line, column: end - start + 1 };
}
