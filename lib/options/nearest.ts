import { distance } from 'fastest-levenshtein';
import { newName } from './new-name';
import { isOption, memberOf, type Option, type OptionTree } from './type';

/** As many as a person reads. */
export const most = 3;

/** The names that a misspelt one may stand for, the likeliest first. */
export function nearestNames(name: string, names: Iterable<string>): string[] {
  return nearNames(name, names)
    .slice(0, most)
    .map(([one]) => one);
}

/** Of many names, those that a misspelt one may stand for and that no other is nearer than. */
export function closestNames(name: string, names: Iterable<string>): string[] {
  const near = nearNames(name, names);
  return near
    .filter(([, away]) => away === near[0]![1])
    .slice(0, most)
    .map(([one]) => one);
}

function nearNames(name: string, names: Iterable<string>): [string, number][] {
  const limit = name.length <= 4 ? 1 : name.length <= 7 ? 2 : 3;
  const lower = name.toLowerCase();
  const letters = lettersOf(name);
  const near: [string, number][] = [];
  for (const one of names) {
    if (Math.abs(one.length - name.length) > limit) continue;
    const changes = distance(name, one);
    // The same letters in another order are the usual slip of the fingers.
    const isSwapped = changes > 1 && one.length === name.length && lettersOf(one) === letters;
    const away = one.toLowerCase() === lower ? 0 : isSwapped ? 1 : changes;
    if (away <= limit && away < one.length) near.push([one, away]);
  }
  return near.sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
}

const lettersOf = (name: string) => [...name].sort().join('');

/**
 * The options and groups that a name which no option has may stand for: those beside it of a similar name, then those of
 * the same name elsewhere. An old name stands for the new one, and what was removed for nothing.
 *
 * @param path where the name is, with the name
 * @param beside what is there
 * @param below the names that were set below it; what has them is likelier
 */
export function nearestOptions(
  path: readonly string[],
  beside: OptionTree,
  below: readonly string[],
  root: OptionTree,
): string[][] {
  const found = nearestPlaces(path, beside, below, root).flatMap((one) => {
    const now = nameNow(one, root);
    return now ? [now] : [];
  });
  const names = new Map(found.map((one) => [JSON.stringify(one), one]));
  names.delete(JSON.stringify(path));
  return [...names.values()];
}

function nearestPlaces(
  path: readonly string[],
  beside: OptionTree,
  below: readonly string[],
  root: OptionTree,
): string[][] {
  const group = path.slice(0, -1);
  const name = path.at(-1)!;
  const fits = (tree: OptionTree, names: readonly string[]) => (hasAll(memberIn(tree, names), below) ? 0 : 1);
  const similar = nearestNames(name, Object.keys(beside)).map((one): [string[], number] => [
    [...group, one],
    fits(beside, [one]),
  ]);
  const found = similar.sort((a, b) => a[1] - b[1]).map(([one]) => one);
  if (found.length) return found;
  return (indexOf(root).get(name) ?? [])
    .map((one): [string[], number] => [one, fits(root, one) * 10 - shared(one, group)])
    .filter(([one, rank]) => one.length > 1 && rank < (name === 'enable' ? -1 : 1))
    .sort((a, b) => a[1] - b[1] || a[0].length - b[0].length)
    .slice(0, most)
    .map(([one]) => one);
}

/** How many names two paths have in common. */
function shared(one: readonly string[], other: readonly string[]): number {
  return other.filter((name) => one.includes(name)).length;
}

function memberIn(tree: OptionTree, path: readonly string[]) {
  let at: OptionTree | readonly unknown[] | undefined = tree;
  for (const name of path) {
    if (at === undefined || Array.isArray(at)) return undefined;
    at = memberOf(at as OptionTree, name);
  }
  return at;
}

function hasAll(member: unknown, names: readonly string[]): boolean {
  if (Array.isArray(member) || member === undefined) return names.length === 0;
  return names.every((name) => Object.hasOwn(member as OptionTree, name));
}

const indexes = new WeakMap<OptionTree, ReadonlyMap<string, string[][]>>();

/** Where in a tree each name is. Reads all of it, so it is made for an error only. */
function indexOf(root: OptionTree): ReadonlyMap<string, string[][]> {
  let index = indexes.get(root) as Map<string, string[][]> | undefined;
  if (index === undefined) {
    index = new Map();
    addNames(root, [], index);
    indexes.set(root, index);
  }
  return index;
}

function addNames(tree: OptionTree, path: readonly string[], index: Map<string, string[][]>): void {
  for (const name of Object.keys(tree)) {
    const member = tree[name]!;
    const here = [...path, name];
    const facts = isOption(member) ? member[1] : undefined;
    if (!facts?.renamedTo && !facts?.removed) {
      const places = index.get(name);
      if (places) places.push(here);
      else index.set(name, [here]);
    }
    if (!isOption(member)) addNames(member, here, index);
  }
}

/** The name that an option or a group has by now; nothing if it was removed, or if its options went different ways. */
function nameNow(path: readonly string[], root: OptionTree): string[] | undefined {
  const member = memberIn(root, path) as Option | OptionTree | undefined;
  // What is inside of an option is named by the option's own module, which is not at hand.
  if (member === undefined) return [...path];
  if (isOption(member)) {
    if (member[1]?.removed) return undefined;
    return member[1]?.renamedTo === undefined ? [...path] : [...newName(member, root)];
  }
  const all = [...optionsIn(member, [])];
  if (!all.length) return [...path];
  const moved = new Map<string, string[]>();
  for (const { option, below } of all) {
    if (option[1]?.removed) continue;
    if (option[1]?.renamedTo === undefined) return [...path];
    const name = newName(option, root);
    const kept = name.slice(-below.length).join('.') === below.join('.') ? name.slice(0, -below.length) : [];
    moved.set(JSON.stringify(kept), [...kept]);
  }
  const [only, ...others] = moved.values();
  return only?.length && !others.length ? only : undefined;
}

function* optionsIn(
  tree: OptionTree,
  below: readonly string[],
): Generator<{ option: Option; below: readonly string[] }> {
  for (const [name, member] of Object.entries(tree)) {
    if (isOption(member)) yield { option: member, below: [...below, name] };
    else yield* optionsIn(member, [...below, name]);
  }
}

/** Whether a proposal is what a slip of the fingers makes another name of: it stands beside it. */
export function isBeside(path: readonly string[], near: readonly string[]): boolean {
  return near.slice(0, -1).join('.') === path.slice(0, -1).join('.');
}
