import type { Surroundings } from './check';
import { isOption, memberOf, type Option, type OptionTree, type OptionType } from './type';

/** An option, with those beside it. */
export interface OptionAt {
  readonly option: Option;
  readonly beside: OptionTree;
}

type Path = readonly (string | number)[];

/**
 * The option at a path, through the submodules on the way; nothing where there is none, or where there may be anything.
 *
 * @param path names, those of attributes among them, and indices of lists
 */
export function optionAt(
  path: Path,
  options: OptionTree,
  optionsOf: Surroundings['optionsOf'] = () => undefined,
): OptionAt | undefined {
  return inTree(options, 0);

  function inTree(tree: OptionTree, at: number): OptionAt | undefined {
    const name = path[at];
    const member = typeof name === 'string' ? memberOf(tree, name) : undefined;
    if (member === undefined) return undefined;
    if (!isOption(member)) return inTree(member, at + 1);
    return at + 1 === path.length ? { option: member, beside: tree } : inType(member[0], at + 1);
  }

  function inType(type: OptionType, at: number): OptionAt | undefined {
    if (typeof type === 'string') {
      const system = type === 'nixos' || type === 'darwin' || type === 'home' ? optionsOf(type) : undefined;
      return system && inTree(system, at);
    }
    switch (type.kind) {
      case 'nullOr':
      case 'unique':
        return inType(type.of, at);
      case 'coercedTo':
        return inType(type.to, at);
      case 'either':
        for (const one of type.of) {
          const found = inType(one, at);
          if (found) return found;
        }
        return undefined;
      case 'listOf':
        return typeof path[at] === 'number' && at + 1 < path.length ? inType(type.of, at + 1) : undefined;
      case 'attrsOf':
        return typeof path[at] === 'string' && at + 1 < path.length ? inType(type.of, at + 1) : undefined;
      case 'attrTag':
        return inTree(type.options, at);
      case 'submodule': {
        const found = inTree(type.options, at);
        return found ?? (type.freeform === undefined ? undefined : inType(type.freeform, at));
      }
      default:
        return undefined;
    }
  }
}
