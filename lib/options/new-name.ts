import { optionNames } from './option-names';
import { isOption, memberOf, type Option, type OptionTree } from './type';

type Names = readonly string[];

/**
 * The names that a renamed option has by now, in the module that it is in: those that it was given first may have been
 * renamed too. A way that ends nowhere, or where it began, is not followed.
 */
export function newName(option: Option, root: OptionTree): Names {
  const seen = [option];
  let names: Names = optionNames(option[1]!.renamedTo!);
  for (;;) {
    const [next, length] = optionOn(names, root) ?? [];
    if (next?.[1]?.renamedTo === undefined) return names;
    seen.push(next);
    const further = [...optionNames(next[1].renamedTo), ...names.slice(length)];
    const end = optionOn(further, root);
    if (!end || (end[0] && seen.includes(end[0]))) return names;
    names = further;
  }
}

/** The option that a way leads to or into, and how many of the names are its own; none of a group. */
function optionOn(names: Names, root: OptionTree): readonly [option: Option | undefined, length: number] | undefined {
  let at = root;
  for (const [i, name] of names.entries()) {
    const member = memberOf(at, name);
    if (member === undefined) return undefined;
    if (isOption(member)) return [member, i + 1];
    at = member;
  }
  return [undefined, names.length];
}
