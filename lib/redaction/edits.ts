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
