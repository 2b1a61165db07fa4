import { relative } from 'node:path';
import { type Diagnostic, styledDiagnostics } from '../../diagnostics';
import { say } from './output';

export { clear, print, printJson, say, sayBriefly } from './output';

/** Shows diagnostics, all at once. */
export function showDiagnostics(diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length) say([styledDiagnostics(diagnostics), '\n']);
}

/** How many problems there are, in words: `2 errors, 1 warning`. */
export function countProblems(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Diagnostic['severity']) => {
    const { length } = diagnostics.filter((one) => one.severity === severity);
    return length ? [`${length} ${severity}${length === 1 ? '' : 's'}`] : [];
  };
  return [...count('error'), ...count('warning')].join(', ');
}

/** A path as a person would type it here. */
export function near(path: string): string {
  const from = relative(process.cwd(), path);
  return from.startsWith('../..') ? path : from || '.';
}
