import { expect, it } from 'vitest';
import { encodeString } from '../../lib/nix/encode';
import { dumperText, readDump } from '../../lib/options/dumped';
import { memberOf, type Option, type OptionTree, type OptionType } from '../../lib/options/type';
import { runNix } from '../support/nix';
import { optionPlaces } from '../support/option-places';
import { describeRealworld, realworld } from '../support/realworld';

/** What the dumper makes of a module, which may use `lib`, `t` for its types and `o` for an option of a type. */
function dump(module: string, args = '') {
  const source = `
    let
      lib = import ${realworld}/nixpkgs/lib;
      t = lib.types;
      o = type: lib.mkOption { inherit type; };
      eval = lib.evalModules { modules = [ (${module}) ]; };
    in
    (${dumperText()}) { inherit lib; inherit (eval) options; ${args} }`;
  const { status, stdout, stderr } = runNix('nix-instantiate', ['--eval', '--strict', '--json', '--expr', source]);
  if (status !== 0) throw new Error(stderr);
  const { options, docs } = readDump(JSON.parse(stdout) as string);
  const { _module, ...own } = options;
  const ownDocs = [...docs].filter(([place]) => !place.startsWith('_module.'));
  return { options: own as OptionTree, docs: new Map(ownDocs) };
}

const options = (module: string, args?: string) => dump(`{ options = ${module}; }`, args).options;

/** The types of options that are declared as \`name = type;\`. */
function types(declared: string): Record<string, OptionType> {
  const tree = options(`lib.mapAttrs (_: o) { ${declared} }`);
  return Object.fromEntries(Object.entries(tree).map(([name, option]) => [name, (option as Option)[0]]));
}

