import type { Fill, Property, Shape } from '../shape';
import type { OptionTree, OptionType } from '../type';

/**
 * The way to a value inside another one: a name for each set, an index for each list, the list of a `mkMerge` among them.
 * Conditions, priorities, orders, lazies and parentheses are not on the way.
 */
export type Place = readonly (string | number)[];

/** What a check needs to know beside the options. */
export interface Surroundings {
  /** What stands in the place of a hole, such as a file or a lazy. */
  readonly fill: Fill;
  /** The options of a configuration inside this one, such as a container's; they are not looked at where it is absent. */
  readonly optionsOf?: ((system: 'nixos' | 'darwin' | 'home') => OptionTree | undefined) | undefined;
}

/** Something wrong that is not put in words yet. */
export interface Finding {
  readonly what:
    | 'unknown'
    | 'type'
    | 'group'
    | 'misplaced'
    | 'ordered'
    | 'required'
    | 'read-only'
    | 'renamed'
    | 'removed';
  readonly option: Place;
  readonly place: Place;
  /** What was given: the value, or the property around it that is at fault. */
  readonly shape?: Shape;
  readonly type?: OptionType;
  /** The group that was searched, or that was given something else than a set. */
  readonly group?: OptionTree;
  /** The names of what replaced a renamed option. */
  readonly renamedTo?: Place;
  /** The names below a set of options that it needs. */
  readonly required?: readonly (readonly string[])[];
}

/** A check on its way through a value. */
export interface Check extends Surroundings {
  readonly findings: Finding[];
  /** Where it is now. */
  readonly option: (string | number)[];
  readonly place: (string | number)[];
  /** The options at the top of the module that it is in. */
  root: OptionTree;
  /** How many names of the option lead to that module. */
  base: number;
  /** How many configurations inside each other this is. */
  systems: number;
  /** The priority or order around the definition, on its own option or on a group above. */
  outer: Property | undefined;
  /** A priority or order that holds what it must not, until it is told. */
  misplaced: Misplaced | undefined;
  /** The order around the value that is being looked at. */
  ordered: Property | undefined;
  /** Whether the value is an element of a list as a whole. */
  isElement: boolean;
}

/** A property inside of another one, where Nix does not see it. */
export interface Misplaced {
  readonly outer: Property;
  readonly inner: Property;
}

/** Deeper than any configuration; what is deeper still is left to `fromJs`, which finds cycles. */
export const deepest = 500;

/** Notes what is wrong where the check is. */
export function found(check: Check, finding: Omit<Finding, 'option' | 'place'>): void {
  check.findings.push({ ...finding, option: check.option.slice(), place: check.place.slice() });
}
