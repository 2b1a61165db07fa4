import { describe, expect, it } from 'vitest';
import { CdknixError } from '../../lib/diagnostics';
import { bundledTable } from '../../lib/options/bundled';
import type { ModuleClass } from '../../lib/options/config';
import { dagOf } from '../../lib/options/dag';
import { readOptionsJson } from '../../lib/options/published/options-json';
import { type Origin, showTable } from '../../lib/options/table';
import { isOption, type Option, type OptionTree, type OptionType, type Submodule } from '../../lib/options/type';
import { refusedBy } from '../support/covers';
import { documentedOptions } from '../support/documented';
import { describePublished, published, publishedJson } from '../support/published';
import { describeRealPackages, nix, realNixpkgs } from '../support/real-packages';

const as: Origin = { class: 'nixos', source: 'import', release: '25.05' };

/** Reads options that are given by their dotted names. */
function read(options: Readonly<Record<string, object | string>>) {
  const entries = Object.entries(options).map(([name, entry]) => [
    name,
    { loc: name.split('.'), ...(typeof entry === 'string' ? { type: entry } : entry) },
  ]);
  return readOptionsJson(JSON.stringify(Object.fromEntries(entries)), as);
}

const treeOf = (options: Readonly<Record<string, object | string>>) => read(options).table.options;

/** The type of the option `o`, with what is told below it. */
function typeOf(sentence: string, below: Readonly<Record<string, string>>): OptionType {
  const all = Object.entries(below).map(([name, type]) => [`o.${name}`, type]);
  return (treeOf({ o: sentence, ...Object.fromEntries(all) }).o as Option)[0];
}

const submodule = (options: OptionTree, freeform?: OptionType): Submodule => ({
  kind: 'submodule',
  options,
  ...(freeform && { freeform }),
});

describe('a table of published options', () => {
  it('says where it comes from', () => {
    const { options, ...origin } = read({ a: 'string' }).table;
    expect(origin).toEqual(as);
    expect(options).toEqual({ a: ['str'] });
  });

  it('has groups of options', () => {
    expect(treeOf({ 'services.a.enable': 'boolean', 'services.a.port': 'signed integer', 'b.c': 'string' })).toEqual({
      services: { a: { enable: ['bool'], port: ['int'] } },
      b: { c: ['str'] },
    });
  });

  it('has options without a type as anything', () => {
    expect(treeOf({ a: {}, b: { type: null } })).toEqual({ a: ['any'], b: ['any'] });
  });

  it('says what is read-only', () => {
    expect(treeOf({ a: { type: 'string', readOnly: true }, b: { type: 'string', readOnly: false } })).toEqual({
      a: ['str', { readOnly: true }],
      b: ['str'],
    });
  });
});

