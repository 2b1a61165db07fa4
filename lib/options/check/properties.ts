import { accepts } from '../accepts';
import { Property, type Shape, shapeOf } from '../shape';
import type { OptionType } from '../type';
import { type Check, deepest, found } from './state';

/** Calls `visit` with what stands behind the properties around a group of options. */
export function eachOfGroup(check: Check, value: unknown, visit: (shape: Shape) => void): void {
  const { outer, misplaced } = check;
  let shape = shapeOf(value, check.fill);
  for (; shape instanceof Property && shape.form !== 'merge'; shape = shapeOf(shape.content, check.fill)) {
    // Nix hands conditions and priorities on to each option below, in this order.
    if (check.outer !== undefined) check.misplaced ??= { outer: check.outer, inner: shape };
    else if (shape.form === 'override') check.outer = shape;
  }
  if (shape instanceof Property) eachContent(check, shape, (content) => eachOfGroup(check, content, visit));
  else visit(shape);
  check.outer = outer;
  // It is told once.
  check.misplaced &&= misplaced;
}

/** Calls `visit` with each value of a type that stands behind the properties around a definition: with its order, and whether it is all. */
export function eachOfDefinition(
  check: Check,
  value: unknown,
  type: OptionType,
  visit: (shape: Shape, order: Property | undefined, isAll: boolean) => void,
  isAll = true,
): void {
  const { outer, misplaced } = check;
  let around = outer;
  let wrong = misplaced;
  let shape = shapeOf(value, check.fill);
  for (; shape instanceof Property; shape = shapeOf(shape.content, check.fill)) {
    if (around !== undefined && !mayHold(around, shape)) wrong ??= { outer: around, inner: shape };
    // Nix never looks at what is not defined.
    if (shape.form === 'merge' || (shape.form === 'if' && shape.argument === false)) break;
    if (shape.form !== 'if') around = shape;
  }
  const seenAs = wrong && takenFor(type, wrong.inner);
  if (wrong !== undefined && seenAs === undefined) {
    found(check, { what: 'misplaced', shape: wrong.outer });
    check.misplaced = undefined;
    return;
  }
  if (seenAs === 'set') return;
  check.misplaced = undefined;
  if (!(shape instanceof Property)) {
    check.outer = undefined;
    visit(shape, around?.form === 'order' ? around : undefined, isAll);
  } else if (shape.form === 'merge') {
    check.outer = around;
    eachContent(check, shape, (content) => eachOfDefinition(check, content, type, visit, false));
  }
  check.outer = outer;
  check.misplaced = misplaced;
}

function eachContent(check: Check, merge: Property, visit: (content: unknown) => void): void {
  const contents = shapeOf(merge.content, check.fill);
  if (!Array.isArray(contents) || check.place.length > deepest) return;
  for (let index = 0; index < contents.length; index++) {
    check.place.push(index);
    visit(contents[index]);
    check.place.pop();
  }
}

/** Whether Nix takes the inner property off too: conditions and merges come off first, then one priority, then one order. */
function mayHold(outer: Property, inner: Property): boolean {
  return outer.form === 'override' && inner.form === 'order';
}

/** What a type takes a property for where Nix does not take it off: a set of any kind, or a module, which has properties again. */
function takenFor(type: OptionType, property: Property): 'set' | 'module' | undefined {
  if (typeof type === 'string') return accepts(type, {}) === false ? undefined : 'set';
  switch (type.kind) {
    case 'submodule':
      return 'module';
    case 'nullOr':
    case 'unique':
      return takenFor(type.of, property);
    case 'either':
      return firstOf(type.of, property);
    case 'coercedTo':
      return firstOf([type.from, type.to], property);
    case 'attrsOf': {
      // The set has the name of the property, and a condition, a list or a number.
      const { form } = property;
      const argument = form === 'if' ? true : form === 'merge' ? [] : 100;
      return accepts(type.of, form) === false || accepts(type.of, argument) === false ? undefined : 'set';
    }
    default:
      return undefined;
  }
}

function firstOf(types: readonly OptionType[], property: Property): 'set' | 'module' | undefined {
  for (const type of types) {
    const one = takenFor(type, property);
    if (one !== undefined) return one;
  }
  return undefined;
}
