import { accepts } from './accepts';
import { explained } from './check-explain';
import { type Fill, formOf, type Members, Opaque, Property, type Shape, shapeOf } from './shape';
import {
  type Compound,
  type Facts,
  isOption,
  kindOf,
  memberOf,
  type Option,
  type OptionTree,
  type OptionType,
  type Submodule,
} from './type';

/** What is wrong with a definition. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly help: string;
  /** The names of the option that is concerned, with the names of attributes and the indices of lists on the way. */
  readonly option: Place;
  /** Where it stands in the value: the names and indices on the way, as the user nested them. */
  readonly place: Place;
  /** The dotted name to write instead. */
  readonly renameTo?: string;
}

export type ProblemCode =
  | 'option-unknown'
  | 'option-type'
  | 'option-value'
  | 'option-read-only'
  | 'option-renamed'
  | 'option-removed';

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
  readonly optionsOf?: (system: 'nixos' | 'darwin' | 'home') => OptionTree | undefined;
}

/** What is wrong with the definitions in a value, as `set` takes it, in the order in which they stand there. */
export function checkDefinitions(value: unknown, options: OptionTree, surroundings: Surroundings): Problem[] {
  const check: Check = {
    ...surroundings,
    root: options,
    findings: [],
    option: [],
    place: [],
    systems: 0,
    outer: undefined,
    misplaced: undefined,
  };
  checkGroup(check, value, { options, isModule: true });
  return check.findings.length ? explained(check.findings, options) : [];
}

/** Something wrong that is not put in words yet. */
export interface Finding {
  readonly what: 'unknown' | 'type' | 'group' | 'misplaced' | 'read-only' | 'renamed' | 'removed';
  readonly option: Place;
  readonly place: Place;
  readonly shape: Shape;
  readonly type?: OptionType;
  /** The group that was searched, or that was given something else than a set. */
  readonly group?: OptionTree;
  /** The new name of a renamed option. */
  readonly renamedTo?: string | undefined;
}

interface Check extends Surroundings {
  readonly root: OptionTree;
  readonly findings: Finding[];
  /** Where the check is now. */
  readonly option: (string | number)[];
  readonly place: (string | number)[];
  /** How many configurations inside each other this is. */
  systems: number;
  /** The priority or order around the definition, on its own option or on a group above. */
  outer: Property | undefined;
  /** The one that holds what it must not, until that is found. */
  misplaced: Property | undefined;
}

/** Options that a set is checked against. */
interface Group {
  readonly options: OptionTree;
  /** The type of names that are no options. */
  readonly freeform?: OptionType | undefined;
  /** Whether it is the top of a module, where the parts of one may stand. */
  readonly isModule: boolean;
}

/** Deeper than any configuration; what is deeper still is left to `fromJs`, which finds cycles. */
const deepest = 500;

/** More configurations inside each other than any host has. */
const mostSystems = 8;

/** The parts of a module, beside options. */
const moduleParts = new Set([
  '_class',
  '_file',
  '_module',
  'config',
  'disabledModules',
  'freeformType',
  'imports',
  'key',
  'meta',
  'options',
  'require',
]);

function checkGroup(check: Check, value: unknown, group: Group): void {
  if (check.place.length > deepest) return;
  const { outer, misplaced } = check;
  let shape = shapeOf(value, check.fill);
  for (; shape instanceof Property; shape = shapeOf(shape.content, check.fill)) {
    if (shape.form === 'merge') {
      eachContent(check, shape, (content) => checkGroup(check, content, group));
      break;
    }
    // Nix hands both on to each option below, in this order.
    if (check.outer !== undefined) check.misplaced = check.outer;
    else if (shape.form === 'override') check.outer = shape;
  }
  if (!(shape instanceof Property)) checkGroupShape(check, shape, group);
  check.outer = outer;
  check.misplaced = check.misplaced && misplaced;
}

function checkGroupShape(check: Check, shape: Shape, group: Group): void {
  const form = formOf(shape);
  if (form === 'set') checkMembers(check, shape as Members, group);
  else if (form !== 'unknown' && form !== 'nothing') {
    if (!group.isModule || (form !== 'function' && form !== 'path')) {
      found(check, { what: 'group', shape, group: group.options });
    }
  }
}

function eachContent(check: Check, merge: Property, visit: (content: unknown) => void): void {
  const contents = shapeOf(merge.content, check.fill);
  if (!Array.isArray(contents)) return;
  for (let index = 0; index < contents.length; index++) {
    check.place.push(index);
    visit(contents[index]);
    check.place.pop();
  }
}

