import type * as ts from 'typescript';
import type { Position } from './position';
import { nodesOf, type Source } from './source';

/** A text of a template, as it is written, and where it is in the source. */
export interface Chunk {
  readonly text: string;
  readonly start: number;
}

/** The texts of a template, between its values. */
export function chunksOf({ ts, tree }: Source, { template }: ts.TaggedTemplateExpression): Chunk[] {
  const spans = ts.isTemplateExpression(template) ? template.templateSpans : [];
  const head = ts.isTemplateExpression(template) ? template.head : template;
  return [head, ...spans.map((span) => span.literal)].map((literal) => {
    const text = literal.getText(tree);
    return { text: text.slice(1, text.endsWith('${') ? -2 : -1), start: literal.getStart(tree) + 1 };
  });
}

/** The offset in the source of one in the texts of a template, which the parser saw joined and without escapes. */
export function offsetIn(chunks: readonly Chunk[], at: number): number {
  let seen = 0;
  for (const { text, start } of chunks) {
    for (let i = 0; i <= text.length; i++) {
      const escapes = isEscape(text, i);
      if (seen === at) return start + (escapes ? i + 1 : i);
      if (!escapes) seen++;
    }
  }
  const { text, start } = chunks.at(-1)!;
  return start + text.length;
}

function isEscape(text: string, i: number): boolean {
  return text[i] === '\\' && (text[i + 1] === '`' || text.startsWith('${', i + 1));
}

/** The same for an offset in the texts as they are written, joined by one character each. */
export function writtenOffsetIn(chunks: readonly Chunk[], at: number): number {
  let rest = at;
  for (const { text, start } of chunks) {
    if (rest <= text.length) return start + rest;
    rest -= text.length + 1;
  }
  const { text, start } = chunks.at(-1)!;
  return start + text.length;
}

/** The template whose tag is at a place: the engine gives the last name of it, or its start. */
export function templateAt({ ts, tree }: Source, { line, column }: Position): ts.TaggedTemplateExpression | undefined {
  const start = tree.getLineStarts()[line - 1];
  if (start === undefined) return undefined;
  const offset = start + column - 1;
  for (const node of nodesOf(ts, tree, ({ pos, end }) => pos <= offset && offset <= end)) {
    if (ts.isTaggedTemplateExpression(node) && node.getStart(tree) <= offset && offset <= node.tag.end) return node;
  }
  return undefined;
}
