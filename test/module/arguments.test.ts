import * as cdknix from 'cdknix';
import { CdknixError, Feature, Flake, HomeUser, Host } from 'cdknix';
import { diagnostics, synthToFiles } from 'cdknix/testing';
import { describe, expect, it } from 'vitest';

// biome-ignore lint/suspicious/noExplicitAny: what code without types may call
type Any = any;

/** What may be given to anything by mistake. */
const mistakes: readonly (readonly [shown: string, value: unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['true', true],
  ['5', 5],
  ['NaN', Number.NaN],
  ['5n', 5n],
  ["'text'", 'text'],
  ["''", ''],
  ['[]', []],
  ['[undefined]', [undefined]],
  ['{}', {}],
  ['{ a: Symbol }', { a: Symbol('a') }],
  ['an object of no prototype', Object.create(null)],
  ['() => 1', () => 1],
  ['class', class {}],
  ['an expression', cdknix.pkgs.git],
  ['a text of Nix', cdknix.str`a`],
  ['a symbol', Symbol('x')],
  ['new Map()', new Map()],
  ['a promise', Promise.resolve()],
];

/** One mistake, in the first place or behind others. */
const lists = [
  [],
  ...mistakes.map((one) => [one]),
  ...mistakes.map((one) => [["'a'", 'a'] as const, one]),
  ...mistakes.map((one) => [['an expression', cdknix.pkgs] as const, one]),
  ...mistakes.map((one) => [['an expression', cdknix.pkgs] as const, ["'a'", 'a'] as const, one]),
  ...mistakes.map((one) => [one, one, one, one]),
];

/** What is wrong with how a call with each list of mistakes ends: with an error that is no diagnostic, or that has no line. */
function flaws(call: (...args: Any[]) => unknown): string[] {
  return lists.flatMap((list) => {
    try {
      call(...list.map(([, value]) => value));
      return [];
    } catch (error) {
      const shown = list.map(([one]) => one).join(', ');
      if (!(error instanceof CdknixError)) return `(${shown}) throws ${(error as Error).stack?.slice(0, 300)}`;
      const { position, help, message } = error.diagnostics[0]!;
      // What Nix cannot hold says what to do in its message.
      const hasHelp = help !== undefined || message.startsWith('cannot write');
      return position?.file === __filename && hasHelp ? [] : `(${shown}) is refused without a place: ${error.stack}`;
    }
  });
}

const isClass = (value: object) => /^class\b/.test(Function.prototype.toString.call(value));
const functions = Object.entries(cdknix as Record<string, Any>).filter(
  ([, value]) => typeof value === 'function' && !isClass(value),
);
const types = Object.entries({ ...cdknix.types, ...cdknix.types.ints, ...cdknix.types.numbers } as Record<string, Any>);
/** What makes types; the others are expressions. */
const typeFunctions = types.filter(([, value]) => typeof value === 'function' && !isExpression(value));

function isExpression(value: object): boolean {
  return Symbol.for('cdknix.expr') in value;
}

function machine() {
  const flake = new Flake();
  const host = new Host(flake, 'desk', { system: 'x86_64-linux', stateVersion: '26.05' });
  return { flake, host, user: new HomeUser(host, 'anna', { stateVersion: '26.05' }) };
}

type Machine = ReturnType<typeof machine>;

const common = ['set', 'declare', 'import', 'importAll', 'disable', 'optional'];
/** Who has methods, and which. */
const objects: readonly (readonly [name: string, of: (one: Machine) => Any, methods: readonly string[]])[] = [
  [
    'flake',
    ({ flake }) => flake,
    ['input', 'overlay', 'allowUnfree', 'allowInsecure', 'output', 'pkgs', 'export', 'use'],
  ],
  ['host', ({ host }) => host, ['set', 'import', 'importAll', 'disable', 'uses', 'use']],
  ['user', ({ user }) => user, ['set', 'import', 'importAll', 'uses', 'use']],
  ['account', ({ user }) => user.account, ['addGroups', 'set', 'optional']],
  ['module', ({ host }) => host.module, common],
  ['feature', ({ host }) => new Feature(host, 'mine'), ['uses', 'use']],
  ['nixos', ({ host }) => new Feature(host, 'mine').nixos, common],
];
const methods = objects.flatMap(([name, of, all]) => all.map((method) => [`${name}.${method}`, of, method] as const));

/** Every error has a place too where it is found at synth. */
function synthesised(flake: Flake): void {
  const lost = diagnostics(flake).filter(
    ({ severity, position }) => severity === 'error' && position?.file !== __filename,
  );
  if (lost.length) throw new Error(`no place: ${lost.map(({ message }) => message)}`);
}

function made(change: (flake: Flake) => void): void {
  const flake = new Flake();
  change(flake);
  synthesised(flake);
}

describe('what is given by mistake', () => {
  it.each(functions)('to %s is taken, or refused at its line', (_, fn) => {
    expect(flaws(fn)).toEqual([]);
  });

  it.each(typeFunctions)('to types.%s is taken, or refused at its line', (_, fn) => {
    expect(flaws(fn)).toEqual([]);
  });

  it.each(methods)('to %s is taken, or refused at its line, then or at synth', (_, of, method) => {
    const call = (...args: Any[]) => {
      const one = machine();
      of(one)[method](...args);
      return synthesised(one.flake);
    };
    expect(flaws(call)).toEqual([]);
  });

  it.each<[string, (...args: Any[]) => unknown]>([
    ['Flake', (...args) => synthesised(new Flake(...args))],
    ['Host', (...args) => new Host(...(args as [Any, Any, Any]))],
    ['HomeUser', (...args) => new HomeUser(...(args as [Any, Any, Any]))],
    ['Feature', (...args) => new Feature(...(args as [Any, Any]))],
    ['Host of a flake', (...args) => made((flake) => new Host(flake, 'a', ...(args as [Any])))],
    ['HomeUser of a flake', (...args) => made((flake) => new HomeUser(flake, 'a', ...(args as [Any])))],
    ['Feature.with', (...args) => made((flake) => flake.use(Feature.with(...(args as [never]))))],
    ['Feature.define', (...args) => Feature.define(...(args as [Any, Any]))],
    ['Feature.supports', (...args) => Feature.supports(...(args as [Any]))],
    ['Feature.applyTo', (...args) => Feature.applyTo(...(args as [Any]))],
    ['Host.of', (...args) => Host.of(...(args as [Any]))],
    ['HomeUser.of', (...args) => HomeUser.of(...(args as [Any]))],
  ])('to %s is taken, or refused at its line', (_, call) => {
    expect(flaws(call)).toEqual([]);
  });
});

/** What is said of a call, at its line. */
function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (!(error instanceof CdknixError)) throw error;
    const [{ code, message, help, position }] = error.diagnostics as [Any];
    expect(position.file).toBe(__filename);
    return `${code}: ${message}; ${help}`;
  }
  return 'is taken';
}

