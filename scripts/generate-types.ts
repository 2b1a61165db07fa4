/** Writes the types of the options that come with cdknix: data/options/*.jsonl → lib/options/generated/*.d.ts. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { typesOf } from '../lib/options/generate/generate';
import { readTable } from '../lib/options/table';

const tables = join(__dirname, '..', 'data', 'options');
const types = join(__dirname, '..', 'lib', 'options', 'generated');

mkdirSync(types, { recursive: true });
for (const name of readdirSync(tables).filter((file) => file.endsWith('.jsonl'))) {
  const table = readTable(join(tables, name));
  const file = join(types, `${table.class}.d.ts`);
  const text = typesOf(table, new Map(), '../index');
  // An unchanged file keeps its time, so that nothing is compiled again because of it.
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}
