import { LazyPosition } from './lazy-position';
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

/** The position of a call for one of its arguments: places lead into that one. */
export function positionOfArgument(call: Position, argument: number): Position {
  if (argument === 0) return call;
  const here = ({ file, line, column, isSource }: Position) => ({ file, line, column, isSource, argument });
  return new LazyPosition(() => here(call), undefined, argument);
}

/** As `leafPosition`, found when it is first needed. */
export function leafOf(call: Position | undefined, place: Place): Position | undefined {
  return call && new LazyPosition(() => leafPosition(call, place), true);
}
