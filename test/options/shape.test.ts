import {
  comment,
  float,
  lazy,
  lines,
  mkAfter,
  mkBefore,
  mkDefault,
  mkForce,
  mkIf,
  mkMerge,
  mkOptionDefault,
  mkOrder,
  mkOverride,
  nix,
  path,
  pkgs,
  str,
} from 'cdknix';
import { expect, it } from 'vitest';
import { File } from '../../lib/module/file';
import { Lazy } from '../../lib/module/lazy';
import {
  formOf,
  isOpen,
  type Members,
  numberOf,
  PATH,
  type Property,
  type Shape,
  shapeOf,
} from '../../lib/options/shape';

const fill = (hole: unknown) => {
  if (hole instanceof File) return PATH;
  return hole instanceof Lazy ? hole.produce() : undefined;
};
const shape = (value: unknown) => shapeOf(value, fill);
const form = (value: unknown) => formOf(shape(value));

/** A shape with all that is in it, as JSON has it. */
function whole(value: unknown): unknown {
  const one = shape(value);
  if (Array.isArray(one)) return one.map(whole);
  if (formOf(one) === 'set') return Object.fromEntries(Object.entries(one as Members).map(([k, v]) => [k, whole(v)]));
  return typeof one === 'object' && one !== null ? formOf(one) : one;
}

it('is plain data itself', () => {
  for (const value of [undefined, null, true, 1, 1.5, 10n, 'text']) expect(shape(value)).toBe(value);
  const list = [1];
  const set = { a: 1 };
  expect(shape(list)).toBe(list);
  expect(shape(set)).toBe(set);
  expect([undefined, null, true, 1, 1.5, 10n, 'text', list, set].map(form)).toEqual([
    'nothing',
    'null',
    'bool',
    'int',
    'float',
    'int',
    'str',
    'list',
    'set',
  ]);
});

it('is unknown for what Nix cannot hold, and for sets that the library made', () => {
  const values = [Number.NaN, Number.POSITIVE_INFINITY, Symbol('x'), () => 1, new Map(), new Date(), { _type: 'if' }];
  expect(values.map(form)).toEqual(values.map(() => 'unknown'));
});

it('reads literals of Nix', () => {
  expect(whole(nix`{ a = true; b = false; c = null; d = 12; e = -3; f = "text"; g = https://example.org; }`)).toEqual({
    a: true,
    b: false,
    c: null,
    d: 12,
    e: -3,
    f: 'text',
    g: 'https://example.org',
  });
  expect(whole(nix`[ 1 [ "a" ] (2) ]`)).toEqual([1, ['a'], 2]);
  expect(
    whole(nix`''
    two
    lines
  ''`),
  ).toBe('two\nlines\n');
  expect(shape(nix`9223372036854775807`)).toBe(9223372036854775807n);
});

it('tells floats from integers', () => {
  for (const value of [float(1), nix`1.0`, nix`-1.0`, 0.5, nix`1.e3`]) expect(form(value)).toBe('float');
  expect([float(2), nix`-1.5`, 3, 4n, 'x'].map((value) => numberOf(shape(value)))).toEqual([2, -1.5, 3, 4n, undefined]);
});

it('tells paths, functions and texts with parts that Nix alone knows', () => {
  expect([path('./x'), nix`./x`, nix`/etc/\${a}`, nix`<nixpkgs>`].map(form)).toEqual(['path', 'path', 'path', 'path']);
  expect([nix`x: x`, nix`{ pkgs, ... }: { }`].map(form)).toEqual(['function', 'function']);
  expect(shape(str`a${pkgs.git}b`)).toMatchObject({ form: 'text', value: ['a', undefined, 'b'] });
  expect(
    form(lines`
    ${pkgs.git}
  `),
  ).toBe('text');
  expect(shape(str`a${'b'}c`)).toBe('abc');
  expect(shape(str`a${lazy(() => 'b')}c`)).toBe('abc');
});

it('does not guess at expressions', () => {
  for (const value of [pkgs.git, nix`a + b`, nix`if a then 1 else 2`, nix`f x`, nix`a.b or c`, nix`!a`, nix`-a`]) {
    expect(form(value)).toBe('unknown');
  }
  expect(form(nix`rec { a = 1; }`)).toBe('set');
});

