import {
  acknowledge,
  args,
  type CdknixError,
  Feature,
  Flake,
  HomeUser,
  Host,
  lazy,
  lib,
  mkIf,
  mkOption,
  nix,
  orElse,
  str,
  types,
} from 'cdknix';
import { diagnostics } from 'cdknix/testing';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../lib/diagnostics';
import { ConfigRoot } from '../../lib/module';
import type { Expr } from '../../lib/nix';
import type { OptionTree } from '../../lib/options/type';
import type { KnownOptions } from '../../lib/synth/check/known-options';
import { checkReferences, referencesIn } from '../../lib/synth/check/references';

const linux = { system: 'x86_64-linux' } as const;

/** References as JavaScript lets them through. */
// biome-ignore lint/suspicious/noExplicitAny: the compiler would find them
type Loose = any;

function said(make: (host: Loose, home: Loose, flake: Flake) => void): string[] {
  const flake = new Flake();
  const host = new Host(flake, 'desk', linux);
  make(host, new HomeUser(host, 'anna'), flake);
  return diagnostics(flake).map(({ severity, code, message, help }) => `${severity} ${code}: ${message}; ${help}`);
}

describe('a reference to an option that does not exist', () => {
  const misspelt =
    'warning reference-unknown: there is no option services.opensh of NixOS to refer to; did you mean services.openssh or services.opkssh?';

  it.each<[string, (host: Loose, home: Loose, flake: Flake) => void]>([
    ['in a condition', (host) => host.set({ programs: mkIf(host.config.services.opensh.enable, { zsh: {} }) })],
    ['in a value', (host) => host.set({ programs: { zsh: { enable: host.config.services.opensh.enable } } })],
    ['in a string', (host) => host.set({ users: { motd: str`${host.config.services.opensh.banner}` } })],
    [
      'in a lazy',
      (host) => host.set({ programs: { zsh: { enable: lazy(() => host.config.services.opensh.enable) } } }),
    ],
    ['in raw Nix', (host) => host.set(nix`{ programs.zsh.enable = ${host.config.services.opensh.enable}; }`)],
    ['in an account', (host, home) => home.account.set({ isNormalUser: host.config.services.opensh.enable })],
    ['in a home', (host, home) => home.set({ programs: { zsh: { enable: host.config.services.opensh.enable } } })],
    ['in an output', (host, _, flake) => flake.output('x', host.config.services.opensh.ports)],
  ])('is found %s', (_, make) => {
    expect(said(make)).toEqual([misspelt]);
  });

  it('is found in features, once, whoever uses them', () => {
    class Prompt extends Feature {
      constructor(scope: Flake, id: string) {
        super(scope as never, id);
        const config = this.home.config as Loose;
        this.home.set({ programs: { bash: { enable: config.programs.zhs.enable } } });
      }
    }
    const flake = new Flake();
    for (const name of ['one', 'two']) new HomeUser(new Host(flake, name, linux), 'anna').use(Prompt as never);
    expect(new Set(diagnostics(flake).map(({ message }) => message))).toEqual(
      new Set(['there is no option programs.zhs of Home Manager to refer to']),
    );
  });

  it('is shown at the line that refers to it', () => {
    const flake = new Flake();
    const host = new Host(flake, 'desk', linux);
    const here = new Error().stack!.split('\n')[1]!;
    host.set({ users: { motd: (host.config as Loose).networking.hostNam } });
    const [{ position, path }] = diagnostics(flake) as [Diagnostic];
    expect(position?.line).toBe(Number(/:(\d+):\d+\)?$/.exec(here)![1]) + 1);
    expect(path).toBe('desk');
  });

  it('may be acknowledged', () => {
    expect(
      said((host) => {
        host.set({ users: { motd: host.config.networking.hostNam } });
        acknowledge(host, 'reference-unknown');
      }),
    ).toEqual([]);
  });

  it('may be an option of another module system', () => {
    expect(said((host) => host.set({ users: { motd: host.config.home.username } }))).toEqual([
      'warning reference-unknown: there is no option home of NixOS to refer to; Home Manager has it: refer to the config of a HomeUser',
    ]);
  });
});

