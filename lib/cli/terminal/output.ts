import type { Styled } from '../../diagnostics/styled';
import { jsonText } from './json-text';
import { released } from './released-text';

/** Writes a text for a person, out of the way of results. */
export function sayAsIs(text: Styled): void {
  process.stderr.write(released(text, process.stderr));
}

/** Writes lines for a person, out of the way of results. */
export function say(text: Styled): void {
  sayAsIs([text, '\n']);
}

/** Writes a result for a person. */
export function print(text: Styled): void {
  process.stdout.write(released(text, process.stdout));
}

/** Writes the one result for a program. */
export function printJson(value: unknown): void {
  process.stdout.write(`${jsonText(value)}\n`);
}

/** What moves the cursor of a terminal. */
const moves = { home: '\u001b[2J\u001b[H', lineStart: '\r\u001b[K' };

/** Clears the screen, or the line, if there is a terminal. */
export function clear(what: keyof typeof moves): void {
  if (process.stderr.isTTY) process.stderr.write(moves[what]);
}

/** Writes a line that the next one takes the place of, if there is a terminal. */
export function sayBriefly(text: Styled): void {
  if (process.stderr.isTTY) sayAsIs(text);
}
