import { optionNames } from './option-names';
import { isOption, memberOf, type Option, type OptionTree, type OptionType } from './type';

/**
 * What is defined by a definition of an option: the option itself, unless it was renamed and the tree has what replaced it,
 * an option or a group.
 *
 * @param seen options that led here
 */
export function successorOf(option: Option, root: OptionTree, seen: readonly Option[] = []): Option | OptionTree {
  const name = option[1]?.renamedTo;
  if (name === undefined || seen.includes(option)) return option;
  let at: Option | OptionTree | undefined = root;
  for (const part of optionNames(name)) {
    at = isOption(at) ? memberOfType(at[0], part) : memberOf(at, part);
    if (!at) return saysNothing(option) ? ['any', option[1]] : option;
    if (isOption(at)) at = successorOf(at, root, [...seen, option]);
  }
  return at;
}

/** The type of an option that was renamed to a group; it takes nothing by itself. */
const saysNothing = ([type]: Option) =>
  typeof type === 'object' && type.kind === 'submodule' && !type.freeform && !Object.keys(type.options).length;

/** What an attribute is in a value of a type; a name that is not known may be one of attributes by any name. */
function memberOfType(type: OptionType, name: string): Option | OptionTree | undefined {
  if (type === 'data') return [type];
  if (type === 'attrs' || type === 'any') return ['any'];
  if (typeof type === 'string') return undefined;
  switch (type.kind) {
    case 'attrsOf':
      return [type.of];
    case 'nullOr':
    case 'unique':
      return memberOfType(type.of, name);
    case 'either':
      return firstMember(type.of, name);
    case 'coercedTo':
      return firstMember([type.to, type.from], name);
    case 'attrTag':
      return memberOf(type.options, name);
    case 'submodule':
      return memberOf(type.options, name) ?? (type.freeform && memberOfType(type.freeform, name));
  }
}

function firstMember(types: readonly OptionType[], name: string): Option | OptionTree | undefined {
  for (const type of types) {
    const member = memberOfType(type, name);
    if (member) return member;
  }
  return undefined;
}
