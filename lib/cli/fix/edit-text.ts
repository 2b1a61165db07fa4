import type * as ts from 'typescript';
import { nodesOf, type Source } from '../../diagnostics/source';

/** A replacement in a text. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A text with edits that do not overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** A name as a key: plain where it may be, else in the quotes that the file has. */
export function keyOf({ tree }: Source, name: string, like?: ts.Node): string {
  // Written in any other way, it would be no member.
  if (name === '__proto__') return `['__proto__']`;
  if (/^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name)) return name;
  const quoted =
    /^(['"])/.exec(like?.getText(tree) ?? '') ?? /\bfrom (['"])/.exec(tree.text) ?? /(['"])/.exec(tree.text);
  const json = JSON.stringify(name);
  return quoted?.[1] === '"' ? json : `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** A text for lines of an indentation. */
export type Write = (indent: string) => string;

/** What a member is given. */
export interface Value {
  /** Where it is written. */
  readonly start: number;
  readonly write: Write;
  /** Whether it is a variable of the member's own name. */
  readonly isShorthand: boolean;
}

/** Members nested in each other around a value, on one line if the value is: `services: { x: value }`. */
export function nested(source: Source, names: readonly string[], { write, isShorthand }: Value, like?: ts.Node): Write {
  const keys = names.map((name) => keyOf(source, name, like));
  const short = write('');
  if (isShorthand && keys.at(-1) === short) return () => `${keys.join(': { ')}${' }'.repeat(keys.length - 1)}`;
  if (!short.includes('\n')) return () => `${keys.join(': { ')}: ${short}${' }'.repeat(keys.length - 1)}`;
  return (indent) => {
    const around = indentsOf(source, indent, keys.length - 1);
    return `${opening(source, keys, around)}: ${write(around.at(-1)!)}${closing(source, around)}`;
  };
}

/** The names of members nested in each other, each on a line. */
export function opening(source: Source, keys: readonly string[], around: readonly string[]): string {
  const eol = lineBreakOf(source.tree.text);
  return keys.map((key, i) => (i ? `: {${eol}${around[i]}${key}` : key)).join('');
}

/** The ends of such members. */
export function closing(source: Source, around: readonly string[]): string {
  const eol = lineBreakOf(source.tree.text);
  const ends = around.slice(0, -1).reverse();
  return ends.map((indent) => `,${eol}${indent}}`).join('');
}

/** An indentation, and those of a number of lines nested below. */
export function indentsOf({ tree }: Source, indent: string, depth: number): string[] {
  const unit = /\n(\t| {2,8})\S/.exec(tree.text)?.[1] ?? '  ';
  return Array.from({ length: depth + 1 }, (_, i) => indent + unit.repeat(i));
}

/** A comment in a text. */
export interface Comment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The comments among the tokens of a range, which starts and ends between tokens and has names and punctuation only. */
export function commentsIn({ ts, tree }: Source, start: number, end: number): Comment[] {
  const scanner = ts.createScanner(
    ts.ScriptTarget.Latest,
    false,
    ts.LanguageVariant.Standard,
    tree.text,
    undefined,
    start,
    end - start,
  );
  const comments: Comment[] = [];
  let at = start;
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const text = scanner.getTokenText();
    const isComment = kind === ts.SyntaxKind.SingleLineCommentTrivia || kind === ts.SyntaxKind.MultiLineCommentTrivia;
    if (isComment) comments.push({ start: at, end: at + text.length, text });
    at += text.length;
  }
  return comments;
}

/** Comments before a member: on lines of their own, if they were. */
export function listed(source: Source, comments: readonly Comment[], indent: string): string {
  const { text } = source.tree;
  const eol = lineBreakOf(text);
  const lines = comments.map(({ start, end }) => {
    const endsLine = /^[ \t]*[\r\n]/.test(text.slice(end));
    return reindented(source, start, end, indentAt(text, start), indent) + (endsLine ? `${eol}${indent}` : ' ');
  });
  return lines.join('');
}

/** A member with its comments: those above it, and those behind it on its line. */
export interface Extent {
  /** Of the first comment above, or of the member. */
  readonly start: number;
  /** Behind the comma, if there is one. */
  readonly commaEnd: number;
  /** Behind the comments that follow on the line, if nothing else does. */
  readonly end: number;
}

/** What belongs to a member of an object. */
export function extentOf(source: Source, member: ts.ObjectLiteralElementLike): Extent {
  const { text } = source.tree;
  const own = member.getStart(source.tree);
  let start = own;
  for (const comment of commentsIn(source, member.pos, own).reverse()) {
    // One on the line of what stands before belongs to that, and one above a blank line to all that follows.
    const isOther = hasBreak(text, comment.end, start) && !hasBreak(text, member.pos, comment.start);
    if (isOther || /\n\s*\n/.test(text.slice(comment.end, start))) break;
    start = comment.start;
  }
  const { properties } = member.parent as ts.ObjectLiteralExpression;
  const next = properties[properties.indexOf(member) + 1];
  const commaEnd = next ? next.pos : properties.hasTrailingComma ? properties.end : member.end;
  const rest = /^(?:[ \t]*(?:\/\/[^\r\n]*|\/\*(?:(?!\*\/)[^\r\n])*\*\/))*[ \t]*(?=[\r\n])/.exec(text.slice(commaEnd));
  return { start, commaEnd, end: commaEnd + (rest?.[0].trimEnd().length ?? 0) };
}

/** Removes a member with its comments; its literal keeps others. */
export function removal(source: Source, member: ts.ObjectLiteralElementLike): Edit[] {
  const { text } = source.tree;
  const { start, commaEnd, end } = extentOf(source, member);
  const { properties, end: literalEnd } = member.parent as ts.ObjectLiteralExpression;
  const isLast = properties.at(-1) === member;
  const comma = isLast && commaEnd === member.end ? [{ start: member.pos - 1, end: member.pos, text: '' }] : [];
  if (!hasBreak(text, member.pos, start)) return [...comma, { start: member.pos, end, text: '' }];
  const isLineEnd = hasBreak(
    text,
    end,
    isLast ? literalEnd : properties[properties.indexOf(member) + 1]!.getStart(source.tree),
  );
  if (!isLineEnd && !isLast) return [{ start, end: end + /^[ \t]*/.exec(text.slice(end))![0].length, text: '' }];
  // A group neither starts nor ends with a blank line.
  const before = text.slice(0, start);
  const blank = properties[0] === member ? (/^\r?\n[ \t]*(?=\r?\n)/.exec(text.slice(end))?.[0].length ?? 0) : 0;
  const from = isLast ? before.trimEnd().length : before.search(/\r?\n[^\n]*$/);
  return [...comma, { start: from, end: end + blank, text: '' }];
}

/** A member on its way into an object. */
export interface Added {
  /** Its text for the indentation of the line that it will start, or be in. */
  readonly write: Write;
  /** A comment that stands behind it on its line. */
  readonly note: string;
  /** How many line breaks it had before it; two leave a blank line. */
  readonly breaks: number;
}

/**
 * Adds members to an object.
 *
 * @param after the member to stand behind; without one, the last
 */
export function insertion(
  source: Source,
  literal: ts.ObjectLiteralExpression,
  after: ts.ObjectLiteralElementLike | undefined,
  added: readonly Added[],
): Edit[] {
  const { text } = source.tree;
  const { properties } = literal;
  const member = after ?? properties.at(-1);
  if (!member) return [intoEmpty(source, literal, added)];
  const first = properties[0]!.getStart(source.tree);
  if (!hasBreak(text, literal.getStart(source.tree), first)) return inline(source, literal, member, added);
  const { commaEnd, end } = extentOf(source, member);
  const hasComma = commaEnd > member.end;
  const line = linesOf(source, added, indentAt(text, first), hasComma);
  if (hasComma) return [{ start: end, end, text: line }];
  return [
    { start: member.end, end: member.end, text: ',' },
    { start: end, end, text: line },
  ];
}

/** Members on lines of their own, each with the line break before it. */
function linesOf({ tree }: Source, added: readonly Added[], indent: string, hasComma: boolean): string {
  const eol = lineBreakOf(tree.text);
  const lines = added.map(({ write, note, breaks }, i) => {
    const comma = hasComma || i < added.length - 1 ? ',' : '';
    return `${eol.repeat(i ? Math.max(breaks, 1) : 1)}${indent}${write(indent)}${comma}${note && ` ${note}`}`;
  });
  return lines.join('');
}

/** Adds members to an object whose members start on its own line; all get lines of their own if a new one needs some. */
function inline(
  source: Source,
  literal: ts.ObjectLiteralExpression,
  member: ts.ObjectLiteralElementLike,
  added: readonly Added[],
): Edit[] {
  const { text } = source.tree;
  const outer = indentAt(text, literal.getStart(source.tree));
  if (!needLines(added, outer) || hasBreak(text, literal.getStart(source.tree), literal.end)) {
    const onLine = added.map(({ write, note }) => {
      const block = note.startsWith('//') ? `/*${note.slice(2).replaceAll('*/', '* /')} */` : note;
      return `, ${write(outer)}${block && ` ${block}`}`;
    });
    return [{ start: member.end, end: member.end, text: onLine.join('') }];
  }
  const eol = lineBreakOf(text);
  const indent = indentsOf(source, outer, 1)[1]!;
  const { properties } = literal;
  const next = properties[properties.indexOf(member) + 1];
  const isLast = !next && !properties.hasTrailingComma;
  const at = isLast ? member.end : (next?.pos ?? properties.end);
  const broken = (start: number, indent: string) => {
    const { length } = /^\s*/.exec(text.slice(start))![0];
    return { start, end: start + length, text: `${eol}${indent}` };
  };
  return [
    ...properties.filter((one) => one !== next).map((one) => broken(one.pos, indent)),
    { start: at, end: at, text: `${isLast ? ',' : ''}${linesOf(source, added, indent, true)}` },
    next ? broken(next.pos, indent) : undefined,
    broken(text.slice(0, literal.end - 1).trimEnd().length, outer),
  ].filter((edit) => edit !== undefined);
}

