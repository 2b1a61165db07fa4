import { type Contribution, exprOf, Module, mkDefault, variable } from '../module';
import { EXPR, ident, nix, select } from '../nix';
import type { ModuleClass } from '../options/config';
import { argsNode } from './args';
import type { CommonParts } from './context';
import type { Fleet, Part } from './fleet';
import { homesOf } from './fleet';
import type { Resolve } from './resolve';

/** The common parts of a fleet, for the classes that it has. */
export function commonParts(fleet: Fleet, resolve: Resolve): CommonParts {
  const classes = (['nixos', 'darwin'] as const).filter((one) =>
    fleet.hosts.some((host) => host.module.moduleClass === one),
  );
  const withHomes = classes.filter((one) =>
    fleet.hosts.some((host) => host.module.moduleClass === one && host.users.some((user) => user.embedded)),
  );
  const standalone = homesOf(fleet).some((home) => home.standalone);
  return {
    nixpkgs: nixpkgsParts(fleet, standalone ? [...classes, 'home'] : classes),
    homeManager: new Map(withHomes.map((one) => [one, homeManagerPart(fleet, one, resolve)])),
  };
}

function nixpkgsParts(fleet: Fleet, classes: readonly ModuleClass[]): ReadonlyMap<ModuleClass, Part> {
  const { overlays, unfree, insecure } = fleet;
  const allUnfree = unfree === true;
  // The module systems do not merge the members of nixpkgs.config, so there is one definition for all.
  const config = {
    ...(allUnfree && { allowUnfree: true }),
    ...(!allUnfree && unfree.size > 0 && { allowUnfreePredicate: isOneOf(unfree) }),
    ...(insecure.size > 0 && { allowInsecurePredicate: isOneOf(insecure) }),
  };
  const nixpkgs = {
    ...(overlays.length > 0 && {
      overlays: [...new Set(overlays.map(({ name }) => name))].map((name) =>
        exprOf(select(ident('inputs'), 'self', 'overlays', name)),
      ),
    }),
    ...(Object.keys(config).length > 0 && { config }),
  };
  if (!Object.keys(nixpkgs).length) return new Map();
  return new Map(classes.map((one) => [one, part('nixpkgs', new Module({}, one).set({ nixpkgs }))]));
}

/** Whether a package has one of the names. */
function isOneOf(names: ReadonlySet<string>) {
  const sorted = [...names].sort();
  return exprOf(nix`pkg: builtins.elem (lib.getName pkg) ${sorted}`[EXPR]);
}

function homeManagerPart(fleet: Fleet, moduleClass: 'nixos' | 'darwin', resolve: Resolve): Part {
  const module = new Module({}, moduleClass);
  const args = argsNode(fleet.extraSpecialArgs, { moduleClass, path: 'the flake' }, resolve);
  module.import(variable('inputs')['home-manager'][`${moduleClass}Modules`]['home-manager']);
  module.set({
    'home-manager': {
      useGlobalPkgs: mkDefault(true),
      useUserPackages: mkDefault(true),
      backupFileExtension: mkDefault('backup'),
      extraSpecialArgs: exprOf(args),
    },
  });
  return part('home-manager', module);
}

function part(name: string, module: Contribution): Part {
  return { name, module, feature: module, path: 'the flake', common: true, user: undefined, host: undefined };
}
