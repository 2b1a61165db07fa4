import { readFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { type Converted, convert } from '../../convert/convert';
import { featureName } from '../../convert/feature-name';
import { guessClass } from '../../convert/guess-class';
import { CdknixError, type Diagnostic, failure } from '../../diagnostics';
import { NixSyntaxError } from '../../nix';
import type { ModuleClass } from '../../options/config';
import { sanitized } from '../../redaction';
import { near, print, printJson, say, showDiagnostics } from '../terminal/terminal';
import { usageError } from '../terminal/usage-error';
import { summary } from './summary';
import { type ConvertedFile, write } from './write';

/** What `cdknix convert` takes. */
export interface ConvertOptions {
  readonly as?: string;
  readonly out?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const classes: Readonly<Record<string, ModuleClass>> = { nixos: 'nixos', darwin: 'darwin', home: 'home' };

/**
 * Converts modules of Nix to TypeScript: `-` from the standard input to the standard output, files to files beside them. The
 * originals stay as they are.
 *
 * @throws UsageError for options that do not go together; CdknixError for what is no Nix, when all else is converted
 */
export async function convertFiles(files: readonly string[], options: ConvertOptions): Promise<void> {
  const of = options.as === undefined ? undefined : classes[options.as];
  if (options.as !== undefined && !of) {
    throw usageError({
      code: 'usage',
      message: `'${options.as}' is no module system`,
      help: 'say nixos, darwin or home',
    });
  }
  if (!files.includes('-')) return convertEach(files, of, options);
  if (files.length > 1 || options.out !== undefined || options.dryRun) {
    throw usageError({
      code: 'usage',
      message: 'code from the standard input is converted alone, to the standard output',
      help: 'cdknix convert - < example.nix',
    });
  }
  convertInput(readFileSync(0, 'utf8'), of, options);
}

function convertInput(text: string, of: ModuleClass | undefined, { json }: ConvertOptions): void {
  const converted = convertText(text, '<stdin>', of, 'pasted.nix');
  // What is shown loses its secrets, so it would be other code.
  if (converted.typescript === '' || sanitized(converted.typescript) !== converted.typescript)
    throw new CdknixError([secretProblem]);
  if (json) printJson(converted);
  else {
    print(converted.typescript);
    say(summary([converted]));
  }
}

function convertEach(files: readonly string[], of: ModuleClass | undefined, options: ConvertOptions): void {
  const problems: Diagnostic[] = [];
  const converted = files.flatMap((file): ConvertedFile[] => {
    try {
      const path = resolve(file);
      return [{ ...convertText(read(path), path, of, path), file: path, to: target(path, options.out) }];
    } catch (error) {
      if (!(error instanceof CdknixError)) throw error;
      problems.push(...error.diagnostics);
      return [];
    }
  });
  const written = options.dryRun ? [] : write(converted, problems);
  showDiagnostics(problems);
  const lines = converted.map(({ file, to, because }) =>
    because === undefined ? `  ${near(file)} -> ${near(to)}` : `  ${near(file)} stays Nix: ${because}`,
  );
  say([...lines, summary(converted)].join('\n'));
  if (options.json) printJson({ files: converted, written, problems: problems.map(({ message }) => message) });
  if (problems.length) process.exitCode = 1;
}

function convertText(text: string, file: string, of: ModuleClass | undefined, path: string): Converted {
  try {
    return convert(text, of ?? guessClass(text), featureName(path));
  } catch (error) {
    if (!(error instanceof NixSyntaxError)) throw error;
    const { reason, line, column } = error;
    throw failure({
      code: 'nix-syntax',
      message: reason,
      position: { file, line, column, isSource: true },
      help: 'correct the Nix; it was left as it is',
    });
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw failure({
      code: 'convert-file',
      message: `${near(path)} cannot be read: ${(error as Error).message.replace(/, .*$/, '')}`,
      help: 'name files with Nix modules',
    });
  }
}

function target(path: string, out: string | undefined): string {
  const to = `${path.replace(/\.nix$/, '')}.ts`;
  if (out === undefined) return to;
  const inside = relative(process.cwd(), to);
  return join(resolve(out), inside.startsWith('..') || isAbsolute(inside) ? relative(resolve(path, '..'), to) : inside);
}

const secretProblem: Diagnostic = {
  code: 'convert-secret',
  severity: 'error',
  message: 'the code holds what looks like a secret, which must not get into TypeScript',
  help: 'keep it in a file of its own that no configuration holds (docs/secrets.md)',
};
