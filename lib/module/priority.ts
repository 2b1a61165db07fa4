import { EXPR } from '../nix';
import { type Expr, exprOf, nodeOf, type Value } from './expr';
import { lib } from './globals';

function call<T>(name: string, ...args: unknown[]): Expr<T> {
  return exprOf<T>({ kind: 'apply', fn: lib[name]![EXPR], args: args.map(nodeOf) });
}

/** Defines `content` only where `condition` holds (NixOS manual, "Delaying Conditionals"). */
export function mkIf<T>(condition: Value<boolean>, content: T): Expr<T> {
  return call('mkIf', condition, content);
}

/** Several definitions of one option, as if they stood in modules of their own (NixOS manual, "Merging Configurations"). */
export function mkMerge<T>(contents: readonly T[]): Expr<T> {
  return call('mkMerge', contents);
}

/** A definition that gives way to all others, as the default of an option does: priority 1500. */
export function mkOptionDefault<T>(content: T): Expr<T> {
  return call('mkOptionDefault', content);
}

/** A definition that gives way to a plain one: priority 1000. */
export function mkDefault<T>(content: T): Expr<T> {
  return call('mkDefault', content);
}

/** A definition that wins over plain ones: priority 50. */
export function mkForce<T>(content: T): Expr<T> {
  return call('mkForce', content);
}

/**
 * A definition of a priority of its own.
 *
 * @param priority lower wins; plain definitions have 100
 */
export function mkOverride<T>(priority: number, content: T): Expr<T> {
  return call('mkOverride', priority, content);
}

/** Puts the elements before those of plain definitions: order 500. */
export function mkBefore<T>(content: T): Expr<T> {
  return call('mkBefore', content);
}

/** Puts the elements behind those of plain definitions: order 1500. */
export function mkAfter<T>(content: T): Expr<T> {
  return call('mkAfter', content);
}

/**
 * Puts the elements at a place of their own among all definitions.
 *
 * @param order lower comes first; plain definitions have 1000
 */
export function mkOrder<T>(order: number, content: T): Expr<T> {
  return call('mkOrder', order, content);
}
