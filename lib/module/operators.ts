import { failure, userPosition } from '../diagnostics';
import type { BinaryOp, Key, Expr as Node } from '../nix';
import { EXPR, hole, key as keyOf } from '../nix';
import type { Attrs, Content, Expr, List, Value } from '../options/values';
import { checkArgument, refuseMore, wrongArgument } from './arguments';
import type { DeclarationOnly, OptionDeclaration } from './declared';
import { Embedded } from './embedded';
import { exprOf, isExpr, nodeOf } from './expr';
import type { OptionProps } from './option';
import { type Ref, refOf } from './ref';

/** An operator of Nix between two values (Nix manual, "Operators"). */
function binary<T>(op: BinaryOp, left: unknown, right: unknown, call: string, given: IArguments): Expr<T> {
  refuseMore(call, given, 2);
  return exprOf<T>({ kind: 'binary', op, left: nodeOf(left), right: nodeOf(right) });
}

/** Operands from left to right: `a && b && c`. */
function chain<T>(op: BinaryOp, first: unknown, rest: readonly unknown[]): Expr<T> {
  const right = (left: Node, next: unknown): Node => ({ kind: 'binary', op, left, right: nodeOf(next) });
  return exprOf<T>(rest.reduce<Node>(right, nodeOf(first)));
}

/** `!value`. */
export function not(value: Value<boolean>): Expr<boolean> {
  checkArgument('not', 'test', value);
  refuseMore('not', arguments, 1);
  return exprOf<boolean>({ kind: 'unary', op: '!', operand: nodeOf(value) });
}

/** `a && b && …`: true if all are. */
export function and(first: Value<boolean>, ...others: readonly Value<boolean>[]): Expr<boolean> {
  for (const one of [first, ...others]) checkArgument('and', 'test', one);
  return chain<boolean>('&&', first, others);
}

/** `a || b || …`: true if one is. */
export function or(first: Value<boolean>, ...others: readonly Value<boolean>[]): Expr<boolean> {
  for (const one of [first, ...others]) checkArgument('or', 'test', one);
  return chain<boolean>('||', first, others);
}

/** `a -> b`: true unless only the first is. */
export function implies(premise: Value<boolean>, conclusion: Value<boolean>): Expr<boolean> {
  for (const one of [premise, conclusion]) checkArgument('implies', 'test', one);
  return binary<boolean>('->', premise, conclusion, 'implies', arguments);
}

/** `a == b`. Anything may be compared with `null`. */
export function eq<T>(left: Expr<T>, right: Content<NoInfer<T>> | null): Expr<boolean> {
  return binary<boolean>('==', left, right, 'eq', arguments);
}

/** `a != b`. Anything may be compared with `null`. */
export function ne<T>(left: Expr<T>, right: Content<NoInfer<T>> | null): Expr<boolean> {
  return binary<boolean>('!=', left, right, 'ne', arguments);
}

/** What Nix orders. */
type Ordered = number | string;

/** `a < b`, of numbers or of strings. */
export function lt<T extends Ordered>(left: Value<T>, right: Value<NoInfer<T>>): Expr<boolean> {
  return binary<boolean>('<', left, right, 'lt', arguments);
}

/** `a <= b`, of numbers or of strings. */
export function le<T extends Ordered>(left: Value<T>, right: Value<NoInfer<T>>): Expr<boolean> {
  return binary<boolean>('<=', left, right, 'le', arguments);
}

/** `a > b`, of numbers or of strings. */
export function gt<T extends Ordered>(left: Value<T>, right: Value<NoInfer<T>>): Expr<boolean> {
  return binary<boolean>('>', left, right, 'gt', arguments);
}

/** `a >= b`, of numbers or of strings. */
export function ge<T extends Ordered>(left: Value<T>, right: Value<NoInfer<T>>): Expr<boolean> {
  return binary<boolean>('>=', left, right, 'ge', arguments);
}

/** `a + b`, of numbers. */
export function add(left: Value<number>, right: Value<number>): Expr<number> {
  return binary<number>('+', left, right, 'add', arguments);
}

/** `a - b`, of numbers. */
export function sub(left: Value<number>, right: Value<number>): Expr<number> {
  return binary<number>('-', left, right, 'sub', arguments);
}

/** `a * b`, of numbers. */
export function mul(left: Value<number>, right: Value<number>): Expr<number> {
  return binary<number>('*', left, right, 'mul', arguments);
}

/** `a / b`, of numbers; of two integers an integer. */
export function div(left: Value<number>, right: Value<number>): Expr<number> {
  return binary<number>('/', left, right, 'div', arguments);
}

/** `if test then yes else no`. */
// biome-ignore lint/suspicious/noExplicitAny: where nothing says what is expected, anything is
export function cond<T = any>(test: Value<boolean>, yes: Content<T>, no: Content<T>): Expr<T> {
  checkArgument('cond', 'test', test);
  refuseMore('cond', arguments, 3);
  return exprOf<T>({ kind: 'if', condition: nodeOf(test), then: nodeOf(yes), else: nodeOf(no) });
}

