import { type Diagnostic, leafOf, type Position, redactedPosition } from '../diagnostics';
import { Arrow, type Definition, exprOf, isExpr, lambdaOf, toNode } from '../module';
import {
  apply,
  before,
  EXPR,
  hole,
  ident,
  list,
  NixValueError,
  type Expr as Node,
  print,
  resolveHoles,
  select,
} from '../nix';
import { checkElements, memberNames } from '../nix/member-names';
import { showText } from '../nix/value-error';
import { mayBeSecret, showValue } from '../options/show-value';
import type { Expr } from '../options/values';
import { getOrInsert } from './get-or-insert';
import { groupOf, isPlain, type Members } from './group';
import type { Resolve } from './resolve';
import type { Site } from './site';

/** Deeper than any configuration; whatever is deeper still is left to `fromJs`, which finds cycles. */
const deepest = 500;

/** What definitions hold at an option's path; nothing where an expression is on the way, as only Nix sees into it. */
export function memberAt(definitions: unknown, option: readonly string[]): unknown {
  let at = definitions;
  for (const key of option) {
    const group = groupOf(at)?.members;
    if (!group || !Object.hasOwn(group, key)) return undefined;
    at = group[key];
  }
  return at;
}

/** Whether a value says nothing: undefined, or a group of nothing else. An empty object is a definition. */
function isVoid(value: unknown, depth = 0): boolean {
  if (value === undefined) return true;
  if (typeof value !== 'object' || depth >= deepest || isExpr(value)) return false;
  const group = groupOf(value);
  return !!group && memberNames(group.members).every((key) => isVoid(group.members[key], depth + 1));
}

/**
 * Definitions as few sets as possible, as a person writes them: those of different options stand together, and a second
 * definition of one option, or of a group that only Nix sees into, stands beside the first one in a `lib.mkMerge` just
 * there, so that Nix sees both and merges them itself.
 *
 * @returns several sets where something is defined that is no group as a whole
 */
export function layersOf(definitions: readonly Definition[]): unknown[] {
  const [only] = definitions;
  const plain = definitions.length === 1 && !isExpr(only!.config) ? groupOf(only!.config) : undefined;
  if (plain) {
    const all = withoutVoids(plain.members);
    return all ? [all] : [];
  }
  const root = newPlace();
  for (const { config } of definitions) {
    // An object whose members cannot be listed is none that says nothing.
    if (!isExpr(config) && memberNames(config as object).length === 0) continue;
    addTo(root, config, 0);
  }
  return root.contents.map(shown);
}

/** Whether nothing is defined twice, so that no `lib.mkMerge` is needed. */
export function isDefinedOnce(definitions: readonly Definition[]): boolean {
  const root = newPlace();
  for (const { config } of definitions) addTo(root, config, 0);
  return isSingle(root);
}

function isSingle({ contents }: Place): boolean {
  const [only, ...more] = contents;
  if (more.length) return false;
  return !only || 'value' in only || [...only.members.values()].every(isSingle);
}

/** The members that say something, if any. */
function withoutVoids(members: Members, depth = 0): Members | undefined {
  if (depth > deepest) return members;
  let copy: Members | undefined;
  for (const key of memberNames(members)) {
    const value = members[key];
    const group = isExpr(value) ? undefined : groupOf(value);
    const kept = group ? withoutVoids(group.members, depth + 1) : value;
    if (kept === undefined) continue;
    copy ??= {};
    put(copy, key, kept);
  }
  return copy;
}

/** What is defined at one place, in the order of the definitions: values, and groups of places. */
interface Place {
  readonly contents: (Leaf | Places)[];
}

interface Leaf {
  readonly value: unknown;
}

interface Places {
  readonly members: Map<string, Place>;
  /** The comments above it. */
  readonly comments: string[];
}

const newPlace = (): Place => ({ contents: [] });

function addTo(place: Place, value: unknown, depth: number): void {
  if (isVoid(value)) return;
  const group = depth <= deepest ? groupOf(value) : undefined;
  const last = place.contents.at(-1);
  if (!group) {
    // One boolean twice is one definition, for Nix as for people.
    if (typeof value === 'boolean' && last && 'value' in last && last.value === value) return;
    place.contents.push({ value });
    return;
  }
  // What stands behind a value that only Nix sees into stays behind it.
  const into = last && 'members' in last ? last : { members: new Map<string, Place>(), comments: [] };
  if (into !== last) place.contents.push(into);
  if (group.comment !== undefined && !into.comments.includes(group.comment)) into.comments.push(group.comment);
  for (const key of memberNames(group.members)) {
    const member = group.members[key];
    if (!isVoid(member)) addTo(getOrInsert(into.members, key, newPlace), member, depth + 1);
  }
}

/** What a place holds, as it is to be written. */
function shown(content: Leaf | Places): unknown {
  if ('value' in content) return content.value;
  const set: Members = {};
  for (const [key, { contents }] of content.members) {
    if (contents.length) put(set, key, contents.length === 1 ? shown(contents[0]!) : merged(contents.map(shown)));
  }
  return content.comments.reduceRight<unknown>((value, text) => exprOf(before(laterNode(value), text)), set);
}

function merged(values: readonly unknown[]): Expr {
  return exprOf(apply(select(ident('lib'), 'mkMerge'), list(values.map(laterNode))));
}

/** The node of a value that is converted where the whole is, so that what is wrong with it is found in its definition. */
function laterNode(value: unknown): Node {
  return isExpr(value) ? value[EXPR] : hole(value);
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
    else if (typeof value === 'function') out.push('(', print(resolve(toNode(value), site)), '),');
    else if (depth > deepest) out.push('(', print(resolve(toNode(value), site)), '),');
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

/** @throws NixValueError for what Nix cannot hold, in what functions return as well */
function checkValue(config: unknown): void {
  resolveHoles(toNode(config), (hole) => {
    const { value } = hole;
    if (!(value instanceof Arrow)) return hole;
    return lambdaOf(value, (result) => toNode(result, undefined, { path: value.path }));
  });
}

/** What Nix cannot hold in definitions: to be called when writing them has failed. */
export function valueProblems(definitions: readonly Definition[], path: string): Diagnostic[] {
  return definitions.flatMap(({ config, position }) => {
    try {
      checkValue(config);
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
  return toNode(layer);
}
