import {
  float,
  lazy,
  lib,
  mkAfter,
  mkBefore,
  mkDefault,
  mkForce,
  mkIf,
  mkMerge,
  mkOrder,
  nix,
  path,
  pkgs,
  str,
} from 'cdknix';
import { describe, expect, it } from 'vitest';
import { File } from '../../lib/module/file';
import { Lazy } from '../../lib/module/lazy';
import { checkDefinitions, type Surroundings } from '../../lib/options/check/check';
import { dagOf } from '../../lib/options/dag';
import { PATH } from '../../lib/options/shape';
import type { OptionTree, OptionType } from '../../lib/options/type';

const surroundings: Surroundings = {
  fill: (hole) => (hole instanceof File ? PATH : hole instanceof Lazy ? hole.produce() : undefined),
};

/** The problems of a value, a line each: code, place. */
function problems(value: unknown, options: OptionTree, more?: Partial<Surroundings>): string[] {
  return checkDefinitions(value, options, { ...surroundings, ...more }).map(
    ({ code, place }) => `${code} ${JSON.stringify(place)}`,
  );
}

/** The codes of what is wrong with a value of a type, with where inside of it. */
function wrong(type: OptionType, value: unknown): string[] {
  return checkDefinitions({ x: value }, { x: [type] }, surroundings).map(({ code, place }) =>
    [code.slice('option-'.length), ...place.slice(1)].join(' '),
  );
}

const port = { kind: 'int', min: 0, max: 65535 } as const;

