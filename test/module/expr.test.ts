// biome-ignore-all lint/complexity/noUselessStringRaw: all ways of JavaScript to convert a value are tried
// biome-ignore-all lint/style/useTemplate: see above
// biome-ignore-all lint/suspicious/noGlobalIsNan: see above
// biome-ignore-all lint/suspicious/noSelfCompare: see above
// biome-ignore-all lint/suspicious/noDoubleEquals: see above
import { format, inspect } from 'node:util';
import {
  builtins,
  CdknixError,
  comment,
  type Expr,
  Flake,
  float,
  HomeUser,
  Host,
  lazy,
  lib,
  lines,
  mkAfter,
  mkDefault,
  mkForce,
  mkIf,
  mkMerge,
  mkOrder,
  mkOverride,
  nix,
  path,
  pkgs,
  str,
} from 'cdknix';
import { describe, expect, it } from 'vitest';

const flake = new Flake();
const desk = new Host(flake, 'desk', { system: 'x86_64-linux' });
const anna = new HomeUser(desk, 'anna');
const input = flake.input('tools', { url: 'github:a/tools' });

// biome-ignore lint/suspicious/noExplicitAny: JavaScript does with a value whatever it likes
type Any = any;

/** Every way to come by an expression, and how a message names it. */
const expressions: Readonly<Record<string, Expr>> = {
  'pkgs.git': pkgs.git!,
  pkgs,
  'lib.getExe pkgs.git': lib.getExe!(pkgs.git),
  'builtins.length [ ]': builtins.length([]),
  'inputs.tools.packages.x': input.packages!.x!,
  'config.networking.hostName': desk.config.networking.hostName,
  'config.programs': anna.config.programs,
  config: desk.config,
  '8000 + 80': nix`8000 + 80`,
  '{ a = "…"; }': nix`{ a = "b"; }`,
  '"…"': str`${pkgs.git}/bin`,
  [`"…" ${''}`]: lines`${pkgs.git}/bin`,
  "path('./x')": path('./x'),
  'lazy(…)': lazy(() => 1),
  '1.0': float(1),
  'lib.mkForce 1': mkForce(1),
  'lib.mkDefault true': mkDefault(true),
  'lib.mkOverride 10 1': mkOverride(10, 1),
  'lib.mkOrder 10 [ ]': mkOrder(10, []),
  'lib.mkAfter [ ]': mkAfter([]),
  'lib.mkIf config.services.openssh.enable 1': mkIf(desk.config.services.openssh.enable, 1),
  'lib.mkMerge [ ]': mkMerge([]),
  '1': comment('why', 1),
};

/** What JavaScript makes of any value without asking it (ECMA-262, 7.1 "Type Conversion", 7.2 "Testing and Comparison"). */
const conversions: Readonly<Record<string, (x: Any) => unknown>> = {
  'a template': (x) => `${x}/bin`,
  'another tag': (x) => String.raw`${x}`,
  '+ a text': (x) => `a` + x,
  '+ a number': (x) => 1 + x,
  '+=': (x) => {
    let text = 'a';
    text += x;
    return text;
  },
  String: (x) => String(x),
  concat: (x) => 'a'.concat(x),
  join: (x) => [x, x].join(' '),
  'join of lists in lists': (x) => [[x]].join(' '),
  'a list as text': (x) => `${[x]}`,
  'x.toString': (x) => x.toString(),
  'x.toLocaleString': (x) => x.toLocaleString(),
  'x.valueOf': (x) => x.valueOf(),
  'replace with': (x) => 'a'.replace('a', x),
  'replace what': (x) => 'a'.replace(x, 'b'),
  includes: (x) => 'a'.includes(x),
  startsWith: (x) => 'a'.startsWith(x),
  padEnd: (x) => 'a'.padEnd(10, x),
  localeCompare: (x) => 'a'.localeCompare(x),
  encodeURIComponent: (x) => encodeURIComponent(x),
  RegExp: (x) => new RegExp(x),
  Error: (x) => new Error(x),
  Symbol: (x) => Symbol(x),
  URL: (x) => new URL(x, 'http://a'),
  'a computed key': (x) => ({ [x]: 1 }),
  'a key to read': (x) => ({ a: 1 })[x as 'a'],
  'a name in': (x) => x in {},
  'Object.fromEntries': (x) => Object.fromEntries([[x, 1]]),
  'JSON.stringify': (x) => JSON.stringify(x),
  'JSON.stringify in data': (x) => JSON.stringify({ a: [x] }),
  Number: (x) => Number(x),
  BigInt: (x) => BigInt(x),
  parseInt: (x) => Number.parseInt(x, 10),
  isNaN: (x) => globalThis.isNaN(x),
  'unary plus': (x) => +x,
  'unary minus': (x) => -x,
  '~': (x) => ~x,
  '++': (x) => {
    let n = x;
    n++;
    return n;
  },
  '-': (x) => x - 1,
  '*': (x) => 2 * x,
  '**': (x) => x ** 2,
  '%': (x) => x % 2,
  '<<': (x) => 1 << x,
  '|': (x) => x | 0,
  '< a number': (x) => x < 1,
  '>= a text': (x) => x >= 'a',
  '< itself': (x) => x < x,
  '== a text': (x) => x == 'y',
  '!= a number': (x) => x != 1,
  '== true': (x) => x == true,
  'Math.max': (x) => Math.max(x, 1),
  'Array length': (x) => [].slice(x),
  repeat: (x) => 'a'.repeat(x),
  Date: (x) => new Date(x),
  sort: (x) => [x, x].sort(),
  'toSorted by difference': (x) => [x, x].toSorted((a, b) => a - b),
  Uint8Array: (x) => Uint8Array.of(x),
  'format %s': (x) => format('%s/bin', x),
  'format %d': (x) => format('%d', x),
  'Intl.NumberFormat': (x) => new Intl.NumberFormat('en').format(x),
};

