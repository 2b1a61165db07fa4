import {
  args,
  builtins,
  lib,
  literalExpression,
  literalMD,
  mkEnableOption,
  mkOption,
  mkPackageOption,
  pkgs,
  type Ref,
  str,
  types,
  update,
} from 'cdknix';
import fc from 'fast-check';

/** One thing in both languages. The Nix is written here, by nothing of cdknix. */
export interface Both {
  readonly ts: unknown;
  readonly nix: string;
}

/** A type, and some values that it takes. */
interface Kind extends Both {
  readonly values: readonly [Both, ...Both[]];
}

/** The tree of options that a module declares, and how many there are, those of submodules not counted. */
export interface GeneratedOptions extends Both {
  readonly count: number;
}

const nixText = (text: string) =>
  `"${text
    .replaceAll(/["\\]|\$\{/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')}"`;

/** Plain data in Nix. */
function nixData(value: unknown): string {
  if (typeof value === 'string') return nixText(value);
  if (typeof value === 'number' && value < 0) return `(${value})`;
  if (Array.isArray(value)) return `[ ${value.map(nixData).join(' ')} ]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return nixSet(Object.entries(value).map(([name, one]) => [name, nixData(one)]));
}

function nixSet(members: readonly (readonly [name: string, code: string])[]): string {
  return `{ ${members.map(([name, code]) => `${nixText(name)} = ${code};`).join(' ')} }`;
}

const data = (ts: unknown): Both => ({ ts, nix: nixData(ts) });
const list = (all: readonly Both[]): Both => ({
  ts: all.map((one) => one.ts),
  nix: `[ ${all.map((one) => one.nix).join(' ')} ]`,
});
const set = (members: readonly (readonly [name: string, value: Both])[]): Both => ({
  ts: Object.fromEntries(members.map(([name, value]) => [name, value.ts])),
  nix: nixSet(members.map(([name, value]) => [name, value.nix])),
});
const hello: Both = { ts: pkgs.hello, nix: 'pkgs.hello' };

// biome-ignore lint/suspicious/noExplicitAny: functions of many types are called with what is generated for them
type Loose = any;
const our: Loose = types;

function named(path: string, ...values: [unknown, ...unknown[]]): Kind {
  const ts = path.split('.').reduce((at, name) => at[name], our);
  return { ts, nix: `lib.types.${path}`, values: values.map(data) as unknown as Kind['values'] };
}

function applied(path: string, given: readonly Both[], values: readonly Both[]): Kind {
  const fn = path.split('.').reduce((at, name) => at[name], our);
  return {
    ts: fn(...given.map((one) => one.ts)),
    nix: `(lib.types.${path} ${given.map(({ nix }) => (/^[a-z{["(]/.test(nix) ? nix : `(${nix})`)).join(' ')})`,
    values: values as Kind['values'],
  };
}

const simple: readonly Kind[] = [
  named('anything', 1, 'x', { a: [true] }),
  named('raw', 1, 'x'),
  named('bool', true, false),
  named('boolByOr', true, false),
  named('int', 0, -3),
  named('float', 0.5, -1.25),
  named('number', 1, 2.5),
  named('ints.u8', 0, 255),
  named('ints.u16', 65535),
  named('ints.u32', 4294967295),
  named('ints.s8', -128, 127),
  named('ints.s16', -32768),
  named('ints.s32', -2147483648),
  named('ints.unsigned', 0),
  named('ints.positive', 1),
  named('numbers.nonnegative', 0, 0.5),
  named('numbers.positive', 0.5),
  named('port', 0, 65535),
  named('str', '', 'a "b" ${c}', "two\nlines ''"),
  named('nonEmptyStr', 'x'),
  named('singleLineStr', 'one line'),
  named('lines', 'a\nb\n'),
  named('commas', 'a,b'),
  named('envVar', '/a:/b'),
  named('path', '/etc/x'),
  named('pathInStore', '/nix/store/00000000000000000000000000000000-x'),
  named('externalPath', '/etc/x'),
  { ...named('package', null), values: [hello] },
  { ...named('shellPackage', null), values: [{ ts: pkgs.fish, nix: 'pkgs.fish' }] },
  { ...named('pkgs', null), values: [{ ts: pkgs, nix: 'pkgs' }] },
  // A manual that shows a type never ends.
  named('optionType', null),
  named('attrs', {}, { a: 1 }),
  named('deferredModule', {}),
];

/** Text that is hard to write down. */
const words = fc.constantFrom(
  'What it is.',
  'a "quoted" \\ word',
  "''two quotes'' and ${x}",
  'two\nlines',
  '\n  indented\n\n    more\n',
  "ends in '",
  '$${x} and $',
  'é — 日本',
  '',
);

const literals = fc.uniqueArray(
  fc.oneof(fc.constantFrom<unknown>('a', 'b c', 'x"y', '', null, true), fc.integer({ min: -3, max: 3 })),
  { minLength: 1, maxLength: 5 },
);

const fixed: fc.Arbitrary<Kind> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...simple) },
  { weight: 2, arbitrary: literals.map((all) => applied('enum', [data(all)], all.map(data))) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('[a-z]+', 'a|b', '[[:alpha:]]{1,3}')
      .map((pattern) => applied('strMatching', [data(pattern)], [data('a')])),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(' ', ', ', '\n', '"').map((by) => applied('separatedString', [data(by)], [data('a')])),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 10, max: 99 }), fc.constantFrom('ints', 'numbers'))
      .map(([low, high, group]) => applied(`${group}.between`, [data(low), data(high)], [data(low), data(high)])),
  },
  { weight: 1, arbitrary: fc.constant(applied('passwdEntry', [named('str', 'x')], [data('x y')])) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<[object, string]>([{ inStore: false }, '/x'], [{ absolute: true }, '/x'], [{}, './x'])
      .map(([props, path]) => applied('pathWith', [data(props)], [data(path)])),
  },
);

