import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dagElement, dagOf } from '../../lib/options/dag';
import { parseSentence } from '../../lib/options/published/sentence';
import { showType, showTypeBriefly } from '../../lib/options/show-type';
import type { Literal, OptionType } from '../../lib/options/type';
import { describePublished, publishedSentences } from '../support/published';

describe('a type in words', () => {
  const cases: readonly (readonly [OptionType, string])[] = [
    ['any', 'anything'],
    ['data', 'plain data'],
    ['str', 'string'],
    ['int', 'signed integer'],
    ['number', 'integer or floating point number'],
    ['home', 'Home Manager configuration'],
    [{ kind: 'int', min: 0, max: 65535 }, 'integer between 0 and 65535 (both inclusive)'],
    [{ kind: 'int', min: 0 }, 'unsigned integer, meaning >=0'],
    [{ kind: 'int', min: 1 }, 'positive integer, meaning >0'],
    [{ kind: 'int', min: 16 }, 'integer, meaning >=16'],
    [{ kind: 'float', max: 0.5 }, 'floating point number, meaning <=0.5'],
    [{ kind: 'str', pattern: 'a|b' }, 'string matching the pattern a|b'],
    [{ kind: 'str', separator: '\n' }, 'strings concatenated with "\\n"'],
    [{ kind: 'path', inStore: false, absolute: true }, 'absolute path not in the Nix store'],
    [{ kind: 'enum', values: ['yes', 1, true, null] }, 'one of "yes", 1, true, <null>'],
    [{ kind: 'enum', values: ['yes'] }, 'value "yes" (singular enum)'],
    [{ kind: 'enum', values: [] }, 'impossible (empty enum)'],
    [{ kind: 'nullOr', of: 'str' }, 'null or string'],
    [{ kind: 'listOf', of: { kind: 'submodule', options: { a: ['str'] } } }, 'list of submodule'],
    [{ kind: 'attrsOf', of: { kind: 'nullOr', of: 'str' } }, 'attribute set of (null or string)'],
    [
      { kind: 'coercedTo', from: 'str', to: { kind: 'listOf', of: 'str' } },
      '(list of string) or string convertible to it',
    ],
    [
      { kind: 'submodule', options: {}, freeform: { kind: 'attrsOf', of: 'int' } },
      'open submodule of attribute set of signed integer',
    ],
    [{ kind: 'attrTag', options: { a: ['str'], 'b c': ['int'] } }, 'attribute-tagged union with choices: a, "b c"'],
    [{ kind: 'functionTo', of: { kind: 'listOf', of: 'package' } }, 'function that evaluates to a(n) list of package'],
    [{ kind: 'unique', of: { kind: 'listOf', of: 'str' } }, 'unique (list of string)'],
    [{ kind: 'submodule', extends: 'nixos', options: { a: ['str'] } }, 'NixOS configuration'],
    [dagOf({ kind: 'either', of: ['str', 'int'] }), 'DAG of string or signed integer'],
    [
      {
        kind: 'either',
        of: [
          { kind: 'int', min: 1 },
          { kind: 'listOf', of: 'str' },
          { kind: 'nullOr', of: 'bool' },
        ],
      },
      'positive integer, meaning >0, or list of string or null or boolean',
    ],
  ];

  it.each(cases)('%j', (type, words) => {
    expect(showType(type)).toBe(words);
  });
});

it('knows ordered sets whatever the order of their options', () => {
  const names: OptionType = { kind: 'listOf', of: 'str' };
  const entry: OptionType = { kind: 'submodule', options: { after: [names], before: [names], data: ['str'] } };
  expect(showType({ kind: 'attrsOf', of: { kind: 'coercedTo', from: 'str', to: entry } })).toBe('DAG of string');
});

describe('a type in few words', () => {
  const letters = [...'abcdefghij'];

  it('has the first eight values of a long enum', () => {
    const type: OptionType = { kind: 'nullOr', of: { kind: 'enum', values: letters } };
    expect(showTypeBriefly(type)).toBe('null or one of "a", "b", "c", "d", "e", "f", "g", "h", …');
    expect(showType(type)).toBe('null or one of "a", "b", "c", "d", "e", "f", "g", "h", "i", "j"');
  });

  it('has all values of a short one', () => {
    expect(showTypeBriefly({ kind: 'enum', values: letters.slice(0, 8) })).toBe(
      'one of "a", "b", "c", "d", "e", "f", "g", "h"',
    );
  });

  it('has the first eight choices of a union', () => {
    const type: OptionType = { kind: 'attrTag', options: Object.fromEntries(letters.map((name) => [name, ['str']])) };
    expect(showTypeBriefly(type)).toBe('attribute-tagged union with choices: a, b, c, d, e, f, g, h, …');
  });
});

