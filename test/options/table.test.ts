import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type OptionTable, readTable, showTable } from '../../lib/options/table';
import { memberOf, type Option, type OptionTree } from '../../lib/options/type';

const folder = mkdtempSync(join(tmpdir(), 'cdknix-table-'));
const file = join(folder, 'table.jsonl');
afterAll(() => rmSync(folder, { recursive: true }));

const table = (options: OptionTree): OptionTable => ({ class: 'home', source: 'import', release: '26.05', options });

function read(text: string): OptionTable {
  writeFileSync(file, text);
  return readTable(file);
}

const written = (options: OptionTree) => read(showTable(table(options))).options;

/** A tree without the lines that it is read from. */
const plain = (tree: OptionTree) => JSON.parse(JSON.stringify(tree));

/** A group that is large enough to be divided. */
const large = (name: (index: number) => string): OptionTree =>
  Object.fromEntries(
    Array.from({ length: 400 }, (_, index) => [name(index), ['bool', { file: `m/${'x'.repeat(40)}` }]]),
  );

describe('a table', () => {
  it('is read as it was written', () => {
    const options: OptionTree = {
      programs: { git: { enable: ['bool', { default: false }] }, empty: {} },
      home: { file: [{ kind: 'attrsOf', of: { kind: 'submodule', options: { text: ['str'] } } }] },
      lone: ['any'],
    };
    expect(plain(written(options))).toEqual(options);
  });

  it('says where it comes from', () => {
    const origin = {
      class: 'nixos',
      source: 'bundled',
      release: '25.05',
      modules: ['inputs.sops.nixosModules.sops'],
    } as const;
    const { options, ...rest } = read(showTable({ ...origin, options: {} }));
    expect(rest).toEqual(origin);
    expect(Object.keys(options)).toEqual([]);
  });

  it('keeps any names apart from those that all objects have', () => {
    const hostile = [
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'then',
      '',
      'a.b',
      '"',
      '\n',
      '0',
      '‹name›',
    ];
    const group = (of: Option | OptionTree) => Object.fromEntries(hostile.map((name) => [name, of])) as OptionTree;
    const options = written({ ...group(['int']), group: group(['str']), deep: group(group(['path'])) });
    for (const name of hostile) {
      expect(memberOf(options, name)).toEqual(['int']);
      expect(memberOf(options.group as OptionTree, name)).toEqual(['str']);
      expect(memberOf(memberOf(options.deep as OptionTree, name) as OptionTree, name)).toEqual(['path']);
    }
    expect(memberOf(options, 'valueOf')).toBeUndefined();
    expect(({} as { int?: unknown }).int).toBeUndefined();
  });

  it('keeps any names in a group that is divided', () => {
    const members = large((index) => (index ? `o${index}` : '__proto__'));
    const options = written(Object.fromEntries([['__proto__', members]]));
    const group = memberOf(options, '__proto__') as OptionTree;
    expect(Object.keys(group)).toHaveLength(400);
    expect(memberOf(group, '__proto__')![0]).toBe('bool');
  });

  it('has one text, whatever the order of the names at the top', () => {
    const one = showTable(table({ a: ['int'], b: large((index) => `o${index}`) }));
    const other = showTable(table({ b: large((index) => `o${399 - index}`), a: ['int'] }));
    expect(other).toBe(one);
  });

  it('survives line ends that git changed', () => {
    const options: OptionTree = { a: { b: ['int'] }, c: ['str'] };
    expect(plain(read(showTable(table(options)).replaceAll('\n', '\r\n')).options)).toEqual(options);
  });

  it('is read as it was written, for any tree', () => {
    const { tree } = fc.letrec<{ tree: OptionTree; member: Option | OptionTree }>((tie) => ({
      member: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<Option>(['int'], ['any', { file: 'x'.repeat(5_000) }]),
        tie('tree'),
      ),
      tree: fc.dictionary(fc.string(), tie('member'), { maxKeys: 6 }) as fc.Arbitrary<OptionTree>,
    }));
    fc.assert(
      fc.property(tree, (options) => {
        expect(plain(written(options))).toEqual(plain(options));
      }),
    );
  });
});

describe('the parts of a table', () => {
  const options: OptionTree = { services: large((index) => `s${index}`), a: { x: ['int'] }, z: ['str'] };

  it('are read when something in them is first asked for', () => {
    const lines = showTable(table(options)).split('\n');
    const damaged = lines.map((line, index) => (index > 0 && line.includes('"x"') ? '{' : line)).join('\n');
    const { options: read_ } = read(damaged);
    expect(read_.z).toEqual(['str']);
    expect((read_.services as OptionTree).s399).toBeDefined();
    expect(() => read_.a).toThrow(`the option table ${file} is damaged`);
  });

  it('are listed without being read', () => {
    const damaged = `${readHeader()}\n${'{\n'.repeat(402)}`;
    const { options: read_ } = read(damaged);
    expect(Object.keys(read_)).toEqual(['a', 'services', 'z']);
    expect(memberOf(read_, 'b')).toBeUndefined();
    expect(Object.keys(read_.services as OptionTree)).toHaveLength(400);
  });

  it('are read once', () => {
    const { options: read_ } = read(showTable(table(options)));
    expect(read_.a).toBe(read_.a);
    expect((read_.services as OptionTree).s7).toBe((read_.services as OptionTree).s7);
  });

  function readHeader(): string {
    return showTable(table(options)).split('\n')[0]!;
  }
});

describe('what is no table', () => {
  const text = showTable(table({ a: ['int'], b: { c: ['str'] } }));

  it.each([
    '',
    '\n',
    'null\n',
    '5\n',
    '[]\n',
    '{}\n',
    '{"cdknix":1}\n',
    '{"cdknix":"1","parts":[]}\n',
    '<html>\n',
    '{"options.a":{}}\n',
  ])('is refused: %j', (given) => expect(() => read(given)).toThrow('it is not an option table'));

  it.each(['[5]', '[["a"]]', '[[5,[]]]', '{"a":5}', '[["a",[null]]]'])('is refused for its parts: %s', (parts) => {
    expect(() => read(`{"cdknix":1,"parts":${parts}}\n`)).toThrow('it is not an option table');
  });

  it('is refused where another version of the format has it', () => {
    const other = text.replace('"cdknix":1', '"cdknix":2');
    expect(() => read(other)).toThrow('its format is version 2, and this cdknix reads version 1');
    expect(() => read('{"cdknix":3}\n')).toThrow('its format is version 3, and this cdknix reads version 1');
  });

  it('is refused where it is cut short, at any place', () => {
    for (let length = 0; length < text.length; length++) {
      expect(() => read(text.slice(0, length))).toThrow(/it is not (an option table|complete, or it was edited)/);
    }
  });

  it('is refused where a merge left its marks', () => {
    const lines = text.split('\n');
    lines.splice(2, 0, '<<<<<<< HEAD');
    expect(() => read(lines.join('\n'))).toThrow('it is not complete, or it was edited');
  });

  it('is refused where there is no file', () => {
    expect(() => readTable(join(folder, 'none'))).toThrow('ENOENT');
  });

  it('leaves the file alone', () => {
    read(text);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
