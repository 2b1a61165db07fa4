import { leafIn } from './leaf-in';
import type { Place, Position } from './position';
import { sourceOf } from './source';
import { sourcePosition } from './source-position';

/**
 * The place in the user's source of what stands at a place in the argument of a call of `set`: the name of a member, or
 * the element of a list. Where the source leads no further, that of the last name that was found; at worst the call's own.
 */
export function leafPosition(call: Position, place: Place): Position {
  const at = sourcePosition(call);
  if (!place.length || !at.file) return at;
  const source = sourceOf(at.file);
  return (source && leafIn(source, at, place)) ?? at;
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
