import { LazyPosition } from './lazy-position';
import type { Position } from './position';
import { sourceOf } from './source';
import { sourcePosition } from './source-position';
import { type Chunk, chunksOf, offsetIn, templateAt, writtenOffsetIn } from './template-source';

/**
 * The place of something in a template; that of the tag where the source cannot be read.
 *
 * @param at its offset, as `offsetIn` takes it
 */
export function templatePosition(tag: Position, at: number, length: number): Position {
  return new LazyPosition(() => {
    const start = sourcePosition(tag);
    return placeIn(start, (chunks) => offsetIn(chunks, at), length) ?? start;
  }, true);
}

/** The place of an offset in the texts of a template as they are written, if the source can be read. */
export function writtenTemplatePosition(tag: Position, at: number): Position | undefined {
  return placeIn(sourcePosition(tag), (chunks) => writtenOffsetIn(chunks, at));
}

function placeIn(tag: Position, offsetOf: (chunks: readonly Chunk[]) => number, length?: number): Position | undefined {
  const source = tag.file ? sourceOf(tag.file) : undefined;
  const template = source && templateAt(source, tag);
  if (!template) return undefined;
  const { line, character } = source.tree.getLineAndCharacterOfPosition(offsetOf(chunksOf(source, template)));
  return { file: tag.file, line: line + 1, column: character + 1, ...(length && { length }), isSource: true };
}
