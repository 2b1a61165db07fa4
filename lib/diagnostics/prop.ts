import { LazyPosition } from './lazy-position';
import { leafFrom } from './leaf-in';
import type { Place, Position } from './position';
import { callAt, sourceOf } from './source';
import { sourcePosition } from './source-position';

/**
 * The place of a prop in the last argument of a call, or of what makes a construct; the call's own where the source leads
 * no further. Found when it is first needed.
 */
export function propOf(call: Position | undefined, place: Place): Position | undefined {
  return call && new LazyPosition(() => propPosition(call, place), true);
}

function propPosition(call: Position, place: Place): Position {
  const at = sourcePosition(call);
  const source = at.file ? sourceOf(at.file) : undefined;
  const props = source && callAt(source, at)?.arguments?.at(-1);
  return (props && leafFrom(source, at.file, props, place)) ?? at;
}
