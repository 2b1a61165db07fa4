import type * as ts from 'typescript';
import type { Place, Position } from './position';
import { callOfSet, type Source, sourceOf } from './source';
import { sourcePosition } from './source-position';
import { trailsOf } from './trail';

/**
 * The place in the user's source of what stands at a place in the argument of a call of `set`: the name of a member, or
 * the element of a list. Where the source leads no further, that of the last name that was found; at worst the call's own.
 */
export function leafPosition(call: Position, place: Place): Position {
  const at = sourcePosition(call);
  if (!place.length || !at.file) return at;
  const source = sourceOf(at.file);
  const argument = source && callOfSet(source, at)?.arguments[0];
  const end = argument && trailsOf(source.ts, argument, place)[0]?.end;
  return end ? placeOf(source, at.file, end) : at;
}

/** As `leafPosition`, found when it is first needed. */
export function leafOf(call: Position | undefined, place: Place): Position | undefined {
  return call && new Leaf(call, place);
}

class Leaf implements Position {
  readonly isSource = true;
  private found: Position | undefined;

  constructor(
    private readonly call: Position,
    private readonly path: Place,
  ) {}

  get file() {
    return this.resolved.file;
  }
  get line() {
    return this.resolved.line;
  }
  get column() {
    return this.resolved.column;
  }
  get length() {
    return this.resolved.length;
  }

  toJSON(): Position {
    return this.resolved;
  }

  private get resolved(): Position {
    this.found ??= leafPosition(this.call, this.path);
    return this.found;
  }
}

/** The place of a node, as far as it is on one line. */
function placeOf({ ts, tree }: Source, file: string, node: ts.Node): Position {
  const shown = (ts.isObjectLiteralElementLike(node) && node.name) || node;
  const start = shown.getStart(tree);
  const { line, character } = tree.getLineAndCharacterOfPosition(start);
  const lineEnd = tree.text.slice(start, shown.end).search(/[\r\n\u2028\u2029]/);
  const length = lineEnd < 0 ? shown.end - start : lineEnd;
  return { file, line: line + 1, column: character + 1, length, isSource: true };
}
