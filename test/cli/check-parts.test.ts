import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hash, keep, memoryFile, remember } from '../../lib/cli/check/cache';
import { verdictOf } from '../../lib/cli/check/eval-jobs';
import { keysOf } from '../../lib/cli/check/key';
import { isNoFlake, splitFlags } from '../../lib/cli/check/lock';
import { otherModuleSystem } from '../../lib/cli/check/other-module-system';
import { doAll } from '../../lib/cli/check/pool';
import { targetsNamed, targetsOf } from '../../lib/cli/check/targets';
import { wordsOf } from '../../lib/cli/check/words';
import { readNixOutput } from '../../lib/cli/nix-error/nix-error';
import type { CdknixError } from '../../lib/diagnostics';
import { folderWith, put } from './support';

describe('the hosts and homes of a flake', () => {
  const home = { name: 'anna', system: 'x86_64-linux', features: [] };
  const host = { system: 'x86_64-linux', class: 'nixos', features: [] } as const;
  const summary = {
    hosts: [
      { ...host, name: 'desk', users: [{ ...home, configuration: 'anna@desk' }] },
      { ...host, name: 'nas', users: [home] },
    ],
    homes: [{ ...home, name: 'ben', configuration: 'ben' }],
  };
  const named = (...names: string[]) => targetsNamed(summary, names).map((target) => target.attribute.join('.'));

  it('are its hosts, and the homes that have an output of their own', () => {
    expect(targetsOf(summary).map((target) => target.name)).toEqual(['desk', 'nas', 'anna@desk', 'ben']);
  });

  it('are chosen by the names of hosts, users and homes', () => {
    expect(named('nas')).toEqual(['nixosConfigurations.nas.config.system.build.toplevel']);
    expect(named('anna')).toEqual([
      'homeConfigurations.anna@desk.activationPackage',
      'nixosConfigurations.nas.config.home-manager.users.anna.home.activationPackage',
    ]);
    expect(named('anna@desk', 'ben', 'ben')).toEqual([
      'homeConfigurations.anna@desk.activationPackage',
      'homeConfigurations.ben.activationPackage',
    ]);
  });

  it('are told where a name is wrong', () => {
    const wrong = (name: string) => {
      try {
        return named(name);
      } catch (error) {
        const { message, help } = (error as CdknixError).diagnostics[0]!;
        return `${message}; ${help}`;
      }
    };
    expect(wrong('dsek')).toBe("there is no host, user or home 'dsek'; did you mean desk?");
    expect(wrong('xxxxxxx')).toBe(
      "there is no host, user or home 'xxxxxxx'; there are desk, anna, anna@desk, nas, anna@nas, ben",
    );
  });
});

describe('what a host is made of', () => {
  const flake = (more = '') => `{
  inputs = { nixpkgs.url = "x"; };
  outputs = { nixpkgs, ... }@inputs: {
    nixosConfigurations = {
      a = nixpkgs.lib.nixosSystem { specialArgs = { inherit inputs; }; modules = [ ./hosts/a ]; };
      b = nixpkgs.lib.nixosSystem { specialArgs = { inherit inputs; }; modules = [ ./hosts/b ]; };
    };
    overlays.o = final: prev: { };${more}
  };
}`;
  const files = {
    'flake.nix': flake(),
    'hosts/a/default.nix': '{ inputs, ... }: { imports = [ ../../modules/x.nix ]; y = inputs.nixpkgs; }',
    'hosts/b/default.nix': '{ z = 1; }',
    'modules/x.nix': '{ files = ../assets/folder; }',
    'assets/folder/deep/one.txt': 'one',
    'other.nix': '{ }',
  };
  const key = (changes: Partial<typeof files> = {}, name = 'a') =>
    keysOf(new Map(Object.entries({ ...files, ...changes }))).keyOf('nixosConfigurations', name);

  it('are the files that it leads to, and its entry in the flake', () => {
    expect(key({ 'modules/x.nix': '{ }' })).not.toBe(key());
    expect(key({ 'assets/folder/deep/one.txt': 'two' })).not.toBe(key());
    expect(key({ 'flake.nix': flake().replace('./hosts/a ', './hosts/a {} ') })).not.toBe(key());
  });

  it('are not the files and entries of others', () => {
    expect(
      key({ 'hosts/b/default.nix': '{ }', 'other.nix': '{ a = 1; }', 'flake.nix': flake('\n    more = 1;') }),
    ).toBe(key());
    expect(key({ 'modules/x.nix': '{ }' }, 'b')).toBe(key({}, 'b'));
  });

  it('are entries of the flake that its code refers to', () => {
    const refers = {
      'hosts/b/default.nix': '{ inputs, ... }: { z = inputs.self.overlays.o; y = inputs.self.nixosConfigurations.a; }',
    };
    const changed = { ...refers, 'flake.nix': flake().replace('prev: { }', 'prev: { x = 1; }') };
    expect(key(changed, 'b')).not.toBe(key(refers, 'b'));
    expect(key({ ...refers, 'modules/x.nix': '{ }' }, 'b')).not.toBe(key(refers, 'b'));
    expect(key({ ...refers, 'other.nix': '{ a = 1; }' }, 'b')).toBe(key(refers, 'b'));
  });

  it.each([
    '{ inputs, ... }: f inputs',
    '{ self, ... }: self',
    '{ inputs, ... }: inputs.self.outPath',
    '{ inputs, ... }: with inputs; x',
  ])('is everything where code may see it: %s', (code) => {
    const refers = { 'hosts/b/default.nix': code.replace('}: ', '}: { a = (').concat('); }') };
    const free = { 'hosts/b/default.nix': refers['hosts/b/default.nix'].replace('{ self, ... }:', '{ ... }:') };
    expect(key({ ...free, 'other.nix': '{ a = 1; }' }, 'b')).not.toBe(key(free, 'b'));
  });
});

