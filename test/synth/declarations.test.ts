import { readFileSync } from 'node:fs';
import * as cdknix from 'cdknix';
import {
  add,
  args,
  Feature,
  Flake,
  Host,
  lib,
  mkEnableOption,
  mkIf,
  mkOption,
  nix,
  pkgs,
  type Ref,
  types,
} from 'cdknix';
import { diagnostics } from 'cdknix/testing';
import { describe, expect, it } from 'vitest';
import { CdknixError, type Diagnostic, leafPosition } from '../../lib/diagnostics';

/** What the compiler would refuse. */
// biome-ignore lint/suspicious/noExplicitAny: the compiler would find it
type Loose = any;

/** What is said of a program on a host, each with the word at its place in this file. */
function said(make: (host: Loose, flake: Loose) => void): string[] {
  const flake = new Flake();
  const host = new Host(flake, 'desk', { system: 'x86_64-linux' });
  let found: readonly Diagnostic[];
  try {
    make(host, flake);
    found = diagnostics(flake);
  } catch (error) {
    if (!(error instanceof CdknixError)) throw error;
    found = error.diagnostics;
  }
  return found.map(({ severity, code, message, help, position }) => {
    const [word] = position?.file?.endsWith('declarations.test.ts')
      ? /^[\w.']*/.exec(textAt(leafPosition(position, [])))!
      : [];
    return `${word}: ${severity} ${code}: ${message}; ${help}`;
  });
}

/** What is said of a feature on a host. */
const saidOf = (fill: (own: Feature) => void) =>
  said((host) =>
    host.use(function own(feature: Feature) {
      fill(feature);
    }),
  );

const source = readFileSync(__filename, 'utf8').split('\n');
const textAt = ({ line, column }: { readonly line: number; readonly column: number }) =>
  source[line - 1]!.slice(column - 1);

describe('a name that Nix does not know', () => {
  it('is shown where it is given, whatever declares the option', () => {
    expect(
      saidOf((own) => {
        const loose = cdknix as Loose;
        own.nixos.declare({
          own: {
            option: loose.mkOption({ typ: types.str, description: 'What it is.' }),
            package: loose.mkPackageOption(pkgs, 'git', {
              defalt: 'gitMinimal',
            }),
            updated: loose.update(mkEnableOption('it'), { defualt: true }),
            twice: loose.update(loose.mkOption({ tpye: types.str }), { defaultText: 'x' }, { readonly: true }),
            submodule: mkOption({ type: loose.types.submodule({ option: {} }) }),
            long: mkOption({ type: loose.types.listOf(loose.types.submodule({ options: {}, other: 1 })) }),
            modules: mkOption({
              type: loose.types.submodule([{ options: {} }, ({ name }: Loose) => ({ optoins: name })]),
            }),
            inner: mkOption({
              type: types.submodule({ options: { it: loose.mkPackageOption(pkgs, 'git', { nullabel: true }) } }),
            }),
            attrs: mkOption({ type: loose.types.attrsWith({ elemTyp: types.str }) }),
            path: mkOption({ type: loose.types.pathWith({ instore: true }) }),
            unique: mkOption({ type: loose.types.unique({ mesage: 'One.' }, types.str) }),
            with: mkOption({ type: loose.types.submoduleWith({ module: [] }) }),
            deferred: mkOption({ type: loose.types.deferredModuleWith({ modules: [] }) }),
            raw: mkOption({ type: nix`lib.types.submodule { option = { }; }` }),
          },
        } as Loose);
      }),
    ).toMatchInlineSnapshot(`
      [
        "typ: error option-declaration: the declaration of own.option has a 'typ', which Nix does not know; did you mean type?",
        "defalt: error option-declaration: the declaration of own.package gives mkPackageOption a 'defalt', which Nix does not know; did you mean default?",
        "defualt: error option-declaration: the declaration of own.updated has a 'defualt', which Nix does not know; did you mean default?",
        "tpye: error option-declaration: the declaration of own.twice has a 'tpye', which Nix does not know; did you mean type?",
        "readonly: error option-declaration: the declaration of own.twice has a 'readonly', which Nix does not know; did you mean readOnly?",
        "type: error option-declaration: the declaration of own.submodule gives submodule a 'option', which Nix does not know; did you mean options?",
        "type: error option-declaration: the declaration of own.long gives submodule a 'other', which Nix does not know; it may have options, config, imports, freeformType, disabledModules, meta, key, _module, _file",
        "type: error option-declaration: the declaration of own.modules gives submodule a 'optoins', which Nix does not know; did you mean options?",
        "type: error option-declaration: the declaration of own.inner.it gives mkPackageOption a 'nullabel', which Nix does not know; did you mean nullable?",
        "type: error option-declaration: the declaration of own.attrs gives attrsWith a 'elemTyp', which Nix does not know; did you mean elemType?",
        "type: error option-declaration: the declaration of own.path gives pathWith a 'instore', which Nix does not know; did you mean inStore?",
        "type: error option-declaration: the declaration of own.unique gives unique a 'mesage', which Nix does not know; did you mean message?",
        "with: warning option-name: "with" has to be quoted in Nix by whoever sets own."with"; use letters, digits, "_" and "-", starting with a letter",
        "type: error option-declaration: the declaration of own."with" gives submoduleWith a 'module', which Nix does not know; did you mean modules?",
        "type: error option-declaration: the declaration of own.deferred gives deferredModuleWith a 'modules', which Nix does not know; it may have staticModules",
        "type: error option-declaration: the declaration of own.raw gives submodule a 'option', which Nix does not know; did you mean options?",
      ]
    `);
  });

  it('may be that of an option that somebody else declares', () => {
    expect(
      saidOf((own) => {
        const { types: t } = cdknix as Loose;
        own.nixos.declare({
          own: {
            open: mkOption({ type: t.submodule({ freeformType: t.attrsOf(t.str), a: 'b' }) }),
            imported: mkOption({ type: t.submodule({ imports: [lib.a], a: 'b' }) }),
            whole: mkOption({ type: t.submodule({ options: {}, config: {}, imports: [], _module: { args: {} } }) }),
            group: nix`{ typ = lib.mkOption { type = lib.types.str; }; }`,
            taken: mkOption({ type: t.submodule(nix`lib.recursiveUpdate { } { option = { }; }`) }),
          },
        } as Loose);
      }),
    ).toEqual([]);
  });
});

describe('a default', () => {
  it('has to fit its type', () => {
    expect(
      saidOf((own) => {
        own.nixos.declare({
          own: {
            port: mkOption({ type: types.port, default: '80' as Loose }),
            mode: mkOption({ type: types.enum(['fast', 'slow']), default: 'fats' as Loose }),
            text: mkOption({ type: types.str, default: null as Loose }),
            names: mkOption({ type: types.listOf(types.str), default: ['a', 3] as Loose }),
            jobs: mkOption({
              type: types.attrsOf(
                types.submodule(({ name }) => ({
                  options: {
                    label: mkOption({ type: types.str, default: name }),
                    size: mkOption({ type: types.int, default: 'big' as Loose }),
                  },
                })),
              ),
              default: {},
            }),
          },
        });
      }),
    ).toMatchInlineSnapshot(`
      [
        "default: error option-default: the default of own.port does not fit its type: own.port takes integer between 0 and 65535 (both inclusive), not "80"; write 80 without the quotes",
        "default: error option-default: the default of own.mode does not fit its type: own.mode takes one of "fast", "slow", not "fats"; did you mean 'fast'?",
        "default: error option-default: the default of own.text does not fit its type: own.text takes string, not null; leave the default out, or make the type types.nullOr(…)",
        "default: error option-default: the default of own.names does not fit its type: own.names[1] takes string, not 3; write '3'",
        "type: error option-default: the default of own.jobs.size does not fit its type: own.jobs.size takes signed integer, not "big"; write such a value, or an expression that gives one",
      ]
    `);
  });

  it('is found in submodules of submodules', () => {
    const inner = types.submodule({ options: { size: mkOption({ type: types.int, default: 'big' as Loose }) } });
    const outer = types.submodule({ options: { inner: mkOption({ type: inner, default: {} }) } });
    expect(saidOf((own) => own.nixos.declare({ own: { outer: mkOption({ type: types.attrsOf(outer) }) } }))).toEqual([
      'type: error option-default: the default of own.outer.inner.size does not fit its type: ' +
        'own.outer.inner.size takes signed integer, not "big"; write such a value, or an expression that gives one',
    ]);
  });

  it('may be whatever only Nix knows, and lack what a submodule needs', () => {
    expect(
      saidOf((own) => {
        own.nixos.declare({
          own: {
            name: mkOption({ type: types.str, default: args.config.networking.hostName }),
            host: mkOption({
              type: types.submodule({ options: { ip: mkOption({ type: types.str }) } }),
              default: {},
            }),
            either: mkOption({ type: types.either(types.str, types.int), default: 3 }),
            raw: mkOption({ type: (pkgs.formats as Ref).json!({}).type, default: {} }),
          },
        });
      }),
    ).toEqual([]);
  });
});

describe('what declares no option', () => {
  it('is refused where it stands', () => {
    expect(
      saidOf((own) => {
        own.nixos.declare({
          own: {
            flag: true,
            list: [mkEnableOption('it')],
            fn: (x: Loose) => x,
            text: nix`"x"`,
            ok: mkOption({ type: types.str }),
          },
        } as Loose);
      }),
    ).toMatchInlineSnapshot(`
      [
        "flag: error option-declaration: own.flag is true, which declares no option; declare it with mkOption({ … }), mkEnableOption(…) or mkPackageOption(…)",
        "list: error option-declaration: own.list is a list, which declares no option; declare it with mkOption({ … }), mkEnableOption(…) or mkPackageOption(…)",
        "fn: error option-declaration: own.fn is a function, which declares no option; declare it with mkOption({ … }), mkEnableOption(…) or mkPackageOption(…)",
        "text: error option-declaration: own.text is "x", which declares no option; declare it with mkOption({ … }), mkEnableOption(…) or mkPackageOption(…)",
      ]
    `);
  });

  it('is refused in the place of all options', () => {
    const all = ['own', [], mkEnableOption('it')];
    expect(all.flatMap((one) => saidOf((own) => own.nixos.declare(one as Loose)))).toMatchInlineSnapshot(`
      [
        "declare: error not-options: declare was given 'own'; give it options by their names: { services: { backup: { enable: mkEnableOption(…) } } }",
        "declare: error not-options: declare was given a list; give it options by their names: { services: { backup: { enable: mkEnableOption(…) } } }",
        "declare: error not-options: declare was given an option without a name; give it options by their names: { services: { backup: { enable: mkEnableOption(…) } } }",
      ]
    `);
  });

  it('is refused in the place of a type, or of a part that Nix does not know', () => {
    expect(
      saidOf((own) => {
        own.nixos.declare({
          own: {
            text: mkOption({ type: 'string' as Loose }),
            list: mkOption({ type: types.listOf as Loose }),
            slip: mkOption({ type: types.str, desciption: 'What it is.' } as Loose),
          },
        });
      }),
    ).toMatchInlineSnapshot(`
      [
        "type: error option-declaration: the type of own.text is "string", which is no type; give it one of types, such as types.str",
        "type: error option-declaration: the type of own.list is a function, which is no type; types that hold others are given them: types.listOf(types.str)",
        "desciption: error option-declaration: the declaration of own.slip has a 'desciption', which Nix does not know; did you mean description?",
      ]
    `);
  });
});

describe('the name of an option', () => {
  it('is no path, and no more than Nix takes without quotes', () => {
    expect(
      saidOf((own) => {
        own.nixos.declare({ 'services.own': { enable: mkEnableOption('it') } });
        own.nixos.declare({ own: { 'two words': mkEnableOption('it'), 'user-name': mkEnableOption('it') } });
      }),
    ).toMatchInlineSnapshot(`
      [
        "'services.own': warning option-name: "services.own" is one name in Nix, not a path; nest the names: { services: { own: … } }",
        "'two: warning option-name: "two words" has to be quoted in Nix by whoever sets own."two words"; use letters, digits, "_" and "-", starting with a letter",
      ]
    `);
  });

  it('is refused where Nix cannot hold it', () => {
    expect(
      saidOf((own) => {
        own.nixos.declare({ own: { 'a\u0000': mkEnableOption('it') } });
      }),
    ).toMatchInlineSnapshot(`
      [
        "'a: error value: cannot write the text "a\\u0000" in Nix at own["a\\u0000"]: a Nix string cannot hold U+0000, here at index 1; take the character out; undefined",
        "'a: warning option-name: "a\\u0000" has to be quoted in Nix by whoever sets own."a\\u0000"; use letters, digits, "_" and "-", starting with a letter",
      ]
    `);
  });
});

describe('a value that takes itself to be known', () => {
  it('is refused, by way of others too', () => {
    expect(
      saidOf((own) => {
        const { config } = own.nixos as Loose;
        own.nixos.declare({
          own: {
            self: mkOption({ type: types.int, default: 1, apply: (_) => add(config.own.self, 1) }),
            first: mkOption({ type: types.int, default: 1, apply: (_) => config.own.second.x }),
            second: mkOption({ type: types.attrs, default: {}, apply: (_) => ({ x: args.config.own.first }) }),
            start: mkOption({ type: types.int, default: args.config.own.start }),
          },
        });
      }),
    ).toMatchInlineSnapshot(`
      [
        "apply: error option-cycle: the apply of own.self reads own.self: its value takes itself to be known; apply is given the value: make what it gives of that",
        "apply: error option-cycle: the apply of own.first reads own.second, whose apply reads own.first: its value takes itself to be known; apply is given the value: make what it gives of that",
        "default: error option-cycle: the default of own.start reads own.start: its value takes itself to be known; give it another default, or none",
      ]
    `);
  });

  it('is none where an apply reads others, or defaults read one another', () => {
    expect(
      saidOf((own) => {
        own.nixos.declare({
          own: {
            a: mkOption({ type: types.int, default: args.config.own.b }),
            b: mkOption({ type: types.int, default: args.config.own.a }),
            c: mkOption({ type: types.int, default: 1, apply: (value) => add(value, args.config.own.a) }),
          },
        });
      }),
    ).toEqual([]);
  });
});

describe('a reference in a function', () => {
  it('is checked as any other', () => {
    expect(
      said((host) => {
        const { services } = host.config;
        host.set({
          environment: {
            systemPackages: [
              pkgs.python3.withPackages((ps: Loose) => lib.optional(services.opensh.enable, ps.requests)),
            ],
          },
        });
      }),
    ).toMatchInlineSnapshot(`
      [
        "enable: warning reference-unknown: there is no option services.opensh of NixOS to refer to; did you mean services.openssh or services.opkssh?",
      ]
    `);
    expect(
      saidOf((own) => {
        const { config } = own.nixos as Loose;
        own.nixos.declare({ own: { n: mkOption({ type: types.str, apply: (_) => config.time.timeZon }) } });
      }),
    ).toMatchInlineSnapshot(`
      [
        "timeZon: warning reference-unknown: there is no option time.timeZon of NixOS to refer to; did you mean time.timeZone?",
      ]
    `);
  });
});

describe('an argument that nobody gives', () => {
  it('is said to be missing where it is asked for', () => {
    expect(said((host) => host.set({ networking: { hostName: args.username } }))).toMatchInlineSnapshot(`
      [
        "hostName: error undefined-variable: the Nix variable 'username' is not defined here; in scope are config, lib, pkgs, options, modulesPath, inputs, utils, and Nix's own; specialArgs brings more",
      ]
    `);
    expect(
      saidOf((own) => {
        own.nixos.declare({ own: { name: mkOption({ type: types.str, default: args.nobody }) } });
      }),
    ).toMatchInlineSnapshot(`
      [
        "name: error undefined-variable: the Nix variable 'nobody' is not defined here; in scope are config, lib, pkgs, options, modulesPath, inputs, utils, and Nix's own; specialArgs brings more",
      ]
    `);
  });
});

describe('a feature that needs props', () => {
  it('is refused without, whether it is used or exported', () => {
    class Named extends Feature {
      constructor(scope: Host, id: string, props: { readonly name: string }) {
        super(scope, id);
        this.nixos.set({ networking: { hostName: props.name } });
      }
    }
    expect(said((_, flake) => flake.export(Named))).toMatchInlineSnapshot(`
      [
        "export: error feature-props: the feature Named takes props, was given none, and fails without: Cannot read properties of undefined (reading 'name'); give it props: Named.with({ … })",
      ]
    `);
    expect(said((host) => host.use(Named))).toMatchInlineSnapshot(`
      [
        "use: error feature-props: the feature Named takes props, was given none, and fails without: Cannot read properties of undefined (reading 'name'); give it props: Named.with({ … })",
      ]
    `);
  });

  it('fails as it does where it was given some', () => {
    class Failing extends Feature {
      constructor(scope: Host, id: string, props: { readonly names?: string[] }) {
        super(scope, id);
        props.names!.map(String);
      }
    }
    expect(() => said((host) => host.use((Failing as Loose).with({})))).toThrow(TypeError);
  });
});

it('options whose submodule is a function are checked where they are set', () => {
  expect(
    said((host) => {
      host.use(function own(feature: Feature) {
        const port = mkOption({ type: types.port });
        feature.nixos.declare({
          own: { jobs: mkOption({ type: types.attrsOf(types.submodule((_) => ({ options: { port } }))) }) },
        });
      });
      host.set(mkIf(true, { own: { jobs: { a: { prt: 1 }, b: { port: 'x' } } } }));
    }),
  ).toMatchInlineSnapshot(`
    [
      "prt: warning option-unknown: there is no option own.jobs.a.prt; did you mean own.jobs.a.port?",
      "port: warning option-type: own.jobs.b.port takes integer between 0 and 65535 (both inclusive), not "x"; write such a value, or an expression that gives one",
    ]
  `);
});
