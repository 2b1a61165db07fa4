import { accepts } from '../accepts';
import { dagElement } from '../dag';
import { nestedOptions } from '../nested-options';
import { newName } from '../new-name';
import { successorOf } from '../option-at';
import { formOf, type Members, Property, type Shape, shapeOf } from '../shape';
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
} from '../type';
import { checkData } from './data';
import { eachOfDefinition, eachOfGroup } from './properties';
import { missingIn } from './required';
import { type Check, deepest, type Finding, found, type Surroundings } from './state';

/** What is wrong with the definitions in a value, as `set` takes it. */
export function findIn(value: unknown, options: OptionTree, { fill, optionsOf }: Surroundings): Finding[] {
  const check: Check = {
    fill,
    optionsOf,
    findings: [],
    option: [],
    place: [],
    root: options,
    base: 0,
    systems: 0,
    outer: undefined,
    misplaced: undefined,
    ordered: undefined,
    isElement: false,
  };
  checkGroup(check, value, { options, isModule: true });
  return check.findings;
}

/** Options that a set is checked against. */
interface Group {
  readonly options: OptionTree;
  /** The type of names that are no options. */
  readonly freeform?: OptionType | undefined;
  /** Whether it is the top of a module, where the parts of one may stand. */
  readonly isModule: boolean;
}

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
  const shape = shapeOf(value, check.fill);
  if (shape instanceof Property) eachOfGroup(check, shape, (one) => checkGroupShape(check, one, group));
  else checkGroupShape(check, shape, group);
}

function checkGroupShape(check: Check, shape: Shape, group: Group): void {
  const form = formOf(shape);
  if (form === 'set') checkMembers(check, shape as Members, group);
  else if (form === 'unknown' || form === 'nothing') return;
  else if (!group.isModule || (form !== 'function' && form !== 'path')) {
    found(check, { what: 'group', shape, group: group.options });
  }
}

function checkMembers(check: Check, members: Members, group: Group): void {
  for (const name of Object.keys(members)) {
    const value = members[name];
    if (value === undefined) continue;
    check.option.push(name);
    check.place.push(name);
    checkMember(check, value, name, group);
    check.option.pop();
    check.place.pop();
  }
}

function checkMember(check: Check, value: unknown, name: string, { options, freeform, isModule }: Group): void {
  const member = memberOf(options, name);
  if (member !== undefined) {
    if (isOption(member)) checkOption(check, value, member);
    else checkGroup(check, value, { options: member, freeform: freeform && memberType(freeform), isModule: false });
  } else if (freeform !== undefined) {
    checkDefinition(check, value, memberType(freeform));
  } else if (isModule && moduleParts.has(name)) {
    if (name === 'config') checkConfig(check, value, options);
  } else if (!isVoid(value)) {
    found(check, { what: 'unknown', shape: shapeOf(value, check.fill), group: options });
  }
}

/** Checks definitions that a module has in its long form. */
function checkConfig(check: Check, value: unknown, options: OptionTree): void {
  const { base } = check;
  check.base = check.option.length;
  checkGroup(check, value, { options, isModule: false });
  check.base = base;
}

