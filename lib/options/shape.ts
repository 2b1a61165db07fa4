import {
  type AttrSet,
  type Binary,
  type Expr,
  expr,
  exprOf,
  type Interpolation,
  type Item,
  type Key,
  type Select,
  type Text,
} from '../nix';
import { attributeNames } from '../nix/attribute-names';
import { isOnly, type Kind, type Kinds, kinds, union } from './kinds';
import { builtBy, packageAt, resultOf } from './library';

/**
 * What a value is, as far as that can be seen without Nix.
 *
 * Plain data is its own shape, so looking at it costs nothing. A syntax tree has the shape of the data that it spells, one
 * level at a time: the members of its set and the elements of its list are expressions again.
 */
export type Shape =
  | undefined
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly unknown[]
  | Members
  | Opaque
  | Property;

/** A set by its names. */
export type Members = Readonly<Record<string, unknown>>;

/** The kinds of shapes; `nothing` is `undefined`, which leaves a member out. */
export type Form =
  | 'nothing'
  | 'null'
  | 'bool'
  | 'int'
  | 'float'
  | 'str'
  | 'list'
  | 'set'
  | Opaque['form']
  | Property['form'];

/** What JavaScript has no data for. */
export class Opaque {
  constructor(
    readonly form: 'unknown' | 'float' | 'path' | 'function' | 'text',
    /**
     * Of a float its number, of a text its parts, of a path literal its text (`null` for a path that only Nix knows), of what is
     * unknown its kinds, if these can be told.
     */
    readonly value?: unknown,
  ) {}
}

/** A float that JavaScript would take for an integer. */
export interface Float extends Opaque {
  readonly value: number;
}

/** A string of which some parts are known to Nix only: those are `undefined`. */
export interface PartialText extends Opaque {
  readonly value: readonly (string | undefined)[];
}

/** What only Nix can tell. */
export const UNKNOWN = new Opaque('unknown');
/** The path of a file of the project, which is somewhere below a path in the store. */
export const PATH = new Opaque('path');
/** A function of Nix. */
export const FUNCTION = new Opaque('function');
/** A boolean that is known later. */
export const BOOL = new Opaque('unknown', kinds('bool'));

/** A configuration, which expressions select from. */
export class Configuration {
  /** @param kindsAt the kinds of the option at a path, as far as they are known */
  constructor(readonly kindsAt: (path: readonly string[]) => Kinds | undefined) {}
}

/** A property of the module system around a value: a condition, a merge, a priority or an order (NixOS manual, "Option Definitions"). */
export class Property {
  constructor(
    readonly form: 'if' | 'merge' | 'override' | 'order',
    /** What it is around; of a merge, the list. */
    readonly content: unknown,
    /** Of an `if` the condition, of an override the priority, of an order the place. */
    readonly argument?: unknown,
  ) {}
}

/**
 * What a value that is known later stands for: another value, a shape such as `PATH`, or a `Configuration`; `undefined` if only
 * Nix can tell.
 */
export type Fill = (hole: unknown) => unknown;

/** A set of which some names are known to Nix only. */
const OPEN = Symbol('open');

/** Whether a set may have more names than can be seen. */
export function isOpen(set: Members): boolean {
  return OPEN in set;
}

/** Lazies that give lazies: more than this are an endless chain. */
const longest = 10_000;

export function shapeOf(value: unknown, fill: Fill): Shape {
  let at = value;
  for (let count = 0; count < longest; count++) {
    if (typeof at !== 'object' && typeof at !== 'function') return typeof at === 'symbol' ? UNKNOWN : (at as Shape);
    if (at === null || at instanceof Opaque || at instanceof Property) return at;
    if (at instanceof Configuration) return ofKinds(kinds('set'));
    const node = exprOf(at);
    if (node === undefined) return shapeOfObject(at);
    const inner = bodyOf(node);
    if (inner.kind !== 'hole') return shapeOfNode(inner, fill);
    const filled = fill(inner.value);
    if (filled === undefined && isDeferred(inner.value)) return UNKNOWN;
    at = filled === undefined ? inner.value : filled;
  }
  return UNKNOWN;
}

