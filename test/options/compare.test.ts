import { describe, expect, it } from 'vitest';
import { changesBetween, countOptions } from '../../lib/options/compare';
import type { OptionTree, OptionType } from '../../lib/options/type';

const none = { added: [], removed: [], renamed: [] };
const submodule = (options: OptionTree): OptionType => ({ kind: 'submodule', options });

describe('changes between two trees', () => {
  it('are none where they are equal', () => {
    const tree: OptionTree = { a: { b: ['str'], c: [submodule({ d: ['int', { hidden: true }] })] } };
    expect(changesBetween(tree, structuredClone(tree))).toEqual(none);
  });

  it('are none where only types and facts differ', () => {
    expect(changesBetween({ a: ['str'] }, { a: ['int', { default: 1, hidden: true, readOnly: true }] })).toEqual(none);
  });

  it('are named by the places of options, sorted', () => {
    const before: OptionTree = { z: ['str'], b: { c: ['str'] }, same: ['bool'] };
    const after: OptionTree = { same: ['bool'], y: ['str'], b: { d: ['str'], a: { e: ['str'] } } };
    expect(changesBetween(before, after)).toEqual({ ...none, added: ['b.a.e', 'b.d', 'y'], removed: ['b.c', 'z'] });
  });

  it('are found in submodules wherever these are', () => {
    const types: Record<string, OptionType> = {
      attrsOf: { kind: 'attrsOf', of: submodule({ x: ['str'] }) },
      listOf: { kind: 'listOf', of: submodule({ x: ['str'] }) },
      nullOr: { kind: 'nullOr', of: submodule({ x: ['str'] }) },
      either: { kind: 'either', of: ['str', submodule({ x: ['str'] })] },
      coercedTo: { kind: 'coercedTo', from: submodule({ y: ['str'] }), to: submodule({ x: ['str'] }) },
      functionTo: { kind: 'functionTo', of: submodule({ x: ['str'] }) },
      unique: { kind: 'unique', of: submodule({ x: ['str'] }) },
      attrTag: { kind: 'attrTag', options: { x: ['str'] } },
      freeform: {
        kind: 'submodule',
        options: { own: ['str'] },
        freeform: { kind: 'attrsOf', of: submodule({ x: ['str'] }) },
      },
    };
    const after = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, [type] as const]));
    const before = Object.fromEntries(Object.keys(types).map((name) => [name, ['any'] as const]));
    expect(changesBetween(before, after).added).toEqual([
      'attrTag.x',
      'attrsOf.<name>.x',
      'coercedTo.x',
      'coercedTo.y',
      'either.x',
      'freeform.<name>.x',
      'freeform.own',
      'functionTo.<function body>.x',
      'listOf.*.x',
      'nullOr.x',
      'unique.x',
    ]);
    expect(changesBetween(after, before).removed).toHaveLength(11);
  });

  it('tell an option that became an old name from one that was removed', () => {
    const before: OptionTree = { old: ['str'], gone: ['str'], alias: ['str', { renamedTo: 'x' }] };
    const after: OptionTree = {
      old: ['any', { renamedTo: 'fresh.name' }],
      gone: ['any', { removed: true }],
      fresh: { name: ['str'] },
    };
    expect(changesBetween(before, after)).toEqual({
      added: ['fresh.name'],
      removed: ['alias', 'gone'],
      renamed: [['old', 'fresh.name']],
    });
  });

  it('do not call an old name added, nor one whose new name changes again', () => {
    const before: OptionTree = { old: ['any', { renamedTo: 'a' }] };
    const after: OptionTree = { old: ['any', { renamedTo: 'b' }], older: ['any', { renamedTo: 'b' }] };
    expect(changesBetween(before, after)).toEqual(none);
  });

  it('take any name', () => {
    const after = JSON.parse('{ "__proto__": { "constructor": ["str"] }, "toString": ["str"] }') as OptionTree;
    expect(changesBetween({}, after).added).toEqual(['__proto__.constructor', 'toString']);
  });
});

describe('the number of options', () => {
  it('is that of manuals: what is hidden, renamed or removed does not count', () => {
    expect(
      countOptions({
        a: ['str'],
        b: [{ kind: 'listOf', of: submodule({ c: ['str'], d: ['str', { hidden: true }] }) }],
        e: { f: ['any', { renamedTo: 'a' }], g: ['any', { removed: true }] },
      }),
    ).toBe(3);
  });
});
