import { mkAfter, mkBefore, mkDefault, mkForce, mkIf, mkMerge, mkOrder, mkOverride, nix, pkgs } from 'cdknix';
import { describe, expect, it } from 'vitest';
import { fromJs, print } from '../../lib/nix';
import { differences } from '../../lib/options/resolve/compare';
import { type Outcome, outcomeAt, type Some } from '../../lib/options/resolve/outcome';
import { resolved } from '../../lib/options/resolve/resolve-value';
import { showPath } from '../../lib/options/show-value';
import type { Facts, OptionTree, OptionType } from '../../lib/options/type';

const home: OptionTree = { programs: { git: { enable: ['bool', { default: false }] } } };
const surroundings = { fill: () => undefined, optionsOf: (of: string) => (of === 'home' ? home : undefined) };

const list = (of: OptionType): OptionType => ({ kind: 'listOf', of });
const attrs = (of: OptionType): OptionType => ({ kind: 'attrsOf', of });

/** An outcome in a line: `…` is what only Nix can tell. */
function shown(outcome: Outcome | Some): string {
  switch (outcome.is) {
    case 'value':
      return JSON.stringify(outcome.value);
    case 'list':
      return `[${outcome.items.map(shown).join(' ')}]`;
    case 'joined':
      return outcome.pieces.map(shown).join(` ${JSON.stringify(outcome.separator)} `);
    case 'set': {
      const members = outcome.members.map(([name, one]) => `${name} = ${shown(one)};`);
      return `{ ${[...members, ...(outcome.more ? ['…'] : [])].join(' ')} }`;
    }
    case 'open':
    case 'some': {
      const code = outcome.code === undefined ? '' : ` ${print(fromJs(outcome.code)).trim()}`;
      return `${outcome.is === 'some' ? '*' : '?'}(${outcome.because}${code})`;
    }
    case 'conflict':
      return `!${outcome.because}`;
    case 'nothing':
      return 'nothing';
  }
}

/** What definitions come to, then each of them with what becomes of it; named by their numbers. */
function resolve(type: OptionType, definitions: readonly unknown[], facts?: Facts) {
  const contributions = definitions.map((value, by) => ({ value, by: by + 1 }));
  const { outcome, definitions: found } = resolved(
    ['o'],
    facts ? [type, facts] : [type],
    contributions,
    surroundings as never,
  );
  const lines = found.map(({ by, option, fate, place, priority, order, conditions }) => {
    const more = [
      priority === 100 ? '' : ` at ${priority}`,
      order === 1000 ? '' : ` in ${order}`,
      conditions.length ? ` if ${conditions.map((one) => print(fromJs(one)).trim()).join(' and ')}` : '',
    ];
    const end = fate.is === 'loses' ? `loses to ${fate.to} of ${showPath(fate.at)}` : fate.is;
    return `${by}: ${showPath(option)}${place.length ? ` <${place.join(' ')}>` : ''}${more.join('')} ${end}`;
  });
  return [shown(outcome), ...lines];
}

const value = (type: OptionType, ...definitions: unknown[]) => resolve(type, definitions)[0];
const condition = nix`config.on`;

