import { type Cause, type Contribution, type Definition, exprOf, Module, mkDefault, variable } from '../module';
import { EXPR, ident, nix, select } from '../nix';
import type { ModuleClass } from '../options/config';
import { argsNode } from './args';
import type { CommonParts } from './context';
import type { Fleet, Part } from './fleet';
import { homesOf } from './fleet';
import type { Resolve } from './resolve';
import { generatedDefinition } from './sourced-contribution';

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
  const { overlays, unfree, insecure, allowances } = fleet;
  const allUnfree = unfree === true;
  // The module systems do not merge the members of nixpkgs.config, so there is one definition for all.
  const config = {
    ...(allUnfree && { allowUnfree: true }),
    ...(!allUnfree && unfree.size > 0 && { allowUnfreePredicate: isOneOf(unfree) }),
    ...(insecure.size > 0 && { allowInsecurePredicate: isOneOf(insecure) }),
  };
  const definitions: Definition[] = [];
  if (overlays.length) {
    const names = [...new Set(overlays.map(({ name }) => name))];
    const list = names.map((name) => exprOf(select(ident('inputs'), 'self', 'overlays', name)));
    const causes = overlays.map(({ position }) => ({ ...asCause(fleet), position }));
    definitions.push(generatedDefinition({ nixpkgs: { overlays: list } }, 'the overlays of the flake', causes));
  }
  if (Object.keys(config).length) {
    definitions.push(generatedDefinition({ nixpkgs: { config } }, 'the packages that the flake allows', allowances));
  }
  if (!definitions.length) return new Map();
  return new Map(classes.map((one) => [one, part('nixpkgs', moduleWith(one, definitions))]));
}

/** Whether a package has one of the names. */
function isOneOf(names: ReadonlySet<string>) {
  const sorted = [...names].sort();
  return exprOf(nix`pkg: builtins.elem (lib.getName pkg) ${sorted}`[EXPR]);
}

function homeManagerPart(fleet: Fleet, moduleClass: 'nixos' | 'darwin', resolve: Resolve): Part {
  const args = argsNode(fleet.extraSpecialArgs, { moduleClass, path: 'the flake' }, resolve);
  const wiring = {
    useGlobalPkgs: mkDefault(true),
    useUserPackages: mkDefault(true),
    backupFileExtension: mkDefault('backup'),
  };
  const module = moduleWith(moduleClass, [
    generatedDefinition({ 'home-manager': wiring }, 'the homes on hosts', [asCause(fleet)]),
    generatedDefinition({ 'home-manager': { extraSpecialArgs: exprOf(args) } }, 'the arguments of modules for homes', [
      asCause(fleet),
    ]),
  ]);
  module.import(variable('inputs')['home-manager'][`${moduleClass}Modules`]['home-manager']);
  return part('home-manager', module);
}

function moduleWith(moduleClass: ModuleClass, definitions: readonly Definition[]): Module {
  const module = new Module({}, moduleClass);
  module.definitions.push(...definitions);
  return module;
}

const asCause = ({ position }: Fleet): Cause => ({ path: 'the flake', position });

function part(name: string, module: Contribution): Part {
  return {
    name,
    module,
    feature: module,
    path: 'the flake',
    turn: Number.POSITIVE_INFINITY,
    common: true,
    user: undefined,
    host: undefined,
  };
}
