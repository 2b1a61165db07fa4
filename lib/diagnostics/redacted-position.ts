import { redaction } from '../redaction';
import type { Position } from './position';
import { rawLine } from './source-line';
import { sourcePosition } from './source-position';

/** What may stand before a value and hold none itself: `token = "`, `export API_KEY=`. */
const assignment = /^\s*(?:export\s+)?[A-Za-z_][\w.-]*\s*=\s*["']{0,2}$/;

/**
 * A position whose line is not shown, as it holds a secret, but for the name that it is given to.
 *
 * @param name what stands at the position, if it is the name of a member
 */
export function redactedPosition(position: Position | undefined, name?: string | number): Position | undefined {
  if (!position?.file) return position;
  const { length, ...at } = sourcePosition(position);
  const line = rawLine(at.file, at.line) ?? '';
  const before = line.slice(0, at.column - 1);
  const shown = typeof name === 'string' ? named(line.slice(at.column - 1), name) : undefined;
  const lead = !shown && assignment.test(before) ? before : before.replace(/[^\t]/g, ' ');
  // How long a secret is, is nobody's business either.
  return { ...at, ...(shown && length !== undefined && { length }), excerpt: lead + (shown ?? redaction) };
}

/** A member's name with what it is followed by, if that is what a text starts with. */
function named(text: string, name: string): string | undefined {
  const start = [name, `'${name}'`, `"${name}"`].find((one) => text.startsWith(one));
  const colon = start && /^\s*[:=]\s*/.exec(text.slice(start.length));
  return colon ? start + colon[0] + redaction : undefined;
}
