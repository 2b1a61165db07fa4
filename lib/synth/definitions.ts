import type { Diagnostic } from '../diagnostics';
import { type Definition, isExpr } from '../module';
import { EXPR, fromJs, NixValueError, type Expr as Node, print } from '../nix';
import type { Resolve } from './resolve';
import type { Site } from './site';

type Members = Record<string, unknown>;

/** Deeper than any configuration; whatever is deeper still is left to `fromJs`, which finds cycles. */
const deepest = 500;

/** Whether a value nests definitions: a plain object that is not empty. */
function isNest(value: unknown): value is Members {
  if (typeof value !== 'object' || value === null || isExpr(value) || !isPlain(value)) return false;
  for (const _ in value) return true;
  return false;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether a value says nothing: undefined, or a nest of nothing else. An empty object is a definition. */
function isVoid(value: unknown, depth = 0): boolean {
  if (value === undefined) return true;
  return depth < deepest && isNest(value) && Object.keys(value).every((key) => isVoid(value[key], depth + 1));
}

/**
 * Definitions as few sets as possible: those of different options stand together, as a person writes them, and a second
 * definition of one option starts another set, so that Nix sees both and merges them itself.
 */
export function layersOf(definitions: readonly Definition[]): unknown[] {
  const layers: unknown[] = [];
  for (const { config } of definitions) {
    if (!isNest(config)) {
      if (isExpr(config)) layers.push(config);
      continue;
    }
    let rest: Members | undefined = config;
    for (const layer of layers) {
      if (!isNest(layer)) continue;
      rest = addTo(layer, rest);
      if (!rest) break;
    }
    if (rest) layers.push(copyOf(rest));
  }
  return layers;
}

/** Adds what is new to `layer`; returns what is there already, as definitions of their own. */
function addTo(layer: Members, more: Members, depth = 0): Members | undefined {
  let rest: Members | undefined;
  for (const key of Object.keys(more)) {
    const value = more[key];
    if (isVoid(value)) continue;
    if (!Object.hasOwn(layer, key)) {
      put(layer, key, isNest(value) ? copyOf(value, depth + 1) : value);
      continue;
    }
    const present = layer[key];
    let left: unknown = value;
    if (depth < deepest && isNest(present) && isNest(value)) left = addTo(present, value, depth + 1);
    else if (typeof value === 'boolean' && value === present) left = undefined;
    if (left === undefined) continue;
    rest ??= {};
    put(rest, key, left);
  }
  return rest;
}

/** A copy of the nests, so that adding to it leaves the user's object alone. */
function copyOf(value: Members, depth = 0): Members {
  if (depth > deepest) return value;
  const copy: Members = {};
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (!isVoid(member)) put(copy, key, isNest(member) ? copyOf(member, depth + 1) : member);
  }
  return copy;
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
 * @throws NixValueError for a cycle
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
      out.push('[');
      for (const item of value) write(item, depth + 1);
      out.push('],');
    } else {
      out.push(isPlain(value) ? '{' : `${value.constructor.name}{`);
      for (const key of Object.keys(value)) {
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
    const problem = problemOf(config);
    if (problem) diagnostics.push({ severity: 'error', path, position, ...problem });
    return !problem;
  });
}

function problemOf(config: unknown): Pick<Diagnostic, 'code' | 'message' | 'help'> | undefined {
  if (isExpr(config)) return undefined;
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    const shown = Array.isArray(config) ? 'an array' : String(config);
    return {
      code: 'not-definitions',
      message: `set was given ${shown}`,
      help: 'give it an object: set({ option: value })',
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
  return undefined;
}

/** What Nix cannot hold in definitions: to be called when writing them has failed. */
export function valueProblems(definitions: readonly Definition[], path: string): Diagnostic[] {
  return definitions.flatMap(({ config, position }) => {
    try {
      fromJs(config);
      return [];
    } catch (error) {
      if (!(error instanceof NixValueError)) throw error;
      return [{ code: 'value', severity: 'error' as const, message: error.message, path, position }];
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
