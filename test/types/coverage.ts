import { checkDefinitions } from '../../lib/options/check/check';
import { successorOf } from '../../lib/options/option-at';
import { isOption, type Option, type OptionTree, type OptionType } from '../../lib/options/type';

/** All options in a tree, those of types among them; what a renamed option takes is said by the one that replaced it. */
export function optionsIn(tree: OptionTree): Option[] {
  return Object.values(tree).flatMap((member) =>
    isOption(member)
      ? [member, ...(member[1]?.renamedTo === undefined ? optionsOf(member[0]) : [])]
      : optionsIn(member),
  );
}

function optionsOf(type: OptionType): Option[] {
  if (typeof type === 'string') return [];
  switch (type.kind) {
    case 'submodule':
    case 'attrTag':
      return optionsIn(type.options);
    case 'listOf':
    case 'attrsOf':
    case 'nullOr':
    case 'functionTo':
    case 'unique':
      return optionsOf(type.of);
    case 'either':
      return type.of.flatMap(optionsOf);
    case 'coercedTo':
      return [...optionsOf(type.from), ...optionsOf(type.to)];
    default:
      return [];
  }
}

/** Whether an option, or what replaced it, may not be set. */
export function isClosed(option: Option, root: OptionTree): boolean {
  const as = successorOf(option, root);
  return isOption(as) && Boolean(as[1]?.readOnly || as[1]?.removed);
}

/**
 * Sets that together give each option that can be set a right value of each kind that it takes: one of each type of a union,
 * each value of an enumeration.
 *
 * @param written the options that are set
 */
export function rightSets(tree: OptionTree, root: OptionTree, written: Set<Option>): string[] {
  const membersOf = (member: Option | OptionTree): string[] => {
    if (!isOption(member)) return [...setsOf(member), 'anything'];
    if (isClosed(member, root)) return [];
    written.add(member);
    const as = successorOf(member, root);
    return isOption(as) ? withAnything(valuesOf(as[0])) : ['{}', 'anything'];
  };
  const setsOf = (options: OptionTree): string[] => {
    const members = Object.entries(options).map(([name, member]) => [name, membersOf(member)] as const);
    const count = Math.max(1, ...members.map(([, values]) => values.length));
    return Array.from({ length: count }, (_, turn) => set(members.map(([name, values]) => [name, values[turn]])));
  };
  const valuesOf = (type: OptionType): string[] => {
    if (typeof type === 'string') return atoms[type];
    switch (type.kind) {
      case 'int':
      case 'float':
      case 'number':
        return [String(type.min ?? type.max ?? 1)];
      case 'str':
      case 'path':
        return atoms[type.kind];
      case 'enum':
        return type.values.map((value) => JSON.stringify(value));
      case 'listOf':
        return [list(withAnything(valuesOf(type.of)))];
      case 'attrsOf':
        return [set(withAnything(valuesOf(type.of)).map((value, index) => [`a${index}`, value]))];
      case 'nullOr':
        return [...valuesOf(type.of), 'null'];
      case 'either':
        return type.of.flatMap(valuesOf);
      case 'coercedTo':
        return [...valuesOf(type.from), ...valuesOf(type.to)];
      case 'functionTo':
        return ['lambda'];
      case 'unique':
        return valuesOf(type.of);
      case 'attrTag':
        return Object.entries(type.options).flatMap(([tag, member]) =>
          membersOf(member).map((value) => set([[tag, value]])),
        );
      case 'submodule':
        return type.freeform ? [...setsOf(type.options), '{ "a b": [1] }'] : setsOf(type.options);
    }
  };
  return setsOf(tree);
}

/** A set with each member on lines of its own; a member without a value is left out. */
function set(members: readonly (readonly [name: string, value: string | undefined])[]): string {
  const lines = members.flatMap(([name, value]) =>
    value === undefined ? [] : [`${JSON.stringify(name)}: ${value},\n`],
  );
  return `{\n${lines.join('')}}`;
}

/** An expression of which nothing is known may stand for any value. */
const withAnything = (values: readonly string[]) => [...values, 'anything'];

const list = (elements: readonly string[]) => `[\n${elements.map((element) => `${element},\n`).join('')}]`;

const atoms = {
  any: ['1', '{ a: ["b"] }', 'lambda'],
  data: ['{ a: [1, "b", null, { c: true }] }', 'null', '1'],
  bool: ['true', 'false'],
  int: ['1'],
  float: ['1.5'],
  number: ['1', '1.5'],
  str: ['"text"', 'text'],
  path: ['"/path"', 'text', 'hello'],
  package: ['hello'],
  attrs: ['{ a: { b: 1 } }'],
  module: ['{ a: 1 }', '"./module.nix"'],
  nixos: ['{ services: { nginx: { enable: true } } }'],
  darwin: ['{ homebrew: { enable: true } }'],
  home: ['{ programs: { git: { enable: true } } }'],
};

/**
 * A set that gives each option a wrong value, on a line of its own.
 *
 * @param open options that take anything, or nothing that is wrong in all cases
 */
export function wrongSet(tree: OptionTree, root: OptionTree, open: Set<Option>): string {
  const member = (at: Option | OptionTree): string | undefined => {
    if (!isOption(at)) return all(at);
    const as = successorOf(at, root);
    if (!isOption(as) || isClosed(as, root)) return '1';
    const inner = within(as[0]);
    if (inner !== undefined) return inner;
    const wrong = wrongOf(as[0]).find((value) => !takes(as[0], value));
    if (!wrong) open.add(as);
    return wrong && JSON.stringify(wrong.value);
  };
  const all = (options: OptionTree): string =>
    set(Object.entries(options).map(([name, at]) => [name, member(at)] as const));
  /** The options in a type, if these are all that it takes. */
  const within = (type: OptionType): string | undefined => {
    if (typeof type === 'string') return undefined;
    switch (type.kind) {
      case 'submodule':
      case 'attrTag':
        return all(type.options);
      case 'listOf':
      case 'attrsOf': {
        const inner = within(type.of);
        return inner && (type.kind === 'listOf' ? `[${inner}]` : `{ a: ${inner} }`);
      }
      case 'nullOr':
      case 'unique':
        return within(type.of);
      default:
        return undefined;
    }
  };
  return all(tree);
}

/** A value, in an object as it may be null. */
interface Wrong {
  readonly value: unknown;
}

/** Values that may be wrong for a type, those first that are wrong in a small part. */
function wrongOf(type: OptionType): Wrong[] {
  const parts = typeof type === 'string' ? [] : partsOf(type);
  return [...parts, ...[true, 1, 'wrong', null, [], {}].map((value) => ({ value }))];
}

function partsOf(type: Exclude<OptionType, string>): Wrong[] {
  switch (type.kind) {
    case 'listOf':
      return wrongOf(type.of).map(({ value }) => ({ value: [value] }));
    case 'attrsOf':
      return wrongOf(type.of).map(({ value }) => ({ value: { a: value } }));
    case 'nullOr':
    case 'unique':
      return wrongOf(type.of);
    case 'enum':
      return [{ value: 'wrong' }];
    default:
      return [];
  }
}

function takes(type: OptionType, { value }: Wrong): boolean {
  return checkDefinitions({ option: value }, { option: [type] }, { fill: (hole) => hole }).length === 0;
}