it('says which other module system has an option, of hosts and of the homes on them', () => {
  const target = (output: string) => ({ name: 'x', kind: 'host', attribute: [output, 'x'] }) as const;
  const said = (output: string, ...option: string[]) => otherModuleSystem(target(output), option, '/nowhere')?.message;
  expect(said('nixosConfigurations', 'home')).toBe('home is an option of Home Manager, and this is a module for NixOS');
  expect(said('darwinConfigurations', 'home-manager', 'users', 'anna', 'boot')).toBe(
    'boot is an option of NixOS, and this is a module for Home Manager',
  );
  expect(said('homeConfigurations', 'homebrew')).toBe(
    'homebrew is an option of nix-darwin, and this is a module for Home Manager',
  );
  expect(said('nixosConfigurations', 'services', 'openssh')).toBe(
    'there is no option services.openssh in the release that the flake is on',
  );
  expect(said('nixosConfigurations', 'services', 'ngnix')).toBeUndefined();
});

describe('the memory of checks', () => {
  it('is kept beside the packages of the project, or else where caches are', () => {
    const project = folderWith();
    expect(memoryFile(project)).toMatch(/cdknix[/\\]check-[\w-]{16}\.json$/);
    mkdirSync(join(project, 'node_modules'));
    expect(memoryFile(project)).toBe(join(project, 'node_modules/.cache/cdknix/check.json'));
  });

  it('comes back as it was, and is empty where it was damaged', () => {
    const file = join(folderWith(), 'a/b.json');
    expect(remember(file)).toEqual({ passed: {} });
    keep(file, { passed: { desk: { key: 'k', seconds: 1, warnings: ['w'] } }, locked: 'l' });
    expect(remember(file)).toEqual({ passed: { desk: { key: 'k', seconds: 1, warnings: ['w'] } }, locked: 'l' });
    put(join(file, '..'), { 'b.json': '{ "version": 1, "pass' });
    expect(remember(file)).toEqual({ passed: {} });
  });

  it('tells texts apart by where they end', () => {
    expect(hash('ab', 'c')).not.toBe(hash('a', 'bc'));
  });
});

it('tells the flags for inputs from the others', () => {
  expect(splitFlags(['--offline', '--override-input', 'a', 'b', '--impure'])).toEqual({
    overrides: ['--override-input', 'a', 'b'],
    others: ['--offline', '--impure'],
  });
});

it('tells inputs that are no flakes, at any depth, by the lock file', () => {
  const inputs = { tools: 'tools_2', data: 'data', same: ['tools', 'data'] };
  const nodes = { root: { inputs }, tools_2: { inputs: { data: 'data_2' } }, data_2: { flake: false }, data: {} };
  const lock = JSON.stringify({ version: 7, root: 'root', nodes });
  const names = ['tools', 'data', 'tools/data', 'same', 'none', 'none/data'];
  expect(names.filter((name) => isNoFlake(lock, name))).toEqual(['tools/data']);
  expect(isNoFlake('', 'tools')).toBe(false);
});

describe('jobs', () => {
  const job = (result: number, milliseconds: number) => () => ({
    result: new Promise<number>((done) => setTimeout(() => done(result), milliseconds)),
    stop: () => {},
  });
  const never = new AbortController().signal;

  it('are done as many at once as there may be', async () => {
    expect(await doAll([job(1, 60), job(2, 10), job(3, 10)], 2, () => false, never)).toEqual([2, 3, 1]);
  });

  it('end with the first result that is enough', async () => {
    expect(await doAll([job(1, 1), job(2, 1), job(3, 1)], 1, (result) => result === 2, never)).toEqual([1, 2]);
  });
});

it('veils values of options with such names as secrets have in what Nix says', () => {
  const text = `error: A definition for option \`users.users.anna.password' is not of type \`null or string'. Definition values:
       - In \`/x.nix': 123456`;
  const { error } = readNixOutput(text);
  expect(wordsOf(error!)).toBe(text.replace('123456', '••••'));
});

it("reads nix-eval-jobs' errors, coloured or without their first word", () => {
  const target = { name: 'desk', kind: 'host', attribute: ['nixosConfigurations', 'desk'] } as const;
  const told = (error: string) => verdictOf(JSON.stringify({ attr: 't0', error }), [target], 1)?.error?.message;
  expect(told("\u001b[31;1merror:\u001b[0m attribute '\u001b[35;1mx\u001b[0m' missing")).toBe("attribute 'x' missing");
  expect(told("attribute 'x' missing")).toBe("attribute 'x' missing");
});
