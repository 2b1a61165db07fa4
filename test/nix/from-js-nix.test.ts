import fc from 'fast-check';
import { expect } from 'vitest';
import type { Expr } from '../../lib/nix/ast';
import { indented, list, str } from '../../lib/nix/build';
import { expr } from '../../lib/nix/expr-symbol';
import { fromJs } from '../../lib/nix/from-js';
import { float, num } from '../../lib/nix/numbers';
import { print, printFile } from '../../lib/nix/print/print';
import { hostileText } from '../support/arbitrary-nix';
import { describeNix, itNix, runNix } from '../support/nix';

const COUNT = Number(process.env.FUZZ_RUNS ?? 5000);

/** What Nix makes of an expression, in one process. */
function evaluated(source: string): unknown {
  const { status, stdout, stderr } = runNix('nix-instantiate', ['--eval', '--strict', '--json', '-'], source);
  if (status !== 0) throw new Error(stderr.slice(0, 2000));
  return JSON.parse(stdout);
}

/** JSON with the members in one order, and nothing lost that is called `__proto__`. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  const members = names.map((name) => `${JSON.stringify(name)}:${canonical((value as Record<string, unknown>)[name])}`);
  return `{${members.join()}}`;
}

function expectSame(source: string, values: readonly unknown[]): void {
  const read = evaluated(source) as unknown[];
  expect(read.length).toBe(values.length);
  const wrong = values.filter((value, index) => canonical(value) !== canonical(read[index]));
  expect(wrong).toEqual([]);
}

const unicodeText = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !text.includes('\0'));
const text = fc.oneof(hostileText, hostileText, unicodeText);
const name = fc.oneof(
  text,
  fc.constantFrom('__proto__', 'constructor', '', 'if', 'or', 'a b', 'toString', 'x-y', "x'", '1', 'a.b', '${a}'),
);

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, depthSize: 'medium' },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger(),
    fc.integer({ min: -3, max: 3 }),
    text,
    text,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 5 }).map((members) => {
      const object = {};
      for (const [key, member] of members) {
        // An assignment to `__proto__` would make no member.
        Object.defineProperty(object, key, { value: member, enumerable: true, configurable: true, writable: true });
      }
      return object;
    }),
  ),
}));

describeNix('read back by Nix', () => {
  itNix('values of JavaScript are the same', () => {
    const values = fc.sample(value, COUNT);
    expectSame(print(fromJs(values)), values);
  });

  itNix('so they are with dotted paths, in the portable layout', () => {
    const values = fc.sample(value, COUNT);
    expectSame(printFile(fromJs(values, { dotted: true })), values);
  });

  itNix('texts are the same in both notations', () => {
    const texts = fc.sample(text, COUNT);
    expectSame(print(list(texts.map(str))), texts);
    expectSame(print(list(texts.map(indented))), texts);
  });

  itNix('texts between interpolations are the same in both notations', () => {
    const pieces = fc.sample(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 4 }), COUNT);
    const whole = pieces.map((pairs) => pairs.map(([written, interpolated]) => written + interpolated).join(''));
    const parts = pieces.map((pairs) =>
      pairs.flatMap(([written, interpolated]) => [
        { kind: 'text', value: written } as const,
        { kind: 'interpolation', expr: str(interpolated) } as const,
      ]),
    );
    const expressions = (kind: 'str' | 'indented') => parts.map((own): Expr => ({ kind, parts: own }));
    expectSame(print(list(expressions('str'))), whole);
    expectSame(print(list(expressions('indented'))), whole);
  });

  itNix('floats are the same to the last bit', () => {
    const floats = fc
      .sample(
        fc.oneof(
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.constantFrom(0.1, 1e21, 1e-7, 5e-7, 1.7976931348623157e308, 2.2250738585072014e-308, -1e21, 123456789.125),
        ),
        COUNT,
      )
      .filter((one) => one === 0 || Math.abs(one) >= 2.2250738585072014e-308);
    const comparisons = floats.map((one) => {
      const json = JSON.stringify(one).replace(/^(-?\d+)$/, '$1.0');
      return `(let f = ${print(float(one)).trim()}; in builtins.isFloat f && f == builtins.fromJSON "${json}")`;
    });
    const read = evaluated(`[ ${comparisons.join('\n')} ]`) as boolean[];
    expect(floats.filter((_, index) => read[index] !== true)).toEqual([]);
  });

  itNix('a negative zero keeps its sign', () => {
    const zero = print(float(-0)).trim();
    expect(evaluated(`builtins.toJSON (${zero}) != builtins.toJSON 0.0`)).toBe(true);
  });

  itNix('integers of 64 bits are the same', () => {
    const edges = [2n ** 63n - 1n, -(2n ** 63n), -(2n ** 63n) + 1n, 2n ** 53n + 1n, 0n, -1n];
    const integers = [...edges, ...fc.sample(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), 1000)];
    const source = `map toString ${print(list(integers.map((integer) => num(integer))))}`;
    expect(evaluated(source)).toEqual(integers.map(String));
  });

  itNix('numbers mean themselves wherever they stand', () => {
    const data = { a: -1, list: [-1, -(2n ** 63n), expr(float(-2.5))], nested: { b: [[-3]] } };
    const source = `let d = ${print(fromJs(data))}; in [ d.a (toString (builtins.elemAt d.list 1)) d.nested ]`;
    expect(evaluated(source)).toEqual([-1, '-9223372036854775808', { b: [[-3]] }]);
  });
});
