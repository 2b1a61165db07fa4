import { statSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../diagnostics';
import type { ModuleClass } from './config';
import { type OptionTable, readTable } from './table';

/** Where in a project `cdknix import` puts what it makes. */
export const importsFolder = 'imports';

/** The names of the files of a class there. */
export const importedFiles = (of: ModuleClass) => ({ table: `${of}.options.jsonl`, types: `${of}.d.ts` });

interface Known {
  /** Which state of the file it is. */
  readonly state: string;
  readonly table: OptionTable;
}

const known = new Map<string, Known>();

/**
 * Set where an app is run to import its options: those of the last import may be what has to be replaced, so they are as
 * if they were not there.
 */
export const importingVariable = 'CDKNIX_IMPORTING';

/**
 * The options of a class that a project has imported from its own inputs, if it has.
 *
 * @param project the folder of `cdk-like.json`
 * @throws CdknixError `options-table` if the file is damaged, or of another version of cdknix
 */
export function importedTable(project: string, of: ModuleClass): OptionTable | undefined {
  if (process.env[importingVariable]) return undefined;
  const file = join(project, importsFolder, importedFiles(of).table);
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) return undefined;
  const state = `${stat.mtimeMs} ${stat.size} ${stat.ino}`;
  const old = known.get(file);
  if (old?.state === state) return old.table;
  const table = read(file, of);
  known.set(file, { state, table });
  return table;
}

function read(file: string, of: ModuleClass): OptionTable {
  try {
    const table = readTable(file);
    if (table.class !== of) throw new Error(`it is of ${table.class}`);
    return table;
  } catch (error) {
    throw failure({
      code: 'options-table',
      message: `cannot read the imported options in ${file}: ${(error as Error).message}`,
      help: `make them anew: cdknix import ${of}`,
    });
  }
}