function intoEmpty(source: Source, literal: ts.ObjectLiteralExpression, added: readonly Added[]): Edit {
  const { text } = source.tree;
  const start = literal.getStart(source.tree) + 1;
  const end = literal.end - 1;
  const outer = indentAt(text, start);
  const inside = text.slice(start, end).trimEnd();
  const [only, ...others] = added;
  const onLine = others.length ? !needLines(added, outer) : !only!.note.startsWith('//');
  if (!inside && onLine) {
    const members = added.map(({ write, note }) => write(outer) + (note && ` ${note}`));
    return { start, end, text: ` ${members.join(', ')} ` };
  }
  const indent = indentsOf(source, outer, 1)[1]!;
  const lines = `${linesOf(source, added, indent, true)}${lineBreakOf(text)}${outer}`;
  return { start: start + inside.length, end, text: lines };
}

const needLines = (added: readonly Added[], indent: string) =>
  added.some(({ write, note, breaks }) => breaks > 0 || note.startsWith('//') || write(indent).includes('\n'));

/** A range of a text for lines of another indentation; the lines of templates stay as they are. */
export function reindented({ ts, tree }: Source, start: number, end: number, from: string, to: string): string {
  const part = tree.text.slice(start, end);
  if (from === to || !part.includes('\n')) return part;
  const isInTemplate = (at: number) => {
    const around = nodesOf(ts, tree, (node) => node.getStart(tree) < at && at < node.end);
    return [...around].some(ts.isTemplateLiteralToken);
  };
  return part.replace(/\n([ \t]*)/g, (line, indent: string, at: number) =>
    indent.startsWith(from) && !isInTemplate(start + at + 1) ? `\n${to}${indent.slice(from.length)}` : line,
  );
}

/** The white space at the start of the line of an offset. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))![0];
}

/** Whether two offsets are on different lines. */
export function hasBreak(text: string, from: number, to: number): boolean {
  return /[\r\n]/.test(text.slice(from, to));
}

/** How the lines of a text end. */
export function lineBreakOf(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}
