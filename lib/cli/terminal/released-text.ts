import { styleText } from 'node:util';
import { type Segment, type Styled, segmentsOf } from '../../diagnostics/styled';
import { editedParts, sanitizingEdits } from '../../redaction';

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
  let length = 0;
  const ends = segments.map((segment) => (length += segment.text.length));
  const parts = [...editedParts(whole, sanitizingEdits(whole), ends)];
  if (!hasColours(stream)) return parts.join('');
  // Newer versions of Node ask the standard output, whichever stream is meant.
  const paint = (part: string, { styles }: Segment) =>
    styles.length ? styleText([...styles], part, { validateStream: false }) : part;
  return parts.map((part, i) => paint(part, segments[i]!)).join('');
}