describe('a value of a type', () => {
  it.each<[OptionType, unknown[], unknown[]]>([
    ['any', [1, null, 'x', {}, [], nix`x: x`, path('./x')], []],
    ['bool', [true, false, nix`true`], ['true', 1, null, [], {}, nix`"x"`, nix`x: x`, path('./x')]],
    ['int', [1, -1, 0, 10n, nix`-5`], [1.5, float(1), '1', true, null]],
    ['float', [1.5, float(1), nix`1.0`], [1, '1.5']],
    ['number', [1, 1.5, float(2)], ['1', true]],
    ['str', ['', 'x', str`a${pkgs.git}`], [1, true, null, path('./x'), ['x']]],
    [
      'path',
      ['/etc', path('./x'), nix`./x`, str`${pkgs.git}/bin`, str`/a/${pkgs.git}`],
      ['etc', './x', '', 1, str`a${pkgs.git}`, {}, []],
    ],
    ['path', [nix`{ outPath = "/x"; }`, { __toString: 1 }], [{ a: 1 }]],
    [
      'package',
      [pkgs.git, '/nix/store/x-y', nix`{ type = "derivation"; }`, str`${pkgs.git}`],
      ['git', '/etc', '/nix/store/x/y', 1, [], { a: 1 }, null, path('./x'), nix`./x`],
    ],
    ['attrs', [{}, { a: 1 }, nix`{ a = x: x; }`], [[], 'x', 1, nix`x: x`]],
    ['module', [{}, nix`{ ... }: { }`, path('./x.nix'), '/etc/x.nix'], ['x', 1, []]],
    [port, [0, 80, 65535], [-1, 65536, 1.5, '80']],
    [{ kind: 'int', min: 1 }, [1, 10n ** 15n], [0]],
    [{ kind: 'number', max: 1 }, [1, 0.5, float(1)], [1.5, 2]],
    [{ kind: 'float', min: 0 }, [0.5, float(0)], [-0.5, 1]],
    [{ kind: 'str', separator: '\n' }, ['a\nb'], [1]],
    [{ kind: 'str', form: 'nonEmpty' }, ['a', ' a', str`${pkgs.git} a`, str`${pkgs.git}`], ['', ' \n']],
    [{ kind: 'str', form: 'singleLine' }, ['', 'a', 'a\n', str`${pkgs.git}`], ['a\nb', 'a\r', str`a\nb${pkgs.git}`]],
    [{ kind: 'str', form: 'passwdEntry' }, ['a b'], ['a:b', 'a\n', str`${pkgs.git}:`]],
    [{ kind: 'str', pattern: '[a-z]+' }, ['abc', str`X${pkgs.git}`], ['', 'a1', 'ABC', 1]],
    [
      { kind: 'path', inStore: true },
      ['/nix/store/00000000000000000000000000000000-x/y', path('./x')],
      ['/etc', 'x', 1],
    ],
    [
      { kind: 'path', inStore: false, absolute: true },
      ['/etc'],
      [path('./x'), '/nix/store/00000000000000000000000000000000-x', 'x'],
    ],
    [{ kind: 'path' }, ['x', '/x', path('./x')], [1]],
    [{ kind: 'path', absolute: false }, ['x'], ['/x', path('./x')]],
    [
      { kind: 'enum', values: ['a', 1, true, null] },
      ['a', 1, float(1), 1n, true, null, str`${pkgs.git}`],
      ['b', 2, false, [], {}],
    ],
    [{ kind: 'enum', values: [1] }, [1], [str`${pkgs.git}`, '1']],
    [{ kind: 'listOf', of: 'any' }, [[], [1]], [1, {}, 'x', null]],
    [{ kind: 'listOf', of: 'any', nonEmpty: true }, [[1]], [[]]],
    [{ kind: 'attrsOf', of: 'any' }, [{}, { a: 1 }], [[], 'x']],
    [{ kind: 'nullOr', of: 'int' }, [null, 1], ['x', {}]],
    [{ kind: 'either', of: ['int', 'bool'] }, [1, true], ['x', null]],
    [{ kind: 'coercedTo', from: 'int', to: 'str' }, [1, 'x'], [true, null]],
    [{ kind: 'functionTo', of: 'str' }, [nix`x: x`, nix`{ __functor = x; }`], ['x', {}, path('./x')]],
    [{ kind: 'unique', of: 'int' }, [1], ['x']],
    [{ kind: 'submodule', options: {} }, [{}, nix`{ ... }: { }`, path('./x.nix')], [1, 'x', []]],
    [
      { kind: 'attrTag', options: { a: ['int'], b: ['str'] } },
      [{ a: 1 }, { b: 'x', a: undefined }],
      [{}, { a: 1, b: 'x' }, { c: 1 }, { a: 1, c: 2 }, 'a'],
    ],
    ['data', [null, 1, 1.5, 'x', true, [1, ['x']], { a: { b: [] } }, path('./x')], [nix`x: x`]],
  ])('of %j is accepted or refused as in Nix', (type, good, bad) => {
    expect(good.filter((value) => wrong(type, value).length)).toEqual([]);
    expect(bad.filter((value) => wrong(type, value).length !== 1)).toEqual([]);
  });

  it('passes where it is an expression that only Nix can tell', () => {
    const types: OptionType[] = [
      'bool',
      'package',
      port,
      { kind: 'enum', values: ['a'] },
      { kind: 'listOf', of: 'int' },
    ];
    for (const type of types) {
      for (const value of [lib.fancy, nix`a + b`, nix`if a then b else "x"`]) expect(wrong(type, value)).toEqual([]);
    }
  });

  it('is refused where it is an expression of another kind', () => {
    const types: OptionType[] = ['bool', port, { kind: 'enum', values: ['a'] }, { kind: 'listOf', of: 'package' }];
    for (const type of types) expect(wrong(type, pkgs.git)).toEqual(['type']);
    expect(wrong('package', pkgs.git)).toEqual([]);
    expect(wrong({ kind: 'either', of: ['package', { kind: 'listOf', of: 'package' }] }, pkgs.git)).toEqual([]);
    expect(wrong('bool', nix`if a then 1 else "x"`)).toEqual(['type']);
    expect(wrong('str', nix`a == b`)).toEqual(['type']);
  });

  it('is a type error or a value error', () => {
    expect(wrong('bool', 'x')).toEqual(['type']);
    expect(wrong(port, 70000)).toEqual(['value']);
    expect(wrong(port, '80')).toEqual(['type']);
    expect(wrong({ kind: 'enum', values: ['a'] }, 'b')).toEqual(['value']);
    expect(wrong({ kind: 'enum', values: ['a'] }, 1)).toEqual(['type']);
    expect(wrong({ kind: 'nullOr', of: { kind: 'str', pattern: 'a' } }, 'b')).toEqual(['value']);
    expect(wrong('path', 'x')).toEqual(['value']);
  });
});

