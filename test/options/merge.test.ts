import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlaid, unionOf } from '../../lib/options/merge';
import type { Option, OptionTree, OptionType } from '../../lib/options/type';

const submodule = (options: OptionTree): OptionType => ({ kind: 'submodule', options });

/** The union of two types, as an option has it. */
function union(a: OptionType, b: OptionType): OptionType {
  const both = unionOf({ x: [a] }, { x: [b] });
  return (both.x as Option)[0];
}

describe('the union of two trees', () => {
  it('has the options of both', () => {
    const a: OptionTree = { a: ['str'], group: { b: ['int', { default: 1 }] } };
    const b: OptionTree = { c: ['bool'], group: { d: { e: ['path'] } } };
    expect(unionOf(a, b)).toEqual({
      a: ['str'],
      group: { b: ['int', { default: 1 }], d: { e: ['path'] } },
      c: ['bool'],
    });
  });

  it('is the tree where both are the same, and does not depend on the order', () => {
    const type = fc.letrec<{ type: OptionType; tree: OptionTree }>((tie) => ({
      type: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom<OptionType>('str', 'bool', 'any', { kind: 'int', min: 1 }, { kind: 'enum', values: ['a', 1] }),
        tie('type').map((of): OptionType => ({ kind: 'listOf', of })),
        tie('type').map((of): OptionType => ({ kind: 'attrsOf', of })),
        fc.constantFrom<OptionType>('str', 'path').map((of): OptionType => ({ kind: 'nullOr', of })),
        tie('tree').map(submodule),
      ),
      tree: fc.dictionary(
        fc.constantFrom('a', 'b', '__proto__', 'constructor'),
        fc.oneof(
          { maxDepth: 3 },
          fc.tuple(tie('type')) as fc.Arbitrary<Option>,
          fc.tuple(tie('type'), fc.constantFrom({ readOnly: true } as const, { default: 'x' })) as fc.Arbitrary<Option>,
          tie('tree'),
        ),
      ),
    }));
    fc.assert(
      fc.property(type.tree, (tree) => {
        expect(unionOf(tree, tree)).toEqual(tree);
      }),
    );
    fc.assert(
      fc.property(type.tree, type.tree, (a, b) => {
        const both = unionOf(a, b);
        expect(sorted(unionOf(b, a))).toEqual(sorted(both));
        // What is there already adds nothing.
        expect(sorted(unionOf(both, a))).toEqual(sorted(both));
      }),
    );
  });

  it.each<[string, OptionType, OptionType, OptionType]>([
    ['anything, if one takes that', 'any', 'str', 'any'],
    ['either of two', 'str', 'int', { kind: 'either', of: ['str', 'int'] }],
    [
      'any of more, each once',
      { kind: 'either', of: ['str', 'int'] },
      { kind: 'either', of: ['int', 'bool'] },
      { kind: 'either', of: ['str', 'int', 'bool'] },
    ],
    [
      'the values of both',
      { kind: 'enum', values: ['a', 'b'] },
      { kind: 'enum', values: ['b', 'c'] },
      { kind: 'enum', values: ['a', 'b', 'c'] },
    ],
    ['null, if one takes that', { kind: 'nullOr', of: 'str' }, 'str', { kind: 'nullOr', of: 'str' }],
    [
      'lists of either',
      { kind: 'listOf', of: 'str', nonEmpty: true },
      { kind: 'listOf', of: 'int' },
      { kind: 'listOf', of: { kind: 'either', of: ['str', 'int'] } },
    ],
    [
      'sets of what both have',
      { kind: 'attrsOf', of: submodule({ a: ['str'] }) },
      { kind: 'attrsOf', of: submodule({ b: ['str'] }) },
      { kind: 'attrsOf', of: submodule({ a: ['str'], b: ['str'] }) },
    ],
    [
      'other names, if one takes those',
      { kind: 'submodule', options: {}, freeform: 'data' },
      submodule({ a: ['str'] }),
      { kind: 'submodule', options: { a: ['str'] }, freeform: 'data' },
    ],
    [
      'the tags of both',
      { kind: 'attrTag', options: { a: ['str'] } },
      { kind: 'attrTag', options: { b: ['str'] } },
      { kind: 'attrTag', options: { a: ['str'], b: ['str'] } },
    ],
    [
      'either range',
      { kind: 'int', min: 0 },
      { kind: 'int', max: 9 },
      {
        kind: 'either',
        of: [
          { kind: 'int', min: 0 },
          { kind: 'int', max: 9 },
        ],
      },
    ],
  ])('takes %s', (_, a, b, both) => {
    expect(union(a, b)).toEqual(both);
  });

  it('says of an option only what is so in both, and the first file', () => {
    const a: Option = ['str', { default: 'x', file: 'a.nix', readOnly: true, hidden: true }];
    const b: Option = ['str', { default: 'y', file: 'b.nix', hidden: true }];
    expect(unionOf({ x: a }, { x: b })).toEqual({ x: ['str', { file: 'a.nix', hidden: true }] });
  });

  it('demands no option that only one of them has', () => {
    const server = (options: OptionTree): OptionTree => ({ servers: [{ kind: 'attrsOf', of: submodule(options) }] });
    const both = unionOf(server({ host: ['str', { required: true }] }), server({ port: ['int', { required: true }] }));
    expect(both).toEqual(server({ host: ['str'], port: ['int'] }));
    expect(unionOf({}, { group: { x: ['str', { required: true, hidden: true }] } })).toEqual({
      group: { x: ['str', { hidden: true }] },
    });
  });

  it('has an option that only one of them has renamed or removed', () => {
    const gone: OptionTree = { x: ['any', { renamedTo: 'y' }], z: ['any', { removed: true }] };
    const there: OptionTree = { x: ['str'], z: ['int'] };
    expect(unionOf(gone, there)).toEqual(there);
    expect(unionOf(there, gone)).toEqual(there);
  });

  it('takes what a group takes where the other one has an option', () => {
    const group: OptionTree = { x: { a: ['str'] } };
    expect(unionOf(group, { x: [submodule({ b: ['str'] })] })).toEqual({ x: [submodule({ a: ['str'], b: ['str'] })] });
    expect(unionOf({ x: ['bool'] }, group)).toEqual({
      x: [{ kind: 'either', of: ['bool', submodule({ a: ['str'] })] }],
    });
  });
});

