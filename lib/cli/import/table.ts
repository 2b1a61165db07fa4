import { countOptions } from '../../options/compare';
import type { ModuleClass } from '../../options/config';
import type { Docs } from '../../options/docs';
import { importedTable } from '../../options/imported';
import type { OptionTable } from '../../options/table';
import { say } from '../terminal/terminal';

/** A table that an import wrote. */
export interface Import extends OptionTable {
  readonly source: 'import';
  /** Those of its modules that it was asked to have, and the app need not import. */
  readonly added?: readonly string[];
}

/** The options of a class as they are now, and as they were. */
export interface Reading {
  readonly table: Import;
  readonly docs: Docs;
  readonly earlier: Import | undefined;
  /** The names of the configurations that were evaluated. */
  readonly from: readonly string[];
}

/** The options of the last import of a class; none if there was none, or if it cannot be read any more. */
export function earlierImport(project: string, of: ModuleClass): Import | undefined {
  try {
    const table = importedTable(project, of) as Import | undefined;
    // All parts are read, as any of them may be damaged.
    if (table) countOptions(table.options);
    return table;
  } catch (error) {
    say(`the last import of ${of} cannot be read, so it is not known what changed: ${(error as Error).message}`);
    return undefined;
  }
}