/** Whether a hole's value stands for nothing but the hole. Any other, such as a value in a template, stands for itself. */
function isDeferred(value: unknown): boolean {
  const node = exprOf(value);
  return value === undefined || (node?.kind === 'hole' && node.value === value);
}

export function formOf(shape: Shape): Form {
  switch (typeof shape) {
    case 'undefined':
      return 'nothing';
    case 'boolean':
      return 'bool';
    case 'number':
      if (Number.isInteger(shape)) return 'int';
      return Number.isFinite(shape) ? 'float' : 'unknown';
    case 'bigint':
      return 'int';
    case 'string':
      return 'str';
    default:
      if (shape === null) return 'null';
      if (Array.isArray(shape)) return 'list';
      return shape instanceof Opaque || shape instanceof Property ? shape.form : 'set';
  }
}

/** The kinds that a value may be of, as far as they can be seen. */
export function kindsOf(shape: Shape): Kinds | undefined {
  const form = formOf(shape);
  if (form === 'unknown') return shape instanceof Opaque ? (shape.value as Kinds | undefined) : undefined;
  if (form === 'set' && mayStandForText(shape as Members)) return undefined;
  const kind = kindOfForm[form];
  return kind && kinds(kind);
}

const kindOfForm: Readonly<Record<Exclude<Form, 'unknown'>, Kind | undefined>> = {
  nothing: undefined,
  null: 'null',
  bool: 'bool',
  int: 'int',
  float: 'float',
  str: 'str',
  text: 'str',
  path: 'path',
  list: 'list',
  set: 'set',
  function: 'function',
  // What a function of the module system gives is a set with a mark.
  if: 'set',
  merge: 'set',
  override: 'set',
  order: 'set',
};

/** Whether Nix may make a text of a set. */
function mayStandForText(set: Members): boolean {
  return isOpen(set) || Object.hasOwn(set, 'outPath') || Object.hasOwn(set, '__toString');
}

const numeric = kinds('int', 'float');

/** What only Nix can tell, but for its kinds. */
function ofKinds(known: Kinds | undefined): Shape {
  return known ? new Opaque('unknown', known) : UNKNOWN;
}

/** A number as JavaScript has it; `undefined` for what is none. */
export function numberOf(shape: Shape): number | bigint | undefined {
  if (typeof shape === 'number' || typeof shape === 'bigint') return shape;
  return shape instanceof Opaque && shape.form === 'float' ? (shape as Float).value : undefined;
}

function shapeOfObject(value: object): Shape {
  if (Array.isArray(value)) return value;
  const prototype = Object.getPrototypeOf(value);
  const plain = prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
  // A set with `_type` is something of the library's: a property that was spelled out, a `literalExpression`, …
  return plain && typeof value !== 'function' && !Object.hasOwn(value, '_type') ? (value as Members) : UNKNOWN;
}

/** The expression whose value a tree has: what stands in parentheses, or behind `let`, `with` and `assert`. */
function bodyOf(node: Expr): Expr {
  let at = node;
  for (;;) {
    if (at.kind === 'paren') at = at.expr;
    else if (at.kind === 'let' || at.kind === 'with' || at.kind === 'assert') at = at.body;
    else return at;
  }
}

/** Strings in strings, and the like: deeper than anybody writes them. */
const deepest = 500;
let depth = 0;

/** The shape of an expression that another one's depends on. */
function shapeInside(node: Expr, fill: Fill): Shape {
  if (depth === deepest) return UNKNOWN;
  depth++;
  try {
    return shapeOf(expr(node), fill);
  } finally {
    depth--;
  }
}

