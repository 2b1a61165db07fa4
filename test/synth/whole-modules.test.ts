import { Flake, HomeUser, Host, nix } from 'cdknix';
import { synthToFiles } from 'cdknix/testing';
import { expect, it } from 'vitest';

const linux = { system: 'x86_64-linux' } as const;

function fileOf(fill: (host: Host) => void, path: string): string | undefined {
  const flake = new Flake();
  fill(new Host(flake, 'desk', linux));
  return synthToFiles(flake)[path];
}

it('a feature that is one module in Nix is that module', () => {
  const text = fileOf((host) => {
    host.use(function motd(feature) {
      feature.nixos.import(nix`{ config, lib, ... }: { users.motd = lib.mkIf config.networking.enableIPv6 "six"; }`);
    });
  }, 'modules/nixos/motd.nix');
  expect(text).toMatchInlineSnapshot(`
    "{ config, lib, ... }:
    {
      users.motd = lib.mkIf config.networking.enableIPv6 "six";
    }
    "
  `);
});

it('a set that is the only import of a feature is its module, with the arguments that it asks for', () => {
  const text = fileOf((host) => {
    host.use(function tools(feature) {
      feature.nixos.import({ environment: { systemPackages: nix`[ pkgs.git ]` } });
    });
  }, 'modules/nixos/tools.nix');
  expect(text).toMatchInlineSnapshot(`
    "{ pkgs, ... }:
    {
      environment.systemPackages = [ pkgs.git ];
    }
    "
  `);
});

it('a module that takes something from around itself stays among the imports', () => {
  const text = fileOf((host) => {
    host.use(function outer(feature) {
      feature.nixos.import(nix`{ lib, ... }: { networking.domain = lib.mkDefault inputs.self.domain; }`);
    });
  }, 'modules/nixos/outer.nix');
  expect(text).toMatchInlineSnapshot(`
    "{ inputs, ... }:
    {
      imports = [
        (
          { lib, ... }:
          {
            networking.domain = lib.mkDefault inputs.self.domain;
          }
        )
      ];
    }
    "
  `);
});

it('two modules of one feature stay among its imports', () => {
  const text = fileOf((host) => {
    host.use(function pair(feature) {
      feature.nixos.import(nix`{ users.motd = "a"; }`, nix`{ networking.domain = "b"; }`);
    });
  }, 'modules/nixos/pair.nix');
  expect(text).toMatchInlineSnapshot(`
    "{ ... }:
    {
      imports = [
        { users.motd = "a"; }
        { networking.domain = "b"; }
      ];
    }
    "
  `);
});

/** The files of a user whose homes say these things, by host. */
function homesOf(motds: Record<string, string>): string[] {
  const flake = new Flake();
  for (const [name, text] of Object.entries(motds)) {
    const user = new HomeUser(new Host(flake, name, linux), 'anna');
    user.set({ home: { sessionVariables: { WHERE: text } } });
  }
  return Object.keys(synthToFiles(flake)).filter((path) => path.startsWith('home/'));
}

it('homes of a user that are alike are one file', () => {
  expect(homesOf({ a: 'x', b: 'x' })).toEqual(['home/anna/default.nix']);
});

it('homes of a user that all differ are named by their hosts, so that no name changes when a host leaves', () => {
  expect(homesOf({ a: 'x', b: 'y', c: 'z' })).toEqual(['home/anna/a.nix', 'home/anna/b.nix', 'home/anna/c.nix']);
  expect(homesOf({ b: 'y', c: 'z' })).toEqual(['home/anna/b.nix', 'home/anna/c.nix']);
});

it('what most homes of a user are keeps the general name', () => {
  expect(homesOf({ a: 'x', b: 'y', c: 'y' })).toEqual(['home/anna/a.nix', 'home/anna/default.nix']);
});

/** The files of a feature whose parts on hosts say these things. */
function variantsOf(texts: Record<string, string>): string[] {
  const flake = new Flake();
  for (const [name, text] of Object.entries(texts)) {
    new Host(flake, name, linux).use(function motd(feature) {
      feature.nixos.set({ users: { motd: text } });
    });
  }
  return Object.keys(synthToFiles(flake)).filter((path) => path.startsWith('modules/'));
}

it('variants of a feature that all differ are named by their hosts', () => {
  expect(variantsOf({ a: 'x', b: 'y', c: 'z' })).toEqual(
    ['a', 'b', 'c'].map((host) => `modules/nixos/motd-${host}.nix`),
  );
  expect(variantsOf({ a: 'x', b: 'x', c: 'z' })).toEqual(['modules/nixos/motd-c.nix', 'modules/nixos/motd.nix']);
});
