/**
 * Writes the types of what comes with cdknix: of options, data/options/*.jsonl → lib/options/generated/*.d.ts; of the names of
 * packages and functions, data/names/*.txt → lib/module/generated/names.d.ts.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { typesOf } from '../lib/options/generate/generate';
import { readTable } from '../lib/options/table';
import { nameTypes } from './name-types';

const tables = join(__dirname, '..', 'data', 'options');
const types = join(__dirname, '..', 'lib', 'options', 'generated');

mkdirSync(types, { recursive: true });
for (const name of readdirSync(tables).filter((file) => file.endsWith('.jsonl'))) {
  const table = readTable(join(tables, name));
  const file = join(types, `${table.class}.d.ts`);
  write(file, typesOf(table, new Map(), '../index'));
}

const ofModules = join(__dirname, '..', 'lib', 'module', 'generated');
mkdirSync(ofModules, { recursive: true });
write(
  join(ofModules, 'names.d.ts'),
  [
    "import type { Interpreter } from '../known-refs';\nimport type { Ref } from '../ref';\n",
    nameTypes('Packages', 'The package set, by the names that are known.', namesIn('packages')),
    nameTypes('Library', "Nixpkgs' library, with Home Manager's part of it.", namesIn('library')),
    nameTypes('Builtins', "Nix's built-in functions.", namesIn('builtins')),
  ].join('\n'),
);

function namesIn(list: string): string[] {
  return readFileSync(join(__dirname, '..', 'data', 'names', `${list}.txt`), 'utf8')
    .trim()
    .split('\n');
}

/** An unchanged file keeps its time, so that nothing is compiled again because of it. */
function write(file: string, text: string): void {
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}