function shapeOfNode(node: Expr, fill: Fill): Shape {
  switch (node.kind) {
    case 'num':
      return numberIn(node.text);
    case 'unary':
      return node.op === '-' ? negative(shapeInside(node.operand, fill)) : ofKinds(kinds('bool'));
    case 'hasAttr':
      return ofKinds(kinds('bool'));
    case 'binary':
      return ofKinds(kindsOfBinary(node, fill));
    case 'if':
      return ofKinds(union([node.then, node.else].map((one) => kindsOf(shapeInside(one, fill)))));
    case 'select':
      return ofKinds(kindsOfSelection(node, fill));
    case 'str':
    case 'indented':
      return textOf(node.parts, fill);
    case 'uri':
      return node.uri;
    case 'path': {
      const [text] = node.parts;
      return new Opaque('path', node.parts.length === 1 && text?.kind === 'text' ? text.value : null);
    }
    case 'searchPath':
      return new Opaque('path', null);
    case 'ident':
      return constants.has(node.name) ? constants.get(node.name)! : UNKNOWN;
    case 'lambda':
      return FUNCTION;
    case 'list':
      return node.items.map(expr);
    case 'set':
      return membersOf(node, fill);
    case 'apply':
      return propertyOf(node.fn, node.args, fill) ?? ofKinds(kindsCalled(node.fn, node.args.length));
    default:
      return UNKNOWN;
  }
}

