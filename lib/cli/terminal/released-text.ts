import { styleText } from 'node:util';
import { type Styled, segmentsOf } from '../../diagnostics/styled';
import { edited, sanitizingEdits } from '../../redaction';

/** A stream that a person or a program reads. */
interface Stream {
  readonly isTTY?: boolean;
}

/** Whether a stream takes colours: it is a terminal, and the user has not declined them (https://no-color.org). */
export function hasColours(stream: Stream, env: NodeJS.ProcessEnv = process.env): boolean {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

/**
 * A text as it may leave the program: secrets taken out of the whole, control characters spelled, and then the styles.
 */
export function released(text: Styled, stream: Stream): string {
  const segments = segmentsOf(text);
  const whole = segments.map((segment) => segment.text).join('');
  const edits = sanitizingEdits(whole);
  const isColoured = hasColours(stream);
  let at = 0;
  let shown = '';
  for (const segment of segments) {
    const end = at + segment.text.length;
    const part = edited(whole, edits, at, end);
    // Newer versions of Node ask the standard output, whichever stream is meant.
    shown +=
      isColoured && segment.styles.length ? styleText([...segment.styles], part, { validateStream: false }) : part;
    at = end;
  }
  return shown;
}