describeRealworld('the dumper and the types of the library', () => {
  it('reads those without parts', () => {
    expect(
      types(`
        inherit (t) anything attrs bool boolByOr deferredModule float int number optionType package path raw str unspecified;
        shell = t.shellPackage;
        custom = lib.mkOptionType { name = "custom"; };
      `),
    ).toEqual({
      anything: 'any',
      attrs: 'attrs',
      bool: 'bool',
      boolByOr: 'bool',
      custom: 'any',
      deferredModule: 'module',
      float: 'float',
      int: 'int',
      number: 'number',
      optionType: 'any',
      package: 'package',
      path: 'path',
      raw: 'any',
      shell: 'package',
      str: 'str',
      unspecified: 'any',
    });
  });

  it('reads the bounds of numbers', () => {
    expect(
      types(`
        inherit (t) port;
        inherit (t.ints) unsigned positive u8 u32 s8 s16;
        between = t.ints.between (-3) 7;
        fractions = t.numbers.between 0 1.5;
        inherit (t.numbers) nonnegative;
        checked = t.addCheck t.int (x: x > 5);
        named = t.addCheck t.int (x: x >= 16) // { name = "bits"; description = "integer of 16 bits"; };
        share = t.addCheck t.float (x: x <= 1.0) // { description = "share between 0.0 and 1.0 (inclusive)"; };
        worded = t.ints.between 1 5 // { description = "a few"; };
      `),
    ).toEqual({
      between: { kind: 'int', min: -3, max: 7 },
      checked: 'int',
      fractions: { kind: 'number', min: 0, max: 1.5 },
      nonnegative: { kind: 'number', min: 0 },
      named: 'int',
      port: { kind: 'int', min: 0, max: 65_535 },
      positive: { kind: 'int', min: 1 },
      s16: { kind: 'int', min: -32_768, max: 32_767 },
      s8: { kind: 'int', min: -128, max: 127 },
      share: { kind: 'float', min: 0, max: 1 },
      u32: { kind: 'int', min: 0, max: 4_294_967_295 },
      u8: { kind: 'int', min: 0, max: 255 },
      unsigned: { kind: 'int', min: 0 },
      worded: 'int',
    });
  });

  it('reads the forms of strings and paths', () => {
    expect(
      types(`
        inherit (t) nonEmptyStr singleLineStr lines commas envVar pathInStore externalPath;
        spaced = t.separatedString " \\" ";
        matching = t.strMatching "[a-z\\"$]+\\n?";
        worded = t.strMatching "a+" // { name = "a"; description = "many a"; };
        passwd = t.passwdEntry t.str;
        passwdPath = t.passwdEntry t.path;
        relative = t.pathWith { absolute = false; };
      `),
    ).toEqual({
      commas: { kind: 'str', separator: ',' },
      envVar: { kind: 'str', separator: ':' },
      externalPath: { kind: 'path', absolute: true, inStore: false },
      lines: { kind: 'str', separator: '\n' },
      matching: { kind: 'str', pattern: '[a-z"$]+\n?' },
      nonEmptyStr: { kind: 'str', form: 'nonEmpty' },
      passwd: { kind: 'str', form: 'passwdEntry' },
      passwdPath: 'path',
      pathInStore: { kind: 'path', inStore: true },
      relative: { kind: 'path', absolute: false },
      singleLineStr: { kind: 'str', form: 'singleLine' },
      spaced: { kind: 'str', separator: ' " ' },
      worded: { kind: 'str', pattern: 'a+' },
    });
  });

  it('reads the values of enums where they are plain data', () => {
    expect(types('plain = t.enum [ "a" 1 true null 1.5 ]; empty = t.enum [ ]; other = t.enum [ "a" [ ] ];')).toEqual({
      empty: 'any',
      other: 'any',
      plain: { kind: 'enum', values: ['a', 1, true, null, 1.5] },
    });
  });

  it('reads those that are made of others', () => {
    expect(
      types(`
        list = t.listOf t.int;
        some = t.nonEmptyListOf t.int;
        attrs = t.attrsOf t.int;
        lazy = t.lazyAttrsOf (t.listOf t.str);
        maybe = t.nullOr t.str;
        either = t.either t.int t.str;
        oneOf = t.oneOf [ t.int t.str (t.listOf t.str) t.int ];
        coerced = t.coercedTo t.int toString t.str;
        function = t.functionTo (t.listOf t.package);
        unique = t.uniq t.int;
        ordered = t.attrListOf t.int;
        named = t.attrsOf t.int // { name = "ints"; };
      `),
    ).toEqual({
      attrs: { kind: 'attrsOf', of: 'int' },
      coerced: { kind: 'coercedTo', from: 'int', to: 'str' },
      either: { kind: 'either', of: ['int', 'str'] },
      function: { kind: 'functionTo', of: { kind: 'listOf', of: 'package' } },
      lazy: { kind: 'attrsOf', lazy: true, of: { kind: 'listOf', of: 'str' } },
      list: { kind: 'listOf', of: 'int' },
      maybe: { kind: 'nullOr', of: 'str' },
      named: { kind: 'attrsOf', of: 'int' },
      oneOf: { kind: 'either', of: ['int', 'str', { kind: 'listOf', of: 'str' }] },
      ordered: {
        kind: 'either',
        of: [
          { kind: 'attrsOf', of: 'int' },
          { kind: 'listOf', of: { kind: 'attrsOf', of: 'int' } },
        ],
      },
      some: { kind: 'listOf', nonEmpty: true, of: 'int' },
      unique: { kind: 'unique', of: 'int' },
    });
  });

  it('reads submodules, tagged unions and what is open', () => {
    expect(
      types(`
        closed = t.submodule { options.a.b = o t.int; };
        open = t.submodule { freeformType = t.attrsOf t.str; options.a = o t.int; };
        tagged = t.attrTag { a = o t.int; b = o t.str; };
      `),
    ).toEqual({
      closed: { kind: 'submodule', options: { a: { b: ['int'] } } },
      open: { kind: 'submodule', options: { a: ['int'] }, freeform: { kind: 'attrsOf', of: 'str' } },
      tagged: { kind: 'attrTag', options: { a: ['int'], b: ['str'] } },
    });
  });

  it('reads a whole configuration as one of its class', () => {
    expect(
      types(`
        machine = t.submoduleWith { class = "nixos"; modules = [ (throw "not to be read") ]; };
        mac = t.submoduleWith { class = "darwin"; modules = [ ]; };
        homes = t.attrsOf (t.submoduleWith { class = "homeManager"; modules = [ ]; });
        other = t.submoduleWith { class = "service"; modules = [ { options.a = o t.int; } ]; };
      `),
    ).toEqual({
      homes: { kind: 'attrsOf', of: 'home' },
      mac: 'darwin',
      machine: 'nixos',
      other: { kind: 'submodule', options: { a: ['int'] } },
    });
  });

  it('reads a configuration that extends the one around it as one of its class, with what it has beyond that', () => {
    const { machines } = options(`{
      machines = {
        name = o t.str;
        same = o (t.submoduleWith { class = "nixos"; modules = [ { options.machines = { name = o t.str; }; } ]; });
        more = o (t.submoduleWith {
          class = "nixos";
          modules = [ { options.machines = { name = o t.str; disk.size = o t.int; }; options.vm = o t.bool; } ];
        });
      };
    }`);
    expect(machines).toEqual({
      name: ['str'],
      same: ['nixos'],
      more: [
        {
          kind: 'submodule',
          extends: 'nixos',
          options: { machines: { disk: { size: ['int'] } }, vm: ['bool'] },
        },
      ],
    });
  });
});