describe('the default of an option', () => {
  const ofCode = (text: string, type = 'anything') =>
    (treeOf({ a: { type, default: { _type: 'literalExpression', text } } }).a as Option)[1]?.default;

  it.each<[string, unknown]>([
    ['null', null],
    ['true', true],
    ['-1.5', -1.5],
    ['"a\\nb"', 'a\nb'],
    ["''\n  a\n  b\n''", 'a\nb\n'],
    ['[ 1 [ ] "x" ]', [1, [], 'x']],
    ['{ a = 1; "b c".d = { }; "__proto__" = 2; }', JSON.parse('{"a":1,"b c":{"d":{}},"__proto__":2}')],
  ])('is known where its code is plain data: %s', (code, data) => {
    expect(ofCode(code)).toEqual(data);
  });

  it.each([
    ...[
      'pkgs.git',
      'config.a.b',
      'x: x',
      '[ pkgs.a ]',
      '{ a = x; }',

      '{ inherit (x) a; }',
      './a',
      '<a>',
    ],
    ...['<derivation a>', '{ ', '', '1 + 1', '"${x}"', '"/nix/store/abc"', '"‹name›"', '99999999999999999999'],
    ...[`"${'a'.repeat(500)}"`, '['.repeat(1000) + ']'.repeat(1000), '{ _type = "literalExpression"; text = "1"; }'],
  ])('is not known where it is no plain data: %s', (code) => {
    expect(ofCode(code)).toBeUndefined();
  });

  it('is not known where a text tells of it', () => {
    expect(ofCode('"pkgs.git"', 'package')).toBeUndefined();
    expect(ofCode('"!config.a.b"', 'boolean')).toBeUndefined();
    expect(ofCode('"git"', 'string')).toBe('git');
    expect(treeOf({ a: { type: 'string', default: { _type: 'literalMD', text: '"a"' } } })).toEqual({ a: ['str'] });
  });

  it('is the value itself in files of before NixOS 22.11', () => {
    const { table, docs } = read({
      a: { type: 'string', default: 'x', example: ['y'] },
      b: { type: 'null or string', default: null },
      c: { type: 'package', default: { _type: 'literalExample', text: 'pkgs.git' } },
    });
    expect(table.options).toEqual({
      a: ['str', { default: 'x' }],
      b: [{ kind: 'nullOr', of: 'str' }, { default: null }],
      c: ['package'],
    });
    expect(Object.fromEntries(docs)).toEqual({
      a: { default: '"x"', example: '[ "y" ]' },
      b: { default: 'null' },
      c: { default: 'pkgs.git' },
    });
  });
});

describe('the file of an option', () => {
  it.each([
    ['nixos/modules/a.nix', 'nixos/modules/a.nix'],
    ['/nix/store/00000000000000000000000000000000-source/modules/a.nix', 'modules/a.nix'],
    ['/home/someone/nixpkgs/nixos/modules/a.nix', 'nixos/modules/a.nix'],
    [{ name: '<home-manager/modules/a.nix>', url: 'https://example.org/a.nix' }, 'modules/a.nix'],
    [{ name: 'plugins/a', url: 'https://example.org/a' }, 'plugins/a/default.nix'],
    ['nixos/modules/a', 'nixos/modules/a/default.nix'],
    ['/etc/nixos/a.nix', undefined],
    [{ url: 'https://example.org/a.nix' }, undefined],
    ['', undefined],
  ])('is below its project: %j', (declaration, file) => {
    const tree = treeOf({ a: { type: 'string', declarations: [declaration, 'b.nix'] } });
    expect(tree).toEqual({ a: file === undefined ? ['str'] : ['str', { file }] });
  });

  it('is not known where there is none', () => {
    expect(treeOf({ a: { type: 'string', declarations: [] } })).toEqual({ a: ['str'] });
  });
});

describe('the words of options', () => {
  it('are kept by their place', () => {
    const { docs } = read({
      'a.b': {
        description: 'One.\n',
        default: { _type: 'literalExpression', text: 'pkgs.git\n' },
        example: { _type: 'literalMD', text: 'a `b`' },
      },
      c: { description: { _type: 'mdDoc', text: 'Two.' } },
      d: { description: '' },
      e: {},
    });
    expect([...docs]).toEqual([
      ['a.b', { description: 'One.', default: 'pkgs.git', example: 'a `b`' }],
      ['c', { description: 'Two.' }],
    ]);
  });

  it('have one name for each kind of attribute', () => {
    const { docs } = read({
      'a.<username>.b.*.c': { description: 'x' },
      'a.<function body>.c': { description: 'y' },
    });
    expect([...docs.keys()]).toEqual(['a.<name>.b.*.c', 'a.<function body>.c']);
  });
});

