import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import * as ts from 'typescript';
import { describe, expect, it } from 'vitest';
import type { Docs } from '../../lib/options/docs';
import { typesOf } from '../../lib/options/generate/generate';
import { successorOf } from '../../lib/options/option-at';
import { isOption, type Option, type OptionTree, type OptionType } from '../../lib/options/type';

const types = (options: OptionTree, docs: Docs = new Map(), source: 'import' | 'bundled' = 'import') =>
  typesOf({ class: 'nixos', source, release: '26.05', options }, docs, 'cdknix/options');

/** The declarations without the line that imports what they are made of. */
const body = (options: OptionTree, docs?: Docs) => types(options, docs).replace(/^import .*\n\n/, '');

const nested = (options: OptionTree): OptionType => ({ kind: 'submodule', options });

/** The names of groups, and what is in them. */
type Groups = { [name: string]: Groups | 'option' };

const groupsOf = (tree: OptionTree): Groups =>
  Object.fromEntries(
    Object.entries(tree).map(([name, member]) => [name, isOption(member) ? 'option' : groupsOf(member)]),
  );

function groupsIn(sets: ReadonlyMap<string, ts.InterfaceDeclaration>, name: string, tree: OptionTree): Groups {
  return Object.fromEntries(
    sets
      .get(name)!
      .members.filter(ts.isPropertySignature)
      .map((member) => {
        const key = nameOf(member);
        const inTree = Object.hasOwn(tree, key) ? tree[key] : undefined;
        return [
          key,
          inTree && !isOption(inTree)
            ? groupsIn(sets, member.type!.getText().replace(' | undefined', ''), inTree)
            : 'option',
        ];
      }),
  );
}

const nameOf = ({ name }: ts.PropertySignature) => (name as ts.Identifier | ts.StringLiteral).text;

const namesIn = ({ members }: ts.InterfaceDeclaration) =>
  members.map((member) => (ts.isPropertySignature(member) ? nameOf(member) : '[name: string]')).sort();

/** The names in each set of options that is declared. */
function namesBelow(tree: OptionTree): string[] {
  const inTree = (at: OptionTree, open: boolean): string[] => [
    JSON.stringify([...Object.keys(at), ...(open ? ['[name: string]'] : [])].sort()),
    ...Object.values(at).flatMap((member) => {
      if (!isOption(member)) return inTree(member, open);
      return successorOf(member, tree) === member ? inType(member[0]) : [];
    }),
  ];
  const inType = (type: OptionType): string[] => {
    if (typeof type === 'string') return [];
    if (type.kind === 'attrTag') return inTree(type.options, false);
    if (type.kind === 'submodule') return inTree(type.options, type.freeform !== undefined);
    if (type.kind === 'coercedTo') return [...inType(type.from), ...inType(type.to)];
    return 'of' in type ? [type.of].flat().flatMap((of) => inType(of as OptionType)) : [];
  };
  return inTree(tree, false);
}

/** The tags in comments. */
function tagsIn(node: ts.Node): string[] {
  const own = ts.isPropertySignature(node) ? ts.getJSDocTags(node).map(({ tagName }) => tagName.text) : [];
  const inner: string[] = [];
  ts.forEachChild(node, (child) => void inner.push(...tagsIn(child)));
  return [...own, ...inner];
}

const hostile = [
  ...[
    '',
    '__proto__',
    'constructor',
    'toString',
    'kind',
    'options',
    'a-b',
    'a.b',
    '1',
    '*',
    '<name>',
    '`',
    '```',
    '~~~',
  ],
  ...[
    '*/',
    '/*',
    '//',
    '${x}',
    '"',
    "'",
    '\\',
    '\\u0041',
    '\n',
    '\r',
    '\u2028',
    '\ud800',
    '\u202e',
    '\0',
    '@deprecated',
    '{@link x}',
  ],
  ...[
    'string',
    'String',
    'record',
    'value',
    'package',
    'nixos-options',
    'expr',
    'any',
    'é',
    '☃',
    '<!--',
    ':::',
    '::: {.note}',
  ],
];
const words = fc
  .array(fc.oneof(fc.constantFrom(...hostile, ' ', '\n'), fc.string({ unit: 'binary' })), { maxLength: 8 })
  .map((all) => all.join(''));
