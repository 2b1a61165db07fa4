import {
  add,
  bind,
  builtins,
  comment,
  concat,
  cond,
  Feature,
  Flake,
  float,
  HomeUser,
  Host,
  has,
  lazy,
  lib,
  lines,
  mkForce,
  mkIf,
  mkOption,
  nix,
  not,
  orElse,
  path,
  pkgs,
  select,
  str,
  types,
} from 'cdknix';
import { diagnostics, synthToFiles } from 'cdknix/testing';
import type { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { problemsOf } from '../support/problems';

const linux = { system: 'x86_64-linux' } as const;

// biome-ignore lint/suspicious/noExplicitAny: what the compiler refuses is tried too
type Any = any;

/** What is written for a text. */
function written(text: (host: Any, home: Any) => Any): string {
  const flake = new Flake();
  const host = new Host(flake, 'desk', linux);
  const home = new HomeUser(host, 'anna');
  host.set({ services: { getty: { helpLine: text(host, home) } } });
  const file = synthToFiles(flake)['hosts/desk/default.nix']!;
  return /helpLine =\s+(.*?);\n(?! {4})/s.exec(file)![1]!;
}

describe('a number in a text', () => {
  it.each<[string, (host: Any, home: Any) => Any, string]>([
    ['of JavaScript', () => str`a${80}`, '"a80"'],
    [
      'of an option',
      ({ config }) => str`a:${config.services.prometheus.port}`,
      '"a:${toString config.services.prometheus.port}"',
    ],
    [
      'of an option, among others',
      ({ config }) => str`${config.networking.hostName}:${config.services.prometheus.port}/${pkgs.git}`,
      '"${config.networking.hostName}:${toString config.services.prometheus.port}/${pkgs.git}"',
    ],
    [
      'of an option that may be null',
      ({ config }) => str`${config.boot.loader.timeout}`,
      '"${toString config.boot.loader.timeout}"',
    ],
    [
      'or a text',
      ({ config }) => str`${config.nix.settings['max-jobs']}`,
      '"${toString config.nix.settings.max-jobs}"',
    ],
    [
      'of an option in a submodule',
      ({ config }) => str`${config.services.nginx.virtualHosts.a.locations.b.priority}`,
      '"${toString config.services.nginx.virtualHosts.a.locations.b.priority}"',
    ],
    [
      'of a home',
      (_, { config }) => str`${config.services['gpg-agent'].defaultCacheTtl}`,
      '"${toString config.home-manager.users.anna.services.gpg-agent.defaultCacheTtl}"',
    ],
    ['of a lazy', () => str`${lazy(() => 80)}`, '"${toString 80}"'],
    [
      'of a lazy that gives another',
      ({ config }) => str`${lazy(() => lazy(() => config.services.prometheus.port))}`,
      '"${toString config.services.prometheus.port}"',
    ],
    ['of float', () => str`${float(1)}`, '"${toString 1.0}"'],
    ['of raw Nix', () => str`${nix`8000 + 80`}`, '"${toString (8000 + 80)}"'],
    [
      'of raw Nix around an option',
      ({ config }) => str`${nix`${config.services.prometheus.port} + 1`}`,
      '"${toString (config.services.prometheus.port + 1)}"',
    ],
    ['of a choice', () => str`${nix`if true then 1 else 2`}`, '"${toString (if true then 1 else 2)}"'],
    [
      'of a sum',
      ({ config }) => str`${add(config.services.prometheus.port, 1)}`,
      '"${toString (config.services.prometheus.port + 1)}"',
    ],
    [
      'of cond',
      ({ config }) => str`${cond(config.services.openssh.enable, 80, 81)}`,
      '"${toString (if config.services.openssh.enable then 80 else 81)}"',
    ],
    [
      'of orElse',
      ({ config }) => str`${orElse(config.services.prometheus.port, 80)}`,
      '"${toString config.services.prometheus.port or 80}"',
    ],
    ['of bind', () => str`${bind('port', 80)}`, '"${toString port}"'],
    [
      'in a function',
      ({ config }) => lib.concatMapStrings((name: Any) => str`${name}${config.services.prometheus.port}`, []),
      'lib.concatMapStrings (\n    name: "${name}${toString config.services.prometheus.port}"\n  ) [ ]',
    ],
    [
      'as a name of has',
      ({ config }) => cond(has(config.services, config.services.prometheus.port), 'a', 'b'),
      'if config.services ? ${toString config.services.prometheus.port} then "a" else "b"',
    ],
    [
      'as a name of select',
      ({ config }) => select(pkgs, config.services.prometheus.port),
      'pkgs.${toString config.services.prometheus.port}',
    ],
    ['of a comment', () => str`${comment('why', 80)}`, '"${toString\n    # why\n    80\n  }"'],
    [
      'of a function',
      ({ config }) => str`${lib.length(config.networking.nameservers)}`,
      '"${toString (lib.length config.networking.nameservers)}"',
    ],
    [
      'in a text in a text',
      ({ config }) => str`a${str`b${config.services.prometheus.port}`}`,
      '"ab${toString config.services.prometheus.port}"',
    ],
    [
      'in raw Nix',
      ({ config }) => nix`"a${config.services.prometheus.port}"`,
      '"a${toString config.services.prometheus.port}"',
    ],
    ['of JavaScript in raw Nix', () => nix`"a${80}"`, '"a${toString 80}"'],
    [
      'as a name',
      ({ config }) => nix`{ ${config.services.prometheus.port} = "a"; }.x`,
      '{ ${toString config.services.prometheus.port} = "a"; }.x',
    ],
    [
      'in lines',
      ({ config }) => lines`
        a ${config.services.prometheus.port}
      `,
      "''\n    a ${toString config.services.prometheus.port}\n  ''",
    ],
  ])('%s', (_, text, nix) => {
    expect(written(text)).toBe(nix);
  });
});

describe('what is a text, or may be one,', () => {
  it.each<[string, (host: Any, home: Any) => Any, string]>([
    ['a text', ({ config }) => str`${config.networking.hostName}`, '"${config.networking.hostName}"'],
    ['a text that may be null', ({ config }) => str`${config.networking.domain}`, '"${config.networking.domain}"'],
    ['a package', ({ config }) => str`${config.services.nginx.package}`, '"${config.services.nginx.package}"'],
    ['a path', () => str`${path('./interpolation.test.ts')}`, '"${../../assets/test/synth/interpolation.test.ts}"'],
    [
      'what is already made a text',
      ({ config }) => str`${builtins.toString(config.services.prometheus.port)}`,
      '"${builtins.toString config.services.prometheus.port}"',
    ],
    [
      'what no table tells',
      ({ config }) => str`${config.services.openssh.settings.Whatever}`,
      '"${config.services.openssh.settings.Whatever}"',
    ],
    ['a function that no table knows', () => str`${lib.fancy(1)}`, '"${lib.fancy 1}"'],
    ['a set that stands for a text', () => str`${nix`{ outPath = "a"; }`}`, '"${{ outPath = "a"; }}"'],
    ['what Nix interpolates by itself', () => nix`"a \${toString 1}"`, '"a ${toString 1}"'],
  ])('stays as it is: %s', (_, text, nix) => {
    expect(written(text)).toBe(nix);
  });
});

describe('what can be no text', () => {
  it.each<[string, (host: Any, home: Any) => Any, string, string]>([
    [
      'a boolean',
      ({ config }) => str`a${config.services.openssh.enable}`,
      'config.services.openssh.enable is a boolean',
      'lib.boolToString(value)',
    ],
    ['a boolean of raw Nix', () => str`${nix`1 == 2`}`, '1 == 2 is a boolean', 'lib.boolToString(value)'],
    ['a boolean of a lazy', () => str`${lazy(() => true)}`, 'lazy(…) is a boolean', 'lib.boolToString(value)'],
    [
      'a boolean of a function',
      () => str`${lib.hasPrefix('a', 'b')}`,
      'lib.hasPrefix "…" "…" is a boolean',
      'lib.boolToString(value)',
    ],
    [
      'a list',
      ({ config }) => str`${config.networking.nameservers}`,
      'config.networking.nameservers is a list',
      'lib.concatStringsSep',
    ],
    [
      'a list in a submodule',
      ({ config }) => str`${config.services.nginx.virtualHosts.x.listen}`,
      'config.services.nginx.virtualHosts.x.listen is a list',
      'lib.concatStringsSep',
    ],
    [
      'a list that may be null',
      ({ config }) => str`${config.services.openssh.settings.AllowUsers}`,
      'config.services.openssh.settings.AllowUsers is a list or null',
      'lib.concatStringsSep',
    ],
    [
      'a group of options',
      ({ config }) => str`${config.services.nginx}`,
      'config.services.nginx is a set',
      'select what is meant of it',
    ],
    [
      'a submodule',
      ({ config }) => str`${config.services.nginx.virtualHosts.x}`,
      'config.services.nginx.virtualHosts.x is a set',
      'select what is meant of it',
    ],
    ['a whole configuration', ({ config }) => str`${config}`, 'config is a set', 'select what is meant of it'],
    [
      'a list of concat',
      ({ config }) => str`${concat(config.networking.nameservers, ['a'])}`,
      'config.networking.nameservers ++ [ "…" ] is a list',
      'lib.concatStringsSep',
    ],
    [
      'a boolean of not',
      ({ config }) => str`${not(config.services.openssh.enable)}`,
      '!config.services.openssh.enable is a boolean',
      'cond(value',
    ],
    [
      'a boolean of raw Nix around an option',
      ({ config }) => str`${nix`${config.services.prometheus.port} == 1`}`,
      'config.services.prometheus.port == 1 is a boolean',
      'cond(value',
    ],
    ['null', () => str`${nix`null`}`, 'null is null', 'leave it out'],
    ['a function', () => str`${nix`x: x`}`, 'x: x is a function', 'call it'],
    [
      'a definition with a priority',
      () => str`${mkForce(80)}`,
      'lib.mkForce 80 is a set',
      'select what is meant of it',
    ],
    ['a condition', () => str`${mkIf(true, 'a')}`, 'lib.mkIf true "…" is a set', 'select what is meant of it'],
    [
      'in lines',
      ({ config }) => lines`a${config.services.openssh.enable}`,
      'config.services.openssh.enable is a boolean',
      'lib.boolToString(value)',
    ],
    [
      'in raw Nix',
      ({ config }) => nix`"a${config.services.openssh.enable}"`,
      'config.services.openssh.enable is a boolean',
      'lib.boolToString(value)',
    ],
    ['data in raw Nix', () => nix`"a${['b']}"`, '[ "…" ] is a list', 'lib.concatStringsSep'],
    [
      'in a text in a text',
      ({ config }) => str`${str`${config.services.openssh.enable}`}`,
      'config.services.openssh.enable is a boolean',
      'lib.boolToString(value)',
    ],
  ])('is an error: %s', (_, text, message, help) => {
    const flake = new Flake();
    const host = new Host(flake, 'desk', linux);
    host.set({ users: { motd: text(host, new HomeUser(host, 'anna')) } });
    const [{ severity, code, ...one }, ...others] = diagnostics(flake) as [Any];
    expect([severity, code, one.message]).toEqual([
      'error',
      'text-value',
      `${message} and cannot be interpolated in a string`,
    ]);
    expect(one.help).toContain(help);
    expect(one.position.file).toBe(__filename);
    expect(others).toEqual([]);
  });

  it('is shown at the template, and said once', () => {
    class Greeting extends Feature {
      constructor(scope: Construct, id: string) {
        super(scope, id);
        const { services } = this.nixos.config;
        this.nixos.set({
          users: { motd: str`a${services.openssh.enable as Any}` },
        });
      }
    }
    const make = () => {
      const flake = new Flake();
      for (const name of ['one', 'two']) new Host(flake, name, linux);
      flake.use(Greeting);
      return flake;
    };
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[text-value]: config.services.openssh.enable is a boolean and cannot be interpolated in a string
        in greeting
        at test/synth/interpolation.test.ts:LINE:29
        LINE |           users: { motd: str\`a\${services.openssh.enable as Any}\` },
             |                             ^
        help: write lib.boolToString(value), or cond(value, 'yes', 'no') for texts of your own"
    `);
  });
});

describe("an option of the user's own", () => {
  const said = (text: (config: Any) => Any) => {
    const flake = new Flake();
    const host = new Host(flake, 'desk', linux) as Any;
    host.import(nix`{ lib, ... }: {
      options.mine = {
        port = lib.mkOption { type = lib.types.port; };
        shown = lib.mkOption { type = lib.types.bool; apply = lib.boolToString; };
        enable = lib.mkEnableOption "mine";
      };
    }`);
    host.use(function ours(feature: Feature) {
      feature.nixos.declare({ ours: { ports: mkOption({ type: types.listOf(types.port) }) } });
    });
    host.set({ users: { motd: text(host.config) } });
    return diagnostics(flake).filter(({ code }) => code === 'text-value');
  };

  it('is of the type that its declaration says', () => {
    expect(said(({ mine, ours }) => str`${mine.enable}${ours.ports}`).map(({ message }) => message)).toEqual([
      'config.mine.enable is a boolean and cannot be interpolated in a string',
      'config.ours.ports is a list and cannot be interpolated in a string',
    ]);
  });

  it('is read as what its declaration makes of it', () => {
    expect(said(({ mine }) => str`${mine.port}${mine.shown}`)).toEqual([]);
  });
});
