import {
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CdknixError, failure } from '../../diagnostics';
import { typesOf } from '../../options/generate/generate';
import { importedFiles, importsFolder } from '../../options/imported';
import { showTable } from '../../options/table';
import type { OptionTree } from '../../options/type';
import { near } from '../terminal/terminal';
import type { Import, Reading } from './table';

/** The first line of types that are ours to replace. */
const typesMarker = '// Made by "cdknix import" from your own inputs; the next import replaces it.';

/** How the first line of a table begins. */
const tableMarker = '{"cdknix":';

/** The files that hold what was read of a class: its types, and its table. */
export function filesOf({ table: read, docs }: Reading): Map<string, string> {
  const { class: of } = read;
  // As it will be when it is read from its file: a type that several options share is one for each of them.
  const table: Import = { ...read, options: JSON.parse(JSON.stringify(read.options)) as OptionTree };
  const names = importedFiles(of);
  const types = [
    `${typesMarker}\n\n${typesOf(table, docs, optionsModule)}`,
    `declare module '${optionsModule}' {\n  interface ImportedOptions {\n    ${of}: ${optionsTypes[of]};\n  }\n}\n`,
  ].join('\n');
  return new Map([
    [names.types, types],
    [names.table, showTable(table)],
  ]);
}

/** The interfaces that `typesOf` declares. */
const optionsTypes = { nixos: 'NixosOptions', darwin: 'DarwinOptions', home: 'HomeOptions' } as const;

/** What types import, and add themselves to. */
const optionsModule = 'cdknix/options';

/**
 * Writes files into the project's folder for imports, all or nothing. One that says the same already is not touched.
 *
 * @param files name → text
 * @returns the names of those that were written
 * @throws CdknixError `import-in-the-way`, `import-unwritable`
 */
export function writeImports(project: string, files: ReadonlyMap<string, string>): string[] {
  const folder = join(project, importsFolder);
  const staging = join(folder, `.cdknix-${process.pid}`);
  checkFolder(folder);
  try {
    refuseForeign([...files.keys()].map((name) => join(folder, name)));
    const changed = [...files].filter(([name, text]) => textAt(join(folder, name)) !== text);
    if (!changed.length) return [];
    mkdirSync(staging, { recursive: true });
    for (const [name, text] of changed) writeFileSync(join(staging, name), text);
    for (const [name] of changed) renameSync(join(staging, name), join(folder, name));
    return changed.map(([name]) => name);
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (error instanceof CdknixError || typeof code !== 'string' || error instanceof TypeError) throw error;
    throw failure({
      code: 'import-unwritable',
      message: `cannot write ${near(path ?? folder)}: ${(error as Error).message}`,
      help: 'what was imported before is as it was; make room, or make the folder writable',
    });
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function checkFolder(folder: string): void {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (!stat || stat.isDirectory() || stat.isSymbolicLink()) return;
  throw failure({
    code: 'import-in-the-way',
    message: `${near(folder)} is in the way: imported options go into a folder of that name`,
    help: 'move it elsewhere',
  });
}

function refuseForeign(paths: readonly string[]): void {
  const foreign = paths.filter((path) => {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    return stat && !(stat.isFile() && isOurs(path));
  });
  if (!foreign.length) return;
  throw new CdknixError(
    foreign.map((path) => ({
      code: 'import-in-the-way',
      severity: 'error',
      message: `${near(path)} is in the way, and no earlier import wrote it`,
      help: 'move it elsewhere; or remove it, if it is an import that was edited',
    })),
  );
}

function isOurs(path: string): boolean {
  const marker = path.endsWith('.d.ts') ? typesMarker : tableMarker;
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(marker.length);
    return readSync(file, start) === marker.length && start.toString('latin1') === marker;
  } finally {
    closeSync(file);
  }
}

function textAt(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false }) && readFileSync(path, 'utf8');
}
