import { expect, it } from 'vitest';
import type { ModuleModel } from '../../../lib/convert/flake/model';
import { flakeOf, line } from './support';

const shown = (module: ModuleModel) => (module.is === 'file' ? module.path : `${module.is}: ${line(module.code)}`);

/** The modules of each machine, by its name. */
function modulesOf(files: Readonly<Record<string, string>>) {
  return Object.fromEntries(flakeOf(files)!.machines.map((one) => [one.name, one.modules.map(shown)]));
}

const flake = (outputs: string, inputs = '') => `{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";
  inputs.home-manager.url = "github:nix-community/home-manager";
  ${inputs}
  outputs = { self, nixpkgs, ... }@inputs: ${outputs};
}`;

it('hosts and homes are read with their modules in order', () => {
  const outputs = `{
    nixosConfigurations.oak = nixpkgs.lib.nixosSystem {
      system = "x86_64-linux";
      specialArgs = { inherit inputs; user = "ada"; };
      modules = [ ./oak.nix inputs.disko.nixosModules.disko { services.openssh.enable = true; } (import ./more.nix) ];
    };
    homeConfigurations."ada@oak" = inputs.home-manager.lib.homeManagerConfiguration {
      pkgs = nixpkgs.legacyPackages.x86_64-linux;
      modules = [ ./home.nix ];
    };
  }`;
  const { machines } = flakeOf({ 'flake.nix': flake(outputs), 'more.nix': '{ }' })!;
  expect(machines.map(({ kind, name, input, system }) => [kind, name, input, system])).toEqual([
    ['nixos', 'oak', 'nixpkgs', 'x86_64-linux'],
    ['home', 'ada@oak', 'home-manager', 'x86_64-linux'],
  ]);
  expect(machines[0]!.modules.map(shown)).toEqual([
    'oak.nix',
    'code: inputs.disko.nixosModules.disko',
    'definitions: { services.openssh.enable = true; }',
    'more.nix',
  ]);
  expect(machines[0]!.specialArgs.map(({ name, code }) => `${name} = ${line(code)}`)).toEqual([
    'inputs = inputs',
    'user = "ada"',
  ]);
});

it('a mkHost of the flake, or of a file, is followed into the modules that it gives', () => {
  const outputs = `let
    mkHost = import ./lib/mkhost.nix { inherit nixpkgs inputs; };
  in {
    nixosConfigurations.oak = mkHost "oak" { };
    nixosConfigurations.elm = mkHost "elm" { server = true; };
  }`;
  const mkHost = `{ nixpkgs, inputs }: name: { server ? false }: nixpkgs.lib.nixosSystem {
    modules = [ ../hosts/\${name} ]
      ++ nixpkgs.lib.optionals server [ ../modules/server.nix ]
      ++ [ { networking.hostName = name; } ];
  }`;
  expect(modulesOf({ 'flake.nix': flake(outputs), 'lib/mkhost.nix': mkHost })).toEqual({
    oak: ['hosts/oak', 'definitions: { networking.hostName = "oak"; }'],
    elm: ['hosts/elm', 'modules/server.nix', 'definitions: { networking.hostName = "elm"; }'],
  });
});

it('machines are found by the names in a list, a set or a folder', () => {
  const system = (module: string) => `nixpkgs.lib.nixosSystem { modules = [ ${module} ]; }`;
  const hosts = { 'hosts/oak/default.nix': '{ }', 'hosts/elm/default.nix': '{ }' };
  for (const all of [
    `nixpkgs.lib.genAttrs [ "elm" "oak" ] (name: ${system('./hosts/${name}')})`,
    `builtins.mapAttrs (name: dir: ${system('dir')}) { elm = ./hosts/elm; oak = ./hosts/oak; }`,
    `nixpkgs.lib.mapAttrs (name: _: ${system('(./hosts + "/${name}")')}) (builtins.readDir ./hosts)`,
    `builtins.listToAttrs (map (name: { inherit name; value = ${system('./hosts/${name}')}; }) [ "elm" "oak" ])`,
  ]) {
    const modules = modulesOf({ 'flake.nix': flake(`{ nixosConfigurations = ${all}; }`), ...hosts });
    expect(modules, all).toEqual({ elm: ['hosts/elm'], oak: ['hosts/oak'] });
  }
});