describe('options of submodules', () => {
  const options: OptionTree = { x: ['str'] };

  it.each<[string, string, OptionType]>([
    ['submodule', 'x', submodule(options)],
    ['null or (submodule)', 'x', { kind: 'nullOr', of: submodule(options) }],
    ['unique (submodule)', 'x', { kind: 'unique', of: submodule(options) }],
    ['attribute set of (submodule)', '<name>.x', { kind: 'attrsOf', of: submodule(options) }],
    ['attribute set of (submodule)', '<username>.x', { kind: 'attrsOf', of: submodule(options) }],
    ['list of (submodule)', '*.x', { kind: 'listOf', of: submodule(options) }],
    [
      'function that evaluates to a(n) (submodule)',
      '<function body>.x',
      { kind: 'functionTo', of: submodule(options) },
    ],
    ['(submodule) or string convertible to it', 'x', { kind: 'coercedTo', from: 'str', to: submodule(options) }],
    ['string or (submodule)', 'x', { kind: 'either', of: ['str', submodule(options)] }],
    [
      '(submodule) or list of (submodule)',
      '*.x',
      { kind: 'either', of: [submodule({}, 'any'), { kind: 'listOf', of: submodule(options) }] },
    ],
    [
      'attribute set of list of attribute set of (null or (submodule))',
      '<name>.*.<name>.x',
      {
        kind: 'attrsOf',
        of: { kind: 'listOf', of: { kind: 'attrsOf', of: { kind: 'nullOr', of: submodule(options) } } },
      },
    ],
    ['open submodule of attribute set of string', 'x', submodule(options, { kind: 'attrsOf', of: 'str' })],
    [
      'open submodule of attribute set of (submodule)',
      '<name>.x',
      submodule({}, { kind: 'attrsOf', of: submodule(options) }),
    ],
    ['attribute-tagged union with choices: x, y', 'x', { kind: 'attrTag', options: { x: ['str'], y: ['any'] } }],
    ['DAG of submodule', '<name>.x', dagOf(submodule(options))],
  ])('stand in its type: %s', (sentence, name, type) => {
    expect(typeOf(sentence, { [name]: 'string' })).toEqual(type);
  });

  it('are put together for all names of a placeholder', () => {
    expect(
      typeOf('attribute set of (submodule)', {
        '<name>.x': 'string',
        '<user>.y.z': 'boolean',
        '<user>.y.w': 'package',
      }),
    ).toEqual({
      kind: 'attrsOf',
      of: submodule({ x: ['str'], y: { z: ['bool'], w: ['package'] } }),
    });
  });

  it('may be submodules again', () => {
    expect(
      typeOf('attribute set of (submodule)', { '<name>.a': 'list of (submodule)', '<name>.a.*.b': 'string' }),
    ).toEqual({
      kind: 'attrsOf',
      of: submodule({ a: [{ kind: 'listOf', of: submodule({ b: ['str'] }) }] }),
    });
  });

  it.each<[string, OptionType]>([
    ['attribute set of (submodule)', { kind: 'attrsOf', of: submodule({}, 'any') }],
    ['string or (submodule)', { kind: 'either', of: ['str', submodule({}, 'any')] }],
    ['DAG of submodule', dagOf(submodule({}, 'any'))],
    ['open submodule of attribute set of (submodule)', submodule({}, { kind: 'attrsOf', of: submodule({}, 'any') })],
  ])('are anything where none is told, as they may be hidden: %s', (sentence, type) => {
    expect(typeOf(sentence, {})).toEqual(type);
  });

  // So NixOS described a submodule that takes more than its options, before 2025.
  it.each<[string, OptionType]>([
    ['JSON value', submodule(options, 'data')],
    ['attribute set of string', submodule(options, { kind: 'attrsOf', of: 'str' })],
    ['null or (attribute set of string)', { kind: 'nullOr', of: submodule(options, { kind: 'attrsOf', of: 'str' }) }],
    ['settings option', submodule(options, 'any')],
    [
      'boolean or attribute set of string',
      { kind: 'either', of: ['bool', submodule(options, { kind: 'attrsOf', of: 'str' })] },
    ],
    ['string or boolean', { kind: 'either', of: ['str', 'bool', submodule(options, 'any')] }],
    ['string', { kind: 'either', of: ['str', submodule(options, 'any')] }],
    ['list of string', { kind: 'either', of: [{ kind: 'listOf', of: 'str' }, submodule(options, 'any')] }],
  ])('make a submodule where the sentence tells what else it takes: %s', (sentence, type) => {
    expect(typeOf(sentence, { x: 'string' })).toEqual(type);
  });

  it('make a submodule with options and with attributes of another type', () => {
    expect(typeOf('attribute set of (submodule)', { x: 'string', '<name>.y': 'boolean' })).toEqual(
      submodule(options, { kind: 'attrsOf', of: submodule({ y: ['bool'] }) }),
    );
  });

  it('make a type where the option itself is hidden', () => {
    expect(treeOf({ 'a.b.<name>.x': 'string', 'c.*.x': 'string' })).toEqual({
      a: { b: [{ kind: 'attrsOf', of: submodule(options, 'any') }] },
      c: [{ kind: 'listOf', of: submodule(options, 'any') }],
    });
  });

  it('do not stand in a type that is used elsewhere', () => {
    expect(treeOf({ a: 'submodule', 'a.x': 'string', b: 'submodule', 'b.y': 'string' })).toEqual({
      a: [submodule(options)],
      b: [submodule({ y: ['str'] })],
    });
  });
});

