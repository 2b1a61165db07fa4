import { EXPR } from '../nix';
import type { Content, Expr, Value } from '../options/values';
import { checkArgument, refuseMore } from './arguments';
import { exprOf, nodeOf } from './expr';
import { lib } from './globals';

// biome-ignore lint/suspicious/noExplicitAny: where nothing says what is expected, anything is
type Any = any;

function call<T>(name: string, args: readonly unknown[], given: IArguments): Expr<T> {
  refuseMore(name, given, args.length);
  return exprOf<T>({ kind: 'apply', fn: lib[name]![EXPR], args: args.map(nodeOf) });
}

/** Defines `content` only where `condition` holds (NixOS manual, "Delaying Conditionals"). */
export function mkIf<T = Any>(condition: Value<boolean>, content: Content<T>): Expr<T> {
  checkArgument('mkIf', 'test', condition);
  return call('mkIf', [condition, content], arguments);
}

/** Several definitions of one option, as if they stood in modules of their own (NixOS manual, "Merging Configurations"). */
export function mkMerge<T = Any>(contents: readonly Content<T>[]): Expr<T> {
  checkArgument('mkMerge', 'list', contents);
  return call('mkMerge', [contents], arguments);
}

/** A definition that gives way to all others, as the default of an option does: priority 1500. */
export function mkOptionDefault<T = Any>(content: Content<T>): Expr<T> {
  return call('mkOptionDefault', [content], arguments);
}

/** A definition that gives way to a plain one: priority 1000. */
export function mkDefault<T = Any>(content: Content<T>): Expr<T> {
  return call('mkDefault', [content], arguments);
}

/** A definition that wins over plain ones: priority 50. */
export function mkForce<T = Any>(content: Content<T>): Expr<T> {
  return call('mkForce', [content], arguments);
}

/**
 * A definition of a priority of its own.
 *
 * @param priority lower wins; plain definitions have 100
 */
export function mkOverride<T = Any>(priority: number, content: Content<T>): Expr<T> {
  checkArgument('mkOverride', 'number', priority);
  return call('mkOverride', [priority, content], arguments);
}

/** Puts the elements before those of plain definitions: order 500. */
export function mkBefore<T = Any>(content: Content<T>): Expr<T> {
  return call('mkBefore', [content], arguments);
}

/** Puts the elements behind those of plain definitions: order 1500. */
export function mkAfter<T = Any>(content: Content<T>): Expr<T> {
  return call('mkAfter', [content], arguments);
}

/**
 * Puts the elements at a place of their own among all definitions.
 *
 * @param order lower comes first; plain definitions have 1000
 */
export function mkOrder<T = Any>(order: number, content: Content<T>): Expr<T> {
  checkArgument('mkOrder', 'number', order);
  return call('mkOrder', [order, content], arguments);
}
