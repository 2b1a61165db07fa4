import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { Expr } from '../../lib/nix/ast';
import { apply, ident, select } from '../../lib/nix/build';
import { EXPR, expr, exprOf } from '../../lib/nix/expr-symbol';
import { type FromJsOptions, fromJs } from '../../lib/nix/from-js';
import { print } from '../../lib/nix/print/print';
import { NixValueError } from '../../lib/nix/value-error';

const written = (value: unknown, options?: FromJsOptions) => print(fromJs(value, options)).trimEnd();

describe('values', () => {
  it.each([
    [null, 'null'],
    [true, 'true'],
    [1, '1'],
    [-1, '-1'],
    [-0, '0'],
    [1.5, '1.5'],
    [10n, '10'],
    [-(2n ** 63n), '-9223372036854775807 - 1'],
    ['', '""'],
    ['text', '"text"'],
    ['\n', '"\\n"'],
    [[], '[ ]'],
    [{}, '{ }'],
    [[-1, [2]], '[\n  (-1)\n  [ 2 ]\n]'],
    ['a\nb\n', "''\n  a\n  b\n''"],
  ])('%o is %s', (value, text) => {
    expect(written(value)).toBe(text);
  });

  it('keep the order of members and leave undefined ones out', () => {
    expect(written({ z: 1, y: undefined, a: { b: undefined } })).toBe('{\n  z = 1;\n  a = { };\n}');
  });

  it('may have any key', () => {
    const value = JSON.parse('{"__proto__":{"polluted":1},"a b":2,"if":3,"":4,"constructor":5}');
    const text =
      '{\n  __proto__ = {\n    polluted = 1;\n  };\n  "a b" = 2;\n  "if" = 3;\n  "" = 4;\n  constructor = 5;\n}';
    expect(written(value)).toBe(text);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('may come twice', () => {
    const shared = { a: [1] };
    expect(written([shared, shared])).toBe('[\n  { a = [ 1 ]; }\n  { a = [ 1 ]; }\n]');
  });

  it('may be modules, which have marks of compilers and engines', () => {
    const compiled = Object.defineProperty({ a: 1 }, '__esModule', { value: true });
    const namespace = Object.defineProperty(Object.assign(Object.create(null), { a: 1 }), Symbol.toStringTag, {
      value: 'Module',
    });
    expect([written(compiled), written(namespace)]).toEqual(['{ a = 1; }', '{ a = 1; }']);
  });

  it('may come from another realm, or have no prototype', () => {
    expect(written(runInNewContext('({ a: [1] })'))).toBe('{ a = [ 1 ]; }');
    expect(written(Object.assign(Object.create(null), { a: 1 }))).toBe('{ a = 1; }');
  });

  it('are not taken for syntax trees when they look like one', () => {
    expect(written({ kind: 'list', items: [] })).toBe('{\n  kind = "list";\n  items = [ ];\n}');
  });

  it('may be nested ten thousand deep', () => {
    let lists: unknown = [];
    let sets: unknown = {};
    for (let i = 0; i < 10_000; i++) {
      lists = [lists];
      sets = { a: sets };
    }
    expect(print(fromJs(lists)).length).toBeGreaterThan(20_000);
    expect(print(fromJs(sets)).length).toBeGreaterThan(20_000);
    expect(print(fromJs(sets, { dotted: true })).length).toBeGreaterThan(20_000);
  });

  it('may be long', () => {
    const text = 'a "quoted" ${line}\n'.repeat(300_000);
    expect(print(fromJs({ text })).length).toBeGreaterThan(text.length);
    expect(print(fromJs(Array.from({ length: 100_000 }, (_, index) => index))).length).toBeGreaterThan(700_000);
  });
});

describe('dotted paths', () => {
  const dotted = (value: unknown, options?: FromJsOptions) => written(value, { ...options, dotted: true });

  it('stand for chains of sets with one member', () => {
    expect(dotted({ services: { openssh: { enable: true } } })).toBe('{ services.openssh.enable = true; }');
    expect(dotted({ environment: { etc: { 'a b': { text: 'x' } } } })).toBe('{ environment.etc."a b".text = "x"; }');
  });

  it('end where there are more members or none', () => {
    expect(dotted({ a: { b: { c: 1, d: { e: 2 } } } })).toBe('{\n  a.b = {\n    c = 1;\n    d.e = 2;\n  };\n}');
    expect(dotted({ a: { b: {} } })).toBe('{ a.b = { }; }');
    expect(dotted({ a: { b: undefined } })).toBe('{ a = { }; }');
    expect(dotted({ a: { b: 1, c: undefined } })).toBe('{ a.b = 1; }');
  });

  it('end at expressions and at what is converted', () => {
    expect(dotted({ a: { b: expr(ident('x')) } })).toBe('{ a.b = x; }');
    const own = { c: 1 };
    const convert = (value: object) => (value === own ? ident('own') : undefined);
    expect(dotted({ a: { b: own } }, { convert })).toBe('{ a.b = own; }');
  });

  it('find cycles too', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(() => dotted({ a: cycle })).toThrow('cannot write a value that contains itself in Nix at a.self: ');
  });

  it('take the same set in several places', () => {
    const leading = { x: expr(ident('e')) };
    expect(dotted({ a: leading, b: leading, c: [leading] })).toBe(
      '{\n  a.x = e;\n  b.x = e;\n  c = [ { x = e; } ];\n}',
    );
    const shared = { x: { y: 1 } };
    expect(dotted({ a: shared, b: shared, c: [shared, shared] })).toBe(
      '{\n  a.x.y = 1;\n  b.x.y = 1;\n  c = [\n    { x.y = 1; }\n    { x.y = 1; }\n  ];\n}',
    );
  });
});

describe('expressions in data', () => {
  it('are what the property says', () => {
    expect(written({ a: expr(select(ident('pkgs'), 'hello')) })).toBe('{ a = pkgs.hello; }');
    expect(written([expr(apply(ident('f'), ident('x')))])).toBe('[ (f x) ]');
  });

  it('may be functions, and proxies of them', () => {
    const proxy = new Proxy(() => {}, {
      get: (_, name) => (name === EXPR ? ident('lib') : undefined),
    });
    expect(written({ a: proxy })).toBe('{ a = lib; }');
    expect(exprOf(proxy)).toEqual(ident('lib'));
  });

  it('are looked for without harm', () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('not for you');
        },
        ownKeys: () => [],
      },
    );
    expect(exprOf(hostile)).toBeUndefined();
    expect(exprOf(null)).toBeUndefined();
    expect(exprOf('text')).toBeUndefined();
    expect(written(hostile)).toBe('{ }');
  });

  it('are found by every copy of the package', () => {
    expect(EXPR).toBe(Symbol.for('cdknix.expr'));
  });
});