it('code is written with the variables that it needs, and files by their place in the flake', () => {
  const outputs = `let
    systems = [ "x86_64-linux" ];
    each = nixpkgs.lib.genAttrs systems;
    unused = 1;
  in {
    packages = each (system: import ./pkgs nixpkgs.legacyPackages.\${system});
    overlays = import ./overlays { inherit inputs; };
    lib = import ./lib;
  }`;
  const { outputs: all } = flakeOf({
    'flake.nix': flake(outputs),
    'lib/default.nix': '{ root = ../.; own = ./own.nix; }',
  })!;
  expect(all.map(({ name, code }) => `${name} = ${line(code)}`)).toEqual([
    'packages = let each = inputs.nixpkgs.lib.genAttrs systems; systems = [ "x86_64-linux" ]; in ' +
      'each (system: import ./pkgs inputs.nixpkgs.legacyPackages.${system})',
    'overlays = import ./overlays { inherit inputs; }',
    'lib = import ./lib',
  ]);
});

it('homes in the definitions of the flake are users', () => {
  const outputs = `let user = "ada"; in {
    nixosConfigurations.oak = nixpkgs.lib.nixosSystem {
      modules = [
        inputs.home-manager.nixosModules.home-manager
        { home-manager.useGlobalPkgs = true; home-manager.users.\${user} = import ./home.nix; }
        { home-manager.users.bob = { imports = [ ./bob.nix ./shared.nix ]; }; }
      ];
    };
  }`;
  const [oak] = flakeOf({ 'flake.nix': flake(outputs), 'home.nix': '{ }' })!.machines;
  expect(oak!.modules.map(shown)).toEqual([
    'code: inputs.home-manager.nixosModules.home-manager',
    'definitions: { home-manager = { useGlobalPkgs = true; }; }',
  ]);
  expect(oak!.users.map(({ name, modules }) => [name, modules.map(shown)])).toEqual([
    ['ada', ['home.nix']],
    ['bob', ['bob.nix', 'shared.nix']],
  ]);
});

it('inputs are read with what they follow, and those that only the outputs name are of the registry', () => {
  const inputs = `
    inputs.tools = { type = "github"; owner = "o"; repo = "r"; ref = "main"; flake = false; };
    inputs.a = { url = "github:o/a"; inputs.nixpkgs.follows = "nixpkgs"; inputs.b.inputs.c.follows = ""; };
    inputs.second.follows = "nixpkgs";
  `;
  const { inputs: all } = flakeOf({
    'flake.nix': flake('{ }', inputs).replace('nixpkgs, ...', 'nixpkgs, other, ...'),
  })!;
  expect(all.map(({ name, url, isFlake, sameAs, follows }) => [name, url, isFlake, sameAs, [...follows]])).toEqual([
    ['nixpkgs', 'github:NixOS/nixpkgs/nixos-26.05', true, undefined, []],
    ['home-manager', 'github:nix-community/home-manager', true, undefined, []],
    ['tools', 'github:o/r/main', false, undefined, []],
    [
      'a',
      'github:o/a',
      true,
      undefined,
      [
        ['nixpkgs', 'nixpkgs'],
        ['b.inputs.c', ''],
      ],
    ],
    ['second', 'flake:second', true, 'nixpkgs', []],
    ['other', 'flake:other', true, undefined, []],
  ]);
});

it('what cannot be read is named, and the rest is read', () => {
  const outputs = `{
    nixosConfigurations.oak = inputs.tool.lib.mkMachine ./oak;
    nixosConfigurations.elm = nixpkgs.lib.nixosSystem { modules = [ ]; baseModules = [ ]; };
    nixosConfigurations.ash = nixpkgs.lib.nixosSystem { modules = inputs.tool.modules; };
    darwinConfigurations = inputs.tool.all;
  }`;
  const { machines, unread } = flakeOf({ 'flake.nix': flake(outputs) })!;
  expect(machines.map(({ name, modules }) => [name, modules.map(shown)])).toEqual([
    ['ash', ['list: inputs.tool.modules']],
  ]);
  expect(unread).toEqual([
    { output: 'nixosConfigurations', name: 'oak', because: 'no function makes it whose name is known' },
    { output: 'nixosConfigurations', name: 'elm', because: 'it is given baseModules' },
    { output: 'darwinConfigurations', because: 'its names are computed' },
  ]);
});

it('code that never ends is given up', () => {
  for (const loop of ['let f = x: f x; in f 1', 'let a = b; b = a; in a', 'let s = { inherit (s) x; }; in s.x']) {
    const { unread } = flakeOf({ 'flake.nix': flake(`{ nixosConfigurations = ${loop}; }`) })!;
    expect(unread, loop).toEqual([{ output: 'nixosConfigurations', because: 'its names are computed' }]);
  }
});

it('a file that is no flake is none', () => {
  expect(flakeOf({ 'flake.nix': '{ pkgs, ... }: { }' })).toBeUndefined();
  expect(flakeOf({})).toBeUndefined();
});
