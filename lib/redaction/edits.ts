/** A part of a text, by its offsets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** What takes the place of a part of a text. */
export interface Edit extends Range {
  readonly text: string;
}

/**
 * The parts of a text with its edits. An edit over an end belongs to the part that it ends in.
 *
 * @param edits in the order of the text; one within another is left out
 * @param ends where each part ends; the first one starts with the text
 */
export function* editedParts(text: string, edits: readonly Edit[], ends: Iterable<number>): Iterable<string> {
  let at = 0;
  let next = 0;
  for (const end of ends) {
    let shown = '';
    for (let edit = edits[next]; edit && edit.end <= end; edit = edits[++next]) {
      if (edit.start < at) continue;
      shown += text.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    const stop = Math.max(at, Math.min(end, edits[next]?.start ?? end));
    shown += text.slice(at, stop);
    at = stop;
    yield shown;
  }
}

/**
 * A part of a text with its edits. One that does not end in it is left out with what is before its end.
 *
 * @param edits in the order of the text; one within another is left out
 */
export function edited(text: string, edits: readonly Edit[], from = 0, to = text.length): string {
  let shown = '';
  let at = from;
  for (const edit of edits) {
    if (edit.end <= at || edit.start >= to) continue;
    if (edit.start < at && edit.start >= from) continue;
    shown += text.slice(at, edit.start);
    if (edit.end > to) return shown;
    shown += edit.text;
    at = edit.end;
  }
  return shown + text.slice(at, to);
}