describe('what definitions of an option come to', () => {
  it('is the value of the lowest priority', () => {
    expect(resolve('int', [1, mkForce(2), mkDefault(3), mkOverride(10, 4), mkOverride(10, 4)])).toEqual([
      '4',
      '4: o at 10 counts',
      '5: o at 10 counts',
      '1: o loses to 10 of o',
      '2: o at 50 loses to 10 of o',
      '3: o at 1000 loses to 10 of o',
    ]);
  });

  it('is the default where nobody defines it, or only as a default of a default', () => {
    expect(resolve('int', [], { default: 5 })).toEqual(['5']);
    expect(resolve(list('int'), [nix`lib.mkOptionDefault [ 2 ]`], { default: [1] })[0]).toBe('[1 2]');
    expect(resolve('int', [])).toEqual(['nothing']);
  });

  it('is a conflict where definitions of one value differ', () => {
    expect(value('str', 'a', 'b')).toBe('!different');
    expect(value('str', 'a', 'a')).toBe('"a"');
    expect(value({ kind: 'nullOr', of: 'str' }, null, 'b')).toBe('!different');
    expect(value({ kind: 'either', of: ['str', list('str')] }, ['a'], 'b')).toBe('!type');
    expect(value({ kind: 'unique', of: list('int') }, [1], [2])).toBe('!several');
  });

  it('joins lists and texts in their order', () => {
    const lists = resolve(list('str'), [['b'], mkAfter(['c']), mkBefore(['a']), mkOrder(1200, ['bb']), ['b2']]);
    expect(lists[0]).toBe('["a" "b" "b2" "bb" "c"]');
    expect(lists.slice(1).map((line) => line.split(':')[0])).toEqual(['3', '1', '5', '4', '2']);
    expect(value({ kind: 'str', separator: '\n' }, 'x', mkBefore('w'))).toBe(String.raw`"w" "\n" "x"`);
  });

  it('merges sets by name, each by its own priority', () => {
    expect(resolve(attrs('int'), [{ a: 1, b: 1 }, { a: mkForce(2) }, { c: mkIf(false, 3) }])).toEqual([
      '{ a = 2; b = 1; }',
      '2: o.a <a> at 50 counts',
      '1: o.b <b> counts',
      '1: o.a <a> loses to 50 of o.a',
      '3: o.c <c> never',
    ]);
  });

  it('lets a set with a priority win as a whole', () => {
    expect(resolve(attrs('int'), [{ a: 1 }, mkForce({ b: 2 })])).toEqual([
      '{ b = 2; }',
      '2: o.b <b> counts',
      '1: o.a <a> loses to 50 of o',
    ]);
  });

  it('turns the order of definitions round in submodules', () => {
    const inner: OptionType = {
      kind: 'submodule',
      options: { l: [list('int')], d: [attrs({ kind: 'submodule', options: { l: [list('int')] } })] },
    };
    expect(value(inner, { l: [1] }, { l: [2] })).toBe('{ l = [2 1]; … }');
    expect(value(inner, { d: { x: { l: [1] } } }, { d: { x: { l: [2] } } })).toBe(
      '{ d = { x = { l = [1 2]; … }; }; … }',
    );
  });

  it('has the defaults and the freeform names of submodules', () => {
    const inner: OptionType = {
      kind: 'submodule',
      options: { a: ['int', { default: 1 }], g: { b: [list('int'), { default: [1] }] } },
      freeform: attrs('int'),
    };
    expect(value(inner, { c: 1, g: { b: mkDefault([2]) } }, { c: mkForce(2), g: mkForce({ b: [3] }) })).toBe(
      '{ c = 2; g = { b = [3]; … }; … }',
    );
  });

  it('is open where only Nix can tell', () => {
    expect(value('package', pkgs.git)).toBe('?(expression pkgs.git)');
    expect(value('int', nix`config.x`, 1)).toBe('1');
    expect(value('int', nix`config.x`, nix`config.y`)).toBe('?(several)');
    expect(value('int', mkIf(condition, 1))).toBe('?(condition config.on)');
    expect(value('int', mkIf(condition, mkForce(1)), 2)).toBe('?(condition config.on)');
    expect(value('int', mkIf(condition, 2), 2)).toBe('2');
    expect(value('int', nix`lib.mkOverride config.x 1`, 2)).toBe('?(priority)');
    expect(value(list('int'), [1, nix`config.x`], nix`config.y`, mkIf(condition, [3]), [4])).toBe(
      '[1 ?(expression config.x) *(expression config.y) *(condition config.on) 4]',
    );
    expect(value(list('int'), [1], nix`lib.mkOrder config.x [ 2 ]`)).toBe('?(order)');
    expect(value(attrs('int'), { a: 1 }, nix`config.x`)).toBe('{ a = 1; … }');
  });

  it('says what becomes of definitions under a condition', () => {
    expect(resolve('int', [mkIf(condition, mkForce(1)), 2, mkDefault(3)])).toEqual([
      '?(condition config.on)',
      '2: o counts',
      '1: o at 50 if config.on may',
      '3: o at 1000 loses to 100 of o',
    ]);
  });

  it('sees through merges', () => {
    expect(resolve(list('int'), [mkMerge([[1], mkIf(true, [2]), mkIf(false, [3])])])).toEqual([
      '[1 2]',
      '1: o <0> counts',
      '1: o <1> counts',
      '1: o <2> never',
    ]);
  });

  it('merges data of file formats at any depth', () => {
    expect(value('data', { a: { l: [1], s: mkDefault(1) } }, { a: { l: [2], s: 2, t: null } })).toBe(
      '{ a = { l = [1 2]; s = 2; t = null; }; }',
    );
    expect(value('data', { a: 1 }, { a: [1] })).toBe('{ a = !different; }');
  });

  it('replaces names in sets that do not merge', () => {
    expect(resolve('attrs', [{ a: { x: 1 } }, { a: { y: 2 }, b: 1 }])).toEqual([
      '{ a = { y = 2; }; b = 1; }',
      '2: o.a <a> counts',
      '2: o.b <b> counts',
      '1: o.a <a> replaced',
    ]);
  });

  it('sees what is coerced where it is not', () => {
    const strings: OptionType = { kind: 'coercedTo', from: 'str', to: list('str') };
    expect(value(strings, ['a'], ['b'])).toBe('["a" "b"]');
    expect(value(strings, ['a'], 'b')).toBe('["a" *(expression "b")]');
  });

  it('sees into configurations of other module systems', () => {
    expect(value(attrs('home'), { anna: { programs: { git: { enable: mkForce(true) } } } })).toBe(
      '{ anna = { programs = { git = { enable = true; … }; … }; … }; }',
    );
    const more: OptionType = { kind: 'submodule', extends: 'home', options: { programs: { git: { lines: ['int'] } } } };
    expect(value(more, { programs: { git: { enable: mkForce(true), lines: 2 } } })).toBe(
      '{ programs = { git = { enable = true; lines = 2; … }; … }; … }',
    );
  });

  it('takes any name', () => {
    const odd = JSON.parse('{ "__proto__": { "constructor": 1 } }');
    expect(value(attrs(attrs('int')), odd)).toBe('{ __proto__ = { constructor = 1; }; }');
  });

  it('can be asked for what is in it', () => {
    const { outcome } = resolved(['o'], [attrs('int')], [{ value: { a: 1 }, by: 0 }], surroundings as never);
    expect(outcomeAt(outcome, ['a'])).toEqual({ is: 'value', value: 1 });
    expect(outcomeAt(outcome, ['b'])).toBeUndefined();
  });
});

