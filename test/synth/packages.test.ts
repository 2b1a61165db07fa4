import {
  acknowledge,
  args,
  bind,
  comment,
  Feature,
  Flake,
  HomeUser,
  Host,
  inputs,
  lazy,
  lib,
  mkForce,
  mkIf,
  mkOption,
  nix,
  path,
  pkgs,
  str,
  types,
} from 'cdknix';
import { diagnostics } from 'cdknix/testing';
import { describe, expect, it } from 'vitest';
import { nearestPackages, unknownPackage } from '../../lib/options/package-names';
import { problemsOf } from '../support/problems';

const linux = { system: 'x86_64-linux' } as const;

// biome-ignore lint/suspicious/noExplicitAny: names that no type knows
type Any = any;
const packages: Any = pkgs;

/** What is said of packages, where a flake has a host and a home of it. */
function said(make: (host: Host, home: HomeUser, flake: Flake) => unknown, props: Any = { channel: 'unstable' }) {
  const flake = new Flake(props);
  const host = new Host(flake, 'desk', linux);
  make(host, new HomeUser(host, 'anna'), flake);
  return diagnostics(flake)
    .filter(({ code }) => code === 'package-unknown')
    .map(({ severity, message, help }) => `${severity}: ${message}: ${help}`);
}

const ripgerp = ['warning: there is no package pkgs.ripgerp: did you mean pkgs.ripgrep?'];
const install = (value: unknown) => ({ environment: { systemPackages: value } }) as Any;

describe('the names of packages', () => {
  it.each([
    'git',
    'git.override',
    'AAAAAASomeThingsFailToEvaluate',
    'zziplib.dev',
    '_7zz',
    'python3.withPackages',
    'python3.pkgs.requests',
    'python313Packages.requests',
    'pkgsStatic.busybox',
    'pkgs.pkgs.git',
    'linuxPackages_latest.kernel.version',
    'vimPlugins.gitsigns-nvim',
    'stdenv.hostPlatform.system',
    'haskellPackages.x',
    '__splicedPackages.git',
  ])('are known: %s', (name) => {
    expect(unknownPackage(name.split('.'))).toBe(undefined);
  });

  it.each<[string, number, string[]]>([
    ['ripgerp', 0, ['ripgrep']],
    ['Git', 0, ['git']],
    ['firefoxx.override', 0, ['firefox']],
    ['python3Packages.beautifulsuop4', 1, ['python3Packages.beautifulsoup4']],
    ['python3.pkgs.beautifulsuop4', 2, ['python3.pkgs.beautifulsoup4']],
    ['pkgsMusl.ripgerp', 1, ['pkgsMusl.ripgrep']],
    ['gitsigns-nvim', 0, ['luaPackages.gitsigns-nvim', 'vimPlugins.gitsigns-nvim']],
    ['no-such-package-anywhere', 0, []],
    ['', 0, []],
  ])('are known not to be all there: %s', (name, at, near) => {
    const way = name.split('.');
    expect(unknownPackage(way)).toBe(at);
    expect(nearestPackages(way.slice(0, at + 1)).map((one) => one.join('.'))).toEqual(near);
  });
});