/** Whether a value says nothing: an object of nothing but `undefined`. An empty one is a definition. */
function isVoid(value: unknown, depth = 0): boolean {
  if (value === undefined) return true;
  if (depth > deepest || typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (shapeOf(value, () => undefined) !== value) return false;
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

function checkOption(check: Check, value: unknown, option: Option): void {
  const [type, facts] = option;
  const what = facts && factOf(facts);
  if (what === undefined) checkDefinition(check, value, type);
  else if (!isVoid(value)) {
    if (what !== 'renamed') found(check, { what });
    else {
      found(check, { what, renamedTo: [...check.option.slice(0, check.base), ...newName(option, check.root)] });
      checkRenamed(check, value, option);
    }
  }
}

function factOf({ removed, readOnly, renamedTo }: Facts): 'removed' | 'read-only' | 'renamed' | undefined {
  if (removed) return 'removed';
  if (readOnly) return 'read-only';
  return renamedTo === undefined ? undefined : 'renamed';
}

/** What is given to an old name is given to the new one, if that is known. */
function checkRenamed(check: Check, value: unknown, option: Option): void {
  const successor = successorOf(option, check.root);
  if (successor === option) return;
  if (isOption(successor)) checkDefinition(check, value, successor[0]);
  else checkGroup(check, value, { options: successor, isModule: false });
}

function checkDefinition(check: Check, value: unknown, type: OptionType, isElement = false): void {
  if (check.place.length > deepest) return;
  const shape = shapeOf(value, check.fill);
  // Most have nothing around them.
  if (!(shape instanceof Property) && check.outer === undefined && check.misplaced === undefined) {
    checkShape(check, shape, type, undefined, isElement);
  } else {
    eachOfDefinition(check, shape, type, (one, order, isAll) =>
      checkShape(check, one, type, order, isElement && isAll),
    );
  }
}

function checkShape(
  check: Check,
  shape: Shape,
  type: OptionType,
  order: Property | undefined,
  isElement: boolean,
): void {
  if (shape === undefined) return;
  const { ordered, isElement: wasElement } = check;
  check.ordered = order;
  check.isElement = isElement;
  checkValue(check, shape, type);
  check.ordered = ordered;
  check.isElement = wasElement;
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
      checkCoerced(check, shape, type);
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

function checkElements(check: Check, elements: readonly unknown[], type: OptionType): void {
  for (let index = 0; index < elements.length; index++) {
    check.option.push(index);
    check.place.push(index);
    checkDefinition(check, elements[index], type, true);
    check.option.pop();
    check.place.pop();
  }
}

function checkAttrs(check: Check, members: Members, type: OptionType): void {
  for (const name of Object.keys(members)) {
    check.option.push(name);
    check.place.push(name);
    checkDefinition(check, members[name], type);
    check.option.pop();
    check.place.pop();
  }
}

/**
 * Nix takes the first alternative that accepts the head. Where several may be it, one that finds nothing wrong is enough: so
 * it is with several submodules, as each has a check of its own then that tables do not know, or the others would be in vain.
 */
function checkEither(check: Check, shape: Shape, types: readonly OptionType[]): void {
  const { findings } = check;
  const start = findings.length;
  let least: Finding[] | undefined;
  for (const type of types) {
    const accepted = accepts(type, shape);
    if (accepted === false) continue;
    checkValue(check, shape, type);
    const own = findings.splice(start);
    if (!own.length) return;
    if (least === undefined || own.length < least.length) least = own;
    if (accepted && kindOf(type) !== 'submodule') break;
  }
  if (least) findings.push(...least);
}

type Coerced = Extract<Compound, { readonly kind: 'coercedTo' }>;

function checkCoerced(check: Check, shape: Shape, type: Coerced): void {
  const element = dagElement({ kind: 'attrsOf', of: type });
  if (element === undefined) {
    // What a `from` is made into is known to Nix only.
    if (accepts(type.from, shape) === false) checkValue(check, shape, type.to);
  } else if (isDagEntry(shape)) {
    check.ordered = undefined;
    checkValue(check, shape, type.to);
  } else checkValue(check, shape, element);
}

function isDagEntry(shape: Shape): boolean {
  return formOf(shape) === 'set' && ['after', 'before', 'data'].every((name) => Object.hasOwn(shape as Members, name));
}

function checkSystem(check: Check, shape: Shape, system: Submodule | NonNullable<Submodule['extends']>): void {
  if (check.ordered) found(check, { what: 'ordered', shape: check.ordered });
  if (formOf(shape) !== 'set' || check.systems === mostSystems) return;
  const nested = nestedOptions(system, check.optionsOf);
  if (nested === undefined) return;
  check.systems++;
  checkModule(check, shape as Members, { ...nested, isModule: true });
  check.systems--;
}

function checkSubmodule(check: Check, shape: Shape, type: Submodule): void {
  if (type.extends !== undefined) {
    checkSystem(check, shape, type);
    return;
  }
  const { options, freeform } = type;
  if (check.ordered) found(check, { what: 'ordered', shape: check.ordered });
  if (formOf(shape) !== 'set') return;
  const members = shape as Members;
  const required = check.isElement ? missingIn(members, options) : [];
  if (required.length) found(check, { what: 'required', required });
  // A module in its long form, or one that says how it is to be checked.
  const parts = ['_module', 'options', 'freeformType'];
  if (parts.some((name) => Object.hasOwn(members, name) && !Object.hasOwn(options, name))) return;
  checkModule(check, members, { options, freeform, isModule: true });
}

function checkModule(check: Check, members: Members, group: Group): void {
  const { root, base } = check;
  check.root = group.options;
  check.base = check.option.length;
  checkMembers(check, members, group);
  check.root = root;
  check.base = base;
}
