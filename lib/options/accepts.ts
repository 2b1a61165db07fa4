import { matchesEre } from './ere';
import { takesNone } from './kinds';
import {
  type Form,
  formOf,
  isOpen,
  kindsOf,
  type Members,
  numberOf,
  type Opaque,
  type PartialText,
  type Shape,
  shapeOf,
} from './shape';
import type { Atom, Compound, OptionType, Text } from './type';

/**
 * Whether a type takes a value, by no more than its head, as the `check` of a type in `lib.types` does; `undefined` where
 * that is not known.
 */
export function accepts(type: OptionType, shape: Shape): boolean | undefined {
  const form = formOf(shape);
  if (form === 'unknown') {
    const known = kindsOf(shape);
    return known && takesNone(type, known) ? false : undefined;
  }
  return typeof type === 'string' ? acceptsAtom(type, shape, form) : acceptsCompound(type, shape, form);
}

function acceptsAtom(type: Atom, shape: Shape, form: Form): boolean | undefined {
  switch (type) {
    case 'any':
      return true;
    case 'data':
      return form !== 'function';
    case 'bool':
    case 'int':
    case 'float':
      return form === type;
    case 'number':
      return form === 'int' || form === 'float';
    case 'str':
      return form === 'str' || form === 'text';
    case 'path':
      return isPath(shape, form, undefined, true);
    case 'package':
      return isPackage(shape, form);
    case 'attrs':
      return form === 'set';
    case 'module':
    case 'nixos':
    case 'darwin':
    case 'home':
      return isModule(shape, form);
  }
}

function acceptsCompound(type: Compound, shape: Shape, form: Form): boolean | undefined {
  switch (type.kind) {
    case 'int':
    case 'float':
    case 'number': {
      if (type.kind === 'number' ? form !== 'int' && form !== 'float' : form !== type.kind) return false;
      const number = numberOf(shape)!;
      return (type.min === undefined || number >= type.min) && (type.max === undefined || number <= type.max);
    }
    case 'str':
      if (form === 'text') return hasForm(type, shape as PartialText);
      return typeof shape === 'string' && hasTextForm(type, shape);
    case 'path':
      return isPath(shape, form, type.inStore, type.absolute);
    case 'enum':
      return isOneOf(type.values, shape, form);
    case 'listOf':
      return form === 'list' && (type.nonEmpty === undefined || (shape as readonly unknown[]).length > 0);
    case 'attrsOf':
      return form === 'set';
    case 'nullOr':
      return form === 'null' || accepts(type.of, shape);
    case 'either':
      return anyOf(type.of, shape);
    case 'coercedTo':
      // What is made of a `from` must be a `to` too, and only Nix knows what that is.
      return anyOf([type.to, type.from], shape);
    case 'functionTo':
      return form === 'function' || (hasSome(shape, form, ['__functor']) ? undefined : false);
    case 'unique':
      return accepts(type.of, shape);
    case 'attrTag':
      return form === 'set' && hasOneTag(type.options, shape as Members);
    case 'submodule':
      return isModule(shape, form);
  }
}

function anyOf(types: readonly OptionType[], shape: Shape): boolean | undefined {
  let answer: boolean | undefined = false;
  for (const type of types) {
    const one = accepts(type, shape);
    if (one) return true;
    if (one === undefined) answer = undefined;
  }
  return answer;
}

/** A module is a set, a function, or the path of a file. */
function isModule(shape: Shape, form: Form): boolean | undefined {
  return form === 'set' || form === 'function' || isPath(shape, form, undefined, true);
}

/** `pathWith` of `lib.types`. */
function isPath(
  shape: Shape,
  form: Form,
  inStore: boolean | undefined,
  absolute: boolean | undefined,
): boolean | undefined {
  if (form === 'path') {
    if (inStore === false || absolute === false) return false;
    const literal = (shape as Opaque).value;
    if (!inStore || literal === undefined) return true;
    return typeof literal === 'string' && literal.startsWith('/') ? isBelowStore(literal) : undefined;
  }
  if (form === 'set') {
    if (!hasSome(shape, form, ['outPath', '__toString'])) return false;
    // A derivation is where it is built, unless it says another text.
    const { outPath, __toString } = shape as Members;
    const place = __toString === undefined ? shapeOf(outPath, () => undefined) : undefined;
    return typeof place === 'string' ? isPath(place, 'str', inStore, absolute) : undefined;
  }
  const text = form === 'text' ? (shape as PartialText).value[0] : shape;
  if (text === undefined || (form === 'text' && inStore !== undefined)) return undefined;
  if (typeof text !== 'string') return false;
  if (inStore !== undefined && inStore !== isBelowStore(text)) return false;
  return absolute === undefined || absolute === text.startsWith('/');
}

function isBelowStore(path: string): boolean {
  return /^\/*nix\/+store\/+[^/]{32}-[^/]/.test(path);
}

/** `package` of `lib.types`: a derivation, or what is a path right below the store. */
function isPackage(shape: Shape, form: Form): boolean | undefined {
  if (form === 'set') return hasSome(shape, form, ['type', 'outPath', '__toString']) ? undefined : false;
  if (form === 'text') {
    const [start] = (shape as PartialText).value;
    return start === undefined || start.startsWith('/') ? undefined : false;
  }
  if (form === 'path') {
    const literal = (shape as Opaque).value;
    // The folder that the flake is in may be such a path itself.
    if (literal === null || (typeof literal === 'string' && /^[./]*$/.test(literal))) return undefined;
    return typeof literal === 'string' && isStorePath(literal);
  }
  return typeof shape === 'string' && isStorePath(shape);
}

function isStorePath(path: string): boolean {
  return /^\/nix\/store\/[^/]+$/.test(path) || /^\/[0-9a-z]{52}$/.test(path);
}

function isOneOf(values: readonly unknown[], shape: Shape, form: Form): boolean | undefined {
  if (form === 'text') return values.some((value) => typeof value === 'string') ? undefined : false;
  // As in Nix, 1 and 1.0 are equal.
  const value = numberOf(shape) ?? shape;
  return values.includes(typeof value === 'bigint' ? Number(value) : value);
}

function hasOneTag(tags: object, set: Members): boolean | undefined {
  const names = Object.keys(set).filter((name) => set[name] !== undefined);
  if (names.some((name) => !Object.hasOwn(tags, name)) || names.length > 1) return false;
  return isOpen(set) ? undefined : names.length === 1;
}

function hasTextForm({ pattern, form }: Text, text: string): boolean | undefined {
  if (pattern !== undefined) return matchesEre(pattern, text);
  switch (form) {
    case 'nonEmpty':
      return /[^ \t\n]/.test(text);
    case 'singleLine':
      return /^[^\n\r]*\n?$/.test(text);
    case 'passwdEntry':
      return !/[\n:]/.test(text);
    default:
      return true;
  }
}

function hasForm({ pattern, form }: Text, { value: parts }: PartialText): boolean | undefined {
  if (pattern !== undefined) return undefined;
  if (form === undefined) return true;
  const sure = parts.some(
    (part) => part !== undefined && hasTextForm({ kind: 'str', form }, part) === (form === 'nonEmpty'),
  );
  return sure ? form === 'nonEmpty' : undefined;
}

/** Whether a set has one of some names that make Nix take it for something else too, or may have. */
function hasSome(shape: Shape, form: Form, names: readonly string[]): boolean {
  if (form !== 'set') return false;
  return isOpen(shape as Members) || names.some((name) => Object.hasOwn(shape as Members, name));
}