describeRealworld('the dumper and types that contain themselves', () => {
  it('takes those of file formats for data', () => {
    const value = `with t; let
      value = nullOr (oneOf [ bool int float str path (attrsOf value) (listOf value) ]) // { description = "YAML 1.1 value"; };
    in value`;
    expect(
      types(`one = ${value}; many = t.attrsOf (${value}); open = t.submodule { freeformType = ${value}; };`),
    ).toEqual({
      many: { kind: 'attrsOf', of: 'data' },
      one: 'data',
      open: { kind: 'submodule', options: {}, freeform: 'data' },
    });
  });

  it('ends at the first repetition', () => {
    expect(
      types('tree = let tree = t.either t.bool (t.attrsOf tree) // { description = "tree"; }; in t.listOf tree;'),
    ).toEqual({ tree: { kind: 'listOf', of: { kind: 'either', of: ['bool', { kind: 'attrsOf', of: 'any' }] } } });
  });

  it('ends where nobody has given one a description', () => {
    const tree = options(
      'rec { tree = lib.mkOption { visible = false; type = let tree = t.either t.bool (t.listOf tree); in tree; }; }',
    );
    expect(tree.tree).toEqual([{ kind: 'either', of: ['bool', { kind: 'listOf', of: 'any' }] }, { hidden: true }]);
  });

  it('ends where each one is new', () => {
    const text = JSON.stringify(
      types('deep = let deep = n: t.either t.bool (t.listOf (deep (n + 1))) // { description = "deep"; }; in deep 0;'),
    );
    expect(text.length).toBeLessThan(1_000);
  });

  it('reads a submodule within itself twice', () => {
    const { folder } = types('folder = let folder = t.submodule { options.items = o (t.attrsOf folder); }; in folder;');
    expect(folder).toEqual({
      kind: 'submodule',
      options: {
        items: [{ kind: 'attrsOf', of: { kind: 'submodule', options: { items: [{ kind: 'attrsOf', of: 'any' }] } } }],
      },
    });
  });

  it('reads a tagged union within itself twice', () => {
    const { union } = types('union = let union = t.attrTag { next = o union; end = o t.bool; }; in union;');
    const end = ['bool'];
    expect(union).toEqual({
      kind: 'attrTag',
      options: { end, next: [{ kind: 'attrTag', options: { end, next: ['any'] } }] },
    });
  });

  it('ends with submodules that grow', () => {
    const text = JSON.stringify(
      types('grow = let grow = n: t.submodule { options."n${toString n}" = o (grow (n + 1)); }; in grow 0;'),
    );
    expect(text.length).toBeLessThan(2_000);
  });
});