describe('hostile options', () => {
  const names = [
    '__proto__',
    'constructor',
    'toString',
    '',
    'a.b',
    'a "b"',
    'a\nb',
    '*/',
    '`x`',
    '${x}',
    'kind',
    'length',
  ];

  it('may have any names', () => {
    const json = names.flatMap((name, i) => [
      [`g${i}`, { loc: ['group', name], type: 'string', description: 'x' }],
      [`o${i}`, { loc: ['submodule', '<name>', name, 'x'], type: 'string' }],
      [`t${i}`, { loc: [name, 'x'], type: 'string' }],
    ]);
    const all = Object.fromEntries([...json, ['s', { loc: ['submodule'], type: 'attribute set of (submodule)' }]]);
    const { table, docs } = readOptionsJson(JSON.stringify(all), as);
    const { group, submodule: option, ...top } = table.options;
    expect(Object.keys(group!).sort()).toEqual([...names].sort());
    expect(Object.keys(top).sort()).toEqual([...names].sort());
    const type = (option as Option)[0] as { of: Submodule };
    expect(Object.keys(type.of.options).sort()).toEqual([...names].sort());
    expect(docs.get('group.__proto__')).toEqual({ description: 'x' });
    expect(JSON.parse(JSON.stringify(table.options))).toEqual(table.options);
    expect(showTable(table)).toContain('"__proto__"');
    expect({}).not.toHaveProperty('x');
  });

  it('may be named __proto__ as a whole', () => {
    const { table } = readOptionsJson('{"__proto__":{"loc":["__proto__"],"type":"string"}}', as);
    expect(Object.entries(table.options)).toEqual([['__proto__', ['str']]]);
  });

  it('may be a million', { timeout: 60_000 }, () => {
    const lines = Array.from(
      { length: 1_000_000 },
      (_, i) => `"${i}":{"loc":["a","${i % 1000}","<${i}>","x"],"type":"string"}`,
    );
    const { table } = readOptionsJson(`{${lines.join()}}`, as);
    const group = table.options.a as OptionTree;
    expect(Object.keys(group)).toHaveLength(1000);
    expect(group[0]).toEqual([{ kind: 'attrsOf', of: submodule({ x: ['str'] }, 'any') }]);
  });

  it('may have a long sentence', () => {
    expect(treeOf({ a: 'list of '.repeat(100_000) })).toHaveProperty('a');
  });
});