it('looks through parentheses, let, with, assert, comments and lazies', () => {
  expect(whole(nix`let a = 1; in with b; assert c; ({ d = [ ]; })`)).toEqual({ d: [] });
  expect(whole(comment('why', { a: 1 }))).toEqual({ a: 1 });
  expect(whole(lazy(() => lazy(() => ({ a: lazy(() => 1) }))))).toEqual({ a: 1 });
});

it('gives up a chain of lazies that does not end', () => {
  const endless = (): unknown => lazy(endless);
  expect(form(lazy(endless))).toBe('unknown');
});

it('joins what is said of one name', () => {
  expect(whole(nix`{ a.b = 1; a.c.d = 2; a = { e = 3; }; "x y".z = 4; \${"k"}.l = 5; }`)).toEqual({
    a: { b: 1, c: { d: 2 }, e: 3 },
    'x y': { z: 4 },
    k: { l: 5 },
  });
});

it('knows that a set may have more names than it shows', () => {
  const open = shape(nix`{ a = 1; \${name} = 2; "x\${y}" = 3; }`) as Members;
  expect(whole(open)).toEqual({ a: 1 });
  expect(isOpen(open)).toBe(true);
  expect(isOpen(shape(nix`{ a = 1; }`) as Members)).toBe(false);
  expect(whole(nix`{ inherit a; inherit (b) c d; }`)).toEqual({ a: 'unknown', c: 'unknown', d: 'unknown' });
});

it('takes __proto__ and constructor for names', () => {
  const set = shape(nix`{ __proto__ = 1; constructor.prototype = 2; }`) as Members;
  expect(Object.keys(set)).toEqual(['__proto__', 'constructor']);
  expect(Object.values(set).map(form)).toEqual(['int', 'set']);
});

const property = (value: unknown) => {
  const { form, argument, content } = shape(value) as Property;
  return [form, typeof argument === 'object' ? formOf(argument as Shape) : argument, whole(content)];
};

it('reads the properties of the module system', () => {
  expect(property(mkIf(pkgs.a, 1))).toEqual(['if', 'unknown', 1]);
  expect(property(mkIf(false, 1))).toEqual(['if', false, 1]);
  expect(property(mkMerge([1, [2]]))).toEqual(['merge', undefined, [1, [2]]]);
  expect(property(mkOverride(42, 1))).toEqual(['override', 42, 1]);
  expect(property(mkOrder(42, 1))).toEqual(['order', 42, 1]);
  expect([mkForce(1), mkDefault(1), mkOptionDefault(1), mkBefore(1), mkAfter(1)].map(property)).toEqual([
    ['override', 50, 1],
    ['override', 1000, 1],
    ['override', 1500, 1],
    ['order', 500, 1],
    ['order', 1500, 1],
  ]);
  for (const text of [
    nix`mkForce 1`,
    nix`lib.mkForce 1`,
    nix`(lib.modules.mkForce) 1`,
    nix`inputs.nixpkgs.lib.mkForce 1`,
  ]) {
    expect(property(text)).toEqual(['override', 50, 1]);
  }
});

it('takes no other function for a property', () => {
  for (const value of [
    nix`my.mkForce 1`,
    nix`lib.mkForce 1 2`,
    nix`lib.mkIf a`,
    nix`lib.optionals a [ ]`,
    nix`mkWin 1`,
  ]) {
    expect(form(value)).toBe('unknown');
  }
});

it('sees what stands in a template', () => {
  expect(
    whole(nix`{ a = ${1}; b.${'c'} = ${[true, { d: 'x' }]}; e = ${pkgs.git}; f = "x${'y'}"; g = ${path('./g')}; }`),
  ).toEqual({ a: 1, b: { c: [true, { d: 'x' }] }, e: 'unknown', f: 'xy', g: 'path' });
});

it('looks into values of 5,000 levels one at a time', () => {
  const deep = nix`${Array.from({ length: 5000 }).reduce((inner) => nix`(let a = 1; in ${inner})`, nix`true`)}`;
  expect(shape(deep)).toBe(true);
});