function checkMembers(check: Check, members: Members, { options, freeform, isModule }: Group): void {
  for (const name of Object.keys(members)) {
    const value = members[name];
    if (value === undefined) continue;
    const member = memberOf(options, name);
    check.option.push(name);
    check.place.push(name);
    if (member === undefined) {
      if (freeform !== undefined) checkDefinition(check, value, memberType(freeform));
      else if (isModule && moduleParts.has(name)) {
        if (name === 'config') checkGroup(check, value, { options, isModule: false });
      } else if (!isVoid(value)) found(check, { what: 'unknown', shape: shapeOf(value, check.fill), group: options });
    } else if (isOption(member)) checkOption(check, value, member);
    else {
      const inner = freeform === undefined ? undefined : memberType(freeform);
      checkGroup(check, value, { options: member, freeform: inner, isModule: false });
    }
    check.option.pop();
    check.place.pop();
  }
}

/** Whether a value says nothing: an object of nothing but `undefined`. An empty one is a definition. */
function isVoid(value: unknown, depth = 0): boolean {
  if (value === undefined) return true;
  if (depth > deepest || typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const shape = shapeOf(value, () => undefined);
  if (shape !== value) return false;
  const names = Object.keys(value);
  return names.length > 0 && names.every((name) => isVoid((value as Members)[name], depth + 1));
}

/** The type of the names in the sets of a freeform type, to which a name that no option has goes. */
function memberType(type: OptionType): OptionType {
  if (typeof type === 'string') return type === 'data' ? type : 'any';
  switch (type.kind) {
    case 'attrsOf':
      return type.of;
    case 'nullOr':
    case 'unique':
      return memberType(type.of);
    case 'either':
      // The first one that takes sets is the one that gets it.
      return memberType(type.of.find((one) => accepts(one, {}) !== false) ?? 'any');
    default:
      return 'any';
  }
}

function checkOption(check: Check, value: unknown, [type, facts]: Option): void {
  const what = facts && factOf(facts);
  if (what !== undefined) {
    if (isVoid(value)) return;
    found(check, { what, shape: undefined, renamedTo: facts?.renamedTo });
    if (what !== 'renamed') return;
  }
  checkDefinition(check, value, type);
}

function factOf({ removed, readOnly, renamedTo }: Facts): 'removed' | 'read-only' | 'renamed' | undefined {
  if (removed) return 'removed';
  if (readOnly) return 'read-only';
  return renamedTo === undefined ? undefined : 'renamed';
}

/** Checks a definition of a type: a value, or properties around values. */
function checkDefinition(check: Check, value: unknown, type: OptionType): void {
  if (check.place.length > deepest) return;
  const { outer, misplaced } = check;
  let shape = shapeOf(value, check.fill);
  for (; shape instanceof Property; shape = shapeOf(shape.content, check.fill)) {
    if (check.outer !== undefined && !mayHold(check.outer, shape)) check.misplaced ??= check.outer;
    // Nix never looks at what is not defined.
    if (shape.form === 'merge' || (shape.form === 'if' && shape.argument === false)) break;
    if (shape.form !== 'if') check.outer = shape;
  }
  if (check.misplaced !== undefined && accepts(type, {}) === false) {
    found(check, { what: 'misplaced', shape: check.misplaced, type });
    check.misplaced = undefined;
  } else {
    check.misplaced = undefined;
    if (!(shape instanceof Property)) {
      check.outer = undefined;
      if (shape !== undefined) checkValue(check, shape, type);
    } else if (shape.form === 'merge') {
      eachContent(check, shape, (content) => checkDefinition(check, content, type));
    }
    check.misplaced = misplaced;
  }
  check.outer = outer;
}

/** Whether Nix takes the inner property off too: it does so for conditions and merges first, then one priority, then one order. */
function mayHold(outer: Property, inner: Property): boolean {
  return outer.form === 'override' && inner.form === 'order';
}

function checkValue(check: Check, shape: Shape, type: OptionType): void {
  const accepted = accepts(type, shape);
  if (accepted === false) found(check, { what: 'type', shape, type });
  else if (accepted) checkParts(check, shape, type);
}

/** Checks what is inside a value whose head is accepted. */
function checkParts(check: Check, shape: Shape, type: OptionType): void {
  switch (kindOf(type)) {
    case 'data':
      checkData(check, shape);
      break;
    case 'nixos':
    case 'darwin':
    case 'home':
      checkSystem(check, shape, type as 'nixos' | 'darwin' | 'home');
      break;
    default:
      if (typeof type !== 'string') checkCompound(check, shape, type);
  }
}

function checkCompound(check: Check, shape: Shape, type: Compound): void {
  switch (type.kind) {
    case 'listOf':
      checkElements(check, shape as readonly unknown[], type.of);
      break;
    case 'attrsOf':
      checkAttrs(check, shape as Members, type.of);
      break;
    case 'nullOr':
      if (shape !== null) checkValue(check, shape, type.of);
      break;
    case 'either':
      checkEither(check, shape, type.of);
      break;
    case 'coercedTo':
      // What a `from` is made into is known to Nix only.
      if (accepts(type.from, shape) === false) checkValue(check, shape, type.to);
      break;
    case 'unique':
      checkValue(check, shape, type.of);
      break;
    case 'attrTag':
      checkMembers(check, shape as Members, { options: type.options, isModule: false });
      break;
    case 'submodule':
      checkSubmodule(check, shape, type);
      break;
  }
}

function checkSystem(check: Check, shape: Shape, system: 'nixos' | 'darwin' | 'home'): void {
  const options = check.optionsOf?.(system);
  if (options === undefined || formOf(shape) !== 'set' || check.systems === mostSystems) return;
  check.systems++;
  checkMembers(check, shape as Members, { options, isModule: true });
  check.systems--;
}

function checkElements(check: Check, elements: readonly unknown[], type: OptionType): void {
  for (let index = 0; index < elements.length; index++) {
    check.option.push(index);
    check.place.push(index);
    checkDefinition(check, elements[index], type);
    check.option.pop();
    check.place.pop();
  }
}

function checkAttrs(check: Check, members: Members, type: OptionType): void {
  for (const name of Object.keys(members)) {
    check.option.push(name);
    check.place.push(name);
    checkDefinition(check, members[name], isDagEntry(members[name]) ? 'any' : type);
    check.option.pop();
    check.place.pop();
  }
}

/** Home Manager's sets with an order take entries that say what they stand before and after (modules/lib/types-dag.nix). */
function isDagEntry(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'data')) return false;
  return Object.hasOwn(value, 'after') && Object.hasOwn(value, 'before');
}