describeRealworld('the dumper and what is known of an option', () => {
  const factsOf = (declared: string, args?: string) => (options(`{ x = ${declared}; }`, args).x as Option)[1] ?? {};

  it.each([
    ['default = true', true],
    ['default = null', null],
    ['default = [ 1 { a = "b"; } ]', [1, { a: 'b' }]],
    ['default = { }', {}],
  ])('has a default that is plain data: %s', (declared, value) => {
    expect(factsOf(`lib.mkOption { ${declared}; }`)).toEqual({ default: value });
  });

  it.each([
    'default = [ ]; defaultText = "something else"',
    'default = throw "no"',
    'default = [ (throw "no") ]',
    'default = x: x',
    'default = ./.',
    'default = { type = "derivation"; outPath = throw "no"; }',
    'default = { outPath = "x"; }',
    'default = { __toString = _: "x"; }',
    'default = { _type = "if"; }',
    'default = let all = { inherit all; }; in all',
    'default = "${builtins.storeDir}/x"',
    'default = "\\${builtins.toFile "x" "y"}"',
    'default = lib.concatStrings (lib.genList toString 500)',
    'default = "/var/lib/‹name›"',
    'default = 1; readOnly = true',
    'default = 1; internal = true',
  ])('has no default that is none: %s', (declared) => {
    expect(factsOf(`lib.mkOption { ${declared.replace('\\$', '$')}; }`)).not.toHaveProperty('default');
  });

  it('has who may not set it, and who does not see it', () => {
    expect(factsOf('lib.mkOption { readOnly = true; }')).toEqual({ readOnly: true });
    expect(factsOf('lib.mkOption { visible = false; }')).toEqual({ hidden: true });
    expect(factsOf('lib.mkOption { internal = true; }')).toEqual({ hidden: true });
    expect(factsOf('lib.mkOption { visible = "transparent"; }')).toEqual({ hidden: true });
    expect(factsOf('lib.mkOption { visible = "shallow"; internal = false; readOnly = false; }')).toEqual({});
  });

  it('has the new name of a renamed option, but not that of an alias', () => {
    const tree = dump(`{
      imports = [
        (lib.mkRenamedOptionModule [ "old" ] [ "new" "a.b" ])
        (lib.mkAliasOptionModule [ "alias" ] [ "new" "a.b" ])
      ];
      options.new."a.b" = o t.int;
      options.warnings = lib.mkOption { visible = false; };
    }`).options;
    expect(tree.old).toEqual(['int', { hidden: true, renamedTo: 'new."a.b"' }]);
    expect(tree.alias).toEqual(['int', { applied: true }]);
  });

  it('has what is gone', () => {
    const tree = dump(`{
      imports = [
        (lib.mkRemovedOptionModule [ "gone" ] "Use something else.")
        (lib.mkChangedOptionModule [ "changed" ] [ "new" ] (config: 1))
      ];
      options = {
        new = o t.int;
        odd = lib.mkOption { visible = false; description = "Calculates."; apply = x: x.y; };
        assertions = lib.mkOption { visible = false; };
        warnings = lib.mkOption { visible = false; };
      };
    }`).options;
    expect(tree.gone).toEqual(['any', { hidden: true, removed: true }]);
    expect(tree.changed).toEqual(['any', { hidden: true }]);
    expect(tree.odd).toEqual(['any', { hidden: true, applied: true }]);
  });

  it.each([
    ['/nix/store/00000000000000000000000000000000-source/modules/sops/default.nix', 'modules/sops/default.nix'],
    ['/nix/store/00000000000000000000000000000000-nixos-25.05/nixos/modules/a.nix', 'nixos/modules/a.nix'],
    ['/nix/store/00000000000000000000000000000000-source/modules/sops', 'modules/sops/default.nix'],
    ['/nix/store/00000000000000000000000000000000-source/flake.nix#nixosModules.x', 'flake.nix'],
    ['/nix/store/00000000000000000000000000000000-source/a b/c.nix:anon-3:anon-1', 'a b/c.nix'],
    ['/nix/store/00000000000000000000000000000000-source/a.nix, via option y.z', 'a.nix'],
    ['/home/somebody/nixpkgs/nixos/modules/a.nix', 'nixos/modules/a.nix'],
    ['/home/somebody/private/modules/a.nix', 'modules/a.nix'],
    ['lib/modules.nix', 'lib/modules.nix'],
    ['/home/somebody/private/a.nix', undefined],
    ['/nix/store/00000000000000000000000000000000-a.nix', undefined],
    ['<unknown-file>', undefined],
    ['flake of mine', undefined],
  ])('has the file that declares it, below its project: %s', (file, expected) => {
    const { x } = dump(`{ _file = "${file}"; options.x = o t.int; }`).options;
    expect((x as Option)[1]?.file).toBe(expected);
  });
});