const atoms = ['any', 'data', 'bool', 'int', 'float', 'number', 'str', 'path', 'package', 'attrs'] as const;
const systems = ['module', 'nixos', 'darwin', 'home'] as const;

const bounds = fc.oneof(fc.integer(), fc.double({ min: -1e6, max: 1e6, noNaN: true })).filter((n) => !Object.is(n, -0));

const ranges = fc
  .record({ kind: fc.constantFrom('int', 'float', 'number'), a: bounds, b: bounds, shape: fc.constantFrom(0, 1, 2) })
  .map(({ kind, a, b, shape }): OptionType => {
    const [min, max] = [Math.min(a, b), Math.max(a, b)].map((n) => (kind === 'int' ? Math.trunc(n) + 0 : n));
    return { kind, ...(shape < 2 && { min }), ...(shape > 0 && { max }) } as OptionType;
  });

const texts = fc.oneof(
  fc.string({ unit: 'binary' }).map((separator): OptionType => ({ kind: 'str', separator })),
  fc.constantFrom('nonEmpty', 'singleLine', 'passwdEntry').map((form): OptionType => ({ kind: 'str', form })),
  fc
    .constantFrom(
      '.+',
      '[^)(]*\\)',
      '(a|b or list of c)?',
      '[]x]( or string)',
      '[[:alnum:]_.-]{1,64}',
      'a, b',
      '',
      '^$',
    )
    .map((pattern): OptionType => ({ kind: 'str', pattern })),
);

const paths = fc.constantFrom<OptionType>(
  { kind: 'path' },
  { kind: 'path', inStore: true },
  { kind: 'path', inStore: false, absolute: true },
  { kind: 'path', absolute: false },
);

// Strings in sentences have no escapes, so one with a quotation mark cannot always be told from two.
const literals: fc.Arbitrary<Literal> = fc.oneof(
  fc.string().filter((text) => !text.includes('"')),
  fc.constantFrom(' or string', ') or (', ', ', '(singular enum)', '…'),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const enums = fc.uniqueArray(literals).map((values): OptionType => ({ kind: 'enum', values }));

const names = fc.oneof(fc.string(), fc.constantFrom('or', '__proto__', 'constructor', 'a or b', '${x}', '\\${x}', '"'));
const tags = fc
  .uniqueArray(names, { minLength: 1 })
  .map((all): OptionType => ({ kind: 'attrTag', options: Object.fromEntries(all.map((name) => [name, ['any']])) }));

/** All types that a sentence can tell, as `parseSentence` gives them. */
const types = fc.letrec<{ type: OptionType }>((tie) => {
  const part = tie('type');
  const of = <Kind extends 'listOf' | 'attrsOf' | 'nullOr' | 'functionTo' | 'unique'>(kind: Kind) =>
    part.map((inner) => ({ kind, of: inner }) as OptionType);
  return {
    type: fc.oneof(
      { maxDepth: 4, depthSize: 'medium' },
      fc.constantFrom<OptionType>(...atoms, ...systems, { kind: 'submodule', options: {} }),
      ranges,
      texts,
      paths,
      enums,
      tags,
      of('listOf'),
      of('attrsOf').filter((type) => dagElement(type) === undefined),
      of('nullOr'),
      of('functionTo'),
      of('unique'),
      part.map((inner): OptionType => ({ kind: 'listOf', of: inner, nonEmpty: true })),
      part.map((inner): OptionType => ({ kind: 'attrsOf', of: inner, lazy: true })),
      part.map((freeform): OptionType => ({ kind: 'submodule', options: {}, freeform })),
      part.map(dagOf),
      fc.record({ kind: fc.constant('coercedTo' as const), from: part, to: part }),
      fc
        .uniqueArray(part, { minLength: 2, maxLength: 4, selector: (type) => JSON.stringify(type) })
        .filter((all) => all.every((one) => typeof one === 'string' || one.kind !== 'either'))
        .filter((all) => all.length > 2 || !all.includes('int') || !all.includes('float'))
        .map((all): OptionType => ({ kind: 'either', of: all })),
    ),
  };
}).type;

describe('the words of a type', () => {
  it('are those of no other type', () => {
    fc.assert(
      fc.property(types, (type) => {
        expect(parseSentence(showType(type))).toEqual(type);
      }),
      { numRuns: 3000 },
    );
  });
});

describePublished('the types of the module systems', () => {
  it('are the same after they were shown', () => {
    for (const sentence of publishedSentences()) {
      const type = parseSentence(sentence);
      expect(parseSentence(showType(type))).toEqual(type);
    }
  });
});