describe('a tree laid over an older one', () => {
  it('is right about its own options, and leaves the others', () => {
    const older: OptionTree = { a: ['str', { default: 'x' }], b: { c: ['str'] } };
    expect(overlaid(older, { a: ['int'], b: { d: ['bool'] } })).toEqual({ a: ['int'], b: { c: ['str'], d: ['bool'] } });
  });

  it('leaves the other options of a submodule', () => {
    const wrap = (options: OptionTree): OptionTree => ({
      x: [{ kind: 'attrsOf', of: { kind: 'nullOr', of: submodule(options) } }],
    });
    expect(overlaid(wrap({ a: ['str'], b: ['str'] }), wrap({ b: ['int'] }))).toEqual(wrap({ a: ['str'], b: ['int'] }));
    expect(overlaid(wrap({ a: ['str'] }), { x: ['str'] })).toEqual({ x: ['str'] });
  });

  it('reads nothing of a part that it does not touch', () => {
    const older = Object.defineProperty({}, 'unread', { enumerable: true, get: () => ({ get: () => expect.fail() }) });
    expect(Object.keys(overlaid(older, { a: ['str'] }))).toEqual(['unread', 'a']);
  });
});

/** A tree with its names, and the alternatives of its types, in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, sorted(member)] as const);
  const ordered = entries.map(([name, member]) =>
    (name === 'of' || name === 'values') && Array.isArray(member)
      ? ([name, [...member].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))] as const)
      : ([name, member] as const),
  );
  return Object.fromEntries(ordered.sort(([a], [b]) => (a < b ? -1 : 1)));
}
