import { EXPR } from '../nix';
import type { Content, Expr, Value } from '../options/values';
import { exprOf, nodeOf } from './expr';
import { lib } from './globals';

// biome-ignore lint/suspicious/noExplicitAny: where nothing says what is expected, anything is
type Any = any;

function call<T>(name: string, ...args: unknown[]): Expr<T> {
  return exprOf<T>({ kind: 'apply', fn: lib[name]![EXPR], args: args.map(nodeOf) });
}

/** Defines `content` only where `condition` holds (NixOS manual, "Delaying Conditionals"). */
export function mkIf<T = Any>(condition: Value<boolean>, content: Content<T>): Expr<T> {
  return call('mkIf', condition, content);
}

/** Several definitions of one option, as if they stood in modules of their own (NixOS manual, "Merging Configurations"). */
export function mkMerge<T = Any>(contents: readonly Content<T>[]): Expr<T> {
  return call('mkMerge', contents);
}

/** A definition that gives way to all others, as the default of an option does: priority 1500. */
export function mkOptionDefault<T = Any>(content: Content<T>): Expr<T> {
  return call('mkOptionDefault', content);
}

/** A definition that gives way to a plain one: priority 1000. */
export function mkDefault<T = Any>(content: Content<T>): Expr<T> {
  return call('mkDefault', content);
}

/** A definition that wins over plain ones: priority 50. */
export function mkForce<T = Any>(content: Content<T>): Expr<T> {
  return call('mkForce', content);
}

/**
 * A definition of a priority of its own.
 *
 * @param priority lower wins; plain definitions have 100
 */
export function mkOverride<T = Any>(priority: number, content: Content<T>): Expr<T> {
  return call('mkOverride', priority, content);
}

/** Puts the elements before those of plain definitions: order 500. */
export function mkBefore<T = Any>(content: Content<T>): Expr<T> {
  return call('mkBefore', content);
}

/** Puts the elements behind those of plain definitions: order 1500. */
export function mkAfter<T = Any>(content: Content<T>): Expr<T> {
  return call('mkAfter', content);
}

/**
 * Puts the elements at a place of their own among all definitions.
 *
 * @param order lower comes first; plain definitions have 1000
 */
export function mkOrder<T = Any>(order: number, content: Content<T>): Expr<T> {
  return call('mkOrder', order, content);
}
