import type { Diagnostic, Fix } from '../../diagnostics';
import type { Definition } from '../../module';
import { checkDefinitions, findIn, type Place, type Problem } from '../../options/check/check';
import type { ModuleClass } from '../../options/config';
import type { Fill } from '../../options/shape';
import { showPath } from '../../options/show-value';
import { isCertain, systems } from '../../options/table';
import { isOption, memberOf, type OptionTree } from '../../options/type';
import type { KnownOptions, OptionsOf } from './known-options';
import type { OptionScope, OptionScopes } from './option-scopes';
import type { OptionSource } from './option-sources';
import { shownLeaf } from './secret-option';
import { ageOf, isOfChannel, isOlder } from './table-age';

/** Checks definitions of a class by the options of those that have them; what is wrong becomes diagnostics. */
export type CheckOptions = (
  of: ModuleClass,
  definitions: readonly Definition[],
  path: string,
  scopes: () => readonly OptionScope[],
) => Diagnostic[];

/** The check for a fleet. */
export function optionCheck({ tables }: OptionScopes, fill: Fill): CheckOptions {
  const surroundingsOf = (optionsOf: OptionsOf) => ({ fill, optionsOf: (of: ModuleClass) => optionsOf(of).options });
  const onTables = surroundingsOf(tables);
  return (of, definitions, path, scopes) => {
    const diagnostics = new Map<string, Diagnostic>();
    for (const { config, position, within = [] } of definitions) {
      // What tables say is right is right whatever else is declared.
      if (!findIn(config, tables(of).options, onTables).length) continue;
      for (const { optionsOf } of scopes()) {
        const own = optionsOf(of);
        for (const problem of checkDefinitions(config, own.options, surroundingsOf(optionsOf))) {
          const found = diagnose(problem, own, optionsOf);
          if (!found) continue;
          const place = problem.place.slice(within.length);
          add({
            ...found,
            path,
            position: shownLeaf(position, place, problem.option),
            ...fixOf(problem, { position, within, place }),
          });
        }
      }
    }
    return [...diagnostics.values()];

    /** Of what is wrong in several scopes, the worst is shown. */
    function add(found: Diagnostic): void {
      const key = JSON.stringify([found.code, found.message, found.position]);
      const known = diagnostics.get(key);
      if (!known || (known.severity !== 'error' && found.severity === 'error')) diagnostics.set(key, found);
    }
  };
}

type ProblemText = Pick<Diagnostic, 'code' | 'severity' | 'message' | 'help'>;

/** What a problem is worth: a table that came with cdknix may be older than the user's inputs, and modules may add options. */
function diagnose(problem: Problem, own: KnownOptions, optionsOf: OptionsOf): ProblemText | undefined {
  const { code, message, help, option } = problem;
  const certain = isCertain(own.table) ? 'error' : 'warning';
  if (code === 'option-renamed' || code === 'option-removed') {
    const age = isOfChannel(own.table, own.channel) ? undefined : ageOf(own.table, own.channel);
    // Nix itself only warns of an old name.
    const severity = code === 'option-renamed' ? 'warning' : certain;
    return { code, severity, message, help: joinedHelp(age, help) };
  }
  if (code !== 'option-unknown') return { code, severity: certain, message, help };
  const inOtherClass = own.isOpen ? undefined : otherClass(option, own, optionsOf);
  if (inOtherClass) return { severity: certain, ...inOtherClass };
  const found = diagnoseUnknown(option, problem, own);
  return found && { code, message, ...found };
}

/** What it is worth that a name is not known, and what to do; nothing where something that is not known may declare it. */
export function diagnoseUnknown(
  option: Place,
  { help, isSlip }: Pick<Problem, 'help' | 'isSlip'>,
  { table, channel, unknown, isOpen, elsewhere }: KnownOptions,
): Pick<ProblemText, 'severity' | 'help'> | undefined {
  const severity = isCertain(table) ? 'error' : 'warning';
  const other = elsewhere?.(option.map(String));
  if (other) return { severity: unknown.length || isOpen ? 'warning' : 'error', help: useOf(other) };
  if (unknown.some((one) => isNamedAfter(one, option))) return undefined;
  const isNear = help.startsWith('did you mean');
  if (isOpen && !isNear) return undefined;
  if (!unknown.length) {
    const age = ageOf(table, channel);
    if (!isSlip) return { severity, help: joinedHelp(age, age === undefined ? help : help.replace(ownImport, '')) };
    return { severity, help: isOlder(table, channel) ? joinedHelp(help, age) : help };
  }
  const learn = `if ${unknown.join(' or ')} declares it, run cdknix import, which reads its options`;
  // The help may say already what to do about a module that is not known.
  return { severity: isNear ? severity : 'warning', help: `${help.replace(ownImport, '')}; ${learn}` };
}

const ownImport = /; if a module of your flake declares it, cdknix import reads its options$/;

/** Whether a module of an input has the name of what is not known. */
function isNamedAfter(module: string, option: Place): boolean {
  const name = String(option.at(-1)).toLowerCase();
  return module
    .toLowerCase()
    .split(/[^a-z0-9_]+/)
    .includes(name);
}

/** What to do about an option that a module of the user's own declares, which is not part of this machine or home. */
function useOf({ part, path }: OptionSource): string {
  if (!part) return `${path} imports a module that declares it: import it here as well, or leave this out`;
  const { name } = part.feature.constructor;
  const feature = name === 'Feature' ? `'${part.name}'` : `'${part.name}' (${name})`;
  return `the feature ${feature} declares it, and is not used here: use it, or leave this out`;
}

const joinedHelp = (...parts: readonly (string | undefined)[]) => parts.filter((one) => one !== undefined).join('; ');

/** The others, the likeliest first. */
const others = { nixos: ['home', 'darwin'], darwin: ['home', 'nixos'], home: ['nixos', 'darwin'] } as const;

const cures = {
  nixos: 'set it on the NixOS host, or in the nixos part of a feature',
  darwin: 'set it on the Mac, or in the darwin part of a feature',
  home: 'set it on the HomeUser, or in the home part of a feature',
} as const;

type TableOptions = Pick<KnownOptions, 'table' | 'options'>;
type TablesOf = (of: ModuleClass) => TableOptions;

/** What to say of an option of another module system that is set in this one. */
export function otherClass(option: Place, own: TableOptions, optionsOf: TablesOf) {
  const system = otherSystem(option, own, optionsOf);
  if (!system) return undefined;
  return {
    code: 'option-class',
    message: `${showPath(option)} is an option of ${systems[system]}, and this is a module for ${systems[own.table.class]}`,
    help: cures[system],
  };
}

/** The other module system that has an option, if one does. */
export function otherSystem(option: Place, { table, options }: TableOptions, optionsOf: TablesOf) {
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