const names = fc.constantFrom('enable', 'a', 'b', 'user-name', "x'", 'a.b', 'two words', 'if', 'or', '1st', '', '${x}');
const moduleNames = names.filter((name) => name !== '');

/** A function that changes a value to something that can be told apart, and looks at it. */
const wrap: Both = {
  ts: (value: Ref) => builtins.seq!(value, { was: value }),
  nix: '(value: builtins.seq value { was = value; })',
};

function submodule(options: GeneratedOptions): Kind {
  return applied('submodule', [set([['options', options]])], [data({})]);
}

function freeform(options: GeneratedOptions, more: Kind): Kind {
  const type = applied('attrsOf', [more], []);
  return applied(
    'submodule',
    [
      set([
        ['options', options],
        ['freeformType', type],
      ]),
    ],
    [data({})],
  );
}

/** A submodule that speaks of its name and of itself. */
function submoduleOfName(options: GeneratedOptions): Kind {
  const ofName: Both = {
    ts: ({ name, config }: Loose) => ({
      options: {
        ...(options.ts as object),
        label: mkOption({ type: types.str, default: str`${name}!`, defaultText: literalMD('The name.') }),
        again: mkOption({ type: types.str, default: config.label, defaultText: literalExpression('label') }),
      },
    }),
    nix: `({ name, config, ... }: { options = ${options.nix} // {
      label = lib.mkOption { type = lib.types.str; default = "\${name}!"; defaultText = lib.literalMD "The name."; };
      again = lib.mkOption { type = lib.types.str; default = config.label; defaultText = lib.literalExpression "label"; };
    }; })`,
  };
  return applied('submodule', [ofName], [data({})]);
}

function submoduleWith(options: GeneratedOptions): Kind {
  const module: Both = {
    ts: ({ options: _ }: Loose) => ({ options: options.ts }),
    nix: `({ options, ... }: { options = ${options.nix}; })`,
  };
  const props = set([
    ['modules', list([module])],
    ['description', data('its own')],
  ]);
  return applied('submoduleWith', [props], [data({})]);
}