describe('what is inside a value', () => {
  it('is checked with the type of elements and attributes', () => {
    expect(wrong({ kind: 'listOf', of: 'int' }, [1, 'x', 2, true])).toEqual(['type 1', 'type 3']);
    expect(wrong({ kind: 'attrsOf', of: { kind: 'listOf', of: 'int' } }, { a: [1], b: ['x'], c: 1 })).toEqual([
      'type b 0',
      'type c',
    ]);
    expect(wrong({ kind: 'nullOr', of: { kind: 'listOf', of: 'int' } }, ['x'])).toEqual(['type 0']);
    expect(wrong({ kind: 'unique', of: { kind: 'listOf', of: 'int' } }, ['x'])).toEqual(['type 0']);
    expect(wrong({ kind: 'attrTag', options: { a: ['int'] } }, { a: 'x' })).toEqual(['type a']);
    expect(wrong({ kind: 'listOf', of: 'int' }, nix`[ 1 "x" (f x) ]`)).toEqual(['type 1']);
  });

  it('goes by the first alternative that accepts the head', () => {
    const lists: OptionType = {
      kind: 'either',
      of: [
        { kind: 'listOf', of: 'int' },
        { kind: 'listOf', of: 'str' },
      ],
    };
    expect(wrong(lists, ['x'])).toEqual(['type 0']);
    expect(wrong({ kind: 'either', of: ['int', { kind: 'listOf', of: 'str' }] }, ['x', 1])).toEqual(['type 1']);
  });

  it('may be any of several submodules, as only Nix knows how they are told apart', () => {
    const either: OptionType = {
      kind: 'either',
      of: [
        { kind: 'submodule', options: { url: ['str'], name: ['str'], tags: [{ kind: 'listOf', of: 'str' }] } },
        { kind: 'submodule', options: { name: ['str'], bookmarks: [{ kind: 'listOf', of: 'str' }] } },
        { kind: 'attrsOf', of: 'int' },
        { kind: 'attrsOf', of: 'bool' },
      ],
    };
    expect(wrong(either, { name: 'x', bookmarks: [] })).toEqual([]);
    expect(wrong(either, { a: 1 })).toEqual([]);
    expect(wrong(either, { a: true })).toEqual(['unknown a']);
    expect(wrong(either, { name: 'x', bookmarks: [1], tags: [2, 3] })).toEqual(['type bookmarks 0', 'unknown tags']);
  });

  it('passes where another alternative may be meant', () => {
    const fileOrName: OptionType = {
      kind: 'either',
      of: [{ kind: 'str', pattern: '[[.hyphen.]]' }, 'str'],
    };
    expect(wrong(fileOrName, 'x')).toEqual([]);
    const shaped: OptionType = {
      kind: 'either',
      of: [
        { kind: 'coercedTo', from: { kind: 'str', pattern: '[[.a.]]' }, to: { kind: 'listOf', of: 'int' } },
        { kind: 'attrsOf', of: 'int' },
      ],
    };
    expect(wrong(shaped, 'x')).toEqual([]);
    expect(wrong(shaped, { a: 'x' })).toEqual(['type a']);
  });

  it('is left to Nix where it is coerced', () => {
    const type: OptionType = {
      kind: 'coercedTo',
      from: { kind: 'listOf', of: 'str' },
      to: { kind: 'attrsOf', of: 'int' },
    };
    expect(wrong(type, [1])).toEqual([]);
    expect(wrong(type, { a: 'x' })).toEqual(['type a']);
  });

  it('is checked as an entry of an ordered set, or as the data of one', () => {
    const type = dagOf({ kind: 'submodule', options: { a: ['int'] } });
    expect(wrong(type, { x: { a: 1 }, y: { data: { a: 1 }, after: ['x'], before: [] } })).toEqual([]);
    expect(wrong(type, { x: mkIf(pkgs.x, { data: { a: 'x' }, after: [1], before: [] }) })).toEqual([
      'type x data a',
      'type x after 0',
    ]);
    expect(wrong(type, { x: { a: 'x' }, y: { data: {}, after: [] }, z: nix`lib.hm.dag.entryAfter [ "x" ] 1` })).toEqual(
      ['type x a', 'unknown y data', 'unknown y after'],
    );
    expect(wrong(dagOf('str'), { x: 1, y: {} })).toEqual(['type x', 'type y']);
  });

  it('has all that it needs, if it is an element of a list', () => {
    const peer: OptionType = {
      kind: 'submodule',
      options: {
        key: ['str', { required: true }],
        via: { host: ['str', { required: true }] },
        port: ['int'],
        old: ['int', { required: true, hidden: true }],
        state: ['int', { required: true, readOnly: true }],
      },
    };
    const list: OptionType = { kind: 'listOf', of: { kind: 'nullOr', of: peer } };
    expect(wrong(list, [{ key: 'x', via: { host: 'y' } }, { port: 1 }, null])).toEqual(['required 1']);
    expect(wrong(list, [{ key: mkIf(pkgs.x, 'x'), via: pkgs.y }, mkIf(pkgs.x, { key: undefined })])).toEqual([
      'required 1',
    ]);
    expect(wrong(list, nix`[ { key = "x"; via = { }; } { inherit key; via.host = x; } ]`)).toEqual(['required 0']);
    const unit: OptionType = { kind: 'submodule', options: { enable: ['bool'], where: ['str', { required: true }] } };
    expect(wrong({ kind: 'listOf', of: unit }, [{ enable: false }, { enable: true }])).toEqual(['required 1']);
    // Of these nobody can tell.
    const unsure = [pkgs.x, nix`{ ... }: { }`, path('./x.nix'), nix`{ \${a} = 1; }`, { imports: [] }, { config: {} }];
    expect(wrong(list, [...unsure, mkMerge([{ key: 'x' }, { via: { host: 'y' } }])])).toEqual([]);
    // Attributes are merged with those of other modules, and Nix may never ask for what they lack.
    expect(wrong({ kind: 'attrsOf', of: peer }, { a: {} })).toEqual([]);
    expect(wrong({ kind: 'listOf', of: { kind: 'attrsOf', of: peer } }, [{ a: {} }])).toEqual([]);
    expect(
      wrong({ kind: 'listOf', of: { kind: 'submodule', options: { list: [list], one: [peer] } } }, [
        { one: {}, list: [{}] },
      ]),
    ).toEqual(['required 0 list 0']);
  });

  it('is found in data at any depth', () => {
    expect(wrong('data', { a: [{ b: nix`x: x` }, mkForce({ c: nix`y: y` })] })).toEqual(['type a 0 b', 'type a 1 c']);
  });

  it('is checked in a submodule with its options, or with its freeform type', () => {
    const closed: OptionType = { kind: 'submodule', options: { a: ['int'], g: { b: ['bool'] } } };
    expect(wrong(closed, { a: 'x', g: { b: 1, c: 2 }, d: 3 })).toEqual([
      'type a',
      'type g b',
      'unknown g c',
      'unknown d',
    ]);
    const open: OptionType = {
      ...closed,
      freeform: { kind: 'attrsOf', of: { kind: 'either', of: ['str', { kind: 'attrsOf', of: 'int' }] } },
    };
    expect(wrong(open, { a: 'x', d: 'free', e: 3 })).toEqual(['type a', 'type e']);
    // An option group that is there beside the freeform type has unknown names of that type, as a set.
    expect(wrong(open, { g: { b: true, c: 2 } })).toEqual([]);
    expect(wrong({ ...closed, freeform: 'data' }, { d: { e: nix`x: x` } })).toEqual(['type d e']);
    expect(wrong({ ...closed, freeform: 'attrs' }, { d: nix`x: x` })).toEqual([]);
    expect(wrong({ ...closed, freeform: { kind: 'nullOr', of: 'data' } }, { d: [] })).toEqual([]);
  });

  it('may be a whole module where a submodule is taken', () => {
    const type: OptionType = { kind: 'submodule', options: { a: ['int'] } };
    expect(wrong(type, { imports: [path('./x.nix')], a: 1 })).toEqual([]);
    expect(wrong(type, { config: { a: 'x' } })).toEqual(['type config a']);
    expect(wrong(type, { options: {}, config: { b: 1 } })).toEqual([]);
    expect(wrong(type, { _module: { freeformType: pkgs.x }, b: 1 })).toEqual([]);
  });

  it('is checked in a configuration inside this one, if its options are given', () => {
    const options: OptionTree = {
      containers: [{ kind: 'attrsOf', of: { kind: 'submodule', options: { config: ['nixos'] } } }],
    };
    const value = { containers: { a: { config: { containers: { b: { config: { x: 1, imports: [] } } } } } } };
    expect(problems(value, options)).toEqual([]);
    expect(problems(value, options, { optionsOf: () => options })).toEqual([
      'option-unknown ["containers","a","config","containers","b","config","x"]',
    ]);
  });

  it('is checked in a configuration that takes more than its system does', () => {
    const vm: OptionType = { kind: 'submodule', extends: 'nixos', options: { virtualisation: { cores: ['int'] } } };
    const options: OptionTree = {
      networking: { hostName: ['str'] },
      virtualisation: { docker: { enable: ['bool'] }, vmVariant: [vm] },
    };
    const inVm = (value: unknown) => ({ virtualisation: { vmVariant: value } });
    const found = (value: unknown) => problems(inVm(value), options, { optionsOf: () => options });
    expect(found({ virtualisation: { cores: 4, docker: { enable: true } }, networking: { hostName: 'x' } })).toEqual(
      [],
    );
    expect(found({ virtualisation: { cores: 'x', coers: 1 }, networking: { hostNam: 'x' } })).toEqual([
      'option-type ["virtualisation","vmVariant","virtualisation","cores"]',
      'option-unknown ["virtualisation","vmVariant","virtualisation","coers"]',
      'option-unknown ["virtualisation","vmVariant","networking","hostNam"]',
    ]);
    // One inside of the other, for ever.
    expect(found(inVm(inVm({ x: 1 })))).toEqual([
      `option-unknown ${JSON.stringify([...Array(3).fill(['virtualisation', 'vmVariant']).flat(), 'x'])}`,
    ]);
    expect(problems(inVm({ x: 1 }), options)).toEqual([]);
  });
});