describe("JavaScript's own methods and indices", () => {
  const wrong = (words: string) => [`error reference-member: ${words}`];
  const at = (read: (config: Loose) => unknown) =>
    said((host) => host.set({ environment: { etc: { it: { source: read(host.config) } } } }));

  it.each<[string, (config: Loose) => unknown]>([
    [
      "networking.hostName is a string, and toUpperCase is JavaScript's: nothing has it in Nix; write lib.toUpper(value)",
      (c) => c.networking.hostName.toUpperCase(),
    ],
    [
      "networking.hostName is a string, and split is JavaScript's: nothing has it in Nix; write lib.splitString('.', value)",
      (c) => str`${c.networking.hostName.split('.')}`,
    ],
    [
      "networking.hostName is a string, and includes is JavaScript's: nothing has it in Nix; write lib.hasInfix('a', value)",
      (c) => lazy(() => c.networking.hostName.includes('a')),
    ],
    [
      "networking.hostName is a string, and length is JavaScript's: nothing has it in Nix; write lib.stringLength(value)",
      (c) => c.networking.hostName.length,
    ],
    [
      'networking.hostName is a string, and Nix takes no index; write lib.substring(0, 1, value)',
      (c) => c.networking.hostName[0],
    ],
    [
      'networking.nameservers is a list, and Nix takes no index; write lib.elemAt(value, 1)',
      (c) => c.networking.nameservers[1],
    ],
    [
      "networking.nameservers is a list, and map is JavaScript's: nothing has it in Nix; write lib.map((one) => …, value)",
      (c) => c.networking.nameservers.map((one: Loose) => one),
    ],
    [
      "networking.nameservers is a list, and length is JavaScript's: nothing has it in Nix; write lib.length(value)",
      (c) => c.networking.nameservers.length,
    ],
    [
      "services.openssh.ports is a list, and includes is JavaScript's: nothing has it in Nix; write lib.elem(one, value)",
      (c) => c.services.openssh.ports.includes(22),
    ],
    [
      "services.openssh.ports is a list, and copyWithin is JavaScript's: nothing has it in Nix; a function of lib does it in Nix, called with the value; or write it in Nix: nix`… ${value} …`",
      (c) => c.services.openssh.ports.copyWithin(1),
    ],
    [
      "services.openssh.enable is a boolean, and toFixed is JavaScript's: nothing has it in Nix; a function of lib does it in Nix, called with the value; or write it in Nix: nix`… ${value} …`",
      (c) => c.services.openssh.enable.toFixed(),
    ],
    [
      "users.users.anna.name is a string, and replace is JavaScript's: nothing has it in Nix; write lib.replaceStrings(['a'], ['b'], value)",
      (c) => c.users.users.anna.name.replace('a', 'b'),
    ],
    [
      'services.nginx.virtualHosts.map is a set, and is called; write lib.mapAttrs((name, one) => …, value)',
      (c) => c.services.nginx.virtualHosts.map((one: Loose) => one),
    ],
    [
      'services.nginx.virtualHosts.filter is a set, and is called; write lib.filterAttrs((name, one) => …, value)',
      (c) => c.services.nginx.virtualHosts.filter((one: Loose) => one),
    ],
    [
      'networking.hostName is a string, and is called; refer to it without the parentheses',
      (c) => c.networking.hostName(1),
    ],
    [
      "networking.hostName is a string, and trim is JavaScript's: nothing has it in Nix; write lib.trim(value)",
      () => (args as Loose).config.networking.hostName.trim(),
    ],
    [
      "networking.nameservers is a list, and length is JavaScript's: nothing has it in Nix; write lib.length(value)",
      () => nix`config.networking.nameservers.length`,
    ],
  ])('are refused: %s', (words, read) => {
    expect(at(read)).toEqual(wrong(words));
  });

  it.each<[string, (config: Loose) => unknown]>([
    ['a name in a set', (c) => c.services.nginx.virtualHosts.map],
    ['what is in a set', (c) => c.users.users.length.home],
    ['an attribute of a package', (c) => c.services.nginx.package.name],
    ['a function of a package', (c) => c.services.nginx.package.override({})],
    ['what may be anything', (c) => c.nix.settings.trusted.map],
    ['what is orElse', (c) => orElse(c.networking.hostName.length, 'x')],
    ['an option of that name', (c) => c.services.nginx.virtualHosts.map.serverName],
  ])('are no matter as %s', (_, read) => {
    expect(at(read)).toEqual([]);
  });

  it('are shown where they are written', () => {
    const flake = new Flake();
    const host = new Host(flake, 'desk', linux);
    const { networking } = host.config as Loose;
    const here = new Error().stack!.split('\n')[1]!;
    const name = networking.hostName;
    const shouted = name.toUpperCase();
    host.set({ users: { motd: shouted } });
    const [{ position }] = diagnostics(flake) as [Diagnostic];
    expect(position?.line).toBe(Number(/:(\d+):\d+\)?$/.exec(here)![1]) + 2);
  });

  it('are said of expressions that are no references, when they are written', () => {
    const refused = (read: () => unknown) => {
      try {
        return read();
      } catch (error) {
        return (error as CdknixError).diagnostics.map(({ code, help }) => `${code}: ${help}`);
      }
    };
    expect(refused(() => (str`a` as Loose).toUpperCase())).toEqual(['expression-member: write lib.toUpper(value)']);
    expect(refused(() => (str`a` as Loose)[2])).toEqual(['expression-member: write lib.substring(2, 1, value)']);
    expect(refused(() => (mkIf(true, []) as Loose).map(String))).toEqual([
      'expression-member: write lib.map((one) => …, value)',
    ]);
    expect(refused(() => (nix`{ }` as Loose).services)).toEqual([
      'expression-member: select it in Nix: nix`${value}.name`',
    ]);
  });
});

