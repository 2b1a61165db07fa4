import { float, lazy, mkBefore, mkDefault, mkForce, mkIf, mkMerge, mkOverride, nix, pkgs } from 'cdknix';
import { describe, expect, it } from 'vitest';
import { Lazy } from '../../lib/module/lazy';
import { isConflict, isScalar, type Leaf, leavesOf } from '../../lib/options/leaves';
import type { OptionTree, OptionType } from '../../lib/options/type';

const surroundings = { fill: (hole: unknown) => (hole instanceof Lazy ? hole.produce() : undefined) };

const options: OptionTree = {
  time: { zone: ['str'] },
  ports: [{ kind: 'listOf', of: 'int' }],
  hosts: [
    {
      kind: 'attrsOf',
      of: {
        kind: 'submodule',
        options: { root: [{ kind: 'nullOr', of: 'path' }], g: { on: ['bool'] } },
        freeform: 'data',
      },
    },
  ],
  either: [{ kind: 'either', of: ['str', { kind: 'attrsOf', of: 'int' }] }],
  anything: ['any'],
  system: ['home'],
};

/** The leaves of a value, a line each. */
const leaves = (value: unknown, more?: object) =>
  leavesOf(value, options, { ...surroundings, ...more }).map(
    ({ option, shape, priority, conditional, order, place }) =>
      `${option.join('.')} = ${JSON.stringify(shape)}; ${priority} ${conditional ? 'if' : ''} ${order} ${place.join(' ')}`,
  );

describe('the leaves of definitions', () => {
  it('are those of options, of attributes and of what is in submodules', () => {
    expect(
      leaves({
        time: { zone: 'UTC' },
        ports: [1, 2],
        hosts: { a: { root: '/x', g: { on: true }, more: { b: [1], c: 'x' } }, d: {} },
        either: { x: 1 },
        anything: { y: 2 },
        unknown: 1,
      }),
    ).toEqual([
      'time.zone = "UTC"; 100  1000 time zone',
      'ports = [1,2]; 100  1000 ports',
      'hosts.a.root = "/x"; 100  1000 hosts a root',
      'hosts.a.g.on = true; 100  1000 hosts a g on',
      'hosts.a.more.b = [1]; 100  1000 hosts a more b',
      'hosts.a.more.c = "x"; 100  1000 hosts a more c',
      'hosts.d = {}; 100  1000 hosts d',
      'either.x = 1; 100  1000 either x',
      'anything = {"y":2}; 100  1000 anything',
    ]);
  });

  it('have the priority, the condition and the order that are around them', () => {
    expect(
      leaves(
        mkMerge([
          { time: mkForce({ zone: mkDefault('a') }), ports: mkIf(pkgs.x, mkBefore([1])) },
          mkIf(pkgs.x, { time: { zone: mkOverride(70, 'b') } }),
          mkIf(true, { time: { zone: lazy(() => 'c') } }),
          mkIf(false, { time: { zone: 'd' } }),
          { time: { zone: mkIf(pkgs.y, mkDefault('e')) } },
          nix`{ time.zone = lib.mkOverride x "f"; }`,
        ]),
      ),
    ).toEqual([
      'time.zone = "a"; 50  1000 0 time zone',
      'ports = [{}]; 100 if 500 0 ports',
      'time.zone = "b"; 70 if 1000 1 time zone',
      'time.zone = "c"; 100  1000 2 time zone',
      'time.zone = "e"; 1000 if 1000 4 time zone',
      'time.zone = "f"; undefined  1000 5 time zone',
    ]);
  });

  it('have no priority of their own where a set around them has one', () => {
    expect(leaves({ hosts: mkForce({ a: { root: '/x' } }), either: { b: mkForce(1) } })).toEqual([
      'hosts.a.root = "/x"; undefined  1000 hosts a root',
      'either.b = 1; 50  1000 either b',
    ]);
  });

  it('are in a configuration inside this one, if its options are given', () => {
    expect(leaves({ system: { ports: [] } })).toEqual(['system = {"ports":[]}; 100  1000 system']);
    expect(leaves({ system: { ports: [] } }, { optionsOf: () => options })).toEqual([
      'system.ports = []; 100  1000 system ports',
    ]);
  });

  it('are in a configuration that takes more than its system does, if that is known', () => {
    const vm: OptionTree = { vm: [{ kind: 'submodule', extends: 'nixos', options: { cores: ['int'] } }] };
    const value = { vm: { ports: [], cores: 4 } };
    const inVm = (optionsOf?: () => OptionTree) =>
      leavesOf(value, vm, { ...surroundings, ...(optionsOf && { optionsOf }) }).map(({ option }) => option.join('.'));
    expect(inVm()).toEqual(['vm']);
    expect(inVm(() => options)).toEqual(['vm.ports', 'vm.cores']);
  });
});

describe('two definitions of one option', () => {
  const leaf = (value: unknown, type: OptionType = 'any'): Leaf =>
    leavesOf({ x: value }, { x: [type] }, surroundings)[0]!;
  const conflict = (type: OptionType, a: unknown, b: unknown) => isConflict(leaf(a, type), leaf(b, type));

  it('conflict if they are plain, different and known, and the option takes one value', () => {
    expect(conflict('str', 'a', 'b')).toBe(true);
    expect(conflict({ kind: 'nullOr', of: 'bool' }, null, true)).toBe(true);
    expect(conflict('number', 1, 2)).toBe(true);
    expect(conflict('number', float(1), float(2))).toBe(true);
  });

  it('do not if they are equal, or one is not plain, not sure or not known', () => {
    expect(conflict('str', 'a', 'a')).toBe(false);
    expect(conflict('number', 1, float(1))).toBe(false);
    expect(conflict('number', float(1), float(1))).toBe(false);
    expect(conflict('str', 'a', mkDefault('b'))).toBe(false);
    expect(conflict('str', mkForce('a'), mkForce('b'))).toBe(false);
    expect(conflict('str', 'a', mkIf(pkgs.x, 'b'))).toBe(false);
    expect(conflict('str', 'a', pkgs.x)).toBe(false);
    expect(conflict({ kind: 'str', separator: '\n' }, 'a', 'b')).toBe(false);
    expect(conflict({ kind: 'listOf', of: 'str' }, ['a'], ['b'])).toBe(false);
  });
});

it('a type is scalar if it has one value', () => {
  const scalars: OptionType[] = [
    'bool',
    'int',
    'float',
    'number',
    'str',
    'path',
    'package',
    { kind: 'int', min: 0 },
    { kind: 'str', form: 'nonEmpty' },
    { kind: 'path' },
    { kind: 'enum', values: [] },
    { kind: 'nullOr', of: 'int' },
    { kind: 'either', of: ['int', 'str'] },
    { kind: 'unique', of: 'str' },
  ];
  const others: OptionType[] = [
    'any',
    'data',
    'attrs',
    'module',
    { kind: 'str', separator: '' },
    { kind: 'listOf', of: 'int' },
    { kind: 'attrsOf', of: 'int' },
    { kind: 'either', of: ['int', 'attrs'] },
    { kind: 'nullOr', of: 'data' },
    { kind: 'submodule', options: {} },
    { kind: 'coercedTo', from: 'int', to: 'str' },
    { kind: 'functionTo', of: 'int' },
  ];
  expect(scalars.filter((type) => !isScalar(type))).toEqual([]);
  expect(others.filter(isScalar)).toEqual([]);
});