describeRealworld('the dumper and what submodules cannot do without', () => {
  const requiredIn = (declared: string) => {
    const places = optionPlaces(dump(declared).options);
    return [...places].flatMap(([place, option]) => (option[1]?.required ? [place] : []));
  };

  it('knows it by defaults and by what the modules define', () => {
    const module = `{ name, config, lib, ... }@args: {
      imports = [ { config.imported = 1; } ];
      options = lib.genAttrs [ "given" "imported" "conditional" "merged" "missing" ] (_: o t.int) // {
        deep.given = o t.int;
        deep.missing = o t.int;
        default = lib.mkOption { default = 1; };
        empty = o (t.listOf t.int);
        maybe = o (t.nullOr t.int);
        internal = lib.mkOption { internal = true; };
        hidden = lib.mkOption { visible = false; };
      };
      config = lib.mkMerge [
        { given = lib.mkDefault config.missing; deep.given = 1; }
        (lib.mkIf config.nonsense { conditional = lib.toUpper name; })
        { merged = args.config.nonsense; }
      ];
    }`;
    expect(requiredIn(`{ options.x = o (t.attrsOf (t.submodule (${module}))); }`)).toEqual([
      'x.<name>.deep.missing',
      'x.<name>.missing',
    ]);
  });

  it('supposes that what cannot be read defines everything, and reads with the special arguments', () => {
    const any = 'o (t.listOf (t.submodule { options.a = o t.int; config = throw "no"; }))';
    expect(requiredIn(`{ options.x = ${any}; }`)).toEqual([]);
    const strange = `o (t.listOf (t.submoduleWith {
      specialArgs.given = 1;
      modules = [ ({ given, lib, ... }: { options.a = o t.int; config = lib.optionalAttrs (given == 1) { a = 1; }; }) ];
    }))`;
    expect(requiredIn(`{ options.x = ${strange}; }`)).toEqual([]);
  });

  it('supposes that anybody may define what is in no list and has no name of its own', () => {
    expect(requiredIn('{ options.x = o (t.submodule { options.a = o t.int; }); options.b = o t.int; }')).toEqual([]);
  });

  it('sees what the submodule around it defines', () => {
    const module = `{ options.inner = o (t.submodule { options.given = o t.int; options.missing = o t.int; }); config.inner.given = 1; }`;
    expect(requiredIn(`{ options.x = o (t.listOf (t.submodule ${module})); }`)).toEqual(['x.*.inner.missing']);
  });

  it('evaluates no value that a module defines', () => {
    const module = `{ name, ... }: { options.a = o t.int; options.b = o t.int; config.a = { }.\${name}; }`;
    expect(requiredIn(`{ options.x = o (t.attrsOf (t.submodule (${module}))); }`)).toEqual(['x.<name>.b']);
  });
});

describeRealworld('the dumper and what is hidden', () => {
  it('looks into no submodule that manuals do not look into', () => {
    const { hidden, shallow } = options(`{
      hidden = lib.mkOption { visible = false; type = t.attrsOf (t.submodule { options = { }.nonsense; }); };
      shallow = lib.mkOption { visible = "shallow"; type = t.submodule { options = { }.nonsense; }; };
    }`);
    const open = { kind: 'submodule', options: {}, freeform: 'any' };
    expect(hidden).toEqual([{ kind: 'attrsOf', of: open }, { hidden: true }]);
    expect(shallow).toEqual([open]);
  });

  it('has options for developers, and what is in them', () => {
    expect(
      options('{ x = lib.mkOption { internal = true; type = t.submodule { options.a = o t.int; }; }; }').x,
    ).toEqual([{ kind: 'submodule', options: { a: ['int'] } }, { hidden: true }]);
  });
});

describeRealworld('the dumper and hostile modules', () => {
  it('keeps any names', () => {
    const names = ['__proto__', 'constructor', 'outPath', '__toString', 'a.b', '<name>', '"', '\\n', '$' + '{x}', ''];
    const list = names.map((name) => `"${name.replace('"', '\\"').replace('${', '\\${')}"`).join(' ');
    const tree = options(
      `{ group = lib.genAttrs [ ${list} ] (_: o t.int); sub = o (t.submodule { options = lib.genAttrs [ ${list} ] (_: o t.int); }); }`,
    );
    const group = tree.group as OptionTree;
    const [sub] = tree.sub as Option;
    const expected = names.map((name) => name.replace('\\n', '\n')).sort();
    expect(Object.keys(group).sort()).toEqual(expected);
    expect(Object.keys((sub as { options: OptionTree }).options).sort()).toEqual(expected);
    for (const name of expected) expect(memberOf(group, name)).toEqual(['int']);
  });

  it('goes on where something throws', () => {
    const tree = options(`{
      type = lib.mkOption { type = throw "no"; };
      element = o (t.listOf (throw "no"));
      values = o (t.enum [ (throw "no") ]);
      submodule = o (t.submodule { options = throw "no"; });
      freeform = o (t.submodule { freeformType = throw "no"; options.a = o t.int; });
      group.deep = lib.mkOption { type = throw "no"; };
      default = lib.mkOption { type = t.int; default = throw "no"; description = throw "no"; };
      good = o t.int;
    }`);
    expect(tree).toMatchObject({
      type: ['any'],
      group: { deep: ['any'] },
      element: ['any'],
      freeform: ['any'],
      values: ['any'],
      submodule: ['any'],
      default: ['int'],
      good: ['int'],
    });
  });

  it('evaluates no default in a submodule that manuals do not show', () => {
    const inner = 't.submodule { options.a = lib.mkOption { default = { }.nonsense; example = { }.nonsense; }; }';
    const { options: tree, docs } = dump(
      `{ options.x = o (t.either t.int (${inner})); options.y = o (t.coercedTo t.int toString (t.nullOr t.str)); }`,
      'withDocs = true;',
    );
    expect(tree.x).toEqual([{ kind: 'either', of: ['int', { kind: 'submodule', options: { a: ['any'] } }] }]);
    expect([...docs.keys()]).not.toContain('x.a');
  });

  it('ends with an error of Nix where the options themselves cannot be had', () => {
    expect(() => dump('{ options.a = o t.int; config.b = 1; }')).toThrow('The option `b');
  });
});

