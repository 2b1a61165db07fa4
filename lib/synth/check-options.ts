import { type Diagnostic, type Fix, leafOf } from '../diagnostics';
import { type Contribution, type Definition, File } from '../module';
import { EXPR, type Expr, print } from '../nix';
import { bundledTable } from '../options/bundled';
import { checkDefinitions, type Place, type Problem } from '../options/check';
import { showPath } from '../options/check-show';
import type { ModuleClass } from '../options/config';
import { importedTable } from '../options/imported';
import type { Fill } from '../options/shape';
import type { OptionTable } from '../options/table';
import type { Assets } from './assets';
import { type Declared, declaredOptions, isDeclared, isIn } from './declared-options';
import { type Fleet, homesOf } from './fleet';
import { getOrInsert } from './get-or-insert';

/** Checks definitions of a class by its options; what is wrong becomes diagnostics. */
export type CheckOptions = (of: ModuleClass, definitions: readonly Definition[], path: string) => Diagnostic[];

/** The options of each class: those of the project's own inputs where they were imported, else those that came with cdknix. */
export type Tables = (of: ModuleClass) => OptionTable;

/** The tables of a project. */
export function tablesOf(project: string): Tables {
  return (of) => importedTable(project, of) ?? bundledTable(of);
}

/** The check for a fleet. */
export function optionCheck(fleet: Fleet, tables: Tables, assets: Assets, fill: Fill): CheckOptions {
  const modules = new Map<ModuleClass, OtherModules>();
  return (of, definitions, path) => {
    const table = tables(of);
    const diagnostics: Diagnostic[] = [];
    for (const { config, position, within = [] } of definitions) {
      const surroundings = { fill, optionsOf: (system: ModuleClass) => tables(system).options };
      for (const problem of checkDefinitions(config, table.options, surroundings)) {
        const others = getOrInsert(modules, of, () => otherModules(fleet, of, table, assets));
        const judged = judge(problem, table, others, tables);
        if (!judged) continue;
        const place = problem.place.slice(within.length);
        diagnostics.push({
          ...judged,
          path,
          position: leafOf(position, place),
          ...(position && problem.renameTo && { fix: fixOf(problem, position, place, table) }),
        });
      }
    }
    return diagnostics;
  };
}

/** Modules of the flake that have options which the table may lack. */
interface OtherModules {
  readonly declared: readonly Declared[];
  /** Modules of inputs that the table was made without, as Nix writes them. */
  readonly unknown: readonly string[];
}

/** Options are declared in some modules, and set in others, so those of the whole fleet count. */
function otherModules(fleet: Fleet, of: ModuleClass, table: OptionTable, assets: Assets): OtherModules {
  const declared: Declared[] = [];
  const unknown = new Set<string>();
  for (const [module, path] of modulesOf(fleet)) {
    if (module.moduleClass !== of && !(of === 'home' || module.moduleClass === 'home')) continue;
    for (const { module: imported } of module.imports) {
      if (imported instanceof File) {
        const [tree, ...others] = assets.treesOf(imported, path);
        if (tree) declared.push(declaredOptions(tree, others));
      } else if (isModuleCode(imported[EXPR])) declared.push(declaredOptions(imported[EXPR]));
      else unknown.add(textOf(imported[EXPR]));
    }
  }
  for (const known of table.modules ?? []) unknown.delete(known);
  return { declared, unknown: [...unknown] };
}

function* modulesOf(fleet: Fleet): Iterable<[Contribution, string]> {
  for (const host of fleet.hosts) {
    yield [host.module, host.path];
    for (const part of [...host.parts, ...host.sharedParts]) yield [part.module, part.path];
  }
  for (const home of homesOf(fleet)) {
    yield [home.module, home.path];
    for (const part of home.parts) yield [part.module, part.path];
  }
}

const isModuleCode = ({ kind }: Expr) => kind === 'set' || kind === 'lambda' || kind === 'let' || kind === 'with';

function textOf(node: Expr): string {
  try {
    return print(node).trim();
  } catch {
    return '';
  }
}

type Judged = Pick<Diagnostic, 'code' | 'severity' | 'message' | 'help'>;

/** What a problem is worth: a table that came with cdknix may be older than the user's inputs, and modules may add options. */
function judge(problem: Problem, table: OptionTable, others: OtherModules, tables: Tables): Judged | undefined {
  const { code, message, help, option } = problem;
  const certain = table.source === 'import' ? 'error' : 'warning';
  // Nix itself only warns of an old name.
  if (code === 'option-renamed') return { code, severity: 'warning', message, help };
  if (code !== 'option-unknown') return { code, severity: certain, message, help };
  if (others.declared.some((one) => isDeclared(one, option))) return undefined;
  const elsewhere = otherClass(option, table.class, tables);
  if (elsewhere) return { severity: certain, ...elsewhere };
  const { unknown } = others;
  if (!unknown.length) return { code, severity: certain, message, help };
  if (unknown.some((text) => option.some((name) => text.includes(String(name).toLowerCase())))) return undefined;
  const learn = `if ${unknown.join(' or ')} declares it, run cdknix import, which reads its options`;
  return { code, severity: 'warning', message, help: `${help}; ${learn}` };
}

const systems = { nixos: 'NixOS', darwin: 'nix-darwin', home: 'Home Manager' } as const;

const cures = {
  nixos: 'set it on the NixOS host, or in the nixos part of a feature',
  darwin: 'set it on the Mac, or in the darwin part of a feature',
  home: 'set it on the HomeUser, or in the home part of a feature',
} as const;

/** An option of another module system, set in this one. */
function otherClass(option: Place, of: ModuleClass, tables: Tables): Omit<Judged, 'severity'> | undefined {
  const order =
    of === 'home'
      ? (['nixos', 'darwin'] as const)
      : of === 'nixos'
        ? (['home', 'darwin'] as const)
        : (['home', 'nixos'] as const);
  const system = order.find((one) => isIn(tables(one).options, option));
  if (!system) return undefined;
  return {
    code: 'option-class',
    message: `${showPath(option)} is an option of ${systems[system]}, and this is a module for ${systems[of]}`,
    help: cures[system],
  };
}

/** The change of the source that gives an option its new name. */
function fixOf({ option, renameTo }: Problem, call: Fix['call'], place: Place, table: OptionTable): Fix {
  const names = renameTo!.split('.');
  const target = isIn(table.options, names) ? names : [...option.slice(0, -1), ...names];
  let common = 0;
  while (common < option.length - 1 && option[common] === target[common]) common++;
  // The place may have lists of mkMerge between the names.
  let at = place.length;
  for (let i = option.length - 1; i >= common && at > 0; ) if (place[--at] === option[i]) i--;
  return { call, from: place, to: [...place.slice(0, at), ...target.slice(common)] };
}
