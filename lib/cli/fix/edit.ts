import type { Fix, Position } from '../../diagnostics';
import type { Compiler } from '../../diagnostics/compiler';
import { leafIn } from '../../diagnostics/leaf-in';
import { callOfSet, parseSource, type Source, withoutMark } from '../../diagnostics/source';
import { showPath } from '../../options/show-value';
import { planEdits } from './edit-plan';
import { type Edit, edited } from './edit-text';

/** What became of a fix. */
export interface Outcome {
  readonly fix: Fix;
  /** What it is about, in the text as it was. */
  readonly position: Position;
  /** Why it was not made, if it was not. */
  readonly reason?: string;
}

/** A fix on the way: the place of its call moves with the text. */
interface Pending extends Outcome {
  /** Offset of the name in the call; negative if there is no such call. */
  call: number;
}

/**
 * Makes fixes in the text of a file: definitions get the names that their options have now, and everything else stays as
 * it is written. Each fix sees what those before it have done; one that says the same as another is made once.
 */
export function applyFixes(
  ts: Compiler,
  file: string,
  text: string,
  fixes: readonly Fix[],
): { readonly text: string; readonly outcomes: readonly Outcome[] } {
  const body = withoutMark(text);
  let source = parseSource(ts, file, body);
  const pending = pendingOf(source, fixes);
  const outcomes = new Map<Pending, Outcome>();
  // What is deeper first: the fix of a group would take the names away that lead there.
  for (const one of pending.toSorted((a, b) => b.fix.from.length - a.fix.from.length)) {
    const edits = editsOf(source, one, pending);
    const reason = typeof edits === 'string' ? { reason: edits } : undefined;
    outcomes.set(one, { fix: one.fix, position: one.position, ...reason });
    if (typeof edits === 'string') continue;
    source = parseSource(ts, file, edited(source.tree.text, edits));
    for (const other of pending) other.call = moved(other.call, edits);
  }
  const mark = text.slice(0, text.length - body.length);
  return { text: mark + source.tree.text, outcomes: pending.map((one) => outcomes.get(one)!) };
}

function pendingOf(source: Source, fixes: readonly Fix[]): Pending[] {
  const pending = new Map<string, Pending>();
  const offsets = new Map([...source.calls].map(([offset, call]) => [call, offset]));
  for (const fix of fixes) {
    const call = callOfSet(source, fix.call);
    const offset = call ? offsets.get(call)! : -1;
    const key = JSON.stringify([call ? offset : fix.call, fix.call.argument, fix.from, fix.to]);
    if (pending.has(key)) continue;
    pending.set(key, { fix, position: leafIn(source, fix.call, fix.from) ?? fix.call, call: offset });
  }
  return [...pending.values()];
}

function editsOf(source: Source, { fix, call }: Pending, pending: readonly Pending[]): readonly Edit[] | string {
  const argument = source.calls.get(call)?.arguments?.[fix.call.argument ?? 0];
  if (!argument) return 'the source has changed since it ran';
  const rival = pending.find((one) => one.call === call && one.fix !== fix && same(one.fix, fix));
  if (rival) return `it has two new names, ${showPath(fix.to)} and ${showPath(rival.fix.to)}`;
  return planEdits(source, argument, fix);
}

/** Whether two fixes are of one place in one argument. */
const same = (a: Fix, b: Fix) =>
  a.call.argument === b.call.argument && JSON.stringify(a.from) === JSON.stringify(b.from);

/** Where an offset outside of all edits is after them. */
function moved(offset: number, edits: readonly Edit[]): number {
  const before = edits.filter((edit) => edit.end <= offset);
  return before.reduce((at, { start, end, text }) => at + text.length - (end - start), offset);
}
