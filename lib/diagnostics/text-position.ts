import { LazyPosition } from './lazy-position';
import type { Position } from './position';

/** The place of an offset in the text of a file. */
export function positionAt(file: string, text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { file, line: before.length, column: before.at(-1)!.length + 1 };
}

/** The places of offsets in the text of a file; its lines are counted once, when the first place is asked for. */
export function positionsIn(file: string, text: string): (offset: number) => Position {
  let starts: number[] | undefined;
  return (offset) =>
    new LazyPosition(() => {
      starts ??= [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
      const line = countUpTo(starts, offset);
      return { file, line, column: offset - starts[line - 1]! + 1 };
    });
}

/** How many of some ascending numbers are not above a limit. */
function countUpTo(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