/** What JavaScript makes of the members of any value. */
const listings: Readonly<Record<string, (x: Any) => unknown>> = {
  spread: (x) => ({ ...x }),
  'spread with others': (x) => ({ a: 1, ...x }),
  'spread in a list': (x) => [...x],
  'spread in a call': (x) => Math.max(...x),
  'rest of a pattern': (x) => {
    const { ...rest } = x;
    return rest;
  },
  'a pattern of a list': (x) => {
    const [first] = x;
    return first;
  },
  'for of': (x) => {
    for (const one of x) return one;
    return undefined;
  },
  'for in': (x) => {
    for (const one in x) return one;
    return undefined;
  },
  'yield*': (x) =>
    [
      ...(function* () {
        yield* x;
      })(),
    ].length,
  'Object.keys': (x) => Object.keys(x),
  'Object.values': (x) => Object.values(x),
  'Object.entries': (x) => Object.entries(x),
  'Object.assign from': (x) => Object.assign({}, x),
  'Object.getOwnPropertyNames': (x) => Object.getOwnPropertyNames(x),
  'Object.getOwnPropertySymbols': (x) => Object.getOwnPropertySymbols(x),
  'Object.getOwnPropertyDescriptors': (x) => Object.getOwnPropertyDescriptors(x),
  'Reflect.ownKeys': (x) => Reflect.ownKeys(x),
  'Array.from': (x) => Array.from(x),
  'new Set': (x) => new Set(x),
  'new Map': (x) => new Map(x),
  'Object.fromEntries of it': (x) => Object.fromEntries(x),
  'Uint8Array.from': (x) => Uint8Array.from(x),
};

/** What JavaScript asks any value whether it has. */
const questions: Readonly<Record<string, (x: Any) => unknown>> = {
  in: (x) => 'enable' in x,
  'Object.hasOwn': (x) => Object.hasOwn(x, 'enable'),
  'Object.getOwnPropertyDescriptor': (x) => Object.getOwnPropertyDescriptor(x, 'node'),
  'Reflect.has': (x) => Reflect.has(x, 'enable'),
};

/** What would change it. */
const changes: Readonly<Record<string, (x: Any) => unknown>> = {
  assignment: (x) => {
    x.a = 1;
  },
  'Object.assign to': (x) => Object.assign(x, { a: 1 }),
  'Object.defineProperty': (x) => Object.defineProperty(x, 'a', { value: 1 }),
  delete: (x) => delete x.a,
};

/** What is wrong with how some code is refused; nothing if it is, at its line. */
function flaw(run: () => unknown, shown: string, code: string, message: RegExp): string | undefined {
  try {
    return `gives ${inspect(run())}`;
  } catch (error) {
    if (!(error instanceof CdknixError)) return `throws ${error}`;
    const [one] = error.diagnostics;
    const fits = one!.code === code && message.test(one!.message) && one!.message.includes(shown) && !!one!.help;
    return fits && one!.position?.file === __filename ? undefined : error.stack;
  }
}

describe.each(Object.entries(expressions))('%s', (name, x) => {
  const shown = name.trim();
  const flaws = (family: Readonly<Record<string, (x: Any) => unknown>>, code: string, message: RegExp) =>
    Object.entries(family).flatMap(
      ([way, run]) => flaw(() => run(x), shown, code, message)?.concat(` by ${way}`) ?? [],
    );

  it('becomes no JavaScript text or number', () => {
    const message = /is known to Nix only and cannot become a JavaScript (string|number|value)$/;
    expect(flaws(conversions, 'reference-in-text', message)).toEqual([]);
  });

  it('has no members to list', () => {
    const message = /^the members of .* are known to Nix only and cannot be listed$/;
    expect(flaws(listings, 'reference-in-text', message)).toEqual([]);
  });

  it('is not asked for members', () => {
    expect(flaws(questions, 'reference-in-text', /^whether .* has '\w+' is known to Nix only$/)).toEqual([]);
  });

  it('is not changed', () => {
    expect(flaws(changes, 'reference-assigned', /cannot be assigned$/)).toEqual([]);
  });

  it('cannot be cloned or frozen', () => {
    expect(() => structuredClone(x)).toThrow('could not be cloned');
    expect(() => Object.freeze(x)).toThrow();
  });

  it('is shown to who debugs, without what is behind it', () => {
    expect(inspect(x)).toBe(`Expr(${shown})`);
    expect(inspect({ a: [x] }, { showProxy: true })).not.toContain(__dirname);
  });

  it('may be awaited, and be an element of lists', async () => {
    expect(await x).toBe(x);
    expect(([] as unknown[]).concat(x)[0]).toBe(x);
    expect([x].flat()[0]).toBe(x);
  });
});

describe('an expression that is no reference', () => {
  it('has no members in JavaScript', () => {
    const members = Object.entries(expressions).filter(([, x]) => typeof x === 'object');
    expect(members.length).toBeGreaterThan(10);
    for (const [name, x] of members) {
      const message = /is a Nix expression, and JavaScript finds no 'a' in it$/;
      expect(flaw(() => (x as Any).a, name.trim(), 'expression-member', message)).toBeUndefined();
    }
  });
});

describe("a function of Nix's library", () => {
  it('may have the name of a conversion', () => {
    for (const fn of [builtins.toString, lib.toString, builtins.toJSON, lib.generators.toJSON, lib.strings.toJSON]) {
      expect(inspect((fn as Any)({}))).toMatch(/^Expr\(\S+\.to(String|JSON) \{ \}\)$/);
    }
  });
});
