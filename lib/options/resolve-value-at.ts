import type { Surroundings } from './check';
import { dagElement } from './sentence-dag';
import { isOption, memberOf, type Option, type OptionTree, type OptionType } from './type';

/** What a path leads to in a tree of options. */
export interface Found {
  /** A group; an option; what is in the value of an option; or nothing, as far as the tree knows. */
  readonly is: 'group' | 'option' | 'inside' | 'nothing';
  /** The option that the path leads to or into; of nothing, what there is on the way. */
  readonly option: readonly string[];
  /** How many of the names lead somewhere. */
  readonly depth: number;
  /** What is known of what they lead to. */
  readonly known: Option | OptionTree;
}

/** Follows a path, through groups into options and into what they hold. */
export function optionAt(tree: OptionTree, path: readonly string[], optionsOf: Surroundings['optionsOf']): Found {
  let known: Option | OptionTree = tree;
  let depth = 0;
  let option: readonly string[] | undefined;
  for (const name of path) {
    const next: Option | OptionTree | undefined = isOption(known)
      ? memberOfType(known[0], name, optionsOf)
      : memberOf(known, name);
    if (next === undefined) return { is: 'nothing', option: option ?? path.slice(0, depth), depth, known };
    known = next;
    depth++;
    if (option === undefined && isOption(known)) option = path.slice(0, depth);
  }
  const is = option === undefined ? 'group' : option.length === path.length ? 'option' : 'inside';
  return { is, option: option ?? path, depth, known };
}

/** The names of the options that values of a type have. */
export function namesIn(type: OptionType, optionsOf: Surroundings['optionsOf']): string[] {
  if (type === 'nixos' || type === 'darwin' || type === 'home') return Object.keys(optionsOf?.(type) ?? {});
  if (typeof type === 'string') return [];
  switch (type.kind) {
    case 'nullOr':
    case 'unique':
      return namesIn(type.of, optionsOf);
    case 'either':
      return type.of.flatMap((one) => namesIn(one, optionsOf));
    case 'coercedTo':
      return [type.to, type.from].flatMap((one) => namesIn(one, optionsOf));
    case 'attrTag':
    case 'submodule':
      return Object.keys(type.options);
    default:
      return [];
  }
}

/** What stands at a name in values of a type. */
function memberOfType(
  type: OptionType,
  name: string,
  optionsOf: Surroundings['optionsOf'],
): Option | OptionTree | undefined {
  if (type === 'any' || type === 'attrs') return ['any'];
  if (type === 'data') return ['data'];
  if (type === 'nixos' || type === 'darwin' || type === 'home') {
    const options = optionsOf?.(type);
    return options && memberOf(options, name);
  }
  if (typeof type === 'string') return undefined;
  switch (type.kind) {
    case 'attrsOf': {
      const element = dagElement(type);
      return [element ?? type.of];
    }
    case 'nullOr':
    case 'unique':
      return memberOfType(type.of, name, optionsOf);
    case 'either':
      return first(type.of, name, optionsOf);
    case 'coercedTo':
      return first([type.to, type.from], name, optionsOf);
    case 'attrTag':
      return memberOf(type.options, name);
    case 'submodule':
      return memberOf(type.options, name) ?? (type.freeform && memberOfType(type.freeform, name, optionsOf));
    default:
      return undefined;
  }
}

function first(types: readonly OptionType[], name: string, optionsOf: Surroundings['optionsOf']) {
  for (const type of types) {
    const member = memberOfType(type, name, optionsOf);
    if (member) return member;
  }
  return undefined;
}
