import { readFileSync } from 'node:fs';
import { type Edit, edited, withoutControls } from '../redaction';
import { decodedText } from './decoded-text';
import { fileRedactions } from './redacted-file';

/** A line of a file as it may be shown. */
export interface ShownLine {
  readonly text: string;
  /** Where an index of the line has come to. */
  shift(index: number): number;
}

/** Reads lines of the user's files to show them; each file once, so not to be kept while the user edits. */
export function lineReader(): (file: string, line: number) => ShownLine | undefined {
  const files = new Map<string, RedactedText | undefined>();
  return (file, line) => {
    if (!files.has(file)) files.set(file, read(file));
    const known = files.get(file);
    return known && lineIn(known, line);
  };
}

interface RedactedText {
  readonly text: string;
  readonly edits: readonly Edit[];
  /** Where each line starts. */
  readonly starts: readonly number[];
}

function read(file: string): RedactedText | undefined {
  const text = textOf(file);
  if (text === undefined) return undefined;
  const ends = [...text.matchAll(lineEnd)].map(({ index, 0: end }) => index + end.length);
  return { text, edits: fileRedactions(file, text), starts: [0, ...ends] };
}

const lineEnd = /\r\n|[\n\r\u2028\u2029]/g;

function lineIn({ text, edits, starts }: RedactedText, line: number): ShownLine | undefined {
  const start = starts[line - 1];
  if (start === undefined) return undefined;
  const end = starts[line] ?? text.length;
  const shown = (to: number) => withoutControls(edited(text, edits, start, to).replace(lineEnd, ''));
  return { text: shown(end), shift: (index) => shown(Math.min(start + index, end)).length };
}

/** A line of a file of the user's as it is there; nothing if it cannot be read. */
export function rawLine(file: string, line: number): string | undefined {
  return textOf(file)?.split(lineEnd)[line - 1];
}

function textOf(file: string): string | undefined {
  try {
    return decodedText(readFileSync(file));
  } catch {
    return undefined;
  }
}