describe('the comparison with a value of Nix', () => {
  const differ = (type: OptionType, definitions: unknown[], found: unknown, isAlone = false) => {
    const contributions = definitions.map((one, by) => ({ value: one, by }));
    const { outcome } = resolved(['o'], [type], contributions, surroundings as never);
    return differences(outcome, found, ['o'], isAlone).map((one) => `${one.at}: ${one.expected}, not ${one.found}`);
  };

  it('finds other values', () => {
    expect(differ('int', [1], 1)).toEqual([]);
    expect(differ('int', [1], 2)).toEqual(['o: 1, not 2']);
    expect(differ(attrs('int'), [{ a: 1, b: 1 }], { a: 2 })).toEqual(['o.a: 1, not 2', 'o.b: a value, not undefined']);
  });

  it('lets other modules add to lists, sets and texts, unless there are none', () => {
    expect(differ(list('int'), [[1], [2]], [0, 1, 5, 2])).toEqual([]);
    expect(differ(list('int'), [[1], [2]], [0, 1, 5, 2], true)).toEqual(['o: 1, 2, not [0,1,5,2]']);
    expect(differ(list('int'), [[1], [2]], [2, 1])).toEqual(['o: 1, 2, not [2,1]']);
    expect(differ(attrs('int'), [{ a: 1 }], { a: 1, b: 1 })).toEqual([]);
    expect(differ(attrs('int'), [{ a: 1 }], { a: 1, b: 1 }, true)).toEqual(['o: no b, not {"a":1,"b":1}']);
    expect(differ({ kind: 'str', separator: '\n' }, ['a', 'b'], 'x\na\ny\nb')).toEqual([]);
    expect(differ({ kind: 'str', separator: '\n' }, ['a', 'b'], 'x\na\ny\nb', true)).toHaveLength(1);
  });

  it('says nothing of what only Nix can tell', () => {
    expect(differ('int', [nix`config.x`], 5)).toEqual([]);
    expect(differ(attrs('int'), [{ a: mkIf(condition, 1) }], {})).toEqual([]);
    expect(differ(list('int'), [[1], nix`config.y`, [4]], [1, 8, 9, 4], true)).toEqual([]);
  });
});
