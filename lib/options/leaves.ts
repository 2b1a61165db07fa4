import { accepts } from './accepts';
import type { Place, Surroundings } from './check/state';
import { type NestedOptions, nestedOptions } from './nested-options';
import { type Form, formOf, type Members, numberOf, Property, type Shape, shapeOf } from './shape';
import { isOption, memberOf, type OptionTree, type OptionType, type Submodule } from './type';

/** One definition of one option: what a module says of it. */
export interface Leaf {
  /** The option by its names; those of attributes among them, of lists none. */
  readonly option: readonly string[];
  readonly type: OptionType;
  /** What it is defined as. */
  readonly shape: Shape;
  /** The priority: 100 for a plain definition; `undefined` where a set around it has one of its own, or only Nix knows it. */
  readonly priority: number | undefined;
  /** Whether it is defined under a condition only. */
  readonly conditional: boolean;
  /** Where its elements stand among those of other definitions: 1000 for a plain one. */
  readonly order: number | undefined;
  /** Where it stands in the value. */
  readonly place: Place;
}

/** The definitions of options in a value, as `set` takes it, in the order in which they stand there. */
export function leavesOf(value: unknown, options: OptionTree, { fill, optionsOf }: Surroundings): Leaf[] {
  const walk: Walk = { fill, optionsOf, leaves: [], option: [], place: [] };
  addGroup(walk, value, { options }, plain);
  return walk.leaves;
}

/** Whether two definitions of one option cannot stand together: plain and different ones, where it takes one value. */
export function isConflict(a: Leaf, b: Leaf): boolean {
  return isPlainScalar(a) && isPlainScalar(b) && a.shape !== b.shape && !sameNumber(a, b);
}

/** Whether a definition cannot stand beside a different one like it. */
export function isPlainScalar({ priority, conditional, type, shape }: Leaf): boolean {
  return priority === 100 && !conditional && isScalar(type) && literals.has(formOf(shape));
}

const literals: ReadonlySet<Form> = new Set<Form>(['null', 'bool', 'int', 'float', 'str']);

/** As in Nix, 1 and 1.0 are equal. */
function sameNumber(a: Leaf, b: Leaf): boolean {
  const number = numberOf(a.shape);
  return number !== undefined && Number(number) === Number(numberOf(b.shape) ?? Number.NaN);
}

/** Whether an option of a type has one value, so that plain definitions which differ are an error in Nix. */
export function isScalar(type: OptionType): boolean {
  if (typeof type === 'string') return scalars.has(type);
  switch (type.kind) {
    case 'int':
    case 'float':
    case 'number':
    case 'path':
    case 'enum':
      return true;
    case 'str':
      return type.separator === undefined;
    case 'nullOr':
    case 'unique':
      return isScalar(type.of);
    case 'either':
      return type.of.every(isScalar);
    default:
      return false;
  }
}

const scalars: ReadonlySet<OptionType> = new Set<OptionType>([
  'bool',
  'int',
  'float',
  'number',
  'str',
  'path',
  'package',
]);

interface Walk extends Surroundings {
  readonly leaves: Leaf[];
  readonly option: string[];
  readonly place: (string | number)[];
}

type Properties = Pick<Leaf, 'priority' | 'conditional' | 'order'>;

const plain: Properties = { priority: 100, conditional: false, order: 1000 };

/** As deep as the check goes. */
const deepest = 500;

/** Calls `visit` with each value that stands behind conditions, merges, priorities and orders, and what it is to be. */
function unwrap<T>(
  walk: Walk,
  value: unknown,
  outer: Properties,
  visit: (walk: Walk, shape: Shape, as: T, properties: Properties) => void,
  as: T,
): void {
  if (walk.place.length > deepest) return;
  let properties = outer;
  let shape = shapeOf(value, walk.fill);
  for (; shape instanceof Property && shape.form !== 'merge'; shape = shapeOf(shape.content, walk.fill)) {
    if (shape.form === 'if' && shape.argument === false) return;
    properties = within(properties, shape);
  }
  if (!(shape instanceof Property)) {
    if (shape !== undefined) visit(walk, shape, as, properties);
    return;
  }
  const contents = shapeOf(shape.content, walk.fill);
  if (!Array.isArray(contents)) return;
  for (const [index, content] of contents.entries()) {
    walk.place.push(index);
    unwrap(walk, content, properties, visit, as);
    walk.place.pop();
  }
}

