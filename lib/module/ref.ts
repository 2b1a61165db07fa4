import { inspect } from 'node:util';
import { EXPR, type Expr as Node } from '../nix';
import type { Expr, Open } from '../options/values';
import { nodeOf } from './expr';
import { conversionOf, handler, shown, symbolMember, Target } from './handler';
import { newReading, type Reading, type Readings } from './reading';

/**
 * A reference into Nix, such as `pkgs` or `lib.strings`: a property is a selection, a call is an application.
 *
 * @typeParam T what the reference evaluates to
 */
// biome-ignore lint/suspicious/noExplicitAny: what a package set has is not known, so any attribute may be selected
export interface Ref<T = any> extends Expr<T> {
  (...args: Argument[]): Ref;
  readonly [name: string]: Open<Ref>;
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
  // What is often selected has a name of its own, as compilers may refuse others (`noPropertyAccessFromIndexSignature`).
  readonly bin: Ref;
  readonly dev: Ref;
  readonly extend: Ref;
  readonly lib: Ref;
  readonly man: Ref;
  readonly meta: Members;
  readonly mkDerivation: Ref;
  readonly out: Ref;
  readonly outPath: Ref;
  readonly override: Ref;
  readonly overrideAttrs: Ref;
  readonly overridePythonAttrs: Ref;
  readonly overrideScope: Ref;
  readonly passthru: Members;
  readonly pkgs: Ref;
  readonly pname: Ref;
  readonly src: Ref;
  readonly version: Ref;
  readonly withPackages: Ref;
}

/** References by names that nobody knows, whatever a compiler asks of names. */
// biome-ignore lint/suspicious/noExplicitAny: of no other type may any name be selected under all of its flags
export type Members = any;

/** What a function of Nix may be given; not just `unknown`, so that the parameters of a function in its place have a type. */
// biome-ignore lint/complexity/noBannedTypes: with the other two it is anything
export type Argument = ((...parameters: Ref[]) => Argument) | {} | null | undefined;

interface Callable {
  node: Node;
  /** Of what is selected of a configuration, where that is noted. */
  readings?: Readings | undefined;
  /** Until something is made of it. */
  reading?: Reading | undefined;
  [inspect.custom]: typeof shown;
}

/**
 * A reference that starts at a syntax tree.
 *
 * @param readings takes what is selected of it, until something is made of that
 */
export function refOf<T>(node: Node, readings?: Readings): Ref<T> {
  return reference(node, readings);
}

function reference<T>(node: Node, readings?: Readings, reading?: Reading): Ref<T> {
  // Only around a function can a proxy be called.
  const target = (() => undefined) as unknown as Callable;
  target.node = node;
  if (readings) Object.assign(target, { readings, reading });
  target[inspect.custom] = shown;
  return new Proxy(target, traps) as unknown as Ref<T>;
}

/** A reference to a variable that every module has in scope. */
export function variable<T>(name: string): Ref<T> {
  return refOf<T>({ kind: 'ident', name });
}

const traps: ProxyHandler<Callable> = {
  ...handler,
  get(target, key) {
    const { node } = target;
    if (key === EXPR) use(target);
    if (typeof key === 'symbol') return symbolMember(node, key);
    // With a `then` to call, a reference would be a promise, and `await` and async functions wait for it for ever.
    if (key === 'then') return new Proxy(new Target(selection(node, key)), uncallable);
    const conversion = conversionOf(node, key);
    if (conversion && !hasInNix(node, key)) return conversion;
    const { readings } = target;
    const selected = selection(node, key);
    if (!readings) return reference(selected);
    // Of a selection from a selection, the last one counts.
    use(target);
    return reference(selected, readings, newReading(selected, readings));
  },
  apply(target, _, args: unknown[]) {
    use(target);
    return reference(application(target.node, args.map(nodeOf)));
  },
};

const uncallable: ProxyHandler<Target> = { ...handler, get: traps.get as ProxyHandler<Target>['get'] & {} };

/** Something is made of a reference. */
function use({ readings, reading }: Callable): void {
  if (reading) readings!.delete(reading);
}

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
