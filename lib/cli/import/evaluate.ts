import { CdknixError } from '../../diagnostics';
import { encodeString } from '../../nix/encode';
import type { ModuleClass } from '../../options/config';
import type { Docs } from '../../options/docs';
import { dumperText, readDump } from '../../options/dumped';
import { importedFiles, importsFolder } from '../../options/imported';
import type { OptionTree } from '../../options/type';
import { type NixRun, nixEval } from '../nix/nix';
import { showDiagnostics } from '../terminal/terminal';
import { type Configuration, nameOf } from './cover';

/** The options of a configuration, as Nix has them. */
export interface Evaluated {
  readonly options: OptionTree;
  readonly docs: Docs;
  readonly release: string;
}

/** A flake, and how paths in Nix's messages about it are shown. */
export interface Source {
  readonly flake: string;
  near?(message: string): string;
}

/**
 * Evaluates the options of a configuration, whether or not its definitions are right.
 *
 * @param modules Nix code of modules whose options are added
 * @throws CdknixError `nix-missing`, `nix-failed`, `nix-timeout`
 */
export async function evaluate(
  configuration: Configuration,
  modules: readonly string[],
  source: Source,
  run: NixRun,
): Promise<Evaluated> {
  try {
    return await attempt(configuration, modules, true, source, run);
  } catch (error) {
    if (!isOf('nix-failed', error)) throw error;
    // One default that no evaluation survives is not to take all options away.
    const evaluated = await attempt(configuration, modules, false, source, run);
    const [diagnostic] = error.diagnostics;
    const help = 'all defaults and examples are left out; mend this one to have them';
    showDiagnostics([{ ...diagnostic!, code: 'nix-default', severity: 'warning', help }]);
    return evaluated;
  }
}

async function attempt(
  configuration: Configuration,
  modules: readonly string[],
  withDefaults: boolean,
  source: Source,
  run: NixRun,
): Promise<Evaluated> {
  const { output, name, user, class: of } = configuration;
  const tree = user === undefined ? systemTree(modules) : homeTree(user, modules);
  const apply = `outputs:
let
  ${unchecked(name)}
  dump = ${dumperText()};
  inputsOf = args: args.inputs or (throw "the modules of this configuration are not given the flake's inputs: add specialArgs = { inherit inputs; }");
  lib = system.lib or system.pkgs.lib;
  options = ${tree};
  release = options.${releases[of]}.default or "unknown";
in
"\${builtins.toJSON release}\\n\${dump { inherit lib options; withDocs = true; withDefaults = ${withDefaults}; }}"`;
  const whose = `the ${of} options of ${nameOf(configuration)}`;
  const what = modules.length ? `${whose} with ${modules.join(' and ')}` : whose;
  const help = `mend what Nix names; what --module added is forgotten when ${importsFolder}/${importedFiles(of).table} is removed`;
  const text = await nixEval({ ...source, output, apply, what, ...(modules.length && { help }) }, run);
  const end = text.indexOf('\n');
  return { release: String(JSON.parse(text.slice(0, end))), ...readDump(text.slice(end + 1)) };
}

/** The options that say which release a module system is of. */
const releases: Record<ModuleClass, string> = {
  nixos: 'system.nixos.release',
  darwin: 'system.darwinRelease',
  home: 'home.version.release',
};

/** Binds `system` to a configuration in which definitions of options that do not exist are no error, and `extended` to what makes it. */
function unchecked(name: string): string {
  return `original = outputs.${encodeString(name)};
  extended = modules: original.extendModules {
    modules = [ ({ lib, ... }: { _module.check = lib.mkForce false; }) ] ++ modules;
  };
  system = if original ? extendModules then extended [ ] else original;`;
}

/** The options of a system, or of a home by itself. */
function systemTree(modules: readonly string[]): string {
  return modules.length
    ? `(extended (let inputs = inputsOf system._module.specialArgs; in ${listOf(modules)})).options`
    : 'system.options';
}

/** The options of a user's home on a host: of the type that all homes there have, and of the modules that this one imports. */
function homeTree(user: string, modules: readonly string[]): string {
  return `let
    users = system.options.home-manager.users;
    name = ${encodeString(user)};
    type = users.type.nestedTypes.elemType;
    definitions = builtins.concatMap (
      { file, value }: if value ? \${name} then [ { inherit file; value = value.\${name}; } ] else [ ]
    ) users.definitionsWithLocations;
    own = (lib.modules.mergeDefinitions (users.loc ++ [ name ]) type definitions).defsFinal;
    inputs = inputsOf (system._module.specialArgs // system.options.home-manager.extraSpecialArgs.value);
  in
  (type.substSubModules (
    type.getSubModules
    ++ [ { _module.args = { inherit name; }; } ]
    ++ map ({ file, value }: { _file = file; imports = [ value ]; }) own
    ++ ${listOf(modules)}
  )).getSubOptions [ ]`;
}

const listOf = (modules: readonly string[]) => `[ ${modules.map((module) => `(${module})`).join(' ')} ]`;

/**
 * The names in an output of a flake; none if it has no such output.
 *
 * @throws CdknixError `nix-missing`, `nix-failed`, `nix-timeout`
 */
export async function namesIn(output: Configuration['output'], source: Source, run: NixRun): Promise<string[]> {
  const apply = 'outputs: builtins.toJSON (builtins.attrNames outputs)';
  try {
    return JSON.parse(
      await nixEval({ ...source, output, apply, what: `${output} of ${source.flake}` }, run),
    ) as string[];
  } catch (error) {
    if (isOf('nix-no-output', error)) return [];
    throw error;
  }
}

/**
 * The users that have a home on a host.
 *
 * @throws CdknixError `nix-missing`, `nix-failed`, `nix-timeout`
 */
export async function usersOn({ output, name }: Configuration, source: Source, run: NixRun): Promise<string[]> {
  const apply = `outputs:
let
  ${unchecked(name)}
  users = system.options.home-manager.users.definitions or [ ];
in
builtins.toJSON (builtins.concatMap builtins.attrNames users)`;
  const text = await nixEval({ ...source, output, apply, what: `the users of ${name}` }, run);
  return [...new Set(JSON.parse(text) as string[])];
}

const isOf = (code: string, error: unknown): error is CdknixError =>
  error instanceof CdknixError && error.diagnostics[0]?.code === code;
