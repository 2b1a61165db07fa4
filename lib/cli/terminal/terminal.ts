import { relative } from 'node:path';
import { styleText } from 'node:util';
import { type Diagnostic, type Paint, renderAll } from '../../diagnostics';

/** A stream that a person or a program reads. */
interface Stream {
  readonly isTTY?: boolean;
}

type Style = Parameters<typeof styleText>[0];

/** Whether a stream takes colours: it is a terminal, and the user has not declined them (https://no-color.org). */
export function hasColours(stream: Stream, env: NodeJS.ProcessEnv = process.env): boolean {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

/** Styles text for a stream, if that takes colours. */
export function styleFor(stream: Stream): (style: Style, text: string) => string {
  if (!hasColours(stream)) return (_, text) => text;
  // Newer versions of Node ask the standard output, whichever stream is meant.
  return (style, text) => styleText(style, text, { validateStream: false });
}

/** How diagnostics are painted on a stream. */
export function paintFor(stream: Stream): Paint {
  const style = styleFor(stream);
  return {
    error: (text) => style(['bold', 'red'], text),
    warning: (text) => style(['bold', 'yellow'], text),
    dim: (text) => style('dim', text),
  };
}

/** Writes a line for a person, out of the way of results. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Shows diagnostics, all at once. */
export function showDiagnostics(diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length) say(`${renderAll(diagnostics, paintFor(process.stderr))}\n`);
}

/** How many problems there are, in words: `2 errors, 1 warning`. */
export function countProblems(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Diagnostic['severity']) => {
    const { length } = diagnostics.filter((one) => one.severity === severity);
    return length ? [`${length} ${severity}${length === 1 ? '' : 's'}`] : [];
  };
  return [...count('error'), ...count('warning')].join(', ');
}

/** Writes a result for a program. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** A path as a person would type it here. */
export function near(path: string): string {
  const from = relative(process.cwd(), path);
  return from.startsWith('../..') ? path : from || '.';
}