const { lib, pkgs, str, types: t } = cdknix as Any;
const untyped = cdknix as Any;

describe('an argument that JavaScript would drop', () => {
  const one = machine() as Record<keyof Machine, Any>;
  const takesNoMore = (call: string, given: string, help: string) =>
    `argument-lost: ${call} takes no further argument, and was given ${given}; ${help}`;

  it.each<[string, () => unknown, string, string]>([
    [
      'set',
      () => one.host.set({}, { services: {} }),
      'an object',
      'call set once for each, or put all of it into one object',
    ],
    ['set', () => one.user.set({}, []), 'a list', 'call set once for each, or put all of it into one object'],
    [
      'set',
      () => one.host.module.set({}, pkgs),
      'a Nix expression',
      'call set once for each, or put all of it into one object',
    ],
    [
      'set',
      () => one.user.account.set({}, {}),
      'an object',
      'call set once for each, or put all of it into one object',
    ],
    [
      'declare',
      () => one.host.module.declare({}, {}),
      'an object',
      'call declare once for each, or put all of it into one object',
    ],
    ['importAll', () => one.host.importAll(lib.a, lib.b), 'a Nix expression', 'call importAll once for each list'],
    ['optional', () => one.host.module.optional(true), 'true', 'leave it out'],
    ['uses', () => one.host.uses(Feature, Feature), 'a function', 'ask for each: or(host.uses(A), host.uses(B))'],
    ['input', () => one.flake.input('a', { url: 'github:a/b' }, {}), 'an object', 'leave it out'],
    ['overlay', () => one.flake.overlay('a', lib.a, lib.b), 'a Nix expression', 'leave it out'],
    ['output', () => one.flake.output('a', {}, {}), 'an object', 'leave it out'],
    ['pkgs', () => one.flake.pkgs('x86_64-linux', 'git'), "'git'", 'leave it out'],
    ['Feature.with', () => (Feature as Any).with({}, 'a', 'b'), "'b'", 'leave it out'],
    ['Feature.define', () => (Feature as Any).define('a', () => {}, {}), 'an object', 'leave it out'],
    ['new Host', () => new (Host as Any)(one.flake, 'b', { system: 'x86_64-linux' }, {}), 'an object', 'leave it out'],
    ['new HomeUser', () => new (HomeUser as Any)(one.host, 'b', {}, {}), 'an object', 'leave it out'],
    ['new Flake', () => new (Flake as Any)({}, {}), 'an object', 'leave it out'],
    ['acknowledge', () => untyped.acknowledge(one.host, 'a', 'b'), "'b'", 'leave it out'],
    [
      'mkIf',
      () => untyped.mkIf(true, 1, 2),
      '2',
      'write cond(test, yes, no) to choose one of two values; a second definition needs a second mkIf(not(test), …)',
    ],
    ['mkMerge', () => untyped.mkMerge([], []), 'a list', 'put all of them into one list: mkMerge([…, …])'],
    ['mkForce', () => untyped.mkForce(1, 2), '2', 'leave it out'],
    ['mkOverride', () => untyped.mkOverride(1, 2, 3), '3', 'leave it out'],
    [
      'mkEnableOption',
      () => untyped.mkEnableOption('a', { default: true }),
      'an object',
      "write update(mkEnableOption('…'), { … }) for what else is said of it",
    ],
    ['mkOption', () => untyped.mkOption({}, {}), 'an object', 'leave it out'],
    ['mkPackageOption', () => untyped.mkPackageOption(pkgs, 'a', {}, {}), 'an object', 'leave it out'],
    ['mkRenamedOptionModule', () => untyped.mkRenamedOptionModule(['a'], ['b'], ['c']), 'a list', 'leave it out'],
    ['literalExpression', () => untyped.literalExpression('a', 'b'), "'b'", 'leave it out'],
    ['comment', () => untyped.comment('a', 1, 2), '2', 'leave it out'],
    ['path', () => untyped.path('a', 'b'), "'b'", 'join them: path(`${folder}/${name}`)'],
    [
      'lazy',
      () =>
        untyped.lazy(
          () => 1,
          () => 2,
        ),
      'a function',
      'leave it out',
    ],
    ['bind', () => untyped.bind('a', 1, 2), '2', 'leave it out'],
    ['float', () => untyped.float(1, 2), '2', 'leave it out'],
    ['not', () => untyped.not(true, false), 'false', 'write not(or(…, …)), or and(not(…), not(…))'],
    ['eq', () => untyped.eq(1, 1, 1), '1', 'write and(eq(a, b), eq(b, c))'],
    ['add', () => untyped.add(1, 2, 3), '3', 'it takes two: add(add(a, b), c)'],
    ['lt', () => untyped.lt(1, 2, 3), '3', 'leave it out'],
    ['implies', () => untyped.implies(true, true, true), 'true', 'leave it out'],
    ['cond', () => untyped.cond(true, 1, 2, 3), '3', 'leave it out'],
    ['orElse', () => untyped.orElse(lib.a, 1, 2), '2', 'leave it out'],
    ['listOf', () => t.listOf(t.str, t.int), 'a Nix expression', 'leave it out'],
    ['either', () => t.either(t.str, t.int, t.bool), 'a Nix expression', 'write types.oneOf([…, …]) for more than two'],
    ['enum', () => t.enum(['a'], ['b']), 'a list', 'put all values into one list: types.enum([…, …])'],
    ['between', () => t.ints.between(1, 2, 3), '3', 'leave it out'],
    ['submodule', () => t.submodule({}, {}), 'an object', 'leave it out'],
  ])('is refused by %s', (call, run, given, help) => {
    expect(refusal(run)).toBe(takesNoMore(call, given, help));
  });

  it('may be undefined, and is no matter where JavaScript calls for each element of a list', () => {
    expect(refusal(() => one.host.set({}, undefined))).toBe('is taken');
    for (const fn of [
      untyped.mkForce,
      untyped.path,
      untyped.comment,
      untyped.literalExpression,
      untyped.mkEnableOption,
    ]) {
      expect(['a', 'b'].map(fn)).toHaveLength(2);
      expect(Array.from(['a'], fn)).toHaveLength(1);
    }
    expect([t.str, t.int].map(t.listOf)).toHaveLength(2);
    expect([{}, {}].forEach(one.host.set, one.host)).toBeUndefined();
  });

  it('is no parameter where the function stands for one of Nix', () => {
    const { host, flake } = machine();
    host.set({ environment: { systemPackages: untyped.lib.map(untyped.mkForce, [pkgs.git]) } });
    expect(synthToFiles(flake)['hosts/desk/default.nix']).toContain('lib.map (content: lib.mkForce content) [');
  });
});