function tagged(one: Kind): Kind {
  const tag: Both = { ts: mkOption({ type: one.ts as Loose }), nix: `(lib.mkOption { type = ${one.nix}; })` };
  return applied('attrTag', [set([['tag', tag]])], [set([['tag', one.values[0]]])]);
}

/** An option of a type: its parts, each of which may be missing. */
function optionOf(one: fc.Arbitrary<Kind>): fc.Arbitrary<Both> {
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  return one.chain((type) =>
    fc
      .record({
        default: maybe(fc.constantFrom(...type.values)),
        defaultText: maybe(fc.oneof(words.map(expression), words.map(markdown))),
        example: maybe(fc.oneof(fc.constantFrom(...type.values), words.map(expression))),
        description: maybe(words.map(data)),
        apply: fc.option(fc.constant(wrap), { nil: undefined, freq: 9 }),
        readOnly: maybe(fc.boolean().map(data)),
        internal: fc.option(fc.boolean().map(data), { nil: undefined, freq: 5 }),
        visible: fc.option(fc.constantFrom<unknown>(true, false, 'shallow', 'transparent').map(data), {
          nil: undefined,
          freq: 3,
        }),
        relatedPackages: fc.option(fc.constantFrom(data(['git']), data([['git', 'doc']])), {
          nil: undefined,
          freq: 9,
        }),
      })
      .map((parts) => {
        const given = Object.entries(parts).filter((part): part is [string, Both] => part[1] !== undefined);
        const props = set([['type', type], ...given]);
        return { ts: mkOption(props.ts as Loose), nix: `(lib.mkOption ${props.nix})` };
      }),
  );
}

const expression = (text: string): Both => ({
  ts: literalExpression(text),
  nix: `(lib.literalExpression ${nixText(text)})`,
});
const markdown = (text: string): Both => ({ ts: literalMD(text), nix: `(lib.literalMD ${nixText(text)})` });

const enabling: fc.Arbitrary<Both> = fc.tuple(words, fc.boolean()).map(([name, isOn]) =>
  isOn
    ? {
        ts: update(mkEnableOption(name) as Loose, { default: true }),
        nix: `(lib.mkEnableOption ${nixText(name)} // { default = true; })`,
      }
    : { ts: mkEnableOption(name), nix: `(lib.mkEnableOption ${nixText(name)})` },
);