describeRealworld('the dumper and words', () => {
  const wordsOf = (declared: string) => dump(`{ options = ${declared}; }`, 'withDocs = true;');

  it('gives descriptions, defaults and examples where they are asked for', () => {
    const { options: tree, docs } = wordsOf(`{
      plain = lib.mkOption { type = t.int; default = 1; example = { a = [ 2 ]; }; description = "Says \\"this\\"."; };
      texts = lib.mkOption {
        type = t.int;
        default = throw "no";
        defaultText = lib.literalExpression "pkgs.x";
        example = lib.literalExpression "y: z";
        description = { _type = "mdDoc"; text = "Says that."; };
      };
      none = o t.int;
    }`);
    expect(Object.fromEntries(docs)).toEqual({
      plain: { description: 'Says "this".', default: '1', example: '{\n  a = [\n    2\n  ];\n}' },
      texts: { description: 'Says that.', default: 'pkgs.x', example: 'y: z' },
    });
    expect(tree).toEqual({ plain: ['int', { default: 1 }], texts: ['int'], none: ['int'] });
  });

  it('gives none otherwise', () => {
    expect(dump('{ options.x = lib.mkOption { description = "X."; }; }').docs.size).toBe(0);
  });

  it('says at which place of a submodule they are', () => {
    const said = 'lib.mkOption { type = t.int; description = "Says this."; }';
    const { docs } = wordsOf(`{
      a.b = o (t.attrsWith { placeholder = "host"; elemType = t.submodule { options.c = ${said}; }; });
      list = o (t.nullOr (t.listOf (t.submodule { options.c = ${said}; })));
      function = o (t.functionTo (t.submodule { options.c = ${said}; }));
      open = o (t.submodule { freeformType = t.attrsOf (t.submodule { options.c = ${said}; }); });
      coerced = o (t.coercedTo t.int toString (t.submodule { options.c = ${said}; }));
      tagged = o (t.attrTag { c = ${said}; });
    }`);
    expect([...docs.keys()]).toEqual([
      'a.b.<name>.c',
      'coerced.c',
      'function.<function body>.c',
      'list.*.c',
      'open.<name>.c',
      'tagged.c',
    ]);
  });

  it('keeps what the words hold from being anything else', () => {
    const text = '*/ \u2028 ` </script> "__proto__" \\ \n$';
    const { docs } = wordsOf(`{ x = lib.mkOption { description = ${encodeString(text)}; }; }`);
    expect(docs.get('x')).toEqual({ description: text });
  });
});

describeRealworld('the dumper as it is used', () => {
  it('can be given to nix eval as a text, in pure mode', () => {
    const apply = `lib: (${dumperText()}) { inherit lib; inherit (lib.evalModules { modules = [ { options.x = lib.mkEnableOption "x"; } ]; }) options; }`;
    const { status, stdout, stderr } = runNix('nix', [
      ...['--extra-experimental-features', 'nix-command flakes', 'eval', '--raw', '--offline'],
      ...[`path:${realworld}/nixpkgs#lib`, '--apply', apply],
    ]);
    expect(stderr).not.toContain('error');
    expect(status).toBe(0);
    expect(readDump(stdout).options).toMatchObject({ x: ['bool', { default: false }] });
  });

  it('reads a whole system', () => {
    const { status, stdout } = runNix('nix', [
      ...['--extra-experimental-features', 'nix-command flakes', 'eval', '--raw', '--impure', '--offline', '--expr'],
      `import ${process.cwd()}/scripts/tables.nix { realworld = "${realworld}"; class = "darwin"; }`,
    ]);
    expect(status).toBe(0);
    expect(optionPlaces(readDump(stdout).options).size).toBeGreaterThan(1_000);
  });
});
