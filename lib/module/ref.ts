import { inspect } from 'node:util';
import type { Expr as Node } from '../nix';
import type { Expr } from '../options/values';
import { nodeOf } from './expr';
import { conversionOf, handler, shown, symbolMember, Target } from './handler';

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

interface Callable {
  node: Node;
  [inspect.custom]: typeof shown;
}

/** A reference that starts at a syntax tree. */
export function refOf<T>(node: Node): Ref<T> {
  // Only around a function can a proxy be called.
  const target = (() => undefined) as unknown as Callable;
  target.node = node;
  target[inspect.custom] = shown;
  return new Proxy(target, traps) as unknown as Ref<T>;
}

/** A reference to a variable that every module has in scope. */
export function variable<T>(name: string): Ref<T> {
  return refOf<T>({ kind: 'ident', name });
}

const traps: ProxyHandler<Callable> = {
  ...handler,
  get({ node }, key) {
    if (typeof key === 'symbol') return symbolMember(node, key);
    // With a `then` to call, a reference would be a promise, and `await` and async functions wait for it for ever.
    if (key === 'then') return new Proxy(new Target(selection(node, key)), uncallable);
    const conversion = conversionOf(node, key);
    return conversion && !hasInNix(node, key) ? conversion : refOf(selection(node, key));
  },
  apply: ({ node }, _, args: unknown[]) => refOf(application(node, args.map(nodeOf))),
};

const uncallable: ProxyHandler<Target> = { ...handler, get: traps.get as ProxyHandler<Target>['get'] & {} };

function selection(of: Node, name: string): Node {
  const key = { kind: 'name', name } as const;
  if (of.kind === 'select' && !of.orElse) return { ...of, path: [...of.path, key] };
  return { kind: 'select', of, path: [key] };
}

function application(fn: Node, args: Node[]): Node {
  if (fn.kind === 'apply') return { ...fn, args: [...fn.args, ...args] };
  return args.length ? { kind: 'apply', fn, args } : fn;
}

/** Libraries of Nix that have functions of the names by which JavaScript asks any value for a text. */
const libraries: ReadonlyMap<string, readonly string[]> = new Map([
  ['toString', ['builtins', 'lib', 'trivial', 'strings']],
  ['toJSON', ['builtins', 'generators', 'strings']],
]);

/** Whether a name is Nix's own there: `JSON.stringify` asks every other reference for its `toJSON`. */
function hasInNix(node: Node, name: string): boolean {
  const last = node.kind === 'select' ? node.path.at(-1) : node;
  return !!last && 'name' in last && !!libraries.get(name)?.includes(last.name);
}
