import { type Diagnostic, leafOf, type Position, redactedPosition } from '../diagnostics';
import { type Definition, isExpr } from '../module';
import { EXPR, fromJs, NixValueError, type Expr as Node, print } from '../nix';
import { checkElements, memberNames } from '../nix/member-names';
import { showText } from '../nix/value-error';
import { mayBeSecret, showValue } from '../options/show-value';
import { getOrInsert } from './get-or-insert';
import type { Resolve } from './resolve';
import type { Site } from './site';

type Members = Record<string, unknown>;

/** Deeper than any configuration; whatever is deeper still is left to `fromJs`, which finds cycles. */
const deepest = 500;

/** Whether a value nests definitions: a plain object that is not empty. */
function isNest(value: unknown): value is Members {
  return (
    typeof value === 'object' && value !== null && !isExpr(value) && isPlain(value) && memberNames(value).length > 0
  );
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** What definitions hold at an option's path; nothing where an expression is on the way, as only Nix sees into it. */
export function memberAt(definitions: unknown, option: readonly string[]): unknown {
  let at = definitions;
  for (const key of option) {
    if (typeof at !== 'object' || at === null || isExpr(at) || !Object.hasOwn(at, key)) return undefined;
    at = (at as Members)[key];
  }
  return at;
}

/** Whether a value says nothing: undefined, or a nest of nothing else. An empty object is a definition. */
function isVoid(value: unknown, depth = 0): boolean {
  if (value === undefined) return true;
  return depth < deepest && isNest(value) && memberNames(value).every((key) => isVoid(value[key], depth + 1));
}

/**
 * Definitions as few sets as possible: those of different options stand together, as a person writes them, and a second
 * definition of one option starts another set, so that Nix sees both and merges them itself.
 */
export function layersOf(definitions: readonly Definition[]): unknown[] {
  const [only] = definitions;
  if (definitions.length === 1 && isNest(only!.config)) return isVoid(only!.config) ? [] : [withoutVoids(only!.config)];
  const layers: unknown[] = [];
  const sets: Members[] = [];
  const path: string[] = [];
  const root = newPlace();
  const above: Place[] = [root];
  for (const { config } of definitions) {
    if (isExpr(config)) {
      layers.push(config);
      // What is defined later stays behind it.
      root.free = sets.length;
    } else if (isNest(config)) addLeaves(config);
  }
  return layers;

  function addLeaves(members: Members): void {
    const known = above.at(-1)!;
    for (const key of memberNames(members)) {
      const value = members[key];
      if (isVoid(value)) continue;
      known.members ??= new Map();
      path.push(key);
      above.push(getOrInsert(known.members, key, newPlace));
      if (path.length <= deepest && isNest(value)) addLeaves(value);
      else addLeaf(value);
      path.pop();
      above.pop();
    }
  }

  function addLeaf(value: unknown): void {
    const place = above.at(-1)!;
    if (typeof value === 'boolean' && place.boolean === value) return;
    let layer = place.freeBelow;
    for (const one of above) if (one !== place) layer = Math.max(layer, one.free);
    if (layer === sets.length) {
      sets.push({});
      layers.push(sets[layer]);
    }
    putAt(sets[layer]!, path, value);
    place.boolean = value;
    place.free = layer + 1;
    for (const one of above) one.freeBelow = Math.max(one.freeBelow, layer + 1);
  }
}

function withoutVoids(members: Members, depth = 0): Members {
  if (depth > deepest) return members;
  const copy: Members = {};
  for (const key of memberNames(members)) {
    const value = members[key];
    if (!isVoid(value)) put(copy, key, isNest(value) ? withoutVoids(value, depth + 1) : value);
  }
  return copy;
}

/** What is known of an option path while definitions are laid out. */
interface Place {
  /** The first layer that has no definition of just this path. */
  free: number;
  /** The first layer that has none of it or of anything below. */
  freeBelow: number;
  /** The last definition of it: one boolean twice is one definition, for Nix as for people. */
  boolean: unknown;
  members: Map<string, Place> | undefined;
}

const newPlace = (): Place => ({ free: 0, freeBelow: 0, boolean: undefined, members: undefined });

function putAt(target: Members, path: readonly string[], value: unknown): void {
  let at = target;
  const last = path.length - 1;
  for (let i = 0; i < last; i++) {
    const key = path[i]!;
    if (!Object.hasOwn(at, key)) put(at, key, {});
    at = at[key] as Members;
  }
  put(at, path[last]!, value);
}

/** Assignment that takes `__proto__` for a name like any other. */
function put(target: Members, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else target[key] = value;
}

/**
 * A text that is equal for equal definitions at a site and different for different ones; much cheaper than printing.
 *
 * @throws NixValueError for a cycle, and for members that JavaScript does not list
 */
export function contentKey(value: unknown, site: Site, resolve: Resolve): string {
  const out: string[] = [];
  write(value, 0);
  return out.join('');

  function write(value: unknown, depth: number): void {
    if (typeof value === 'string') out.push(JSON.stringify(value), ',');
    else if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
      out.push(typeof value === 'bigint' ? `${value}n` : Object.is(value, -0) ? '-0' : String(value), ',');
    } else if (isExpr(value)) out.push('(', print(resolve(value[EXPR], site)), '),');
    else if (typeof value === 'function') out.push('function,');
    else if (depth > deepest) out.push('(', print(resolve(fromJs(value), site)), '),');
    else if (Array.isArray(value)) {
      checkElements(value);
      out.push('[');
      for (const item of value) write(item, depth + 1);
      out.push('],');
    } else {
      out.push(isPlain(value) ? '{' : `${value.constructor.name}{`);
      for (const key of isPlain(value) ? memberNames(value) : Object.keys(value)) {
        const member = (value as Members)[key];
        if (isVoid(member)) continue;
        out.push(JSON.stringify(key), ':');
        write(member, depth + 1);
      }
      out.push('},');
    }
  }
}

