import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { CdknixError, type Diagnostic, failure } from '../../diagnostics';
import type { ModuleClass } from '../../options/config';
import { sanitized } from '../../redaction';
import type { NixOptions } from '../nix/nix';
import { near, print, printJson, say, showDiagnostics } from '../terminal/terminal';
import { usageError } from '../terminal/usage-error';
import { convertTexts } from './convert-texts';
import { summary } from './summary';
import { write } from './write';

/** What `cdknix convert` takes. */
export interface ConvertOptions extends NixOptions {
  readonly as?: string;
  readonly out?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const classes: Readonly<Record<string, ModuleClass>> = { nixos: 'nixos', darwin: 'darwin', home: 'home' };

/**
 * Converts Nix to TypeScript: a flake to a project beside it, modules from files to files beside them, and `-` from the
 * standard input to the standard output. The originals stay as they are.
 *
 * @throws UsageError for options that do not go together; CdknixError for what is no Nix, when all else is converted
 */
export async function convertFiles(files: readonly string[], options: ConvertOptions): Promise<void> {
  const [first = '.', ...others] = files;
  if (isFlake(first)) {
    if (others.length) throw oneFlake;
    if (options.as !== undefined) throw flakeSays;
    return (await import('./flake/convert-flake.js')).convertFlake(first, options);
  }
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

/** Whether a path is that of a flake, and not of a file with a module. */
const isFlake = (path: string) =>
  path !== '-' && (basename(path) === 'flake.nix' || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true);

const oneFlake = usageError({
  code: 'usage',
  message: 'a flake is converted alone',
  help: 'name one folder with a flake.nix, or files with modules',
});

const flakeSays = usageError({
  code: 'usage',
  message: '--as is for modules: a flake says itself what each is for',
  help: 'leave it out',
});

function convertInput(text: string, of: ModuleClass | undefined, { json }: ConvertOptions): void {
  const pasted = { file: '<stdin>', text, of, to: resolve('pasted.ts') };
  const { files, problems } = convertTexts([pasted], process.cwd());
  const [converted] = files;
  if (!converted) throw new CdknixError(problems);
  // What is shown loses its secrets, so it would be other code.
  const isShown = sanitized(converted.typescript) === converted.typescript;
  if (converted.secret || !isShown) throw new CdknixError(problems.length ? problems.map(asError) : [hidden]);
  showDiagnostics(problems);
  if (json) {
    const { text: _, file: __, to: ___, of: ____, ...shown } = converted;
    printJson(shown);
  } else {
    print(converted.typescript);
    say(summary([converted]));
  }
}

function convertEach(files: readonly string[], of: ModuleClass | undefined, options: ConvertOptions): void {
  const unread: Diagnostic[] = [];
  const paths = [...new Set(files.map((file) => resolve(file)))];
  const base = folderOf(paths);
  const modules = paths.flatMap((path) => {
    try {
      return [{ file: path, text: read(path), of, to: target(path, options.out, base) }];
    } catch (error) {
      if (!(error instanceof CdknixError)) throw error;
      unread.push(...error.diagnostics);
      return [];
    }
  });
  const { files: converted, isCompiled, problems: found } = convertTexts(modules, process.cwd());
  const problems = [...unread, ...found];
  const written = options.dryRun ? [] : write(converted, problems);
  showDiagnostics(problems);
  const lines = converted.map(({ file, to, because }) =>
    because === undefined ? `  ${near(file)} -> ${near(to)}` : `  ${near(file)} stays Nix: ${because}`,
  );
  say([...lines, summary(converted)].join('\n'));
  if (options.json) {
    const files = converted.map(({ text, of, ...shown }) => shown);
    printJson({ files, written, isCompiled, problems: problems.map(({ message }) => message) });
  }
  if (problems.some(({ severity }) => severity === 'error')) process.exitCode = 1;
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

/** The file for the TypeScript of a file: beside it, or at the same place below another folder. */
function target(path: string, out: string | undefined, base: string): string {
  const to = `${path.replace(/\.nix$/, '')}.ts`;
  return out === undefined ? to : join(resolve(out), relative(base, to));
}

/** The folder that all files are in: the current one, or the innermost that has them all. */
function folderOf(paths: readonly string[]): string {
  let folder = process.cwd();
  while (!paths.every((path) => path.startsWith(folder.endsWith(sep) ? folder : folder + sep)))
    folder = dirname(folder);
  return folder;
}

const asError = (one: Diagnostic): Diagnostic => ({ ...one, severity: 'error' });

const hidden: Diagnostic = {
  code: 'convert-secret',
  severity: 'error',
  message: 'the code holds what looks like a secret, which is not shown',
  help: 'keep it in a file of its own that no configuration holds (docs/secrets.md)',
};