const packaging: fc.Arbitrary<Both> = fc
  .tuple(
    fc.constantFrom('hello', 'fish'),
    fc.record(
      {
        default: fc.constantFrom<unknown>('hello', ['sets', 'inner'], null),
        nullable: fc.boolean(),
        example: fc.constantFrom<unknown>('fish', ['sets', 'inner']),
        extraDescription: words,
        pkgsText: fc.constant('pkgs.own'),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([name, props]) => ({
    ts: mkPackageOption(pkgs, name, props as Loose),
    nix: `(lib.mkPackageOption pkgs ${nixText(name)} ${nixData(props)})`,
  }));

/** An option whose default is read from elsewhere: `whole` is the configuration that the module is part of. */
const computed: fc.Arbitrary<Both> = fc.constantFrom<Both>(
  {
    ts: mkOption({ type: types.str, default: args.config.outer.value, defaultText: literalExpression('outer') }),
    nix: '(lib.mkOption { type = lib.types.str; default = whole.outer.value; defaultText = lib.literalExpression "outer"; })',
  },
  {
    ts: mkOption({ type: types.listOf(types.str), default: lib.optionals!(args.config.outer.on, ['x']) }),
    nix: '(lib.mkOption { type = lib.types.listOf lib.types.str; default = lib.optionals whole.outer.on [ "x" ]; })',
  },
);

/** Options and groups of options. */
function optionsOf(of: fc.Arbitrary<Kind>, named: fc.Arbitrary<string>): fc.Arbitrary<GeneratedOptions> {
  const option = fc.oneof(
    { weight: 8, arbitrary: optionOf(of) },
    { weight: 1, arbitrary: enabling },
    { weight: 1, arbitrary: packaging },
    { weight: 1, arbitrary: computed },
  );
  const group = (member: fc.Arbitrary<GeneratedOptions>, maxLength: number) =>
    fc
      .uniqueArray(fc.tuple(named, member), { minLength: 1, maxLength, selector: ([name]) => name })
      .map((members) => ({ ...set(members), count: members.reduce((sum, [, one]) => sum + one.count, 0) }));
  const leaf = option.map((one) => ({ ...one, count: 1 }));
  const inner = group(leaf, 4);
  return group(fc.oneof({ weight: 5, arbitrary: leaf }, { weight: 1, arbitrary: inner }), 7);
}

/** Types of types, and trees of options in them; what is nested deep is rare. */
const { kind } = fc.letrec<{ kind: Kind; options: GeneratedOptions }>((tie) => {
  const inner = tie('kind');
  const options = tie('options');
  const of = (make: (one: Kind) => Kind) => inner.map(make);
  const two = (make: (one: Kind, other: Kind) => Kind) => fc.tuple(inner, inner).map(([a, b]) => make(a, b));
  const first = ({ values: [one] }: Kind) => one;
  return {
    kind: fc.oneof(
      { depthSize: 'small' },
      { weight: 8, arbitrary: fixed },
      { weight: 1, arbitrary: of((one) => applied('listOf', [one], [list([]), list(one.values)])) },
      { weight: 1, arbitrary: of((one) => applied('nonEmptyListOf', [one], [list([first(one)])])) },
      { weight: 1, arbitrary: of((one) => applied('attrsOf', [one], [set([]), set([['x y', first(one)]])])) },
      { weight: 1, arbitrary: of((one) => applied('lazyAttrsOf', [one], [set([['x', first(one)]])])) },
      {
        weight: 1,
        arbitrary: of((one) =>
          applied(
            'attrsWith',
            [
              set([
                ['elemType', one],
                ['placeholder', data('who')],
              ]),
            ],
            [set([['x', first(one)]])],
          ),
        ),
      },
      { weight: 2, arbitrary: of((one) => applied('nullOr', [one], [data(null), ...one.values])) },
      { weight: 1, arbitrary: of((one) => applied('uniq', [one], one.values)) },
      { weight: 1, arbitrary: of((one) => applied('unique', [data({ message: 'One.' }), one], one.values)) },
      { weight: 1, arbitrary: two((one, other) => applied('either', [one, other], one.values)) },
      { weight: 1, arbitrary: two((one, other) => applied('oneOf', [list([one, other])], one.values)) },
      {
        weight: 1,
        arbitrary: fixed
          .filter(({ nix }) => !nix.includes('deferred'))
          .map((one) => applied('coercedTo', [one, wrap, named('attrs', {})], one.values)),
      },
      {
        weight: 1,
        arbitrary: of((one) => {
          const value = { ts: (_: unknown) => first(one).ts, nix: `(_: ${first(one).nix})` };
          return applied('functionTo', [one], [value]);
        }),
      },
      {
        weight: 1,
        arbitrary: of((one) => applied('addCheck', [one, { ts: (_: unknown) => true, nix: '(_: true)' }], one.values)),
      },
      { weight: 2, arbitrary: options.map(submodule) },
      { weight: 2, arbitrary: fc.tuple(options, inner).map(([options, more]) => freeform(options, more)) },
      { weight: 2, arbitrary: options.map(submoduleOfName) },
      { weight: 1, arbitrary: options.map(submoduleWith) },
      { weight: 1, arbitrary: inner.map((one) => tagged(one)) },
    ),
    options: optionsOf(inner, moduleNames),
  };
});

/** Trees of options of every type that `types` has. */
export const generatedOptions = optionsOf(kind, moduleNames);
