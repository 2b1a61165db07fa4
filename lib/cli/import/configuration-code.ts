import { encodeString } from '../../nix/encode';
import type { ModuleClass } from '../../options/config';
import { type Steps, stepsCode } from '../../options/dump-steps';
import { dumperText } from '../../options/dumped';
import type { Configuration } from './cover';

/** Which options of a configuration are read. */
export interface Extent {
  /** Nix code of modules whose options are added. */
  readonly modules: readonly string[];
  /** The keys of modules that are left out. */
  readonly disabled: readonly string[];
}

/** A Nix function from an output of a flake to the release and the options of a configuration in it. */
export function optionsCode(configuration: Configuration, extent: Extent, steps?: Steps): string {
  return `outputs:
let
  ${bindings(configuration, extent)}
  dump = ${dumperText()};
  release = options.${releases[configuration.class]}.default or "unknown";
in
"\${builtins.toJSON release}\\n\${dump { inherit lib options; withDocs = true;${steps ? ` steps = ${stepsCode(steps)};` : ''} }}"`;
}

/** A Nix function from an output of a flake to the modules of a configuration in it, as JSON; none where the library cannot list them. */
export function modulesCode(configuration: Configuration, extent: Extent): string {
  return `outputs:
let
  ${bindings(configuration, extent)}
  all = builtins.concatMap (one: [ { inherit (one) key; file = toString one.file; } ] ++ all' one.imports);
  all' = all;
in
builtins.toJSON (all graph)`;
}

/** The options that say which release a module system is of. */
const releases: Record<ModuleClass, string> = {
  nixos: 'system.nixos.release',
  darwin: 'system.darwinRelease',
  home: 'home.version.release',
};

/** Binds `lib`, and the `options` and modules (`graph`) of a configuration. */
function bindings({ name, user }: Configuration, extent: Extent): string {
  return `${unchecked(name, extent)}
  inputsOf = args: args.inputs or (throw "the modules of this configuration are not given the flake's inputs: add specialArgs = { inherit inputs; }");
  lib = system.lib or system.pkgs.lib;
  ${user === undefined ? systemBindings(extent) : homeBindings(user, extent)}`;
}

/** Binds `system` to a configuration in which definitions of options that do not exist are no error, and `extended` to what makes it. */
export function unchecked(name: string, { disabled }: Pick<Extent, 'disabled'> = { disabled: [] }): string {
  return `original = outputs.${encodeString(name)};
  extended = modules: original.extendModules {
    modules = [
      ({ lib, ... }: {
        disabledModules = ${keyList(disabled)};
        _module.check = lib.mkForce false;
      })
    ] ++ modules;
  };
  system = if original ? extendModules then extended [ ] else original;`;
}

/** Of a system, or of a home by itself. */
function systemBindings({ modules }: Extent): string {
  const whole = modules.length
    ? `extended (let inputs = inputsOf system._module.specialArgs; in ${listOf(modules)})`
    : 'system';
  return `whole = ${whole};
  inherit (whole) options;
  graph = whole.graph or [ ];`;
}

/** Of a user's home on a host: of the type that all homes there have, and of the modules that this one imports. */
function homeBindings(user: string, { modules, disabled }: Extent): string {
  return `users = system.options.home-manager.users;
  name = ${encodeString(user)};
  type = users.type.nestedTypes.elemType;
  definitions = builtins.concatMap (
    { file, value }: if value ? \${name} then [ { inherit file; value = value.\${name}; } ] else [ ]
  ) users.definitionsWithLocations;
  own = (lib.modules.mergeDefinitions (users.loc ++ [ name ]) type definitions).defsFinal;
  inputs = inputsOf (system._module.specialArgs // system.options.home-manager.extraSpecialArgs.value);
  modules = type.getSubModules
    ++ [ { _module.args = { inherit name; }; disabledModules = ${keyList(disabled)}; } ]
    ++ map ({ file, value }: { _file = file; imports = [ value ]; }) own
    ++ ${listOf(modules)};
  options = (type.substSubModules modules).getSubOptions [ ];
  graph = (lib.evalModules {
    inherit modules;
    specialArgs = type.functor.payload.specialArgs or { };
    class = type.functor.payload.class or null;
  }).graph or [ ];`;
}

const listOf = (modules: readonly string[]) => `[ ${modules.map((module) => `(${module})`).join(' ')} ]`;

/** Modules by their keys: the paths of files, or what the library calls others. */
const keyList = (keys: readonly string[]) =>
  `[ ${keys.map((key) => (key.startsWith('/') ? encodeString(key) : `{ key = ${encodeString(key)}; }`)).join(' ')} ]`;
