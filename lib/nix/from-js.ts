import type { Binding, Expr, Ident, Item, Key } from './ast';
import { checkText } from './encode';
import { isMultiline, isPlainerIndented } from './encode-indented';
import { exprOf } from './expr-symbol';
import { checkElements, memberNames } from './member-names';
import { num } from './numbers';
import { refuseObject, refusePrimitive } from './refuse';
import { NixValueError, type ValuePath } from './value-error';

/** How `fromJs` reads values. */
export interface FromJsOptions {
  /**
   * Asked first for every object and function; what it returns stands for the value. `undefined` leaves the value to
   * the usual rules.
   */
  readonly convert?: (value: object, path: readonly (string | number)[]) => Expr | undefined;
  /** Whether a chain of objects with one member each becomes one binding: `services.openssh.enable = true;`. */
  readonly dotted?: boolean;
  /** Where the value stands, for messages. */
  readonly path?: readonly (string | number)[];
}

/**
 * The expression for a JavaScript value: `null`, booleans, numbers, bigints, strings, arrays, plain objects, and values
 * that stand for expressions. Members that are `undefined` are left out. A text of several lines, or with
 * quotes or backslashes, becomes a `''…''` string.
 *
 * Throws `NixValueError` with the path to the value for anything else, and for what Nix cannot hold.
 */
export function fromJs(value: unknown, options: FromJsOptions = {}): Expr {
  return new Conversion(options).run(value);
}

/** A comment above a value stands above its name, where people look for it. */
function commented(binding: Binding): Binding {
  const { before, ...value } = binding.value;
  return before ? { ...binding, before, value: value as Expr } : binding;
}

const TRUE: Ident = { kind: 'ident', name: 'true' };
const FALSE: Ident = { kind: 'ident', name: 'false' };
const NULL: Ident = { kind: 'ident', name: 'null' };

/** A container whose members are being converted. */
interface Frame {
  readonly value: object;
  /** The members' names; none for an array. */
  readonly keys: readonly string[] | undefined;
  readonly into: (Expr | Item)[];
  readonly pathLength: number;
  /** The objects that a dotted path passed through to get here. */
  readonly chain: readonly object[];
  next: number;
}

/** One run: a stack of containers that are half done, so that depth costs no call stack. */
class Conversion {
  readonly #options: FromJsOptions;
  readonly #frames: Frame[] = [];
  readonly #open = new Set<object>();
  readonly #path: (string | number)[];

  constructor(options: FromJsOptions) {
    this.#options = options;
    this.#path = [...(options.path ?? [])];
  }

  run(value: unknown): Expr {
    if (value === undefined) throw this.#undefined();
    const root = this.#given(value) ?? this.#plain(value, []);
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) this.#step(frame);
    return root;
  }

  /** Converts members until one of them turns out to be a container itself. */
  #step(frame: Frame): void {
    const depth = this.#frames.length;
    const { keys, into, pathLength } = frame;
    const value = frame.value as Record<string | number, unknown>;
    const count = keys === undefined ? (value as unknown as unknown[]).length : keys.length;
    while (frame.next < count) {
      const name = keys === undefined ? frame.next : keys[frame.next]!;
      frame.next++;
      const member = value[name];
      if (member === undefined && keys !== undefined) continue;
      this.#path.length = pathLength;
      this.#path.push(name);
      if (member === undefined) throw this.#undefined();
      into.push(keys === undefined ? (this.#given(member) ?? this.#plain(member, [])) : this.#binding(name, member));
      if (this.#frames.length > depth) return;
    }
    this.#frames.pop();
    this.#open.delete(frame.value);
    for (const passed of frame.chain) this.#open.delete(passed);
  }

  #binding(name: string | number, member: unknown): Binding {
    const path = [this.#key(name as string)];
    const chain: object[] = [];
    let value = member;
    let given = this.#given(value);
    while (this.#options.dotted === true && given === undefined) {
      const only = onlyMember(value, this.#path);
      if (only === undefined) break;
      this.#enter(value as object);
      chain.push(value as object);
      this.#path.push(only);
      path.push(this.#key(only));
      value = (value as Record<string, unknown>)[only];
      given = this.#given(value);
    }
    if (given) this.#leave(chain);
    return commented({ kind: 'binding', path, value: given ?? this.#plain(value, chain) });
  }

  #key(name: string): Key {
    checkText(name, this.#path);
    return { kind: 'name', name };
  }

  /** What the caller, or the value itself, says that it stands for. */
  #given(value: unknown): Expr | undefined {
    if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return undefined;
    return this.#options.convert?.(value, this.#path) ?? exprOf(value);
  }

  #plain(value: unknown, chain: readonly object[]): Expr {
    switch (typeof value) {
      case 'string':
        checkText(value, this.#path);
        this.#leave(chain);
        if (value === '') return { kind: 'str', parts: [] };
        return {
          kind: isMultiline(value) || isPlainerIndented(value) ? 'indented' : 'str',
          parts: [{ kind: 'text', value }],
        };
      case 'boolean':
        this.#leave(chain);
        return value ? TRUE : FALSE;
      case 'number':
      case 'bigint':
        this.#leave(chain);
        return num(value, this.#path);
      case 'object':
        if (value === null) {
          this.#leave(chain);
          return NULL;
        }
        return this.#container(value, chain);
      default:
        throw refusePrimitive(value, [...this.#path]);
    }
  }

  #container(value: object, chain: readonly object[]): Expr {
    const isList = Array.isArray(value);
    if (!isList && !isPlainObject(value)) throw refuseObject(value, [...this.#path]);
    this.#enter(value);
    if (isList) checkElements(value, this.#path);
    const keys = isList ? undefined : memberNames(value, this.#path);
    const items: never[] = [];
    this.#frames.push({ value, keys, into: items, pathLength: this.#path.length, chain, next: 0 });
    // The frame fills the array of the node later.
    return isList ? { kind: 'list', items } : { kind: 'set', items };
  }

  #enter(value: object): void {
    if (this.#open.has(value)) {
      throw new NixValueError(
        'cycle',
        [...this.#path],
        'a value that contains itself',
        'Nix data is a tree; break the cycle, or refer to the value by an expression',
      );
    }
    this.#open.add(value);
  }

  #leave(chain: readonly object[]): void {
    for (const passed of chain) this.#open.delete(passed);
  }

  #undefined(): NixValueError {
    const inList = typeof this.#path.at(-1) === 'number';
    return new NixValueError(
      'undefined',
      [...this.#path],
      'undefined',
      inList
        ? 'a list cannot leave an element out; filter it, or write null if Nix is to have null there'
        : 'there is no value; write null if Nix is to have null there',
    );
  }
}

/** The name of the one member that an object has, if it is plain and has one. */
function onlyMember(value: unknown, path: ValuePath): string | undefined {
  if (typeof value !== 'object' || value === null || !isPlainObject(value)) return undefined;
  let only: string | undefined;
  for (const name of memberNames(value, path)) {
    if ((value as Record<string, unknown>)[name] === undefined) continue;
    if (only !== undefined) return undefined;
    only = name;
  }
  return only;
}

function isPlainObject(value: object): boolean {
  if (Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  // The second test is for objects of another realm, which have an `Object.prototype` of their own.
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}
