import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic, Fix, Position } from '../../diagnostics';
import { type Contribution, type Definition, File, toNode } from '../../module';
import { EXPR, type Expr, print } from '../../nix';
import { bundledTable } from '../../options/bundled';
import { checkDefinitions, type Place, type Problem } from '../../options/check/check';
import type { ModuleClass } from '../../options/config';
import { importedTable } from '../../options/imported';
import type { Fill } from '../../options/shape';
import { showPath } from '../../options/show-value';
import { isCertain, type OptionTable } from '../../options/table';
import { isOption, memberOf, type OptionTree } from '../../options/type';
import type { Assets } from '../assets';
import { type Fleet, homesOf } from '../fleet';
import { getOrInsert } from '../get-or-insert';
import { type Declared, declaredOptions, withDeclared } from './declared-options';
import { shownLeaf } from './secret-option';

/** Checks definitions of a class by its options; what is wrong becomes diagnostics. */
export type CheckOptions = (of: ModuleClass, definitions: readonly Definition[], path: string) => Diagnostic[];

/** The options of each class: those of the project's own inputs where they were imported, else those that came with cdknix. */
export type Tables = (of: ModuleClass) => OptionTable;

/** The tables of a project. */
export function tablesOf(project: string): Tables {
  return (of) => importedTable(project, of) ?? bundledTable(of);
}

/** The options of each class in one flake: those of its table, and those that modules of the user's own declare. */
export interface FleetOptions {
  readonly table: OptionTable;
  readonly options: OptionTree;
  /** Where a file of the user's own declares an option; absent where none declares any. */
  readonly declaredAt?: (option: readonly string[]) => Position | undefined;
  /** Modules of inputs that the table was made without, as Nix writes them. */
  readonly unknown: readonly string[];
  /** Whether a module of the user's own may declare anything. */
  readonly isOpen: boolean;
}

/** The options of a class in a fleet, worked out when they are first asked for. */
export type OptionsOf = (of: ModuleClass) => FleetOptions;

/** The options that a fleet may set. */
export function optionsOf(fleet: Fleet, tables: Tables, assets: Assets): OptionsOf {
  const known = new Map<ModuleClass, FleetOptions>();
  return (of) => getOrInsert(known, of, () => fleetOptions(fleet, of, tables(of), assets));
}

/** The check for a fleet. */
export function optionCheck(optionsOf: OptionsOf, fill: Fill): CheckOptions {
  const surroundings = { fill, optionsOf: (of: ModuleClass) => optionsOf(of).options };
  return (of, definitions, path) => {
    const own = optionsOf(of);
    const diagnostics: Diagnostic[] = [];
    for (const { config, position, within = [] } of definitions) {
      for (const problem of checkDefinitions(config, own.options, surroundings)) {
        const found = diagnose(problem, own, optionsOf);
        if (!found) continue;
        const place = problem.place.slice(within.length);
        diagnostics.push({
          ...found,
          path,
          position: shownLeaf(position, place, problem.option),
          ...fixOf(problem, { position, within, place }),
        });
      }
    }
    return diagnostics;
  };
}

/** Options are declared in some modules, and set in others, so those of the whole fleet count. */
function fleetOptions(fleet: Fleet, of: ModuleClass, table: OptionTable, assets: Assets): FleetOptions {
  const declared: Declared[] = [];
  const unknown = new Set<string>();
  const seen = new Set<Contribution>();
  const read = new Set<object>();
  for (const [module, path] of modulesOf(fleet)) {
    if (module.moduleClass !== of || seen.has(module)) continue;
    seen.add(module);
    for (const { options } of module.declarations) declared.push(declaredOptions(toNode({ options })));
    for (const { module: imported } of module.imports) {
      if (imported instanceof File) {
        const tree = assets.moduleTree(imported, path);
        if (tree) declared.push(declaredOptions(tree, assets.treesOf(imported, path, read)));
      } else if (isModuleCode(imported[EXPR])) declared.push(declaredOptions(imported[EXPR]));
      else unknown.add(textOf(imported[EXPR]));
    }
  }
  for (const one of table.modules ?? []) unknown.delete(one);
  const own = declared.flatMap((one) => one.options);
  return {
    table,
    options: own.length ? withDeclared(table.options, own) : table.options,
    ...(own.length && {
      declaredAt: (option: readonly string[]) => {
        const found = own.find(({ names }) => isDeepStrictEqual(names, option));
        return found && assets.positionOf(found.module, found.code);
      },
    }),
    unknown: [...unknown],
    isOpen: declared.some((one) => one.isOpen),
  };
}

/** Every module of a fleet, those for others among them, with the path of its construct; those that many use come several times. */
export function* modulesOf(fleet: Fleet): Iterable<[Contribution, string]> {
  for (const host of fleet.hosts) {
    yield [host.module, host.path];
    for (const part of [...host.parts, ...host.sharedParts]) yield [part.module, part.path];
  }
  for (const home of homesOf(fleet)) {
    yield [home.module, home.path];
    for (const part of home.parts) yield [part.module, part.path];
  }
  for (const { parts } of fleet.exports) for (const part of parts) yield [part.module, part.path];
}

