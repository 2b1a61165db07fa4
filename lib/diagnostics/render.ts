import { relative } from 'node:path';
import { sanitized } from '../redaction';
import type { Diagnostic } from './diagnostic';
import type { Position } from './position';
import { redactedPosition } from './redacted-position';
import { lineReader } from './source-line';
import { sourcePosition } from './source-position';
import { joined, plainText, type Styled, styled } from './styled';

/** Renders diagnostics as they may be shown: errors last, so that they stand nearest to the prompt. */
export function renderAll(diagnostics: readonly Diagnostic[]): string {
  return sanitized(plainText(styledDiagnostics(diagnostics)));
}

/** As `renderAll`, with styles, for whoever writes it. */
export function styledDiagnostics(diagnostics: readonly Diagnostic[]): Styled {
  const ordered = [...withoutSecretLines(diagnostics)].sort((a, b) => rank(a) - rank(b));
  const readLine = lineReader();
  return joined(
    ordered.map((diagnostic) => joined(linesOf(diagnostic, readLine))),
    '\n\n',
  );
}

const rank = (diagnostic: Diagnostic) => (diagnostic.severity === 'error' ? 1 : 0);

/** Hides lines that hold a secret by what one diagnostic says of them from whatever else is said of them. */
function withoutSecretLines(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const hidden = new Set(
    diagnostics.flatMap(({ position }) => (position?.excerpt === undefined ? [] : [lineOf(position)])),
  );
  if (!hidden.size) return diagnostics;
  const hide = <T extends Pick<Diagnostic, 'position'>>(one: T): T => {
    const { position } = one;
    return position?.file && position.excerpt === undefined && hidden.has(lineOf(position))
      ? { ...one, position: redactedPosition(position) }
      : one;
  };
  return diagnostics.map((one) => hide({ ...one, ...(one.related && { related: one.related.map(hide) }) }));
}

function lineOf(position: Position): string {
  const { file, line } = sourcePosition(position);
  return `${file}:${line}`;
}

type ReadLine = ReturnType<typeof lineReader>;

/** One diagnostic: code, message, construct path, the user's line with a mark under it, and what to do. */
function linesOf({ severity, code, message, path, position, related, help }: Diagnostic, readLine: ReadLine): Styled[] {
  return [
    [styled(['bold', severity === 'error' ? 'red' : 'yellow'], `${severity}[${code}]`), `: ${message}`],
    ...placeLines({ ...(path !== undefined && { path }), ...(position && { position }) }, readLine),
    ...(related ?? []).flatMap((other) => [
      `  ${other.message}`,
      ...(other.position?.file ? excerpt(other.position, readLine) : []),
    ]),
    ...(help ? [`  help: ${help}`] : []),
  ];
}

/** Where something is: the construct's path, and the user's line with a mark under it. */
export function placeLines(at: Pick<Diagnostic, 'path' | 'position'>, readLine: ReadLine = lineReader()): Styled[] {
  return [...(at.path ? [`  in ${at.path}`] : []), ...(at.position?.file ? excerpt(at.position, readLine) : [])];
}

/** `file:line:column` of a place in the user's source, the file relative to the working directory where it is below. */
export function showPosition(position: Position): string {
  const { file, line, column } = sourcePosition(position);
  const near = relative(process.cwd(), file);
  return `${near.startsWith('..') ? file : near}:${line}:${column}`;
}

function excerpt(position: Position, readLine: ReadLine): Styled[] {
  const at: Styled = ['  ', styled('dim', 'at'), ` ${showPosition(position)}`];
  const { file, line, column, length = 1, excerpt } = sourcePosition(position);
  const shown = excerpt === undefined ? readLine(file, line) : { text: excerpt, shift: (index: number) => index };
  const text = shown?.text.trimEnd();
  if (!shown || !text) return [at];
  const start = shown.shift(column - 1);
  const end = Math.min(shown.shift(column - 1 + length), text.length);
  const number = String(line);
  const lead = text.slice(0, start).replace(/[^\t]/g, ' ');
  return [
    at,
    ['  ', styled('dim', `${number} |`), ` ${text}`],
    ['  ', styled('dim', `${' '.repeat(number.length)} |`), ` ${lead}${'^'.repeat(Math.max(1, end - start))}`],
  ];
}