function within(outer: Properties, { form, argument }: Property): Properties {
  if (form === 'if') return { ...outer, conditional: outer.conditional || argument !== true };
  const number = typeof argument === 'number' ? argument : undefined;
  if (form === 'order') return { ...outer, order: number };
  // The outermost one counts.
  return outer.priority === 100 ? { ...outer, priority: number } : outer;
}

function addGroup(walk: Walk, value: unknown, group: NestedOptions, outer: Properties): void {
  unwrap(walk, value, outer, addIfSet, group);
}

function addIfSet(walk: Walk, shape: Shape, group: NestedOptions, properties: Properties): void {
  if (formOf(shape) === 'set') addMembers(walk, shape as Members, group, properties);
}

function addMembers(walk: Walk, members: Members, { options, freeform }: NestedOptions, outer: Properties): void {
  for (const name of Object.keys(members)) {
    const member = memberOf(options, name);
    walk.option.push(name);
    walk.place.push(name);
    if (member === undefined) {
      if (freeform !== undefined) addMember(walk, members[name], freeform, outer);
    } else if (isOption(member)) addDefinition(walk, members[name], member[0], outer);
    else {
      const inner = freeform === undefined || freeform === 'data' ? freeform : 'any';
      addGroup(walk, members[name], { options: member, freeform: inner }, outer);
    }
    walk.option.pop();
    walk.place.pop();
  }
}

/** A member of a set of a freeform type. */
function addMember(walk: Walk, value: unknown, type: OptionType, outer: Properties): void {
  if (type === 'data') addDefinition(walk, value, type, outer);
  else if (typeof type !== 'string' && type.kind === 'attrsOf') addDefinition(walk, value, type.of, outer);
  else addDefinition(walk, value, 'any', outer);
}

function addDefinition(walk: Walk, value: unknown, type: OptionType, outer: Properties): void {
  unwrap(walk, value, outer, addValue, type);
}

function addValue(walk: Walk, shape: Shape, type: OptionType, properties: Properties): void {
  const one = chosen(type, shape);
  const members = formOf(shape) === 'set' ? (shape as Members) : undefined;
  if (members === undefined || Object.keys(members).length === 0 || !addParts(walk, members, one, properties)) {
    const { priority, conditional, order } = properties;
    walk.leaves.push({
      option: walk.option.slice(),
      type,
      shape,
      priority,
      conditional,
      order,
      place: walk.place.slice(),
    });
  }
}

/** The alternative of a type that is certain to get a value; the type itself, if none is. */
function chosen(type: OptionType, shape: Shape): OptionType {
  if (typeof type === 'string') return type;
  switch (type.kind) {
    case 'nullOr':
    case 'unique':
      return shape === null ? type : chosen(type.of, shape);
    case 'coercedTo':
      return accepts(type.from, shape) === false ? chosen(type.to, shape) : type;
    case 'either': {
      const first = type.of.find((one) => accepts(one, shape) !== false);
      return first !== undefined && accepts(first, shape) ? chosen(first, shape) : type;
    }
    default:
      return type;
  }
}

/** Adds what is in a set, if its type says what that is. */
function addParts(walk: Walk, members: Members, type: OptionType, outer: Properties): boolean {
  // What a set inside says counts only if the set itself does, and that is decided among all definitions of it.
  const { conditional, priority } = outer;
  const inner = outer === plain ? plain : { conditional, order: 1000, priority: priority === 100 ? 100 : undefined };
  if (type === 'nixos' || type === 'darwin' || type === 'home') {
    const nested = nestedOptions(type, walk.optionsOf);
    if (nested) addMembers(walk, members, nested, inner);
    return nested !== undefined;
  }
  if (type !== 'data' && typeof type === 'string') return false;
  switch (type === 'data' ? type : type.kind) {
    case 'data':
    case 'attrsOf':
      for (const name of Object.keys(members)) {
        walk.option.push(name);
        walk.place.push(name);
        addMember(walk, members[name], type, inner);
        walk.option.pop();
        walk.place.pop();
      }
      return true;
    case 'submodule': {
      const nested = nestedOptions(type as Submodule, walk.optionsOf);
      if (nested) addMembers(walk, members, nested, inner);
      return nested !== undefined;
    }
    case 'attrTag':
      addMembers(walk, members, type as Extract<OptionType, { kind: 'attrTag' }>, inner);
      return true;
    default:
      return false;
  }
}
