import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOf, writeImports } from '../../lib/cli/import/write';
import { type CdknixError, renderAll } from '../../lib/diagnostics';
import type { OptionTree } from '../../lib/options/type';
import { filesIn, folderWith } from './support';

const filesWith = (options: OptionTree) =>
  filesOf({
    table: { class: 'home', source: 'import', release: '26.05', options },
    docs: new Map([['a', { description: 'What `a` is.' }]]),
    earlier: undefined,
    from: [],
  });

const files = filesWith({ a: ['str'] });

function problem(project: string): string {
  try {
    writeImports(project, files);
  } catch (error) {
    return renderAll((error as CdknixError).diagnostics).replaceAll(project, '<dir>');
  }
  throw new Error('it was written');
}

describe('what is imported of a class', () => {
  it('is its table, and its types with the words of upstream', () => {
    expect(Object.fromEntries(files)).toMatchInlineSnapshot(`
      {
        "home.d.ts": "// Made by "cdknix import" from your own inputs; the next import replaces it.

      import type { OptionSet, Value } from 'cdknix/options';

      export interface HomeOptions extends OptionSet<HomeOptions> {
        /**
         * What \`a\` is.
         *
         * String.
         */
        a?: Value<string> | undefined;
      }

      declare module 'cdknix/options' {
        interface ImportedOptions {
          home: HomeOptions;
        }
      }
      ",
        "home.options.jsonl": "{"cdknix":1,"class":"home","source":"import","release":"26.05","parts":["a"]}
      ["str"]
      ",
      }
    `);
  });

  it('is the same whether options share a type or each has its own', () => {
    const set = { kind: 'submodule', options: { b: ['str'] } } as const;
    expect(filesWith({ a: [set], c: [set] })).toEqual(filesWith({ a: [set], c: [structuredClone(set)] }));
  });
});

describe('the folder for imports', () => {
  it('is made, and holds the files and nothing else', () => {
    const project = folderWith({ 'cdk-like.json': '{}' });
    expect(writeImports(project, files)).toEqual(['home.d.ts', 'home.options.jsonl']);
    expect(filesIn(join(project, 'imports'))).toEqual(Object.fromEntries(files));
    expect(readdirSync(join(project, 'imports'))).toHaveLength(2);
  });

  it('is left alone if nothing changed, and of its files those that did not', () => {
    const project = folderWith();
    writeImports(project, files);
    const before = statSync(join(project, 'imports/home.d.ts')).ino;
    expect(writeImports(project, files)).toEqual([]);
    const table = new Map([...files, ['home.options.jsonl', `${files.get('home.options.jsonl')}x`]]);
    expect(writeImports(project, table)).toEqual(['home.options.jsonl']);
    expect(statSync(join(project, 'imports/home.d.ts')).ino).toBe(before);
  });

  it('may hold files of others, and be a link', () => {
    const project = folderWith({ 'elsewhere/notes.md': 'x' });
    symlinkSync('elsewhere', join(project, 'imports'));
    writeImports(project, files);
    expect(filesIn(join(project, 'elsewhere'))).toEqual({ ...Object.fromEntries(files), 'notes.md': 'x' });
  });

  it('may be a file that is in the way', () => {
    expect(problem(folderWith({ imports: 'mine' }))).toMatchSnapshot();
  });

  it.each([
    ['types', { 'imports/home.d.ts': 'export interface Mine {}\n' }],
    ['a table', { 'imports/home.options.jsonl': '{}\n' }],
    ['a folder', { 'imports/home.d.ts/x': '' }],
    ['empty files', { 'imports/home.d.ts': '', 'imports/home.options.jsonl': '' }],
  ])('is left as it is if it holds %s that no import wrote', (_, there) => {
    const project = folderWith(there as unknown as Record<string, string>);
    const before = filesIn(project);
    expect(problem(project)).toMatchSnapshot();
    expect(filesIn(project)).toEqual(before);
  });

  it.skipIf(!existsSync('/dev/full'))('is left as it is if the disk is full', () => {
    const project = folderWith();
    writeImports(project, filesWith({ b: ['str'] }));
    const before = filesIn(project);
    const staging = join(project, 'imports', `.cdknix-${process.pid}`);
    mkdirSync(staging);
    symlinkSync('/dev/full', join(staging, 'home.options.jsonl'));
    expect(problem(project).replaceAll(String(process.pid), 'PID')).toMatchInlineSnapshot(`
      "error[import-unwritable]: cannot write <dir>/imports: ENOSPC: no space left on device, write
        help: what was imported before is as it was; make room, or make the folder writable"
    `);
    expect(filesIn(project)).toEqual(before);
    expect(readdirSync(join(project, 'imports'))).toHaveLength(2);
  });
});
