import type { Comment, Trivia } from '../ast';
import { commentLines, encodeBlockComment } from '../encode';
import { BLANK, CommentText, type Doc, IN, LINE, OUT, SPACE, type Step } from './doc';

/** Comments and blank lines that stand on lines of their own. */
export function ownLines(lines: readonly (Comment | null)[] | undefined): Doc {
  if (lines === undefined) return [];
  return lines.map((line) => (line === null ? BLANK : [comment(line), LINE]));
}

/** The same before a closing bracket. */
export function closingLines(lines: readonly (Comment | null)[] | undefined): Doc {
  if (lines === undefined) return [];
  return [LINE, ownLines(lines)];
}

/** A comment behind something, on its line if it is of one line. */
export function behind(after: Comment | undefined): Doc {
  if (after === undefined) return [];
  const doc = comment(after);
  return [doc.length === 1 ? SPACE : LINE, doc, LINE];
}

function comment({ style, text }: Comment): Doc {
  if (style === 'line') return hashLines(commentLines(text));
  const isDoc = text.startsWith('*');
  const lines = encodeBlockComment(isDoc ? text.slice(1) : text).split('\n');
  if (lines.length === 1 && !isDoc) return hashLines([` ${lines[0]!.trim()}`]);
  return block(lines, isDoc);
}

function hashLines(lines: readonly string[]): Doc {
  return lines.flatMap((line, index): Step[] => {
    const text = new CommentText(`#${line.trimEnd()}`);
    return index === 0 ? [text] : [LINE, text];
  });
}

function block(lines: readonly string[], isDoc: boolean): Doc {
  const doc: Step[] = [new CommentText(isDoc ? '/**' : '/*'), LINE, IN];
  for (const line of trimmed(lines)) doc.push(line === '' ? BLANK : new CommentText(line), LINE);
  doc.push(OUT, new CommentText('*/'));
  return doc;
}

/** The lines without what is blank around them and without their common indentation. */
function trimmed(lines: readonly string[]): string[] {
  const all = [lines[0]!.trimStart(), ...unindented(lines.slice(1))];
  while (all.length > 0 && all[0] === '') all.shift();
  while (all.length > 0 && all.at(-1) === '') all.pop();
  return all;
}

function unindented(lines: readonly string[]): string[] {
  const common = Math.min(...lines.filter((line) => line !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(common));
}

const LANGUAGE = /^ ?[A-Za-z0-9+._-]{1,30} ?$/;

/** The comment in front of a string that names its language stays on its line. */
export function languageTag(of: Trivia & { readonly kind?: string }): string | undefined {
  const { before, after } = of;
  const tag = before?.length === 1 ? before[0] : undefined;
  if (tag?.style !== 'block' || after !== undefined || (of.kind !== 'str' && of.kind !== 'indented')) return undefined;
  return LANGUAGE.test(tag.text) ? `/* ${tag.text.trim()} */ ` : undefined;
}
