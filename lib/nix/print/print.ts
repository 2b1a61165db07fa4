import type { Expr } from '../ast';
import { comment } from '../build';
import { type ExprLike, unwrap } from '../expr-symbol';
import type { Mode } from './absorb';
import { BLANK, type Doc, END, GROUP } from './doc';
import { formatter } from './format';
import { closingLines, ownLines } from './format-comments';
import { layout } from './layout';
import { Writer } from './writer';

/** How `print` writes. */
export interface PrintOptions {
  /** A text that becomes a comment at the top of the file. */
  readonly header?: string;
  /**
   * A layout that every release of nixfmt leaves as it is: the body of a lambda that takes a set starts on a line of
   * its own wherever releases differ.
   */
  readonly portable?: boolean;
}

/**
 * The source of an expression, in the layout of RFC 166 (what `nixfmt --strict` makes of it, apart from what the tree
 * says about its layout), with one line break at its end. Parentheses are added where the tree needs them.
 *
 * Throws `NixValueError` for a hole that is left, and for what Nix cannot hold.
 */
export function print(expr: ExprLike, options: PrintOptions = {}): string {
  const { end, ...root } = unwrap(expr);
  const header: Doc = options.header === undefined ? [] : [ownLines(comment(options.header)), BLANK];
  const doc: Doc = [header, GROUP, root as Expr, END, closingLines(end)];
  const expanded = new Set<object>();
  for (;;) {
    const mode: Mode = { portable: options.portable === true, expanded };
    const { text, opened } = layout(new Writer(formatter(mode)).write(doc));
    // One-line formals that had to be opened are read as expanded ones, which changes what is around them.
    if (opened.length === 0) return `${text.trim()}\n`;
    for (const formals of opened) expanded.add(formals);
  }
}

/** The source of a file: `print` with the portable layout. */
export function printFile(expr: ExprLike, options: Omit<PrintOptions, 'portable'> = {}): string {
  return print(expr, { ...options, portable: true });
}
