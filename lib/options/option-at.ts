import type { Surroundings } from './check/state';
import { dagElement } from './dag';
import { type Kinds, kinds, kindsRead, union } from './kinds';
import { nestedOptions } from './nested-options';
import { optionNames } from './option-names';
import { isOption, memberOf, type Option, type OptionTree, type OptionType } from './type';

type OptionsOf = Surroundings['optionsOf'];

/** A group, an option, or a part of an option's value. */
interface Place {
  readonly known: Option | OptionTree;
  /** The options among which it has its name; none for any attribute, and for elements of lists. */
  readonly beside?: OptionTree;
}

/** What a path leads to in a tree of options. */
export interface Found extends Place {
  /** A group; an option; what is in the value of an option; or nothing, as far as the tree knows. */
  readonly is: 'group' | 'option' | 'inside' | 'nothing';
  /** The option that the path leads to or into; without one, the groups on the way. */
  readonly option: readonly string[];
  /** How many of the names lead somewhere: `known` is what these lead to. */
  readonly depth: number;
}

/**
 * Follows a path through groups into options, and into what they hold.
 *
 * @param path names, those of attributes among them, and indices of lists
 */
export function optionAt(tree: OptionTree, path: readonly (string | number)[], optionsOf: OptionsOf): Found {
  const steps = follow(tree, path, optionsOf);
  const depth = steps.length - 1;
  const outer = steps.findIndex(([one]) => isOption(one!.known));
  const is = depth < path.length ? 'nothing' : outer < 0 ? 'group' : outer === depth ? 'option' : 'inside';
  // The names of groups are no indices.
  const option = path.slice(0, outer < 0 ? depth : outer) as string[];
  return { ...steps[depth]![0]!, is, option, depth };
}

/**
 * What is defined by a definition of an option: the option itself, unless it was renamed and the tree has what replaced it,
 * an option or a group.
 *
 * @param seen options that led here
 */
export function successorOf(option: Option, root: OptionTree, seen: readonly Option[] = []): Option | OptionTree {
  const name = option[1]?.renamedTo;
  if (name === undefined || seen.includes(option)) return option;
  const path = optionNames(name);
  const steps = follow(root, path, undefined, (one) => successorOf(one, root, [...seen, option]));
  if (steps.length > path.length) return steps.at(-1)![0]!.known;
  return saysNothing(option) ? ['any', option[1]] : option;
}

/** The type of an option that was renamed to a group; it takes nothing by itself. */
const saysNothing = ([type]: Option) =>
  typeof type === 'object' && type.kind === 'submodule' && !type.freeform && !Object.keys(type.options).length;

/** The kinds of what a path leads to when it is read; nothing where the tree does not tell. */
export function kindsAt(tree: OptionTree, path: readonly (string | number)[], optionsOf: OptionsOf): Kinds | undefined {
  const ways = follow(tree, path, optionsOf);
  const outer = ways.findIndex(([one]) => isOption(one!.known));
  if (outer < 0) return ways.length > path.length ? kinds('set') : undefined;
  const option = successorOf(ways[outer]![0]!.known as Option, tree);
  const names = ['option', ...path.slice(outer)];
  const [, ...steps] = follow({ option }, names, optionsOf);
  const isKnown = steps.length === names.length && !steps.flat().some(({ known }) => isOption(known) && isOther(known));
  if (!isKnown) return undefined;
  return union(steps.at(-1)!.map(({ known }) => (isOption(known) ? kindsRead(known[0]) : kinds('set'))));
}

/** Whether what is read of an option may be something else than what its type says. */
const isOther = ([, facts]: Option) => !!(facts?.applied || facts?.removed || facts?.renamedTo !== undefined);

/** The names of the options in a group, or in values of an option. */
export function namesIn(known: Option | OptionTree, optionsOf: OptionsOf): string[] {
  return insidesOf(known, optionsOf).flatMap(({ options }) => Object.keys(options));
}

/**
 * The places on a path, as far as it leads: the root, and those of each name. There are several where a value may be of several
 * types; a type that does not lead on is left behind.
 *
 * @param as what to take an option on the way for
 */
function follow(
  tree: OptionTree,
  path: readonly (string | number)[],
  optionsOf: OptionsOf,
  as?: (option: Option) => Option | OptionTree,
): Place[][] {
  const steps: Place[][] = [[{ known: tree }]];
  for (const name of path) {
    const places = steps.at(-1)!.flatMap(({ known }) => placesIn(known, name, optionsOf));
    if (!places.length) break;
    steps.push(as ? places.map((one) => (isOption(one.known) ? { ...one, known: as(one.known) } : one)) : places);
  }
  return steps;
}

function placesIn(known: Option | OptionTree, name: string | number, optionsOf: OptionsOf): Place[] {
  return insidesOf(known, optionsOf).flatMap(({ options, attributes, elements }): Place[] => {
    if (typeof name === 'number') return elements === undefined ? [] : [{ known: [elements] }];
    const own = memberOf(options, name);
    const named = own === undefined ? [] : [{ known: own, beside: options }];
    // A name that a group has not may be in the open set around it.
    const isOpen = attributes !== undefined && (own === undefined || !isOption(own));
    return isOpen ? [...named, { known: [attributes] }] : named;
  });
}

/** What is inside of values. */
interface Inside {
  readonly options: OptionTree;
  /** The type of all attributes that are no options. */
  readonly attributes?: OptionType;
  readonly elements?: OptionType;
}

function insidesOf(known: Option | OptionTree, optionsOf: OptionsOf): Inside[] {
  return isOption(known) ? insidesOfType(known[0], optionsOf) : [{ options: known }];
}

const none: OptionTree = {};

function insidesOfType(type: OptionType, optionsOf: OptionsOf): Inside[] {
  switch (type) {
    case 'any':
    case 'attrs':
      return [{ options: none, attributes: 'any' }];
    case 'data':
      return [{ options: none, attributes: 'data' }];
    case 'nixos':
    case 'darwin':
    case 'home':
      return [nestedOptions(type, optionsOf) ?? { options: none }];
  }
  if (typeof type === 'string') return [];
  switch (type.kind) {
    case 'listOf':
      return [{ options: none, elements: type.of }];
    case 'attrsOf':
      return [{ options: none, attributes: dagElement(type) ?? type.of }];
    case 'nullOr':
    case 'unique':
      return insidesOfType(type.of, optionsOf);
    case 'either':
      return type.of.flatMap((one) => insidesOfType(one, optionsOf));
    case 'coercedTo':
      return [type.to, type.from].flatMap((one) => insidesOfType(one, optionsOf));
    case 'attrTag':
      return [{ options: type.options }];
    case 'submodule': {
      const { options, freeform } = nestedOptions(type, optionsOf) ?? { options: none };
      const others = freeform === undefined ? [] : insidesOfType(freeform, optionsOf);
      return others.length ? others.map((one) => ({ ...one, options })) : [{ options }];
    }
    default:
      return [];
  }
}
