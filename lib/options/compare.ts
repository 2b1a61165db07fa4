import { type Facts, isOption, type Option, type OptionTree, type OptionType } from './type';

/** How the options of one tree differ from those of an earlier one, by name. */
export interface OptionChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Options that became old names of others. */
  readonly renamed: readonly (readonly [from: string, to: string])[];
}

/** What an option may be set by: `services.nginx.virtualHosts.<name>.root` for one in a submodule, as manuals have it. */
type Names = ReadonlyMap<string, Facts>;

/** Which options were added, removed and renamed; those in submodules too. Sorted. */
export function changesBetween(before: OptionTree, after: OptionTree): OptionChanges {
  const [then, now] = [settable(before), settable(after)];
  const names = (of: Names, where: (name: string, facts: Facts) => boolean) =>
    [...of].filter(([name, facts]) => where(name, facts)).map(([name]) => name);
  return {
    added: names(now, (name, { renamedTo }) => renamedTo === undefined && !then.has(name)).sort(),
    removed: names(then, (name) => !now.has(name)).sort(),
    renamed: names(now, (name, { renamedTo }) => renamedTo !== undefined && then.get(name)?.renamedTo === undefined)
      .filter((name) => then.has(name))
      .sort()
      .map((name) => [name, now.get(name)!.renamedTo!]),
  };
}

/** How many options a tree has that manuals show. */
export function countOptions(tree: OptionTree): number {
  let count = 0;
  for (const { hidden, renamedTo } of settable(tree).values()) if (!hidden && renamedTo === undefined) count++;
  return count;
}

const nothing: Facts = {};

/** Every option that whoever sets it does not get an error for. */
function settable(tree: OptionTree): Names {
  const names = new Map<string, Facts>();
  addTree(tree, '', names);
  return names;
}

function addTree(tree: OptionTree, prefix: string, names: Map<string, Facts>): void {
  for (const [name, member] of Object.entries(tree)) {
    const path = prefix + name;
    if (isOption(member)) addOption(member, path, names);
    else addTree(member, `${path}.`, names);
  }
}

function addOption([type, facts = nothing]: Option, path: string, names: Map<string, Facts>): void {
  if (facts.removed) return;
  names.set(path, facts);
  addType(type, path, names);
}

function addType(type: OptionType, path: string, names: Map<string, Facts>): void {
  if (typeof type === 'string') return;
  switch (type.kind) {
    case 'submodule':
      addTree(type.options, `${path}.`, names);
      if (type.freeform) addType(type.freeform, path, names);
      break;
    case 'attrTag':
      addTree(type.options, `${path}.`, names);
      break;
    case 'attrsOf':
      addType(type.of, `${path}.<name>`, names);
      break;
    case 'listOf':
      addType(type.of, `${path}.*`, names);
      break;
    case 'functionTo':
      addType(type.of, `${path}.<function body>`, names);
      break;
    case 'nullOr':
    case 'unique':
      addType(type.of, path, names);
      break;
    case 'either':
      for (const one of type.of) addType(one, path, names);
      break;
    case 'coercedTo':
      addType(type.from, path, names);
      addType(type.to, path, names);
      break;
  }
}