describe('an argument of the wrong kind', () => {
  const condition =
    'write true or false, or an expression that Nix decides by, such as host.config.services.openssh.enable';
  const names = 'write strings, or expressions of strings';
  const optionPath = "write the names of the option one by one: ['services', 'openssh', 'enable']";
  const expression = 'give it one, such as args.settings or pkgs; what is plain data is known in TypeScript already';

  it.each<[() => unknown, string]>([
    [() => untyped.mkIf('yes', {}), `mkIf takes a condition, not 'yes'; ${condition}`],
    [() => untyped.mkIf(undefined, {}), `mkIf takes a condition, not undefined; ${condition}`],
    [() => untyped.mkIf(1, {}), `mkIf takes a condition, not 1; ${condition}`],
    [() => untyped.cond(null, 1, 2), `cond takes a condition, not null; ${condition}`],
    [() => untyped.not('a'), `not takes a condition, not 'a'; ${condition}`],
    [() => untyped.and(true, []), `and takes a condition, not a list; ${condition}`],
    [() => untyped.or(true, {}), `or takes a condition, not an object; ${condition}`],
    [() => untyped.implies(true, () => 1), `implies takes a condition, not a function; ${condition}`],
    [() => untyped.mkMerge({}), 'mkMerge takes a list, not an object; put what is meant in brackets: [ … ]'],
    [() => untyped.concat([], 'a'), "concat takes a list, not 'a'; put what is meant in brackets: [ … ]"],
    [() => untyped.mkOverride('a', 1), "mkOverride takes a number, not 'a'; write a number"],
    [() => untyped.mkOrder({}, 1), 'mkOrder takes a number, not an object; write a number'],
    [() => untyped.float('1'), "float takes a number, not '1'; write a number"],
    [() => untyped.has({ a: 1 }, 'a'), `has takes a Nix expression, not an object; ${expression}`],
    [() => untyped.has(pkgs), "has takes the names of attributes, not undefined; name what is meant: has(set, 'name')"],
    [() => untyped.has(pkgs, 5), `has takes the names of attributes, not 5; ${names}`],
    [() => untyped.select([], 'a'), `select takes a Nix expression, not a list; ${expression}`],
    [
      () => untyped.orElse({ a: 1 }, 2),
      'orElse takes a Nix expression, not an object; write value ?? fallback for what is known in TypeScript',
    ],
    [
      () => untyped.attrs({ a: 1 }),
      "attrs takes pairs of a name and a value, not an object; write attrs(['name', value])",
    ],
    [() => untyped.attrs([1, 2]), `attrs takes the names of attributes, not 1; ${names}`],
    [() => untyped.lazy(5), 'lazy takes a function, not 5; write an arrow: () => …'],
    [() => untyped.lazy(pkgs.git), 'lazy takes a function, not a Nix expression; write an arrow: () => …'],
    [() => untyped.path(pkgs.git), 'path takes a text, not a Nix expression; write a string'],
    [() => untyped.comment(5, 1), 'comment takes a text, not 5; write a string'],
    [() => untyped.mkOption(t.str), 'mkOption takes an object, not a Nix expression; write { … }'],
    [
      () => untyped.mkEnableOption({}),
      'mkEnableOption takes a text, not an object; write a string, or an expression of one',
    ],
    [
      () => untyped.mkPackageOption('git'),
      "mkPackageOption takes a Nix expression, not 'git'; write mkPackageOption(pkgs, 'name')",
    ],
    [
      () => untyped.mkPackageOption(pkgs, 5),
      "mkPackageOption takes the name of a package, not 5; write mkPackageOption(pkgs, 'name')",
    ],
    [
      () => untyped.mkAliasOptionModule('a.b', ['c']),
      `mkAliasOptionModule takes the path of an option, not 'a.b'; ${optionPath}`,
    ],
    [
      () => untyped.mkRemovedOptionModule(['a']),
      'mkRemovedOptionModule takes a text, not undefined; write a string, or an expression of one',
    ],
    [
      () => untyped.mkChangedOptionModule(['a'], ['b'], 5),
      'mkChangedOptionModule takes a function, not 5; write (config) => …',
    ],
    [() => t.listOf('str'), "listOf takes a type, not 'str'; give it one of types, such as types.str"],
    [() => t.enum('a'), "enum takes a list, not 'a'; put what is meant in brackets: [ … ]"],
    [() => t.oneOf([t.str, 'int']), "oneOf takes a type, not 'int'; give it one of types, such as types.str"],
    [() => t.ints.between('1', 2), "between takes a number, not '1'; write a number"],
    [
      () => t.submodule('a'),
      "submodule takes a module, or a list of modules, not 'a'; write { options: { … } }, or a function that gives it: ({ name }) => ({ options: { … } })",
    ],
    [
      () => new (Flake as Any)('a'),
      "new Flake takes an object of props, not 'a'; write { … }, with the props by their names",
    ],
    [
      () => new (HomeUser as Any)(machine().host, 'b', null),
      'new HomeUser takes an object of props, not null; write { … }, with the props by their names',
    ],
    [
      () => untyped.acknowledge('a', 'b'),
      "acknowledge takes a construct, not 'a'; give it a flake, a host, a user or a feature",
    ],
    [
      () => untyped.addError(machine().host, 'b'),
      "addError takes a code and a message, not 'b'; write addError(construct, { code: '…', message: '…' })",
    ],
    [() => (Host as Any).of(5), 'Host.of takes a construct, not 5; give it a flake, a host, a user or a feature'],
    [() => machine().host.disable(5 as Any), 'disable takes a text, not 5; write a string, or an expression of one'],
  ])('is refused by %s', (run, words) => {
    expect(refusal(run)).toBe(`argument: ${words}`);
  });

  it.each<[string, () => unknown, string]>([
    ['str', () => str('x'), "'x'"],
    ['lines', () => untyped.lines(['a']), 'a list'],
    ['nix', () => untyped.nix(), 'undefined'],
  ])('is refused by %s, which stands before a template', (tag, run, given) => {
    expect(refusal(run)).toBe(
      `not-a-template: ${tag} stands before a template, and was called with ${given}; write ${tag}\`…\`, without parentheses`,
    );
  });
});
