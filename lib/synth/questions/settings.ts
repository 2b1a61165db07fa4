import type { Surroundings } from '../../options/check/check';
import { type Found, optionAt, successorOf } from '../../options/option-at';
import { optionNames } from '../../options/option-names';
import { type Entry, entriesOf, plain } from '../../options/resolve/entries';
import type { SourcedValue } from '../../options/resolve/resolve-value';
import { formOf, isOpen, type Members } from '../../options/shape';
import { isOption, memberOf, type Option, type OptionTree } from '../../options/type';
import { getOrInsert } from '../get-or-insert';
import type { OutputModule } from './modules';

/** What modules say of one option. */
export interface Setting {
  readonly option: readonly string[];
  /** Its type and facts; absent if no table has it. */
  readonly known: Option | undefined;
  readonly values: SourcedValue<OutputModule>[];
}

/** What is said of a group of options in a way that only Nix sees into. */
export interface OpaqueGroup {
  readonly group: readonly string[];
  readonly entry: Entry<OutputModule>;
}

/** All options that the modules of a configuration set. */
export interface Settings {
  /** By `keyOf` their names. */
  readonly byOption: ReadonlyMap<string, Setting>;
  readonly opaque: readonly OpaqueGroup[];
}

export const keyOf = (option: readonly string[]) => JSON.stringify(option);

/**
 * The options that modules set.
 *
 * @param modules in the order in which they are merged
 */
export function settingsOf(
  modules: readonly OutputModule[],
  options: OptionTree,
  surroundings: Surroundings,
): Settings {
  const { fill, optionsOf } = surroundings;
  const byOption = new Map<string, Setting>();
  const opaque: OpaqueGroup[] = [];
  for (const module of modules) {
    inGroup(entriesOf(module.config, plain, module, [], fill), options, []);
  }
  return { byOption, opaque };

  function inGroup(entries: readonly Entry<OutputModule>[], group: OptionTree, path: readonly string[]): void {
    for (const entry of entries) {
      const isSet = formOf(entry.shape) === 'set';
      if (!isSet || isOpen(entry.shape as Members)) opaque.push({ group: path, entry });
      if (!isSet) continue;
      const members = entry.shape as Members;
      for (const name of Object.keys(members)) {
        const own = [...path, name];
        const place = [...entry.place, name];
        const member = memberOf(group, name);
        if (member !== undefined && !isOption(member)) {
          inGroup(entriesOf(members[name], entry, entry.by, place, fill), member, own);
        } else add(own, member, { value: members[name], around: entry, by: entry.by, place });
      }
    }
  }

  function add(option: readonly string[], known: Option | undefined, value: SourcedValue<OutputModule>): void {
    // Modules that rename options hand on what is said of the old ones.
    const successor = successorIn(known, options, optionsOf);
    if (successor?.is === 'option') note(successor.path, successor.known as Option, value);
    else if (successor && value.around?.priority === 100) {
      const { option: outer, path } = successor;
      const nested = path.slice(outer.length).reduceRight((one: unknown, name) => ({ [name]: one }), value.value);
      note(outer, optionAt(options, outer, optionsOf).known as Option, { ...value, value: nested });
    } else note(option, known, value);
  }

  function note(option: readonly string[], known: Option | undefined, value: SourcedValue<OutputModule>): void {
    getOrInsert(byOption, keyOf(option), () => ({ option, known, values: [] })).values.push(value);
  }
}

/** What replaced an option that was renamed, and its names: an option, or what is in one. */
export function successorIn(
  option: Option | undefined,
  options: OptionTree,
  optionsOf: Surroundings['optionsOf'],
): (Found & { readonly path: readonly string[] }) | undefined {
  const name = option?.[1]?.renamedTo;
  if (name === undefined || successorOf(option!, options) === option) return undefined;
  const path = optionNames(name);
  const found = optionAt(options, path, optionsOf);
  if (found.is === 'option') return successorIn(found.known as Option, options, optionsOf) ?? { ...found, path };
  return found.is === 'inside' && !path.some(isPlaceholder) ? { ...found, path } : undefined;
}

const isPlaceholder = (name: string) => /^(\*|<.*>)$/s.test(name);