describe('what cannot be read is refused', () => {
  const entry = (changes: object) => JSON.stringify({ 'a.b': { loc: ['a', 'b'], type: 'string', ...changes } });
  const help =
    'give a whole options.json, as nixosOptionsDoc makes it: share/doc/nixos/options.json of its optionsJSON';

  it.each([
    ['', 'it is empty'],
    [' \n', 'it is empty'],
    ['{}', 'there is no option in it'],
    ['[1]', 'it is a list, not an object of options by name'],
    ['null', 'it is null, not an object of options by name'],
    ['"a"', 'it is a string, not an object of options by name'],
    ['{"a":\n {"loc": ["a"], type}}', 'it is no JSON in line 2, column 17 (byte 22)'],
    ['{"ä":\n  {"loc": ["ä', 'it is no JSON: it ends in line 2, column 12 (byte 18) before it is complete'],
    ['{"a": {"loc": ["a"]', 'it is no JSON: it ends in line 1, column 20 (byte 19) before it is complete'],
    ['<html>', 'it is no JSON in line 1, column 1 (byte 0)'],
    ['{"a": 1}', '"a" is no option: it is a number'],
    ['{"a": null}', '"a" is no option: it is null'],
    ['{"a": []}', '"a" is no option: it is an empty list'],
    ['{"a": {}}', 'the loc of option "a" is missing, not a list of names'],
    [entry({ loc: 'a.b' }), 'the loc of option "a.b" is a string, not a list of names'],
    [entry({ loc: [] }), 'the loc of option "a.b" is an empty list, not a list of names'],
    [entry({ loc: ['a', 1] }), 'the loc of option "a.b" has a number among its names'],
    [entry({ loc: Array(101).fill('a') }), 'option "a.b" is 101 names deep'],
    [entry({ type: {} }), 'the type of option "a.b" is an object, not a string'],
    [entry({ readOnly: 'no' }), 'the readOnly of option "a.b" is a string, not true or false'],
    [entry({ declarations: 'a.nix' }), 'the declarations of option "a.b" is a string, not a list'],
    [entry({ description: { text: 1 } }), 'the description of option "a.b" is an object, not a text'],
    [
      `{${JSON.stringify('x\n"'.repeat(100))}: 1}`,
      `${JSON.stringify(`${'x\n"'.repeat(33)}x…`)} is no option: it is a number`,
    ],
  ])('%j', (text, problem) => {
    expect(failureOf(text)).toEqual({
      code: 'options-json',
      severity: 'error',
      message: `cannot read the options: ${problem}`,
      help,
    });
  });

  it('also where it nests without end', () => {
    expect(failureOf('[{"a":'.repeat(100_000))?.message).toMatch(/^cannot read the options: it is no JSON/);
    const deep = `{"a": {"loc": ["a"], "type": "string", "example": ${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
    expect(readOptionsJson(deep, as).table.options).toEqual({ a: ['str'] });
  });
});

function failureOf(text: string) {
  try {
    readOptionsJson(text, as);
  } catch (error) {
    if (error instanceof CdknixError) return error.diagnostics[0];
    throw error;
  }
  return undefined;
}

/** Options of which the sentences say something else than the types. */
const known: readonly string[] = [
  // The type takes null, and has the sentence of one that does not.
  'services.radicale.package',
  // Submodules whose `freeformType` is no type of sets: they take any, and before 2025 the sentence is that type's.
  'services.listmonk.database.settings',
  // These are hidden, and what is in them is not: null is not told.
  'services.mail.sendmailSetuidWrapper',
  'sshAuthSock.initialization',
  // The sentence has bounds that the dumper cannot see.
  'services.gromit-mpx.opacity',
  'services.swayosd.topMargin',
  // Parts of the types of file formats, which the dumper reads otherwise.
  'qt.kvantum.settings',
  'services.syshud.settings',
  ...['checks', 'settings', 'wakeups'].map((name) => `services.autosuspend.${name}`),
  ...['daemonSettings', 'uefiCapsuleSettings'].map((name) => `services.fwupd.${name}`),
  // Options without a sentence of their own: names that are free, and hidden ones.
  'services.kanidm.provision.systems.oauth2',
  'services.ocsinventory-agent.settings',
  'services.prosody.httpFileShare',
  // Those of the homes are of a newer day than what is published.
  ...['firefox', 'floorp', 'librewolf', 'thunderbird'].map((name) => `programs.${name}.profiles`),
];

function refusedOf(of: ModuleClass, options: OptionTree): readonly string[] {
  const refused = refusedBy(options, seenIn(bundledTable(of).options, options));
  return refused.filter((name) => !known.includes(name));
}

describePublished('the published options of the module systems', () => {
  const counts = { nixos: 19_184, home: 5289, darwin: 1126 };

  it.each(published)('are all in the table of %s', (of) => {
    const json = publishedJson(of);
    const { table, docs } = readOptionsJson(json, { ...as, class: of });
    const options = Object.values(JSON.parse(json) as Record<string, { loc: string[]; description?: string }>);
    expect(options).toHaveLength(counts[of]);
    expect(options.filter(({ loc }) => !isThere(table.options, loc)).map(({ loc }) => loc.join('.'))).toEqual([]);
    const isTold = (option: object) => 'default' in option || 'example' in option || 'description' in option;
    expect(docs.size).toBeGreaterThan(options.filter(isTold).length - 5);
  });

  const comparable = published.filter((of) => of !== 'nixos');

  // The tables that come with cdknix were read from the types themselves. What is published of NixOS is of an older release.
  it.each(comparable)('take what the types of %s take, but for sentences that say something else', (of) => {
    const { table } = readOptionsJson(publishedJson(of), { ...as, class: of });
    expect(refusedOf(of, table.options)).toEqual([]);
  });
});

describeRealPackages('the documented options of NixOS', () => {
  it('take what its types take, but for sentences that say something else', { timeout: 300_000 }, () => {
    const options = documentedOptions(realNixpkgs, ['loc', 'type'], nix).map((one) => [one.loc.join('.'), one]);
    const { table } = readOptionsJson(JSON.stringify(Object.fromEntries(options)), as);
    expect(refusedOf('nixos', table.options)).toEqual([]);
  });
});

/** What a tree has of the options at the top of another one. */
function seenIn(tree: OptionTree, other: OptionTree): OptionTree {
  const both = Object.entries(tree).filter(([name]) => Object.hasOwn(other, name));
  return Object.fromEntries(
    both.map(([name, member]) => {
      const seen = other[name]!;
      return [name, isOption(member) || isOption(seen) ? member : seenIn(member, seen)];
    }),
  );
}

function isThere(tree: OptionTree, [name, ...rest]: readonly string[]): boolean {
  const member = Object.hasOwn(tree, name!) ? tree[name!]! : undefined;
  if (!member || !rest.length) return member !== undefined && isOption(member);
  return isOption(member) ? isBelow(member[0], rest) : isThere(member, rest);
}

function isBelow(type: OptionType, place: readonly string[]): boolean {
  if (!place.length) return true;
  if (typeof type === 'string') return false;
  switch (type.kind) {
    case 'nullOr':
    case 'unique':
      return isBelow(type.of, place);
    case 'either':
      return type.of.some((one) => isBelow(one, place));
    case 'coercedTo':
      return isBelow(type.to, place) || isBelow(type.from, place);
    case 'listOf':
      return place[0] === '*' && isBelow(type.of, place.slice(1));
    case 'attrsOf':
    case 'functionTo':
      return /^<.*>$/.test(place[0]!) && isBelow(type.of, place.slice(1));
    case 'submodule':
      return isThere(type.options, place) || (type.freeform !== undefined && isBelow(type.freeform, place));
    case 'attrTag':
      return isThere(type.options, place);
    default:
      return false;
  }
}
