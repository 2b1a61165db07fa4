import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from '../../diagnostics';

const located = /^(.+?)\((\d+),(\d+)\): error (TS\d+): (.*)$/;
const general = /^error (TS\d+): (.*)$/;

/**
 * The errors in what the compiler prints (`tsc --pretty false`): one a line, with lines that are set in behind it that say
 * more of it.
 *
 * @param folder where the paths in it start
 */
export function compilerErrors(printed: string, folder: string): Diagnostic[] {
  const lineOf = lineReader();
  const errors: { readonly error: Diagnostic; readonly more: string[] }[] = [];
  for (const line of printed.split(/\r?\n/)) {
    const error = errorIn(line, folder, lineOf);
    if (error) errors.push({ error, more: [] });
    else if (/^\s+\S/.test(line)) errors.at(-1)?.more.push(line.trim());
  }
  return errors.map(({ error, more }) => ({
    ...error,
    ...(more.length && { related: more.map((message) => ({ message })) }),
  }));
}

function errorIn(text: string, folder: string, lineOf: LineOf): Diagnostic | undefined {
  const [, path, line, column, code, message] = located.exec(text) ?? [];
  if (path === undefined) {
    const [, ofAll, words] = general.exec(text) ?? [];
    return ofAll === undefined ? undefined : { code: ofAll, severity: 'error', message: words! };
  }
  const file = resolve(folder, path);
  const at = { line: Number(line), column: Number(column) };
  return {
    code: code!,
    severity: 'error',
    message: message!,
    position: { file, ...at, length: wordAt(lineOf(file, at.line), at.column), isSource: true },
    ...(/[\\/]node_modules[\\/]/.test(file) && { help: ofPackages }),
  };
}

const ofPackages =
  'it is in a package: its version may not fit the others; "skipLibCheck": true in tsconfig.json leaves packages out';

/** How long the name, text or number is that an error stands at: the compiler tells where it starts. */
function wordAt(line: string, column: number): number {
  return /^(?:[\w$]+|'[^']*'|"[^"]*"|`[^`]*`)/.exec(line.slice(column - 1))?.[0].length ?? 1;
}

type LineOf = (file: string, line: number) => string;

/** Lines of files, each file read once; an empty line where there is none. */
function lineReader(): LineOf {
  const files = new Map<string, readonly string[]>();
  return (file, line) => {
    const lines = files.get(file) ?? linesOf(file);
    files.set(file, lines);
    return lines[line - 1] ?? '';
  };
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r\n|[\n\r\u2028\u2029]/);
  } catch {
    return [];
  }
}
