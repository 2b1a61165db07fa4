import { mkForce, mkIf, mkMerge, nix } from 'cdknix';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expr, parse } from '../../lib/nix';
import { bundledTable } from '../../lib/options/bundled';
import { checkDefinitions } from '../../lib/options/check/check';
import { matchesEre } from '../../lib/options/ere';
import { leavesOf } from '../../lib/options/leaves';
import type { OptionTree, OptionType } from '../../lib/options/type';

const surroundings = { fill: () => undefined };
const check = (value: unknown, options: OptionTree) => checkDefinitions(value, options, surroundings);

/** All that walks a value. */
function walk(value: unknown, options: OptionTree): number {
  leavesOf(value, options, surroundings);
  return check(value, options).length;
}

const wrapped = (inner: unknown, wrap: (value: unknown) => unknown) => {
  let value = inner;
  for (let count = 0; count < 5000; count++) value = wrap(value);
  return value;
};

const nested = (depth: number): OptionType => {
  let type: OptionType = 'int';
  for (let count = 0; count < depth; count++) type = { kind: 'attrsOf', of: type };
  return type;
};

it('ends for values of 5,000 levels', () => {
  const options: OptionTree = { data: ['data'], any: ['any'], int: ['int'], deep: [nested(400)], system: ['nixos'] };
  expect(walk({ data: wrapped(1, (value) => ({ a: value })) }, options)).toBe(0);
  expect(walk({ data: wrapped(nix`x: x`, (value) => [value]) }, options)).toBe(1);
  expect(walk({ any: wrapped(1, (value) => ({ a: value })) }, options)).toBe(0);
  expect(walk({ deep: wrapped('x', (value) => ({ a: value })) }, options)).toBe(1);
  expect(walk({ int: wrapped(1, (value) => mkMerge([value as number])) }, options)).toBe(0);
  expect(walk({ int: wrapped(1, (value) => mkIf(true, value as number)) }, options)).toBe(0);
  expect(
    walk(
      wrapped({ int: 1 }, (value) => mkMerge([value as object])),
      options,
    ),
  ).toBe(0);
  expect(
    walk(
      wrapped({ x: 1 }, (value) => ({ x: value })),
      options,
    ),
  ).toBe(1);
  const dotted = expr(parse(`{ ${'a.'.repeat(5000)}b = x: x; }`));
  expect(walk({ data: dotted, deep: dotted }, options)).toBe(2);
  const systems = wrapped({}, (value) => ({ system: value }));
  expect(checkDefinitions(systems, options, { ...surroundings, optionsOf: () => options })).toEqual([]);
});

it('ends for values that contain themselves', () => {
  const options: OptionTree = {
    data: ['data'],
    deep: [nested(30)],
    lists: [{ kind: 'listOf', of: 'data' }],
    system: ['nixos'],
  };
  const cycle: Record<string, unknown> = { a: 1, f: nix`x: x` };
  cycle.b = cycle;
  cycle.c = [cycle, cycle];
  expect(check({ data: cycle, lists: [cycle] }, options)).toHaveLength(2);
  const one: Record<string, unknown> = {};
  one.a = one;
  expect(walk({ deep: one }, options)).toBe(1);
  const systems: Record<string, unknown> = {};
  systems.system = systems;
  expect(checkDefinitions(systems, options, { ...surroundings, optionsOf: () => options })).toEqual([]);
  expect(walk(cycle, options)).toBeGreaterThan(0);
});

it('takes 100,000 definitions in one object, right or wrong', () => {
  const value = (of: unknown) => Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`n${i}`, of]));
  const options: OptionTree = { all: [{ kind: 'attrsOf', of: 'int' }] };
  expect(walk({ all: value(1) }, options)).toBe(0);
  expect(check({ all: value('x') }, options)).toHaveLength(100_000);
  expect(check(value(1), bundledTable('nixos').options)).toHaveLength(100_000);
});

it('takes names of every object for names', () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '']) {
    const value = JSON.parse(`{ ${JSON.stringify(name)}: { "a": 1 } }`);
    expect(check(value, {})).toHaveLength(1);
    expect(check({ x: value }, { x: [{ kind: 'attrsOf', of: { kind: 'attrsOf', of: 'int' } }] })).toEqual([]);
    expect(check({ x: value }, { x: [{ kind: 'attrsOf', of: { kind: 'attrsOf', of: 'str' } }] })).toHaveLength(1);
    expect(check({ x: value }, { x: [{ kind: 'submodule', options: {} }] })).toHaveLength(1);
    expect(check({ x: value }, { x: [{ kind: 'attrTag', options: {} }] })).toHaveLength(1);
    const options = JSON.parse(`{ ${JSON.stringify(name)}: { "a": ["str"] } }`);
    expect(check(value, options)[0]?.place).toEqual([name, 'a']);
    expect(leavesOf(value, options, surroundings)[0]?.option).toEqual([name, 'a']);
  }
});

it('leaves to others what is no data', () => {
  const throwing = new Proxy(
    {},
    {
      get: () => {
        throw new Error('no');
      },
    },
  );
  const options: OptionTree = { a: ['int'], g: { b: ['int'] } };
  for (const value of [new Map(), new Date(), Symbol('x'), () => 1, Number.NaN, throwing]) {
    expect(check({ a: value, g: value }, options).length).toBeLessThanOrEqual(2);
  }
});

it('ends for any value on any type', () => {
  const name = fc.constantFrom('a', 'b', '__proto__', 'imports', 'config', '_type', 'enable');
  const { value, type } = fc.letrec<{ value: unknown; type: OptionType }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(null, undefined, true, 1, 1.5, 'x', '/x', nix`x: x`, nix`a.b`, nix`{ a.b = 1; }`, mkForce(1)),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.array(fc.tuple(name, tie('value')), { maxLength: 3 }).map((all) => {
        const object = {};
        for (const [key, member] of all)
          Object.defineProperty(object, key, { value: member, enumerable: true, configurable: true });
        return object;
      }),
    ),
    type: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<OptionType[]>('any', 'data', 'bool', 'int', 'str', 'path', 'package', 'attrs', 'module', 'nixos'),
      fc.constantFrom<OptionType[]>({ kind: 'enum', values: ['x', 1, null] }, { kind: 'str', pattern: 'x*' }),
      tie('type').map((of): OptionType => ({ kind: 'listOf', of })),
      tie('type').map((of): OptionType => ({ kind: 'attrsOf', of })),
      tie('type').map((of): OptionType => ({ kind: 'nullOr', of })),
      fc.tuple(tie('type'), tie('type')).map((of): OptionType => ({ kind: 'either', of })),
      fc.tuple(tie('type'), tie('type')).map(([from, to]): OptionType => ({ kind: 'coercedTo', from, to })),
      fc
        .tuple(tie('type'), tie('type'))
        .map(([a, freeform]): OptionType => ({ kind: 'submodule', options: { a: [a, { required: true }] }, freeform })),
      tie('type').map((a): OptionType => ({ kind: 'attrTag', options: { a: [a] } })),
    ),
  }));
  fc.assert(
    fc.property(value, type, (value, type) => {
      for (const problem of check({ x: value }, { x: [type], a: ['int'] })) {
        expect(problem.message).not.toBe('');
        expect(problem.help).not.toBe('');
        expect(problem.place[0]).toBe('x');
      }
      walk({ x: value }, { x: [type] });
    }),
    { numRuns: 2000 },
  );
});

it('is quick with expressions that backtrack', () => {
  expect(matchesEre('(a+)+b', 'a'.repeat(5000))).toBeUndefined();
});