describe('the hook', () => {
  it('is asked first, for objects and functions only', () => {
    const asked: [unknown, string][] = [];
    const convert = (value: object, path: readonly (string | number)[]): Expr | undefined => {
      asked.push([value, path.join('.')]);
      return typeof value === 'function' ? ident('fn') : undefined;
    };
    const fn = () => {};
    const inner = [1];
    const data = { a: fn, b: inner, c: 'text', d: null };
    expect(written(data, { convert })).toBe('{\n  a = fn;\n  b = [ 1 ];\n  c = "text";\n  d = null;\n}');
    expect(asked).toEqual([
      [data, ''],
      [fn, 'a'],
      [inner, 'b'],
    ]);
  });

  it('may take what would be refused', () => {
    const convert = (value: object) => (value instanceof Date ? ident('date') : undefined);
    expect(written([new Date(0)], { convert })).toBe('[ date ]');
  });
});

class Point {
  x = 1;
}

describe('refusals', () => {
  const cycle: unknown[] = [];
  cycle.push([cycle]);
  const anonymous = (() => () => {})();

  it.each<[unknown, string, string]>([
    [
      undefined,
      'undefined',
      'cannot write undefined in Nix: there is no value; write null if Nix is to have null there',
    ],
    [
      { a: [1, undefined] },
      'undefined',
      'cannot write undefined in Nix at a[1]: a list cannot leave an element out; filter it, or write null if Nix is to have null there',
    ],
    [
      // biome-ignore lint/suspicious/noSparseArray: it is what is refused
      [1, , 2],
      'undefined',
      'cannot write undefined in Nix at [1]: a list cannot leave an element out; filter it, or write null if Nix is to have null there',
    ],
    [
      { a: { [Symbol('b')]: 1 } },
      'lost',
      'cannot write the member Symbol(b) in Nix at a: names are strings in Nix; give it one',
    ],
    [
      { a: Object.defineProperty({ b: 1 }, 'c', { value: 2 }) },
      'lost',
      "cannot write the member 'c', which is not enumerable, in Nix at a: it would be lost, as JavaScript does not list it; make it an ordinary member",
    ],
    [
      Object.create(Object.assign(Object.create(null), { a: 1 })),
      'lost',
      "cannot write the inherited member 'a' in Nix: only the members that an object has itself become attributes; write { ...prototype, ...value }",
    ],
    [
      { a: 'abc'.match(/b/) },
      'lost',
      "cannot write the member 'index' of an array in Nix at a: a list has elements only; write [...list] to leave it out",
    ],
    [
      { a: Object.assign([], { [Symbol('b')]: 1 }) },
      'lost',
      'cannot write the member Symbol(b) of an array in Nix at a: a list has elements only; write [...list] to leave it out',
    ],
    [
      { services: { openssh: { ports: [22, Number.NaN] } } },
      'not-a-number',
      'cannot write NaN in Nix at services.openssh.ports[1]: Nix has no such number; write null or leave it out',
    ],
    [
      { a: Number.POSITIVE_INFINITY },
      'infinite',
      'cannot write Infinity in Nix at a: Nix has no such number; write null or leave it out',
    ],
    [
      { a: 2 ** 60 },
      'unsafe-integer',
      'cannot write the number 1152921504606847000 in Nix at a: JavaScript holds integers beyond 2^53 - 1 only roughly; ' +
        'write a bigint, or float(…) for a float',
    ],
    [
      { a: 2n ** 63n },
      'integer-range',
      'cannot write the integer 9223372036854775808 in Nix at a: a Nix integer has 64 bits, -2^63 to 2^63 - 1; ' +
        'write a string, or float(…) for a float',
    ],
    [
      { a: 5e-324 },
      'denormal',
      'cannot write the number 5e-324 in Nix at a: Nix reads no float literal closer to zero than ' +
        '2.2250738585072014e-308; write 0',
    ],
    [
      { a: { 'b c': 'x\0y' } },
      'nul',
      'cannot write the text "x\\u0000y" in Nix at a["b c"]: a Nix string cannot hold U+0000, here at index 1; ' +
        'take the character out',
    ],
    [
      { a: '\udc00' },
      'lone-surrogate',
      'cannot write the text "\\udc00" in Nix at a: half a surrogate pair at index 0 has no UTF-8; ' +
        'the text was cut inside a character',
    ],
    [
      { a: { '\0': 1 } },
      'nul',
      'cannot write the text "\\u0000" in Nix at a["\\u0000"]: a Nix string cannot hold U+0000, here at index 0; ' +
        'take the character out',
    ],
    [{ a: Symbol('s') }, 'symbol', 'cannot write the symbol Symbol(s) in Nix at a: write a string'],
    [
      { a: function named() {} },
      'function',
      'cannot write the function named in Nix at a: call it and write what it returns',
    ],
    [[anonymous], 'function', 'cannot write a function in Nix at [0]: call it and write what it returns'],
    [
      { a: new Date(0) },
      'date',
      'cannot write the date 1970-01-01T00:00:00.000Z in Nix at a: Nix has no dates; write a string, ' +
        'for example date.toISOString()',
    ],
    [
      { a: new Date(Number.NaN) },
      'date',
      'cannot write an invalid date in Nix at a: Nix has no dates; write a string, for example date.toISOString()',
    ],
    [
      { a: new Map() },
      'map',
      'cannot write a Map in Nix at a: write a plain object, for example Object.fromEntries(map)',
    ],
    [{ a: new Set() }, 'set', 'cannot write a Set in Nix at a: write an array, for example [...set]'],
    [{ a: Promise.resolve(1) }, 'promise', 'cannot write a promise in Nix at a: await it first'],
    [
      { a: new String('x') },
      'boxed',
      'cannot write the object around "x" in Nix at a: write the value itself, without new',
    ],
    [
      { a: new Point() },
      'instance',
      'cannot write an instance of Point in Nix at a: only plain objects and arrays become Nix values; ' +
        'write its members, for example { ...value }',
    ],
    [
      { a: /x/ },
      'instance',
      'cannot write an instance of RegExp in Nix at a: only plain objects and arrays become Nix values; ' +
        'write its members, for example { ...value }',
    ],
    [
      cycle,
      'cycle',
      'cannot write a value that contains itself in Nix at [0][0]: Nix data is a tree; break the cycle, ' +
        'or refer to the value by an expression',
    ],
  ])('%# %s', (value, reason, message) => {
    let caught: unknown;
    try {
      fromJs(value);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(NixValueError);
    expect((caught as NixValueError).message).toBe(message);
    expect((caught as NixValueError).reason).toBe(reason);
  });

  it('name the path from where the caller said the value stands', () => {
    const attempt = () => fromJs({ b: Number.NaN }, { path: ['config', 'a'] });
    expect(attempt).toThrow('in Nix at config.a.b: ');
    expect(attempt).toThrow(expect.objectContaining({ path: ['config', 'a', 'b'] }));
  });

  it('name it at any depth', () => {
    let value: unknown = Number.NaN;
    for (let i = 0; i < 10_000; i++) value = [value];
    expect(() => fromJs(value)).toThrow(/at (\[0\]){10}…(\[0\]){10}: /);
  });
});