const isModuleCode = ({ kind }: Expr) => kind === 'set' || kind === 'lambda' || kind === 'let' || kind === 'with';

function textOf(node: Expr): string {
  try {
    return print(node).trim();
  } catch {
    return '';
  }
}

type ProblemText = Pick<Diagnostic, 'code' | 'severity' | 'message' | 'help'>;

/** What a problem is worth: a table that came with cdknix may be older than the user's inputs, and modules may add options. */
function diagnose(problem: Problem, own: FleetOptions, optionsOf: OptionsOf): ProblemText | undefined {
  const { code, message, help, option } = problem;
  const certain = isCertain(own.table) ? 'error' : 'warning';
  // Nix itself only warns of an old name.
  if (code === 'option-renamed') return { code, severity: 'warning', message, help };
  if (code !== 'option-unknown') return { code, severity: certain, message, help };
  const inOtherClass = own.isOpen ? undefined : otherClass(option, own, optionsOf);
  if (inOtherClass) return { severity: certain, ...inOtherClass };
  const found = diagnoseUnknown(option, help, own);
  return found && { code, message, ...found };
}

/** What it is worth that a name is not known, and what to do; nothing where something that is not known may declare it. */
export function diagnoseUnknown(
  option: Place,
  help: string,
  { table, unknown, isOpen }: FleetOptions,
): Pick<ProblemText, 'severity' | 'help'> | undefined {
  if (isOpen) return undefined;
  if (!unknown.length)
    return { severity: isCertain(table) ? 'error' : 'warning', help: `${help}${ageOf(table, help)}` };
  const names = unknown.join(' ').toLowerCase();
  if (option.some((name) => names.includes(String(name).toLowerCase()))) return undefined;
  const learn = `if ${unknown.join(' or ')} declares it, run cdknix import, which reads its options`;
  // The help may say already what to do about a module that is not known.
  return { severity: 'warning', help: `${help.replace(ownImport, '')}; ${learn}` };
}

const ownImport = /; if a module of your flake declares it, cdknix import reads its options$/;

/** The age of options that came with cdknix, where nothing else explains an unknown name. */
function ageOf({ class: of, source, release }: OptionTable, help: string): string {
  if (source === 'import' || help.startsWith('did you mean')) return '';
  return `; the options known here are those of ${systems[of]} ${release}`;
}

/** The module systems as people call them. */
export const systems = { nixos: 'NixOS', darwin: 'nix-darwin', home: 'Home Manager' } as const;

/** The others, the likeliest first. */
const others = { nixos: ['home', 'darwin'], darwin: ['home', 'nixos'], home: ['nixos', 'darwin'] } as const;

const cures = {
  nixos: 'set it on the NixOS host, or in the nixos part of a feature',
  darwin: 'set it on the Mac, or in the darwin part of a feature',
  home: 'set it on the HomeUser, or in the home part of a feature',
} as const;

/** What to say of an option of another module system that is set in this one. */
export function otherClass(option: Place, own: FleetOptions, optionsOf: OptionsOf) {
  const system = otherSystem(option, own, optionsOf);
  if (!system) return undefined;
  return {
    code: 'option-class',
    message: `${showPath(option)} is an option of ${systems[system]}, and this is a module for ${systems[own.table.class]}`,
    help: cures[system],
  };
}

/** The other module system that has an option, if one does. */
export function otherSystem(option: Place, { table, options }: FleetOptions, optionsOf: OptionsOf) {
  const { class: of } = table;
  // Inside an option that both have, the other one is not meant.
  if (groupAt(options, option.slice(0, -1)) === undefined && isIn(options, option.slice(0, -1))) return undefined;
  return others[of].find((one) => isIn(optionsOf(one).options, option));
}

/** Where a definition stands in the source: the call that has it, and what synth has put around that call's argument. */
interface Source {
  readonly position: Fix['call'] | undefined;
  readonly within: readonly string[];
  readonly place: Place;
}

/** The change of the source that gives an option its new name. */
function fixOf({ option, renameTo }: Problem, source: Source): { fix?: Fix } {
  const { position, within, place } = source;
  if (!position || !renameTo) return {};
  let common = 0;
  while (common < option.length - 1 && option[common] === renameTo[common]) common++;
  if (common < within.length) return {};
  // The place may have lists of mkMerge between the names.
  let at = place.length;
  for (let i = option.length - 1; i >= common && at > 0; ) if (place[--at] === option[i]) i--;
  return { fix: { call: position, from: place, to: [...place.slice(0, at), ...renameTo.slice(common)] } };
}

/** Whether a way leads to an option, a group, or into an option. */
function isIn(tree: OptionTree, option: Place): boolean {
  let at: OptionTree = tree;
  for (const name of option) {
    const member = memberOf(at, String(name));
    if (member === undefined) return false;
    if (isOption(member)) return true;
    at = member;
  }
  return true;
}

/** The group at the end of a way. */
function groupAt(tree: OptionTree, path: Place): OptionTree | undefined {
  let at: OptionTree = tree;
  for (const name of path) {
    const member = memberOf(at, String(name));
    if (member === undefined || isOption(member)) return undefined;
    at = member;
  }
  return at;
}
