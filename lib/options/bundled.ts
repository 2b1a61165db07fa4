import { join } from 'node:path';
import type { ModuleClass } from './config';
import { type OptionTable, readTable } from './table';

const tables = new Map<ModuleClass, OptionTable>();

/** The options of a module system that came with cdknix. */
export function bundledTable(of: ModuleClass): OptionTable {
  const known = tables.get(of);
  if (known) return known;
  const table = readTable(join(__dirname, '../../data/options', `${of}.jsonl`));
  tables.set(of, table);
  return table;
}
