import { inspect } from 'node:util';
import { failure, userPosition } from '../diagnostics';
import { EXPR, type Expr as Node, print } from '../nix';
import type { Expr } from '../options/values';
import { nodeOf } from './expr';

/**
 * A reference into Nix, such as `pkgs` or `lib.strings`: a property is a selection, a call is an application.
 *
 * @typeParam T what the reference evaluates to
 */
// biome-ignore lint/suspicious/noExplicitAny: what a package set has is not known, so any attribute may be selected
export interface Ref<T = any> extends Expr<T> {
  (...args: Argument[]): Ref;
  readonly [name: string]: Ref;
  // What functions have by themselves would otherwise keep its JavaScript type.
  readonly apply: Ref;
  readonly arguments: Ref;
  readonly bind: Ref;
  readonly call: Ref;
  readonly caller: Ref;
  readonly length: Ref;
  readonly name: Ref;
  readonly prototype: Ref;
  readonly toString: Ref;
}

/** What a function of Nix may be given; not just `unknown`, so that the parameters of a function in its place have a type. */
// biome-ignore lint/complexity/noBannedTypes: with the other two it is anything
export type Argument = ((...parameters: Ref[]) => unknown) | {} | null | undefined;

interface Target {
  node: Node;
}

/** A reference that starts at a syntax tree. */
export function refOf<T>(node: Node): Ref<T> {
  // Only around a function can a proxy be called.
  const target = (() => undefined) as unknown as Target;
  target.node = node;
  return new Proxy(target, traps) as unknown as Ref<T>;
}

/** A reference to a variable that every module has in scope. */
export function variable<T>(name: string): Ref<T> {
  return refOf<T>({ kind: 'ident', name });
}

const traps: ProxyHandler<Target> = {
  get({ node }, key) {
    if (key === EXPR) return node;
    if (key === Symbol.toPrimitive) return () => refuseText(node);
    if (key === inspect.custom) return () => `Ref(${textOf(node)})`;
    if (typeof key === 'symbol') return undefined;
    // With a `then` to call, a reference would be a promise, and `await` and async functions wait for it for ever.
    if (key === 'then') return new Proxy({ node: selection(node, key) }, traps);
    if (key === 'toJSON' && !hasToJson(node)) return () => refuseText(node);
    return refOf(selection(node, key));
  },
  has: (_, key) => key === EXPR,
  ownKeys: ({ node }) => refuseMembers(node),
  apply: ({ node }, _, args: unknown[]) => refOf(application(node, args.map(nodeOf))),
  set({ node }, key) {
    throw failure({
      code: 'reference-assigned',
      message: `${textOf(node)}.${String(key)} is a reference into Nix and cannot be assigned`,
      position: userPosition(),
      help: 'define options with set({ … })',
    });
  },
};

function selection(of: Node, name: string): Node {
  const key = { kind: 'name', name } as const;
  if (of.kind === 'select' && !of.orElse) return { ...of, path: [...of.path, key] };
  return { kind: 'select', of, path: [key] };
}

function application(fn: Node, args: Node[]): Node {
  if (fn.kind === 'apply') return { ...fn, args: [...fn.args, ...args] };
  return args.length ? { kind: 'apply', fn, args } : fn;
}

function textOf(node: Node): string {
  try {
    return print(node).trim();
  } catch {
    return 'config…';
  }
}

/** `builtins.toJSON` and `lib.generators.toJSON` are Nix's; on any other reference `JSON.stringify` asks for it. */
function hasToJson(node: Node): boolean {
  if (node.kind === 'ident') return node.name === 'builtins';
  const last = node.kind === 'select' ? node.path.at(-1) : undefined;
  return last?.kind === 'name' && last.name === 'generators';
}

function refuseMembers(node: Node): never {
  throw failure({
    code: 'reference-in-text',
    message: `the members of ${textOf(node)} are known to Nix only and cannot be listed`,
    position: userPosition(),
    help: 'select them by name, or use the set itself as a value; lib.attrValues and its kin work on it in Nix',
  });
}

function refuseText(node: Node): never {
  throw failure({
    code: 'reference-in-text',
    message: `${textOf(node)} is known to Nix only and cannot become a JavaScript string`,
    position: userPosition(),
    help: 'write str`…${value}…` (or lines`…`) to interpolate it in Nix',
  });
}
