import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Feature, Flake, HomeUser, Host, nix } from 'cdknix';
import { describe, expect, it } from 'vitest';
import { configurationsOf, covering, nameOf } from '../../lib/cli/import/cover';
import { fleetOf } from '../../lib/constructs/fleet';
import type { ModuleClass } from '../../lib/options/config';
import { planOf } from '../../lib/synth/plan';
import { folderWith } from './support';

/** Which configurations of a class are read, each with those that it stands for. */
function readOf(flake: Flake, of: ModuleClass): Record<string, string[]> {
  const all = configurationsOf(planOf(fleetOf(flake))).filter((one) => one.class === of);
  return Object.fromEntries(covering(all).map(({ read, others }) => [nameOf(read), others.map(nameOf)]));
}

const linux = { system: 'x86_64-linux' } as const;
const hosts = (flake: Flake, ...names: string[]) => names.map((name) => new Host(flake, name, linux));

/** A flake whose app is in a folder with these files. */
function flakeWith(files: Record<string, string>): Flake {
  const folder = folderWith({ 'package.json': '{}' });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const flake = new Flake();
  Object.assign(flake, { position: { file: join(folder, 'main.ts'), line: 1, column: 1 } });
  return Object.assign(flake, { folder });
}

const inFolder = (flake: Flake, path: string) => join((flake as Flake & { folder: string }).folder, path);

