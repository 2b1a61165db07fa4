import { controlsSpelled } from './control-characters';
import { type Edit, edited, type Range } from './edits';
import { quotedSecretsIn } from './quoted-secrets';
import { secretsIn } from './secrets';

/** What stands for what nobody is to see. */
export const redaction = '••••';

/** The edits that take secrets out of a text, which keeps its lines. */
export function redactionsOf(text: string, named: readonly Range[] = quotedSecretsIn(text)): Edit[] {
  const ranges = [...secretsIn(text).map(({ at, end }) => ({ start: at, end })), ...named];
  const edits: Edit[] = [];
  let done = 0;
  for (const { start, end } of ranges.sort((a, b) => a.start - b.start)) {
    const from = Math.max(done, start);
    // How long a line of it is, is nobody's business either.
    for (const { index, 0: line } of text.slice(from, end).matchAll(/\S(?:.*\S)?/g)) {
      edits.push({ start: from + index, end: from + index + line.length, text: redaction });
    }
    done = Math.max(done, end);
  }
  return edits;
}

/** A text without the secrets that are in it, be they acknowledged or not. */
export function redacted(text: string): string {
  return edited(text, redactionsOf(text));
}

/** A text of which no more is shown than a person reads. Secrets are taken out first: a part of one tells a part of it. */
export function shortened(text: string, most: number): string {
  const shown = redacted(text);
  return shown.length > most ? `${shown.slice(0, most)}…` : shown;
}

/** The edits that make of a text what may leave the program: without secrets, and with control characters spelled. */
export function sanitizingEdits(text: string): Edit[] {
  const redactions = redactionsOf(text);
  const controls = controlsSpelled(text);
  return controls.length ? [...redactions, ...controls].sort((a, b) => a.start - b.start) : redactions;
}

/** A text as it may leave the program. */
export function sanitized(text: string): string {
  return edited(text, sanitizingEdits(text));
}