/** `a ++ b ++ …`: one list after the other. */
// biome-ignore lint/suspicious/noExplicitAny: where nothing says what is expected, anything is
export function concat<T = any>(first: Value<List<T>>, ...others: readonly Value<List<T>>[]): Expr<List<T>> {
  for (const one of [first, ...others]) checkArgument('concat', 'list', one);
  const [last = first, ...before] = [first, ...others].toReversed();
  const left = (right: Node, next: unknown): Node => ({ kind: 'binary', op: '++', left: nodeOf(next), right });
  return exprOf<List<T>>(before.reduce<Node>(left, nodeOf(last)));
}

/** What may be said of an option beside its declaration. */
type MoreOf<D> = D extends OptionDeclaration<infer T, unknown> ? Omit<OptionProps<T>, 'type'> : never;

/** A declaration with more said of it: `update(mkEnableOption('…'), { default: true })`. */
export function update<D extends Expr>(declaration: DeclarationOnly<D>, ...more: readonly MoreOf<D>[]): D;
/** `a // b // …`: the members of all sets; those of the later ones win. */
// biome-ignore lint/suspicious/noExplicitAny: where nothing says what is expected, anything is
export function update<T = any>(first: Content<T>, ...others: readonly Content<T>[]): Expr<T>;
export function update<T>(first: Content<T>, ...others: readonly Content<T>[]): Expr<T> {
  const [last = first, ...before] = [first, ...others].toReversed();
  const left = (right: Node, next: unknown): Node => ({ kind: 'binary', op: '//', left: nodeOf(next), right });
  return exprOf<T>(before.reduce<Node>(left, nodeOf(last)));
}

/** A name of an attribute: as a string, or as an expression that only Nix knows. */
export type AttrName = Value<string>;

/**
 * `set ? a.b`: whether a set has an attribute.
 *
 * @param path its names, from the outermost on
 * @throws CdknixError `argument`
 */
export function has(set: Expr, ...path: readonly [AttrName, ...AttrName[]]): Expr<boolean> {
  checkArgument('has', 'expression', set);
  return exprOf<boolean>({ kind: 'hasAttr', of: set[EXPR], path: keysFor('has', path) });
}

/**
 * `reference or fallback`: what is selected, or another value where a set on the way lacks the attribute.
 *
 * @param reference a selection: `args.settings.port`
 * @throws CdknixError `not-a-selection`, `argument`, `argument-lost`
 */
export function orElse<T>(reference: Expr<T>, fallback: Content<NoInfer<T>>): Expr<T> {
  checkArgument('orElse', 'expression', reference, 'write value ?? fallback for what is known in TypeScript');
  refuseMore('orElse', arguments, 2);
  const node = reference[EXPR];
  if (node.kind === 'select' && !node.orElse) return exprOf<T>({ ...node, orElse: nodeOf(fallback) });
  throw notASelection(node);
}

/**
 * A selection whose names only Nix knows: `select(pkgs, args.shell)` is `pkgs.${shell}`.
 *
 * @param path names, from the outermost on
 * @throws CdknixError `argument`
 */
// biome-ignore lint/suspicious/noExplicitAny: what a name that only Nix knows leads to is not known
export function select<T = any>(set: Expr, ...path: readonly [AttrName, ...AttrName[]]): Ref<T> {
  checkArgument('select', 'expression', set);
  const of = set[EXPR];
  const keys = keysFor('select', path);
  return refOf<T>(
    of.kind === 'select' && !of.orElse ? { ...of, path: [...of.path, ...keys] } : { kind: 'select', of, path: keys },
  );
}

/**
 * A set whose names only Nix knows: `attrs([host.config.networking.hostName, { … }])` is `{ ${config.networking.hostName} = { … }; }`.
 *
 * @param members pairs of a name and a value; a name that is a string is as good as a member of an object
 */
// biome-ignore lint/suspicious/noExplicitAny: where nothing says what is expected, anything is
export function attrs<T = any>(...members: readonly (readonly [name: AttrName, value: Content<T>])[]): Expr<Attrs<T>> {
  return exprOf<Attrs<T>>({
    kind: 'set',
    items: members.map((member) => {
      if (!Array.isArray(member) || member.length !== 2)
        throw wrongArgument('attrs', 'pairs of a name and a value', member, "write attrs(['name', value])");
      const [name, value] = member;
      return { kind: 'binding', path: [keyFor('attrs', name)], value: nodeOf(value) };
    }),
  });
}

function keysFor(call: string, path: readonly AttrName[]): Key[] {
  if (path.length) return path.map((name) => keyFor(call, name));
  throw wrongArgument(call, 'the names of attributes', undefined, `name what is meant: ${call}(set, 'name')`);
}

function keyFor(call: string, name: AttrName): Key {
  if (typeof name !== 'string' && !isExpr(name))
    throw wrongArgument(call, 'the names of attributes', name, 'write strings, or expressions of strings');
  return typeof name === 'string' ? { kind: 'name', name } : keyOf(hole(new Embedded(name[EXPR], userPosition())));
}

function notASelection(node: Node): Error {
  return failure({
    code: 'not-a-selection',
    message: `orElse was given ${node.kind === 'ident' ? `the variable ${node.name}` : 'an expression'} that selects nothing`,
    position: userPosition(),
    help: 'give it a selection such as args.settings.port; cond(test, yes, no) chooses between any two values',
  });
}