/** The definitions that are any; what is wrong with the others goes to `diagnostics`. */
export function soundDefinitions<D extends Definition>(
  definitions: readonly D[],
  path: string,
  diagnostics: Diagnostic[],
): D[] {
  return definitions.filter(({ config, position }) => {
    const problem = problemOf(config, position);
    if (problem) diagnostics.push({ severity: 'error', path, position, ...problem });
    return !problem;
  });
}

function problemOf(
  config: unknown,
  position: Position | undefined,
): Pick<Diagnostic, 'code' | 'message' | 'help' | 'position'> | undefined {
  if (isExpr(config)) return undefined;
  if (typeof config !== 'object' || config === null || !isPlain(config)) {
    return {
      code: 'not-definitions',
      message: `set was given ${inWords(config)}`,
      help: 'give it an object: set({ option: value })',
      // What must not be said must not be seen in the user's line either.
      ...(typeof config === 'string' && mayBeSecret(config, []) && { position: redactedPosition(position) }),
    };
  }
  const wrong = Object.keys(config).find((key) => Object.hasOwn(structural, key));
  if (wrong) {
    return {
      code: 'not-an-option',
      message: `'${wrong}' is not an option but a part of a module`,
      help: structural[wrong],
    };
  }
  const dotted = Object.keys(config).find((key) => key.includes('.'));
  if (dotted) {
    const nested = dotted.split('.').join(': { ');
    return {
      code: 'dotted-option',
      message: `'${dotted}' is one name, not a path`,
      help: `nest the names: { ${nested}: …${' }'.repeat(dotted.split('.').length)}`,
    };
  }
  return undefined;
}

function inWords(config: unknown): string {
  if (typeof config === 'string' || Array.isArray(config)) return showValue(config, []);
  if (typeof config === 'function') return 'a function';
  return typeof config === 'object' && config ? `an instance of ${config.constructor.name}` : String(config);
}

/** What Nix cannot hold in definitions: to be called when writing them has failed. */
export function valueProblems(definitions: readonly Definition[], path: string): Diagnostic[] {
  return definitions.flatMap(({ config, position }) => {
    try {
      fromJs(config);
      return [];
    } catch (error) {
      if (!(error instanceof NixValueError)) throw error;
      const { path: place } = error;
      const value = place.reduce<unknown>((at, name) => (at as Members | undefined)?.[name], config);
      const leaf = leafOf(position, place);
      const isSecret = typeof value === 'string' && mayBeSecret(value, place);
      const message = isSecret ? error.message.replace(` ${showText(value)}`, '') : error.message;
      const at = isSecret ? redactedPosition(leaf, place.at(-1)) : leaf;
      return [{ code: 'value', severity: 'error' as const, message, path, position: at }];
    }
  });
}

const structural: Record<string, string> = {
  imports: 'call import(…) instead',
  config: 'write the options themselves: set({ … })',
  options: 'declare options in a Nix module and import(…) it',
  disabledModules: 'call disable(…) instead',
};

/** The tree of a layer of definitions. */
export function layerNode(layer: unknown): Node {
  return fromJs(layer, { dotted: true });
}