const constants: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function numberIn(text: string): Shape {
  if (!/^\d+$/.test(text)) return new Opaque('float', Number(text));
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

function negative(shape: Shape): Shape {
  if (typeof shape === 'number' || typeof shape === 'bigint') return -shape;
  const number = numberOf(shape);
  return typeof number === 'number' ? new Opaque('float', -number) : ofKinds(numeric);
}

function kindsOfBinary({ op, left, right }: Binary, fill: Fill): Kinds | undefined {
  switch (op) {
    case '+':
    case '-':
    case '*':
    case '/':
      return kindsOfArithmetic(op, kindsOf(shapeInside(left, fill)), kindsOf(shapeInside(right, fill)));
    case '++':
      return kinds('list');
    case '//':
      return kinds('set', 'package');
    case '|>':
    case '<|':
      return undefined;
    default:
      return kinds('bool');
  }
}

function kindsOfArithmetic(op: string, left: Kinds | undefined, right: Kinds | undefined): Kinds | undefined {
  if (left && right && isOnly(left, 'int') && isOnly(right, 'int')) return left;
  if (op !== '+') return numeric;
  // A path and a text are a path, a text and anything a text.
  if (left && isOnly(left, 'str', 'path')) return left;
  return [left, right].some((one) => one && isOnly(one, 'int', 'float')) ? numeric : undefined;
}

type Names = readonly (string | undefined)[];

function kindsOfSelection({ of, path, orElse }: Select, fill: Fill): Kinds | undefined {
  const selected = kindsSelected(of, attributeNames(path), fill);
  return orElse ? union([selected, kindsOf(shapeInside(orElse, fill))]) : selected;
}

/** The kinds of what is selected from a configuration or from the packages. */
function kindsSelected(of: Expr, names: Names, fill: Fill): Kinds | undefined {
  const from = bodyOf(of);
  if (from.kind === 'ident') return from.name === 'pkgs' ? packageAt(names) : undefined;
  const configuration = from.kind === 'hole' ? fill(from.value) : undefined;
  if (!(configuration instanceof Configuration)) return undefined;
  return names.includes(undefined) ? undefined : configuration.kindsAt(names as string[]);
}

/** The kinds of what a function of the library or of the packages gives. */
function kindsCalled(fn: Expr, args: number): Kinds | undefined {
  const at = bodyOf(fn);
  if (at.kind === 'ident') return resultOf(at.name, args);
  if (at.kind !== 'select' || at.orElse || at.of.kind !== 'ident') return undefined;
  const names = attributeNames(at.path);
  if (at.of.name === 'pkgs') return builtBy(names, args);
  const name = names.at(-1);
  return name !== undefined && (at.of.name === 'lib' || at.of.name === 'builtins') ? resultOf(name, args) : undefined;
}

function textOf(parts: readonly (Text | Interpolation)[], fill: Fill): Shape {
  const known: (string | undefined)[] = [];
  for (const part of parts) {
    if (part.kind === 'text') known.push(part.value);
    else {
      const shape = shapeInside(part.expr, fill);
      known.push(typeof shape === 'string' ? shape : undefined);
    }
  }
  return known.includes(undefined) ? new Opaque('text', known) : known.join('');
}

/** The members of a set. What several bindings say of one name, as `a.b = 1; a.c = 2;`, becomes one set. */
function membersOf(set: AttrSet, fill: Fill): Shape {
  const values = new Map<string, Expr | Opaque | Item[]>();
  let open = false;
  for (const item of set.items) {
    const [first] = item.kind === 'binding' ? item.path : [];
    if (item.kind === 'inherit') {
      for (const key of item.names) if (key.kind === 'name') values.set(key.name, UNKNOWN);
    } else {
      const name = first && nameOf(first, fill);
      if (name === undefined) open = true;
      else values.set(name, joined(values.get(name), item.path.slice(1), item.value));
    }
  }
  const members: Record<string, unknown> = Object.create(null);
  for (const [name, value] of values) {
    if (value instanceof Opaque) members[name] = value;
    else members[name] = expr(Array.isArray(value) ? { kind: 'set', items: value } : value);
  }
  if (open) Object.defineProperty(members, OPEN, { value: true });
  return '_type' in members ? UNKNOWN : members;
}

function joined(earlier: Expr | Opaque | Item[] | undefined, rest: readonly Key[], value: Expr): Expr | Item[] {
  if (earlier === undefined) return rest.length ? [{ kind: 'binding', path: rest, value }] : value;
  const items = Array.isArray(earlier) ? earlier : itemsOf(earlier);
  if (rest.length) items.push({ kind: 'binding', path: rest, value });
  else items.push(...itemsOf(value));
  return items;
}

function itemsOf(value: Expr | Opaque): Item[] {
  return !(value instanceof Opaque) && value.kind === 'set' ? [...value.items] : [];
}

function nameOf(key: Key, fill: Fill): string | undefined {
  if (key.kind === 'name') return key.name;
  const shape = key.kind === 'strKey' ? textOf(key.str.parts, fill) : shapeInside(key.expr, fill);
  return typeof shape === 'string' ? shape : undefined;
}

/** The properties that functions of the library make: of which form, and with which argument where it is always the same. */
const properties: ReadonlyMap<string, readonly [form: Property['form'], argument?: number]> = new Map([
  ['mkIf', ['if']],
  ['mkMerge', ['merge']],
  ['mkOverride', ['override']],
  ['mkOptionDefault', ['override', 1500]],
  ['mkDefault', ['override', 1000]],
  ['mkImageMediaOverride', ['override', 60]],
  ['mkForce', ['override', 50]],
  ['mkVMOverride', ['override', 10]],
  ['mkOrder', ['order']],
  ['mkBefore', ['order', 500]],
  ['mkAfter', ['order', 1500]],
]);

function propertyOf(fn: Expr, args: readonly Expr[], fill: Fill): Property | undefined {
  const name = libraryName(fn);
  const [form, argument] = (name !== undefined && properties.get(name)) || [];
  if (form === undefined) return undefined;
  const own = form === 'merge' || argument !== undefined;
  const [content, first] = own ? args : [args[1], args[0]];
  if (content === undefined || args.length > (own ? 1 : 2)) return undefined;
  return new Property(form, expr(content), own ? argument : shapeInside(first!, fill));
}

/** The name of a function of the library: `lib.mkIf`, or `mkIf` where it is in scope. */
export function libraryName(fn: Expr): string | undefined {
  const at = bodyOf(fn);
  if (at.kind === 'ident') return at.name;
  if (at.kind !== 'select' || at.orElse !== undefined) return undefined;
  const last = at.path.at(-1);
  const before = at.path.at(-2);
  const from = before ? before.kind === 'name' && before.name : at.of.kind === 'ident' && at.of.name;
  return last?.kind === 'name' && (from === 'lib' || from === 'modules') ? last.name : undefined;
}