const names = fc.oneof(fc.constantFrom(...hostile), words);

const facts = fc.record(
  {
    default: fc.oneof(words, fc.integer(), fc.constant(null)),
    file: words,
    renamedTo: names,
    readOnly: fc.constant(true as const),
    removed: fc.constant(true as const),
    hidden: fc.constant(true as const),
    required: fc.constant(true as const),
  },
  { requiredKeys: [] },
);

const { tree: trees } = fc.letrec<{ type: OptionType; option: Option; tree: OptionTree }>((tie) => {
  const of = tie('type');
  const options = tie('tree');
  const kind = <Kind extends string>(name: Kind) => fc.constant(name);
  return {
    type: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<OptionType>(
        'any',
        'data',
        'bool',
        'int',
        'str',
        'path',
        'package',
        'attrs',
        'module',
        'nixos',
        'home',
      ),
      fc.record({
        kind: kind('enum'),
        values: fc.array(fc.oneof(words, fc.integer(), fc.boolean(), fc.constant(null))),
      }),
      fc.record({ kind: kind('str'), pattern: words }),
      fc.record({ kind: kind('listOf'), of }),
      fc.record({ kind: kind('attrsOf'), of }),
      fc.record({ kind: kind('nullOr'), of }),
      fc.record({ kind: kind('unique'), of }),
      fc.record({ kind: kind('functionTo'), of }),
      fc.record({ kind: kind('either'), of: fc.array(of, { minLength: 2, maxLength: 3 }) }),
      fc.record({ kind: kind('coercedTo'), from: of, to: of }),
      fc.record({ kind: kind('attrTag'), options }),
      fc.record({ kind: kind('submodule'), options }),
      fc.record({ kind: kind('submodule'), extends: fc.constantFrom('nixos', 'home'), options }),
      fc.record({ kind: kind('submodule'), options, freeform: of }),
    ) as fc.Arbitrary<OptionType>,
    option: fc.tuple(of, facts) as unknown as fc.Arbitrary<Option>,
    tree: fc
      .array(fc.tuple(names, fc.oneof({ maxDepth: 4 }, tie('option'), options)), { maxLength: 5 })
      .map((members) => Object.fromEntries(members)),
  };
});

const files: Record<string, string> = {
  '/lib.d.ts':
    'interface Array<T> { [index: number]: T } interface ReadonlyArray<T> { readonly [index: number]: T }' +
    [
      'Boolean',
      'CallableFunction',
      'Function',
      'IArguments',
      'NewableFunction',
      'Number',
      'Object',
      'RegExp',
      'String',
      'Symbol',
    ]
      .map((name) => `interface ${name} {}`)
      .join(' '),
  '/nix.ts': 'export declare const EXPR: unique symbol; export interface Expr { readonly kind: string }',
  '/options/values.ts': readFileSync(join(__dirname, '../../lib/options/values.ts'), 'utf8'),
  '/options/config.ts':
    "import type { OptionSet } from './values'; export interface NixosConfig extends OptionSet<NixosConfig> {} export interface HomeConfig extends OptionSet<HomeConfig> {}",
  '/options/index.ts': "export type * from './config'; export type * from './values';",
};
const parsed = new Map<string, ts.SourceFile>();