describe('a reference by the name of a variable', () => {
  const misspelt =
    'warning reference-unknown: there is no option networking.hostNam of NixOS to refer to; did you mean networking.hostName?';
  const { config, osConfig } = args as Loose;

  it.each<[string, (host: Loose, home: Loose, flake: Flake) => void]>([
    ['args.config', (host) => host.set({ users: { motd: config.networking.hostNam } })],
    [
      'args.config in a function',
      (host) =>
        host.set({ users: { motd: lib.concatMapStrings!((_: Loose) => config.networking.hostNam, ['a']) } } as Loose),
    ],
    ['raw Nix', (host) => host.set({ users: { motd: nix`config.networking.hostNam` } })],
    [
      'raw Nix that inherits it',
      (host) => host.set({ users: { motd: nix`let inherit (config.networking) hostNam; in hostNam` } }),
    ],
    ['an imported set', (host) => host.import({ users: { motd: config.networking.hostNam } })],
    ['an imported module', (host) => host.import(nix`{ config, ... }: { users.motd = config.networking.hostNam; }`)],
    [
      'a declaration',
      (host) => host.module.declare({ own: { x: mkOption({ type: types.str, default: config.networking.hostNam }) } }),
    ],
    ['an account', (_, home) => home.account.set({ description: config.networking.hostNam })],
    ['osConfig in a home', (_, home) => home.set({ home: { keyboard: osConfig.networking.hostNam } })],
    [
      'a part of a feature',
      (host) =>
        host.use(Feature.define('own', ({ nixos }) => nixos.set({ users: { motd: config.networking.hostNam } }))),
    ],
  ])('is checked in %s', (_, make) => {
    expect(said(make)).toEqual([misspelt]);
  });

  it.each<[string, (host: Loose, home: Loose, flake: Flake) => void]>([
    ['is that of a function', (host) => host.set({ users: { motd: nix`(config: config.networking.hostNam) { }` } })],
    ['is that of a let', (host) => host.set({ users: { motd: nix`let config = { }; in config.networking.hostNam` } })],
    ['has a default', (host) => host.set({ users: { motd: nix`config.networking.hostNam or "x"` } })],
    ['is asked for', (host) => host.set({ users: { mutableUsers: nix`config.networking ? hostNam` } })],
    [
      'is of a submodule',
      (host) =>
        host.module.declare({
          own: mkOption({
            type: types.submodule(({ config }) => ({
              options: { x: mkOption({ type: types.str, default: config.networking.hostNam }) },
            })),
          }),
        }),
    ],
    [
      'is declared',
      (host) =>
        host.module.declare({
          own: { x: mkOption({ type: types.str }), y: mkOption({ type: types.str, default: config.own.x }) },
        }),
    ],
    ['is what Nix makes', (host) => host.set({ users: { motd: config._module.args.x } })],
  ])('is left alone where it %s', (_, make) => {
    expect(said(make)).toEqual([]);
  });

  it('is shown where it is written, in a template too', () => {
    const flake = new Flake();
    const host = new Host(flake, 'desk', linux);
    const here = Number(/:(\d+):\d+\)?$/.exec(new Error().stack!.split('\n')[1]!)![1]);
    host.set({
      users: {
        motd: config.networking.hostNam,
      },
      services: nix`{
        openssh.banner = ${'x'} + config.networking.hostNam; }`,
    });
    const lines = diagnostics(flake)
      .filter(({ code }) => code === 'reference-unknown')
      .map(({ position }) => [position!.line - here, position!.column]);
    expect(lines).toEqual([
      [3, 33],
      [6, 35],
    ]);
  });
});

