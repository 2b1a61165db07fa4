import { relative } from 'node:path';
import type { Diagnostic } from './diagnostic';
import { lineOf } from './line';
import type { Position } from './position';
import { sourcePosition } from './source-position';

/** How to paint the parts of a diagnostic; the default paints nothing. */
export interface Paint {
  error(text: string): string;
  warning(text: string): string;
  dim(text: string): string;
}

const plain: Paint = { error: (text) => text, warning: (text) => text, dim: (text) => text };

/** Renders diagnostics for a person: errors last, so that they stand nearest to the prompt. */
export function renderAll(diagnostics: readonly Diagnostic[], paint: Paint = plain): string {
  const ordered = [...diagnostics].sort((a, b) => rank(a) - rank(b));
  return ordered.map((diagnostic) => render(diagnostic, paint)).join('\n\n');
}

const rank = (diagnostic: Diagnostic) => (diagnostic.severity === 'error' ? 1 : 0);

/** Renders one diagnostic: code, message, construct path, the user's line with a mark under it, and what to do. */
export function render(diagnostic: Diagnostic, paint: Paint = plain): string {
  const { severity, code, message, path, position, related, help } = diagnostic;
  const lines = [`${paint[severity](`${severity}[${code}]`)}: ${message}`];
  if (path) lines.push(`  in ${path}`);
  if (position?.file) lines.push(...excerpt(position, paint));
  for (const other of related ?? []) {
    lines.push(`  ${other.message}`);
    if (other.position?.file) lines.push(...excerpt(other.position, paint));
  }
  if (help) lines.push(`  help: ${help}`);
  return lines.join('\n');
}

/** `file:line:column` of a place in the user's source, the file relative to the working directory where it is below. */
export function showPosition(position: Position): string {
  const { file, line, column } = sourcePosition(position);
  const near = relative(process.cwd(), file);
  return `${near.startsWith('..') ? file : near}:${line}:${column}`;
}

function excerpt(position: Position, paint: Paint): string[] {
  const lines = [`  ${paint.dim('at')} ${showPosition(position)}`];
  const { file, line, column, length = 1, excerpt } = sourcePosition(position);
  const text = (excerpt ?? lineOf(file, line))?.trimEnd();
  if (text) {
    const number = String(line);
    const lead = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
    const mark = '^'.repeat(Math.max(1, Math.min(length, text.length - column + 1)));
    lines.push(`  ${paint.dim(`${number} |`)} ${text}`);
    lines.push(`  ${paint.dim(`${' '.repeat(number.length)} |`)} ${lead}${mark}`);
  }
  return lines;
}
