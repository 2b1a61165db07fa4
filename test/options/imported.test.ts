import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type CdknixError, renderAll } from '../../lib/diagnostics';
import { importedTable } from '../../lib/options/imported';
import { type OptionTable, showTable } from '../../lib/options/table';

const project = mkdtempSync(join(tmpdir(), 'cdknix-imported-'));
afterAll(() => rmSync(project, { recursive: true }));

const table: OptionTable = { class: 'home', source: 'import', release: '26.05', options: { a: ['str'] } };

function put(text: string, of = 'home'): void {
  const file = join(project, 'imports', `${of}.options.jsonl`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

it('finds no table where nothing was imported', () => {
  expect(importedTable(project, 'darwin')).toBeUndefined();
});

it('reads the table of a class, and reads it once', () => {
  put(showTable(table));
  const first = importedTable(project, 'home');
  expect(first).toEqual(table);
  expect(importedTable(project, 'home')).toBe(first);
});

it('reads it again when it was imported again', () => {
  put(showTable({ ...table, options: { a: ['str'], b: ['int'] } }));
  expect(importedTable(project, 'home')?.options).toEqual({ a: ['str'], b: ['int'] });
});

it('finds none in an app that is run to import', () => {
  process.env.CDKNIX_IMPORTING = '1';
  try {
    expect(importedTable(project, 'home')).toBeUndefined();
  } finally {
    delete process.env.CDKNIX_IMPORTING;
  }
});

it.each([
  ['is of another version', '{"cdknix":99,"class":"home","parts":[]}\n'],
  ['is no table', 'import me\n'],
  ['is cut short', showTable(table).slice(0, -3)],
  ['is of another class', showTable({ ...table, class: 'nixos' })],
])('says what to do about a table that %s', (_, text) => {
  put(text);
  expect(problem()).toMatchSnapshot();
});

function problem(): string {
  try {
    importedTable(project, 'home');
  } catch (error) {
    return renderAll((error as CdknixError).diagnostics).replaceAll(project, '<dir>');
  }
  throw new Error('it is a good table');
}