describe('a reference', () => {
  const options: OptionTree = {
    a: {
      map: ['str'],
      fn: [{ kind: 'functionTo', of: 'str' }],
      internal: ['str', { hidden: true }],
      applied: [{ kind: 'listOf', of: 'str' }, { applied: true }],
      named: [{ kind: 'attrsOf', of: 'str' }],
      either: [{ kind: 'either', of: ['str', { kind: 'attrsOf', of: 'str' }] }],
      b: ['str'],
      old: ['str', { renamedTo: 'a.b' }],
      open: ['attrs'],
      set: [{ kind: 'submodule', options: {} }],
    },
  };
  const own = (more: Partial<KnownOptions> = {}): KnownOptions => ({
    table: { class: 'nixos', source: 'import', release: 'x', options },
    options,
    channel: 'unstable',
    unknown: [],
    isOpen: false,
    ...more,
  });
  const root = new ConfigRoot({}, 'nixos', { file: '', line: 1, column: 1 });
  const check = (tree: Expr, more?: Partial<KnownOptions>) =>
    checkReferences(referencesIn(tree, 'desk', new Set()), () => own(more)).map(({ severity, message }) => [
      severity,
      message,
    ]);
  const to = (...names: string[]): Expr => ({
    kind: 'select',
    of: { kind: 'hole', value: root },
    path: names.map((name) => ({ kind: 'name', name })),
  });

  it('is wrong for certain where the options are those of the flake itself', () => {
    expect(check(to('a', 'c'))).toEqual([['error', 'there is no option a.c of NixOS to refer to']]);
    expect(check(to('x', 'y'))).toEqual([['error', 'there is no option x of NixOS to refer to']]);
  });

  it.each([
    [['a']],
    [['a', 'b']],
    [['a', 'old']],
    [['a', 'open', 'x', 'y']],
    [['a', 'set', 'x']],
    [['_module', 'args']],
  ])('to %j is right, or known to Nix only', (names) => {
    expect(check(to(...names))).toEqual([]);
  });

  it('goes on behind a value as far as its type has members', () => {
    expect(check(to('a', 'b', 'x'))).toEqual([['warning', "a.b is a string, which has no 'x'"]]);
    expect(check(to('a', 'internal', 'x'))).toEqual([]);
    expect(check(to('a', 'applied', 'map'))).toEqual([]);
    expect(check(to('a', 'old', 'map'))).toEqual([
      ['error', "a.old is a string, and map is JavaScript's: nothing has it in Nix"],
    ]);
    expect(check(to('a', 'named', 'map', 'map'))).toEqual([
      ['error', "a.named.map is a string, and map is JavaScript's: nothing has it in Nix"],
    ]);
    expect(check(to('a', 'named', 'map'))).toEqual([]);
    expect(check(to('a', 'map'))).toEqual([]);
    expect(check(to('a', 'either', 'length'))).toEqual([]);
    expect(check({ kind: 'apply', fn: to('a', 'named', 'filter'), args: [] })).toEqual([
      ['error', 'a.named.filter is a string, and is called'],
    ]);
    expect(check({ kind: 'apply', fn: to('a', 'fn'), args: [] })).toEqual([]);
  });

  it('with a default, or to a name that Nix makes, is left alone', () => {
    const missing = to('a', 'c') as Extract<Expr, { kind: 'select' }>;
    expect(check({ ...missing, orElse: { kind: 'ident', name: 'null' } })).toEqual([]);
    const dynamic = { kind: 'dynamic', expr: { kind: 'ident', name: 'x' } } as const;
    expect(check({ ...missing, path: [missing.path[0]!, dynamic] })).toEqual([]);
  });

  it('may be to what a module declares that nobody has read', () => {
    expect(check(to('a', 'c'), { isOpen: true })).toEqual([]);
    expect(check(to('sops', 'secrets'), { unknown: ['inputs.sops-nix.nixosModules.sops'] })).toEqual([]);
    expect(check(to('a', 'c'), { unknown: ['inputs.x.nixosModules.x'] })).toEqual([
      ['warning', 'there is no option a.c of NixOS to refer to'],
    ]);
  });
});