/** What the compiler says of types as a whole. */
function problemsOf(text: string): string[] {
  const parse = (name: string) => ts.createSourceFile(name, files[name]!, ts.ScriptTarget.ES2022, true);
  for (const name of Object.keys(files)) if (!parsed.has(name)) parsed.set(name, parse(name));
  const main = ts.createSourceFile('/types.ts', text, ts.ScriptTarget.ES2022, true);
  const program = ts.createProgram({
    rootNames: ['/lib.d.ts', '/types.ts'],
    options: {
      strict: true,
      noLib: true,
      types: [],
      paths: { 'cdknix/options': ['/options/index.ts'] },
      noEmit: true,
      module: ts.ModuleKind.Node16,
      target: ts.ScriptTarget.ES2022,
    },
    host: {
      getSourceFile: (name) => (name === '/types.ts' ? main : parsed.get(name)),
      fileExists: (name) => name === '/types.ts' || name in files,
      readFile: (name) => files[name],
      getDefaultLibFileName: () => '/lib.d.ts',
      getCurrentDirectory: () => '/',
      getCanonicalFileName: (name) => name,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => '\n',
      writeFile: () => {},
    },
  });
  const all = [
    ...program.getGlobalDiagnostics(),
    ...program.getSyntacticDiagnostics(),
    ...program.getSemanticDiagnostics(),
  ];
  return all.map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}