describe('of the hosts of a flake', () => {
  it('one is read, if they import the same', () => {
    const flake = new Flake();
    for (const host of hosts(flake, 'desk', 'laptop', 'nas')) host.set({ networking: { domain: `${host.name}.lan` } });
    flake.use(function common(feature: Feature) {
      feature.nixos.set({ networking: { firewall: { enable: true } } });
    });
    expect(readOf(flake, 'nixos')).toEqual({ desk: ['laptop', 'nas'] });
  });

  it('those are read that import what the others do not', () => {
    const flake = new Flake();
    const [desk, laptop, nas] = hosts(flake, 'desk', 'laptop', 'nas', 'spare');
    desk!.import(nix`inputs.a.nixosModules.a`);
    laptop!.import(nix`inputs.b.nixosModules.b`, nix`inputs.a.nixosModules.a`);
    nas!.import(nix`inputs.c.nixosModules.c`);
    expect(readOf(flake, 'nixos')).toEqual({ laptop: ['desk', 'spare'], nas: [] });
  });

  it('those are read that import it by features', () => {
    const flake = new Flake();
    const [, laptop] = hosts(flake, 'desk', 'laptop');
    laptop!.use(function secrets(feature: Feature) {
      feature.nixos.import(nix`inputs.sops-nix.nixosModules.sops`);
    });
    expect(readOf(flake, 'nixos')).toEqual({ laptop: ['desk'] });
  });

  it('those are read that import it by files of the user, which import others', () => {
    const flake = flakeWith({
      'desk/hardware.nix': '{ modulesPath, ... }: { imports = [ (modulesPath + "/x.nix") ]; boot.x = 1; }',
      'laptop/hardware.nix': '{ modulesPath, ... }: { imports = [ (modulesPath + "/x.nix") ]; boot.x = 2; }',
      'nas/hardware.nix': '{ imports = [ ../own ]; }',
      'own/default.nix': '{ lib, ... }: { options.own = lib.mkOption { }; }',
    });
    for (const host of hosts(flake, 'desk', 'laptop', 'nas')) host.import(inFolder(flake, `${host.name}/hardware.nix`));
    expect(readOf(flake, 'nixos')).toEqual({ desk: ['laptop'], nas: [] });
  });

  it.each([
    ['options', '{ lib, ... }: { options = import ./x.nix lib; }'],
    ['imports that are computed', '{ lib, ... }: { imports = lib.optional true ./x.nix; }'],
    ['imports that are inherited', 'let imports = [ ./x.nix ]; in { inherit imports; }'],
    ['a module that a function makes', 'import ./x.nix { }'],
    ['a name that is computed', '{ ${"opt" + "ions"} = { }; }'],
    ['imports of a variable', 'let x = ./x.nix; in { imports = [ x ]; }'],
  ])('each is read that has a file of its own with %s', (_, text) => {
    const flake = flakeWith({
      'desk/a.nix': text,
      'desk/x.nix': '{ }',
      'laptop/a.nix': text,
      'laptop/x.nix': '_: { }',
    });
    for (const host of hosts(flake, 'desk', 'laptop')) host.import(inFolder(flake, `${host.name}/a.nix`));
    expect(readOf(flake, 'nixos')).toEqual({ desk: [], laptop: [] });
  });

  it('each is read whose arguments decide what is imported', () => {
    const flake = flakeWith({ 'role.nix': '{ role, ... }: { imports = [ role ]; }' });
    const args = (role: string) => ({ ...linux, specialArgs: { role: nix`inputs.roles.${role}`, other: role } });
    for (const [name, role] of [
      ['a', 'desk'],
      ['b', 'desk'],
      ['c', 'nas'],
    ] as const) {
      new Host(flake, name, args(role)).import(inFolder(flake, 'role.nix'));
    }
    expect(readOf(flake, 'nixos')).toEqual({ a: ['b'], c: [] });
  });

  it('no host stands for another that disables a module', () => {
    const flake = new Flake();
    const [desk] = hosts(flake, 'desk', 'laptop');
    desk!.module.disable('services/x.nix');
    expect(readOf(flake, 'nixos')).toEqual({ desk: [], laptop: [] });
  });

  it('a thousand are looked through in no time', () => {
    const flake = new Flake();
    hosts(flake, ...Array.from({ length: 1000 }, (_, i) => `host${i}`));
    const plan = planOf(fleetOf(flake));
    const start = performance.now();
    expect(covering(configurationsOf(plan))).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('of the homes of a flake', () => {
  it('one is read of each kind: on NixOS, on a Mac, by itself', () => {
    const flake = new Flake();
    const [desk] = hosts(flake, 'desk');
    new HomeUser(desk!, 'anna', { standalone: true });
    new HomeUser(desk!, 'ben');
    new HomeUser(new Host(flake, 'mac', { system: 'aarch64-darwin' }), 'anna');
    new HomeUser(flake, 'sam', { system: 'aarch64-darwin' });
    expect(readOf(flake, 'home')).toEqual({
      'anna on desk': ['ben on desk'],
      'anna on mac': [],
      'anna@desk': [],
      sam: [],
    });
  });

  it('those are read that import what the others do not, themselves or with all homes of the host', () => {
    const flake = new Flake();
    const [desk, laptop] = hosts(flake, 'desk', 'laptop');
    new HomeUser(desk!, 'anna').import(nix`inputs.nixvim.homeModules.nixvim`);
    new HomeUser(desk!, 'ben');
    new HomeUser(laptop!, 'anna');
    laptop!.use(function theme(feature: Feature) {
      feature.home.import(nix`inputs.theme.homeModules.theme`);
    });
    expect(readOf(flake, 'home')).toEqual({ 'anna on desk': ['ben on desk'], 'anna on laptop': [] });
  });

  it('those are read whose host may bring modules for its homes', () => {
    const flake = new Flake();
    const [desk, laptop, nas] = hosts(flake, 'desk', 'laptop', 'nas');
    for (const host of [desk!, laptop!, nas!]) new HomeUser(host, 'anna');
    laptop!.import(nix`inputs.stylix.nixosModules.stylix`);
    nas!.set({ 'home-manager': { minimal: true } });
    expect(readOf(flake, 'home')).toEqual({ 'anna on laptop': ['anna on desk'], 'anna on nas': [] });
  });

  it('arguments that no module names change nothing', () => {
    const flake = new Flake();
    for (const name of ['desk', 'laptop']) {
      new HomeUser(new Host(flake, name, { ...linux, extraSpecialArgs: { hostName: name } }), 'anna');
    }
    expect(readOf(flake, 'home')).toEqual({ 'anna on desk': ['anna on laptop'] });
  });
});