describe('definitions', () => {
  const options: OptionTree = {
    services: {
      nginx: { enable: ['bool'], port: [port], list: [{ kind: 'listOf', of: 'int' }] },
      old: ['int', { renamedTo: 'services.nginx.port' }],
      gone: ['any', { removed: true }],
      state: ['str', { readOnly: true }],
    },
  };

  it('are wrong for options that do not exist, at the topmost name', () => {
    expect(problems({ services: { ngnix: { a: { b: 1 } } }, x: 1 }, options)).toEqual([
      'option-unknown ["services","ngnix"]',
      'option-unknown ["x"]',
    ]);
    expect(problems({ services: { ngnix: {} } }, options)).toHaveLength(1);
  });

  it('say nothing where they are undefined', () => {
    expect(problems({ services: undefined, x: undefined, y: { z: undefined } }, options)).toEqual([]);
    expect(
      problems({ services: { nginx: { enable: undefined }, gone: undefined, state: { a: undefined } } }, options),
    ).toEqual([]);
  });

  it('must be sets where options are in groups', () => {
    for (const value of [true, null, [], 'x']) {
      expect(problems({ services: { nginx: value } }, options)).toEqual(['option-type ["services","nginx"]']);
    }
    expect(problems({ services: { nginx: pkgs.git } }, options)).toEqual([]);
    expect(problems(5, options)).toEqual(['option-type []']);
    expect(problems(nix`{ ... }: { }`, options)).toEqual([]);
  });

  it('of renamed options are told so, and checked as those of the new name', () => {
    const renamed: OptionTree = {
      new: { port: [port], group: { on: ['bool'] } },
      old: ['any', { renamedTo: 'new.port' }],
      older: ['any', { renamedTo: 'old' }],
      group: [{ kind: 'submodule', options: {} }, { renamedTo: 'new.group' }],
      lost: ['bool', { renamedTo: 'not.there' }],
      sub: [{ kind: 'submodule', options: { a: ['int'], b: ['any', { renamedTo: 'a' }] } }],
    };
    expect(problems({ old: 1, older: 2, group: { on: true }, lost: 1, sub: { b: 1 } }, renamed)).toEqual([
      'option-renamed ["old"]',
      'option-renamed ["older"]',
      'option-renamed ["group"]',
      'option-renamed ["lost"]',
      'option-renamed ["sub","b"]',
    ]);
    expect(problems({ older: 'x', group: { on: 1, off: 2 }, sub: { b: 'x' } }, renamed)).toEqual([
      'option-renamed ["older"]',
      'option-type ["older"]',
      'option-renamed ["group"]',
      'option-type ["group","on"]',
      'option-unknown ["group","off"]',
      'option-renamed ["sub","b"]',
      'option-type ["sub","b"]',
    ]);
    expect(checkDefinitions({ services: { old: 1 } }, options, surroundings)[0]).toMatchObject({
      renameTo: ['services', 'nginx', 'port'],
    });
  });

  it('of renamed options have the last name, below the module that the names are of', () => {
    const inner: OptionTree = { a: ['int'], b: ['any', { renamedTo: 'a' }], c: ['any', { renamedTo: 'b' }] };
    const renamed: OptionTree = {
      a: ['int'],
      x: { y: ['any', { renamedTo: 'x.z' }], z: ['any', { renamedTo: 'x.v.w' }], v: { w: ['attrs'] } },
      whole: ['any', { renamedTo: 'x.z.part' }],
      first: ['any', { renamedTo: 'second' }],
      second: ['any', { renamedTo: 'first' }],
      start: ['any', { renamedTo: 'middle' }],
      middle: ['any', { renamedTo: 'not.there' }],
      set: [{ kind: 'attrsOf', of: { kind: 'submodule', options: inner } }],
      group: [{ kind: 'submodule', options: { in: { old: ['any', { renamedTo: 'in.new' }], new: ['int'] } } }],
      host: ['nixos'],
    };
    const value = {
      x: { y: {} },
      whole: 1,
      first: 1,
      start: 1,
      set: { s: { c: 1 } },
      group: { in: { old: 1 } },
      host: { config: { b: 1 } },
      config: { x: { y: {} } },
    };
    const found = checkDefinitions(value, renamed, { ...surroundings, optionsOf: () => inner });
    expect(Object.fromEntries(found.map((one) => [one.option.join('.'), one.renameTo?.join('.')]))).toEqual({
      'x.y': 'x.v.w',
      whole: 'x.v.w.part',
      first: 'second',
      start: 'middle',
      'set.s.c': 'set.s.a',
      'group.in.old': 'group.in.new',
      'host.config.b': 'host.config.a',
      'config.x.y': 'config.x.v.w',
    });
    expect(found[0]!.help).toBe('write x.v.w');
  });

  it('of removed and of read-only options are errors', () => {
    expect(problems({ services: { gone: 1, state: mkForce('x') } }, options)).toEqual([
      'option-removed ["services","gone"]',
      'option-read-only ["services","state"]',
    ]);
  });

  it('are checked through conditions, merges, priorities, orders and lazies', () => {
    const value = mkMerge([
      { services: mkIf(pkgs.x, { nginx: { enable: mkDefault('x') } }) },
      mkIf(pkgs.y, {
        services: { nginx: { list: mkMerge([[1], mkBefore(['x']), mkIf(pkgs.z, mkForce(mkOrder(1, 2)))]) } },
      }),
      lazy(() => ({ services: { nginx: { port: lazy(() => -1) } } })),
      nix`{ services.nginx = lib.mkIf a { port = mkDefault 70000; y = 1; }; }`,
    ]);
    expect(problems(value, options)).toEqual([
      'option-type [0,"services","nginx","enable"]',
      'option-type [1,"services","nginx","list",1,0]',
      'option-type [1,"services","nginx","list",2]',
      'option-value [2,"services","nginx","port"]',
      'option-value [3,"services","nginx","port"]',
      'option-unknown [3,"services","nginx","y"]',
    ]);
  });

  it('are not looked at where they are never made', () => {
    expect(problems({ services: { nginx: { enable: mkIf(false, 'x') } } }, options)).toEqual([]);
  });

  it('may not hold conditions, merges and priorities inside of priorities and orders', () => {
    const places = (value: unknown) => problems(value, options);
    expect(places({ services: { nginx: { enable: mkForce(mkIf(pkgs.x, true)) } } })).toEqual([
      'option-type ["services","nginx","enable"]',
    ]);
    for (const list of [
      mkForce(mkDefault([1])),
      mkForce(mkMerge([[1]])),
      mkBefore(mkIf(pkgs.x, [1])),
      mkBefore(mkForce([1])),
    ]) {
      expect(places({ services: { nginx: { list } } })).toHaveLength(1);
    }
    expect(places({ services: mkForce({ nginx: mkIf(pkgs.x, { enable: true, port: 1 }) }) })).toHaveLength(1);
    expect(places({ services: mkForce({ nginx: { enable: mkDefault(true), port: 1 } }) })).toHaveLength(1);
    for (const list of [mkForce(mkBefore([1])), mkIf(pkgs.x, mkForce([1])), mkMerge([mkForce([1])])]) {
      expect(places({ services: { nginx: { list } } })).toEqual([]);
    }
    expect(places({ services: mkForce({ nginx: mkMerge([{ enable: true }, { port: 1 }]) }) })).toEqual([]);
    expect(places({ services: mkForce({ nginx: { list: mkBefore([1]) } }) })).toEqual([]);
  });

  it('may do so where Nix takes the property for a set, or for the properties of a module', () => {
    const inner = mkForce(mkIf(pkgs.x, {}));
    expect(wrong({ kind: 'submodule', options: {} }, inner)).toEqual([]);
    for (const type of ['any', 'data', 'attrs', { kind: 'attrsOf', of: 'any' }] as OptionType[]) {
      expect(wrong({ kind: 'nullOr', of: type }, inner)).toEqual([]);
    }
    for (const of of ['str', 'bool', { kind: 'submodule', options: {} }] as OptionType[]) {
      expect(wrong({ kind: 'either', of: ['int', { kind: 'attrsOf', of }] }, inner)).toEqual(['type']);
    }
    expect(wrong({ kind: 'attrsOf', of: { kind: 'either', of: ['str', 'int'] } }, mkForce(mkDefault({})))).toEqual([]);
  });

  it('have no order where they are of a submodule', () => {
    const type: OptionType = {
      kind: 'nullOr',
      of: { kind: 'submodule', options: { list: [{ kind: 'listOf', of: 'int' }] } },
    };
    expect(wrong(type, mkBefore({ list: [] }))).toEqual(['type']);
    expect(wrong(type, mkForce(mkBefore({ list: [] })))).toEqual(['type']);
    expect(wrong(type, { list: mkBefore([1]) })).toEqual([]);
    expect(wrong({ kind: 'attrsOf', of: type }, mkBefore({ a: { list: [] } }))).toEqual([]);
    expect(wrong({ kind: 'attrsOf', of: type }, { a: mkAfter({ list: [] }), b: {} })).toEqual(['type a']);
    expect(wrong({ kind: 'listOf', of: type }, mkOrder(1, [{ list: [] }]))).toEqual([]);
    expect(wrong({ kind: 'either', of: ['int', type] }, mkBefore({ list: [] }))).toEqual(['type']);
  });

  it('know nothing of the order in which a table was read', () => {
    let read = 0;
    const lazyTree = {
      a: { get: ['int'] },
      get b(): OptionTree {
        read++;
        return { c: ['int'] };
      },
    } as unknown as OptionTree;
    expect(problems({ a: { get: 1 } }, lazyTree)).toEqual([]);
    expect(read).toBe(0);
    expect(problems({ b: { c: 'x' } }, lazyTree)).toHaveLength(1);
  });
});