describe('the types of a table', () => {
  it('are an interface for each group, called after its path', () => {
    expect(
      types({ services: { nginx: { enable: ['bool'] }, 'a-b': { x: ['int'] } }, users: {} }),
    ).toMatchInlineSnapshot(`
      "import type { OptionSet, Value } from 'cdknix/options';

      export interface NixosOptions extends OptionSet<NixosOptions> {
        services?: Services | undefined;
        users?: Users | undefined;
      }

      export interface Services extends OptionSet<Services> {
        'a-b'?: ServicesAB | undefined;
        nginx?: ServicesNginx | undefined;
      }

      export interface ServicesAB extends OptionSet<ServicesAB> {
        /** Signed integer. */
        x?: Value<number> | undefined;
      }

      export interface ServicesNginx extends OptionSet<ServicesNginx> {
        /** Boolean. */
        enable?: Value<boolean> | undefined;
      }

      export interface Users extends OptionSet<Users> {
      }
      "
    `);
  });

  it('say what each type takes', () => {
    expect(
      body({
        any: ['any'],
        data: ['data'],
        numbers: [{ kind: 'either', of: ['int', { kind: 'int', min: 1 }, 'float', 'number'] }],
        texts: [{ kind: 'listOf', of: { kind: 'str', separator: ' ' } }],
        path: ['path'],
        package: [{ kind: 'nullOr', of: 'package' }],
        attrs: ['attrs'],
        module: ['module'],
        enum: [{ kind: 'nullOr', of: { kind: 'enum', values: ["it's", 1, true, null] } }],
        attrsOf: [{ kind: 'attrsOf', of: { kind: 'nullOr', of: 'str' } }],
        coerced: [{ kind: 'coercedTo', from: 'str', to: { kind: 'listOf', of: 'str' } }],
        function: [{ kind: 'functionTo', of: { kind: 'listOf', of: 'package' } }],
        unique: [{ kind: 'unique', of: 'str' }],
        home: [{ kind: 'attrsOf', of: 'home' }],
        none: [{ kind: 'enum', values: [] }],
      }),
    ).toMatchInlineSnapshot(`
      "export interface NixosOptions extends OptionSet<NixosOptions> {
        /** Anything. */
        any?: unknown;
        /** Attribute set. */
        attrs?: Value<Attrs<unknown>> | undefined;
        /** Attribute set of (null or string). */
        attrsOf?: Value<Attrs<string | null>> | undefined;
        /** (list of string) or string convertible to it. */
        coerced?: Value<string | List<string>> | undefined;
        /** Plain data. */
        data?: Value<Data> | undefined;
        /** \`null or one of "it's", 1, true, <null>\`. */
        enum?: Value<'it\\'s' | 1 | true | null> | undefined;
        /** Function that evaluates to a(n) list of package. */
        function?: Expr<(argument: any) => List<Package>> | undefined;
        /** Attribute set of Home Manager configuration. */
        home?: Value<AttrsOf<HomeConfig>> | undefined;
        /** Module. */
        module?: Value<string | object> | undefined;
        /** Impossible (empty enum). */
        none?: Value<never> | undefined;
        /** \`signed integer or (positive integer, meaning >0) or floating point number or integer or floating point number\`. */
        numbers?: Value<number> | undefined;
        /** Null or package. */
        package?: Value<Package | null> | undefined;
        /** Absolute path. */
        path?: Value<Path> | undefined;
        /** List of strings concatenated with " ". */
        texts?: Value<List<string>> | undefined;
        /** Unique string. */
        unique?: Value<string> | undefined;
      }
      "
    `);
  });

  it('have sets of options as they are, so that misspelt names are found', () => {
    expect(
      body({
        one: [nested({ a: ['str'] })],
        maybe: [{ kind: 'nullOr', of: nested({ a: ['str'] }) }],
        named: [{ kind: 'attrsOf', of: nested({ a: ['str'] }) }],
        listed: [{ kind: 'listOf', of: nested({ a: ['str'] }) }],
        mixed: [{ kind: 'either', of: ['str', nested({ a: ['str'] })] }],
        tagged: [{ kind: 'attrTag', options: { a: ['str'], b: ['int'] } }],
        open: [{ kind: 'submodule', options: { a: ['str'] }, freeform: { kind: 'attrsOf', of: 'int' } }],
        either: [{ kind: 'either', of: [nested({ a: ['str'] }), nested({ b: ['str'] }), 'int'] }],
        again: [{ kind: 'either', of: [nested({ a: ['str'] }), { kind: 'listOf', of: nested({ a: ['str'] }) }] }],
      }),
    ).toMatchInlineSnapshot(`
      "export interface NixosOptions extends OptionSet<NixosOptions> {
        /** Submodule or list of submodule. */
        again?: Again | ListOf<Again> | undefined;
        /** Submodule or submodule or signed integer. */
        either?: Either | Either_2 | Value<number> | undefined;
        /** List of submodule. */
        listed?: Value<ListOf<Listed>> | undefined;
        /** Null or submodule. */
        maybe?: Maybe | null | undefined;
        /** String or submodule. */
        mixed?: Mixed | string | undefined;
        /** Attribute set of submodule. */
        named?: Value<AttrsOf<Named>> | undefined;
        /** Submodule. */
        one?: One | undefined;
        /** Open submodule of attribute set of signed integer. */
        open?: Value<Open> | undefined;
        /** Attribute-tagged union with choices: a, b. */
        tagged?: Tagged | undefined;
      }

      export interface Again extends OptionSet<Again | ListOf<Again>> {
        /** String. */
        a?: Value<string> | undefined;
      }

      export interface Either extends OptionSet<Either> {
        /** String. */
        a?: Value<string> | undefined;
      }

      export interface Either_2 extends OptionSet<Either_2> {
        /** String. */
        b?: Value<string> | undefined;
      }

      export interface Listed extends OptionSet<Listed> {
        /** String. */
        a?: Value<string> | undefined;
      }

      export interface Maybe extends OptionSet<Maybe | null> {
        /** String. */
        a?: Value<string> | undefined;
      }

      export interface Mixed extends OptionSet<Mixed | string> {
        /** String. */
        a?: Value<string> | undefined;
      }

      export interface Named extends OptionSet<Named> {
        /** String. */
        a?: Value<string> | undefined;
      }

      export interface One extends OptionSet<One> {
        /** String. */
        a?: Value<string> | undefined;
      }

      export interface Open {
        /** String. */
        a?: Value<string> | undefined;
        readonly [name: string]: unknown;
      }

      export interface Tagged extends OptionSet<Tagged> {
        /** String. */
        a?: Value<string> | undefined;
        /** Signed integer. */
        b?: Value<number> | undefined;
      }
      "
    `);
  });

  it('let a configuration inside take what its system takes, and what it has beside that', () => {
    const vm: OptionType = { kind: 'submodule', extends: 'nixos', options: { disk: { size: ['int'] } } };
    const text = types({ vm: [vm], vms: [{ kind: 'attrsOf', of: vm }] });
    expect(text).toContain('vm?: NixosConfig & Vm | undefined;');
    expect(text).toContain('vms?: Value<AttrsOf<NixosConfig & Vms>> | undefined;');
    expect(text).toContain('interface Vm extends OptionSet<Vm> {\n  disk?: VmDisk | undefined;\n}');
  });

  it('call a type that options share after each of them', () => {
    const shared = nested({ a: ['str'] });
    expect(body({ b: [shared], c: [shared] })).toBe(body({ b: [nested({ a: ['str'] })], c: [nested({ a: ['str'] })] }));
  });

  it('name a long union, so that errors are short', () => {
    const values = Array.from({ length: 12 }, (_, index) => `a long value ${index}`);
    expect(body({ level: [{ kind: 'nullOr', of: { kind: 'enum', values } }] })).toMatchInlineSnapshot(`
      "export interface NixosOptions extends OptionSet<NixosOptions> {
        /** \`null or one of "a long value 0", "a long value 1", "a long value 2", "a long value 3", "a long value 4", "a long value 5", "a long value 6", "a long value 7", …\`. */
        level?: Value<Level | null> | undefined;
      }

      export type Level =
        | 'a long value 0'
        | 'a long value 1'
        | 'a long value 2'
        | 'a long value 3'
        | 'a long value 4'
        | 'a long value 5'
        | 'a long value 6'
        | 'a long value 7'
        | 'a long value 8'
        | 'a long value 9'
        | 'a long value 10'
        | 'a long value 11';
      "
    `);
  });

  it('let an old name take what the new one takes', () => {
    expect(
      body({
        old: ['any', { renamedTo: 'new' }],
        older: ['any', { renamedTo: 'old' }],
        new: ['int'],
        group: [nested({}), { renamedTo: 'services.new' }],
        services: { new: { a: ['str'] }, set: [{ kind: 'attrsOf', of: nested({ b: ['bool'] }) }] },
        member: ['any', { renamedTo: 'services.set.x.b' }],
        lost: [nested({}), { renamedTo: 'not.here' }],
        circle: ['str', { renamedTo: 'square' }],
        square: ['str', { renamedTo: 'circle' }],
        gone: ['any', { removed: true }],
        moved: ['any', { renamedTo: 'gone' }],
      }),
    ).toMatchInlineSnapshot(`
      "export interface NixosOptions extends OptionSet<NixosOptions> {
        /**
         * String.
         * @deprecated use \`square\`
         */
        circle?: Value<string> | undefined;
        /** @deprecated it was removed */
        gone?: Removed | undefined;
        /** @deprecated use \`services.new\` */
        group?: ServicesNew | undefined;
        /**
         * Anything.
         * @deprecated use \`not.here\`
         */
        lost?: unknown;
        /**
         * Boolean.
         * @deprecated use \`services.set.x.b\`
         */
        member?: Value<boolean> | undefined;
        /** @deprecated use \`gone\` */
        moved?: Removed | undefined;
        /** Signed integer. */
        new?: Value<number> | undefined;
        /**
         * Signed integer.
         * @deprecated use \`new\`
         */
        old?: Value<number> | undefined;
        /**
         * Signed integer.
         * @deprecated use \`old\`
         */
        older?: Value<number> | undefined;
        services?: Services | undefined;
        /**
         * String.
         * @deprecated use \`circle\`
         */
        square?: Value<string> | undefined;
      }

      export interface Services extends OptionSet<Services> {
        new?: ServicesNew | undefined;
        /** Attribute set of submodule. */
        set?: Value<AttrsOf<ServicesSet>> | undefined;
      }

      export interface ServicesNew extends OptionSet<ServicesNew> {
        /** String. */
        a?: Value<string> | undefined;
      }

      export interface ServicesSet extends OptionSet<ServicesSet> {
        /** Boolean. */
        b?: Value<boolean> | undefined;
      }
      "
    `);
  });

  it('say what is known of an option', () => {
    expect(
      body({
        port: [
          { kind: 'int', min: 0, max: 65_535 },
          { default: 80, file: 'nixos/modules/a.nix' },
        ],
        version: ['str', { readOnly: true, hidden: true }],
        key: [
          { kind: 'str', pattern: '[a-z]*/' },
          { required: true, default: '`x`\n' },
        ],
        long: ['data', { default: { a: 'x'.repeat(200) } }],
      }),
    ).toMatchInlineSnapshot(`
      "export interface NixosOptions extends OptionSet<NixosOptions> {
        /** \`string matching the pattern [a-z]*\\/\`. Required. Default: \`\`"\`x\`\\n"\`\`. */
        key?: Value<string> | undefined;
        /** Plain data. */
        long?: Value<Data> | undefined;
        /** Integer between 0 and 65535 (both inclusive). Default: \`80\`. Declared in \`nixos/modules/a.nix\`. */
        port?: Value<number> | undefined;
        /** String. Read-only. Internal. */
        version?: ReadOnly<string> | undefined;
      }
      "
    `);
  });

  it("begin with upstream's words where there are some", () => {
    const docs: Docs = new Map([
      [
        'hosts.<name>.root',
        {
          description:
            'Where {option}`root` is, see [](#opt-hosts) and\n[the manual](#sec-x) or [nginx](https://nginx.org).\n\n::: {.note}\nMind the gap.\n:::',
          default: '"/srv"',
          example: '{\n  root = "/srv";\n}',
        },
      ],
    ]);
    expect(body({ hosts: [{ kind: 'attrsOf', of: nested({ root: ['path'] }) }] }, docs)).toMatchInlineSnapshot(`
      "export interface NixosOptions extends OptionSet<NixosOptions> {
        /** Attribute set of submodule. */
        hosts?: Value<AttrsOf<Hosts>> | undefined;
      }

      export interface Hosts extends OptionSet<Hosts> {
        /**
         * Where \`root\` is, see \`hosts\` and
         * the manual or [nginx](https://nginx.org).
         *
         * **Note:**
         * Mind the gap.
         *
         * Example:
         * \`\`\`nix
         * {
         *   root = "/srv";
         * }
         * \`\`\`
         *
         * Absolute path. Default: \`"/srv"\`.
         */
        root?: Value<Path> | undefined;
      }
      "
    `);
  });

  it('show what manuals have in their own notation as plain Markdown', () => {
    const description = [
      'The tool to use. ::: {.warning}',
      '{manpage}`nginx(8)` [](https://nginx.org) []{#anchor}',
      ':::',
      '```sh',
      '::: [](#opt-kept)',
    ].join('\n');
    const docs: Docs = new Map([['a', { description, default: 'what {option}`b` is', example: 'true' }]]);
    expect(body({ a: ['bool'] }, docs)).toMatchInlineSnapshot(`
      "export interface NixosOptions extends OptionSet<NixosOptions> {
        /**
         * The tool to use.
         *
         * **Warning:**
         * \`nginx(8)\` <https://nginx.org>
         * \`\`\`sh
         * ::: [](#opt-kept)
         * \`\`\`
         *
         * Boolean. Default: what \`b\` is. Example: \`true\`.
         */
        a?: Value<boolean> | undefined;
      }
      "
    `);
  });

  it('keep what is hostile inside of comments and texts', () => {
    const text = '*/ export const x = 1; /*\u2028@deprecated\u202e no ${x} {@link y}\r```\nlet\n @tag <!-- \u0000';
    expect(
      body(
        {
          [text]: [
            { kind: 'enum', values: [text, "'", '\\'] },
            { file: text, default: text },
          ],
        },
        new Map([[text, { description: text, example: '```\n*/' }]]),
      ),
    ).toMatchInlineSnapshot(`
      "export interface NixosOptions extends OptionSet<NixosOptions> {
        /**
         * *\\/ export const x = 1; /*
         * \\@deprecated  no \${x} {\\@link y}
         * \`\`\`
         * let
         *  \\@tag <!--
         * \`\`\`
         *
         * Example:
         * \`\`\`\`nix
         * \`\`\`
         * *\\/
         * \`\`\`\`
         *
         * \`\`\`\`one of "*\\/ export const x = 1; /* \\@deprecated  no \${x} {\\@link y} \`\`\` let \\@tag <!--  ", "'", "\\"\`\`\`\`. Declared in \`\`\`\`*\\/ export const x = 1; /* \\@deprecated  no \${x} {\\@link y} \`\`\` let \\@tag <!--  \`\`\`\`.
         */
        '*/ export const x = 1; /*\\u{2028}@deprecated\\u{202e} no \${x} {@link y}\\r\`\`\`\\nlet\\n @tag <!-- \\u0000'?: Value<ExportConstX1DeprecatedNoXLinkYLetTag> | undefined;
      }

      export type ExportConstX1DeprecatedNoXLinkYLetTag =
        | '*/ export const x = 1; /*\\u{2028}@deprecated\\u{202e} no \${x} {@link y}\\r\`\`\`\\nlet\\n @tag <!-- \\u0000'
        | '\\''
        | '\\\\';
      "
    `);
  });

  it('have names that mean nothing else', () => {
    const names = ['string', 'record', 'value', 'nixos-options', '1', '', '::', 'aB', 'a-b'];
    const options = Object.fromEntries(names.map((name, index) => [name, { [`a${index}`]: ['str'] as const }]));
    const found = [...types(options).matchAll(/interface (\w+)/g)].map(([, name]) => name);
    expect(found).toMatchInlineSnapshot(`
      [
        "NixosOptions",
        "Options",
        "Options1",
        "Options_2",
        "AB",
        "AB_2",
        "NixosOptions_2",
        "Record_2",
        "String_2",
        "Value_2",
      ]
    `);
  });

  it('tell a group that takes any name from one of the same options that does not', () => {
    const submodule = { kind: 'submodule', options: { inner: {} } } as const;
    const text = types({ a: [{ kind: 'either', of: [submodule, { ...submodule, freeform: 'any' }] }] });
    const inner = [...text.matchAll(/export interface (\w*Inner\w*)[^{]*\{([^}]*)\}/g)];
    expect(inner.map(([, , members]) => members!.trim())).toEqual(['', 'readonly [name: string]: unknown;']);
  });

  it('say in the groups at the top of which release they are, where they came with cdknix', () => {
    const options: OptionTree = { services: { nginx: { enable: ['bool'] } }, gone: ['any', { removed: true }] };
    expect(types(options, new Map(), 'bundled').match(/^ {2}\w.*$/gm)).toEqual([
      "  gone?: Removed<'NixOS 26.05'> | undefined;",
      "  services?: Services & Of<'NixOS 26.05'> | undefined;",
      '  nginx?: ServicesNginx | undefined;',
      '  enable?: Value<boolean> | undefined;',
    ]);
  });

  it('declare exactly the options, whatever the tables and words say', () => {
    fc.assert(
      fc.property(trees, words, (options, text) => {
        const docs: Docs = new Map(
          Object.keys(options).map((name) => [name, { description: text, default: text, example: text }]),
        );
        const source = ts.createSourceFile('types.ts', types(options, docs), ts.ScriptTarget.Latest, true);
        expect((source as unknown as { parseDiagnostics: unknown[] }).parseDiagnostics).toEqual([]);
        const sets = new Map(source.statements.filter(ts.isInterfaceDeclaration).map((set) => [set.name.text, set]));
        const others = source.statements.filter(
          (one) => !ts.isInterfaceDeclaration(one) && !ts.isTypeAliasDeclaration(one),
        );
        expect(others).toEqual([source.statements[0]]);
        expect(groupsIn(sets, 'NixosOptions', options)).toEqual(groupsOf(options));
        expect(new Set([...sets.values()].map((set) => JSON.stringify(namesIn(set))))).toEqual(
          new Set(namesBelow(options)),
        );
        const old = /"(renamedTo|removed)":/.test(JSON.stringify(options));
        expect(tagsIn(source).filter((tag) => !old || tag !== 'deprecated')).toEqual([]);
        expect(problemsOf(source.text)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