describe('a misspelt package', () => {
  class Tools extends Feature {
    constructor(...rest: ConstructorParameters<typeof Feature>) {
      super(...rest);
      this.home.set({ home: { packages: [packages.ripgerp] } });
    }
  }
  class Declares extends Feature {
    constructor(...rest: ConstructorParameters<typeof Feature>) {
      super(...rest);
      this.nixos.declare({ my: { tool: mkOption({ type: types.package, default: packages.ripgerp }) } });
    }
  }
  it.each<[string, (host: Any, home: Any, flake: Flake) => unknown]>([
    ['in a list', (host) => host.set(install([pkgs.git, packages.ripgerp]))],
    ['in mkIf', (host) => host.set(mkIf(true, install(mkForce([packages.ripgerp]))))],
    ['in a condition', (host) => host.set(install(mkIf(packages.ripgerp, [pkgs.git])))],
    ['in a text', (host) => host.set({ users: { motd: str`${packages.ripgerp}/bin` } })],
    ['in a template', (host) => host.set(install(nix`[ pkgs.git pkgs.ripgerp ]`))],
    ['in a template of definitions', (host) => host.set(nix`{ environment.systemPackages = [ pkgs.ripgerp ]; }`)],
    ['inherited', (host) => host.set(install(nix`let inherit (pkgs) git ripgerp; in [ git ripgerp ]`))],
    ['given to a function', (host) => host.set({ users: { motd: lib.getExe(packages.ripgerp) } })],
    ['in a function', (host) => host.set(install(lib.map((one: Any) => [one, packages.ripgerp], [1])))],
    ['in a lazy', (host) => host.set(install(lazy(() => [packages.ripgerp])))],
    ['bound', (host) => host.set(install([bind('tool', packages.ripgerp)]))],
    ['below a comment', (host) => host.set(install([comment('search', packages.ripgerp)]))],
    ['with an attribute', (host) => host.set(install([packages.ripgerp.override({ x: 1 })]))],
    ['in a home', (_, home) => home.set({ home: { packages: [packages.ripgerp] } })],
    ['of an account', (_, home) => home.account.set({ packages: [packages.ripgerp] })],
    ['in a feature', (_, home) => home.use(Tools)],
    ['in a module in place', (host) => host.import(install([packages.ripgerp]))],
    [
      'in a module in Nix',
      (host) => host.import(nix`{ pkgs, ... }: { environment.systemPackages = [ pkgs.ripgerp ]; }`),
    ],
    ['as a default of an option', (host) => host.use(Declares)],
    [
      'beside an overlay that adds others',
      (host, _, flake) => {
        flake.overlay('mine', (_final: Any, prev: Any) => ({ other: prev.git }));
        flake.overlay('more', nix`final: prev: { inherit (prev) hello; } // { third = prev.git; }`);
        host.set(install([packages.ripgerp]));
      },
    ],
    [
      'beside another machine that has overlays',
      (host, _, flake) => {
        new Host(flake, 'other', linux).set({ nixpkgs: { overlays: [inputs.mine.overlays.default] } });
        flake.input('mine', { url: 'github:me/mine' });
        host.set(install([packages.ripgerp]));
      },
    ],
    [
      'beside a module of an input, as its name is near',
      (host, _, flake) => {
        flake.input('mine', { url: 'github:me/mine' });
        host.import(inputs.mine.nixosModules.default);
        host.set(install([packages.ripgerp]));
      },
    ],
  ])('is a warning with the nearest names: %s', (_, make) => {
    expect(said(make)).toEqual(ripgerp);
  });

  it('is shown at its line, among others', () => {
    const tools = () => {
      const flake = new Flake({ channel: 'unstable' });
      new Host(flake, 'desk', linux).set({
        environment: {
          systemPackages: [pkgs.git, packages.ripgerp, packages.python3Packages.beautifulsuop4],
        },
      });
      return flake;
    };
    expect(problemsOf(tools)).toMatchInlineSnapshot(`
      "warning[package-unknown]: there is no package pkgs.ripgerp
        in desk
        at test/synth/packages.test.ts:LINE:38
        LINE |           systemPackages: [pkgs.git, packages.ripgerp, packages.python3Packages.beautifulsuop4],
             |                                      ^^^^^^^^^^^^^^^^
        help: did you mean pkgs.ripgrep?

      warning[package-unknown]: there is no package pkgs.python3Packages.beautifulsuop4
        in desk
        at test/synth/packages.test.ts:LINE:56
        LINE |           systemPackages: [pkgs.git, packages.ripgerp, packages.python3Packages.beautifulsuop4],
             |                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: did you mean pkgs.python3Packages.beautifulsoup4?"
    `);
  });

  it.each<[string, (host: Any, home: Any, flake: Flake) => unknown]>([
    ['a default in its place', (host) => host.set(install(nix`[ (pkgs.ripgerp or pkgs.git) ]`))],
    ['it may be asked for', (host) => host.set({ programs: { zsh: { enable: nix`pkgs ? ripgerp` } } })],
    ['a name that only Nix knows', (host) => host.set(install([nix`pkgs.\${"ripgerp"}`]))],
    ['a variable of the same name', (host) => host.set(install([nix`let pkgs = { ripgerp = 1; }; in pkgs.ripgerp`]))],
    ['an argument of the same name', (host) => host.set(install([nix`(pkgs: pkgs.ripgerp) { ripgerp = 1; }`]))],
    ['an argument of a function', (host) => host.set(install(lib.map((pkgs: Any) => pkgs.ripgerp, [])))],
    ['a text', (host) => host.set({ users: { motd: 'pkgs.ripgerp' } })],
    ['a comment', (host) => host.set(install([comment('pkgs.ripgerp', pkgs.git)]))],
    [
      'the packages of an input',
      (host, _, flake) => {
        flake.input('mine', { url: 'github:me/mine' });
        host.set(install([(inputs.mine.packages as Any)['x86_64-linux'].ripgerp]));
      },
    ],
    ['a set that nobody here knows', (host) => host.set(install([packages.haskellPackages.ripgerp]))],
    [
      'an overlay that adds it',
      (host, _, flake) => {
        flake.overlay('mine', (_final: Any, prev: Any) => ({ ripgerp: prev.git }));
        host.set(install([packages.ripgerp]));
      },
    ],
    [
      'an overlay of an input',
      (host, _, flake) => {
        flake.input('mine', { url: 'github:me/mine' });
        flake.overlay('mine', inputs.mine.overlays.default);
        host.set(install([packages.ripgerp]));
      },
    ],
    [
      'an overlay in a file',
      (host, _, flake) => {
        flake.overlay('mine', path('./fixtures/packages/overlay.nix'));
        host.set(install([packages.ripgerp]));
      },
    ],
    [
      'an overlay of the machine',
      (host) =>
        host
          .set({ nixpkgs: { overlays: [nix`final: prev: { ripgerp = prev.git; }`] } })
          .set(install([packages.ripgerp])),
    ],
    [
      'an overlay of the machine, for its homes',
      (host, home) => {
        host.set({ nixpkgs: { overlays: [nix`final: prev: { }`] } });
        home.set({ home: { packages: [packages.ripgerp] } });
      },
    ],
    [
      'an overlay in code',
      (host) => host.set(nix`{ nixpkgs.overlays = [ ]; environment.systemPackages = [ pkgs.ripgerp ]; }`),
    ],
    [
      'overrides',
      (host) =>
        host
          .set({ nixpkgs: { config: { packageOverrides: (prev: Any) => ({ ripgerp: prev.git }) } } })
          .set(install([packages.ripgerp])),
    ],
    [
      'another package set',
      (host) => host.set({ nixpkgs: { pkgs: nix`import ./x { }` } }).set(install([packages.ripgerp])),
    ],
    [
      'overlays in an imported file',
      (host) => host.import('./fixtures/packages/module.nix').set(install([packages.ripgerp])),
    ],
    [
      'a module of an input, and no name that is near',
      (host, _, flake) => {
        flake.input('mine', { url: 'github:me/mine' });
        host.import(inputs.mine.nixosModules.default);
        host.set(install([packages['tool-of-my-own-company']]));
      },
    ],
    [
      'another nixpkgs, and no name that is near',
      (host, _, flake) => {
        flake.input('nixpkgs', { url: 'github:me/nixpkgs' });
        host.set(install([packages['tool-of-my-own-company']]));
      },
    ],
    [
      'it was acknowledged',
      (host) => {
        acknowledge(host, 'package-unknown');
        host.set(install([packages.ripgerp]));
      },
    ],
  ])('is nothing to say where there is %s', (_, make) => {
    expect(said(make)).toEqual([]);
  });
  it('is nothing to say where the packages are given by the arguments of modules', () => {
    const flake = new Flake({ specialArgs: { pkgs: args.pkgs } } as Any);
    new Host(flake, 'desk', linux).set(install([packages.ripgerp]));
    expect(diagnostics(flake).filter(({ code }) => code === 'package-unknown')).toEqual([]);
  });

  it('says where to look if no name is near, and how old the names are if the channel is another one', () => {
    const make = (host: Host) => host.set(install([packages['tool-of-my-own-company']]));
    expect([...said(make), ...said(make, { channel: '26.05' })]).toMatchInlineSnapshot(`
      [
        "warning: there is no package pkgs.tool-of-my-own-company: look its name up at https://search.nixos.org/packages",
        "warning: there is no package pkgs.tool-of-my-own-company: the names known here are those of nixpkgs 26.11pre, and the channel is 26.05; look its name up at https://search.nixos.org/packages",
      ]
    `);
  });
});