/** Nix takes the first alternative that accepts the head; where several may be it, one that finds nothing wrong is enough. */
function checkEither(check: Check, shape: Shape, types: readonly OptionType[]): void {
  const { findings } = check;
  const start = findings.length;
  let first: number | undefined;
  for (const type of types) {
    const accepted = accepts(type, shape);
    if (accepted === false) continue;
    const before = findings.length;
    checkValue(check, shape, type);
    if (findings.length === before) {
      findings.length = start;
      return;
    }
    first ??= findings.length;
    if (accepted) break;
  }
  findings.length = first ?? start;
}

function checkSubmodule(check: Check, shape: Shape, { options, freeform }: Submodule): void {
  if (formOf(shape) !== 'set') return;
  const members = shape as Members;
  // A module in its long form, or one that says how it is to be checked.
  const parts = ['_module', 'options', 'freeformType'];
  if (parts.some((name) => Object.hasOwn(members, name) && !Object.hasOwn(options, name))) return;
  checkMembers(check, members, { options, freeform, isModule: true });
}

/** A file format holds anything but functions, at any depth. */
function checkData(check: Check, shape: Shape): void {
  if (typeof shape !== 'object' || shape === null || shape instanceof Opaque) return;
  const seen = new Set<unknown>();
  // Not by recursion, as data may be deep; each step is a value, or the end of one.
  const steps: (readonly [name: string | number, value: unknown] | undefined)[] = [];
  const { option, place } = check;
  const open = (container: object) => {
    if (seen.has(container)) return;
    seen.add(container);
    for (const [name, value] of Object.entries(container).reverse()) {
      steps.push(undefined, [Array.isArray(container) ? Number(name) : name, value]);
    }
  };
  open(shape);
  while (steps.length) {
    const step = steps.pop();
    if (step === undefined) {
      option.pop();
      place.pop();
      continue;
    }
    const [name, value] = step;
    option.push(name);
    place.push(name);
    let inner = shapeOf(value, check.fill);
    while (inner instanceof Property && inner.form !== 'merge') inner = shapeOf(inner.content, check.fill);
    const form = formOf(inner);
    if (form === 'function') found(check, { what: 'type', shape: inner, type: 'data' });
    else if (form === 'set' || form === 'list') open(inner as object);
  }
}

function found(check: Check, finding: Omit<Finding, 'option' | 'place'>): void {
  check.findings.push({ ...finding, option: [...check.option], place: [...check.place] });
}
