import type { EXPR, Expr as Node } from '../nix';

/** What an expression evaluates to, for the compiler only. */
export declare const VALUE: unique symbol;

declare const PACKAGE: unique symbol;
declare const READ_ONLY: unique symbol;
declare const REMOVED: unique symbol;
declare const RELEASE: unique symbol;
declare const DECLARES: unique symbol;

/** A Nix expression that evaluates to a `T`; may stand wherever a `T` may. */
export interface Expr<T = unknown> {
  readonly [EXPR]: Node;
  readonly [VALUE]?: T;
}

/** `T`, or an expression of it. */
export type Value<T> = T | Expr<T>;

/**
 * What all sets of options have in common: an expression may stand for the whole set. That sets are not unions with `Expr`
 * lets the compiler name the option that was meant by a misspelt one.
 */
export interface OptionSet<T> {
  readonly [EXPR]?: Node;
  readonly [VALUE]?: T;
}

/** Says, in the compiler's messages about a group of options, which release these are of: it holds nothing. */
export interface Of<Release extends string> {
  readonly [RELEASE]?: Release;
}

/** A package: `pkgs.git`, or what evaluates to one. */
export interface Package {
  readonly [PACKAGE]: true;
}

/** The path of a file or folder; a package stands for the folder that it builds. */
export type Path = string | Package;

/** An option that is gone, as of a release: whoever sets it gets an error. */
export interface Removed<Release extends string = string> {
  readonly [REMOVED]: Release & never;
}

/** An option that may be referred to, but not set. */
export interface ReadOnly<T> {
  readonly [READ_ONLY]: T;
}

/** Marks, for the compiler only, what declares options of a module system, and what may be defined for them. */
export interface Declares<Class extends string, Options> {
  readonly [DECLARES]: { readonly class: Class; readonly options: Options };
}

/** A list of values. */
export type List<T> = readonly Value<T>[];

/** A list of sets of options. */
export type ListOf<T> = readonly T[];

/** Values by name. */
export interface Attrs<T> {
  readonly [name: string]: Value<T> | undefined;
}

/** Sets of options by name. */
export interface AttrsOf<T> {
  readonly [name: string]: T | undefined;
}

declare const probe: { readonly [name: string]: 1 };

/** Whether the compiler takes any name of an open set for missing (`noUncheckedIndexedAccess`). */
type IsChecked = undefined extends typeof probe.any ? true : false;

/**
 * What a reference selects by a name that no type knows, where Nix alone can tell whether it is there. A compiler that takes
 * it for missing would refuse whatever is done with it.
 */
// biome-ignore lint/suspicious/noExplicitAny: the only type that stays what it is when it may be undefined
export type Open<T> = IsChecked extends true ? any : T;

/** What a file format such as JSON or TOML can hold. */
export type Data = null | boolean | number | string | object;

/**
 * What stands for a `T` in a function that gives an expression of it: `T` is what the place of the call expects, never what
 * was written, so that a mistake is shown where it is. (An index type is nothing to infer from, and gone once `T` is known.)
 */
export type Content<T> = [[SetIn<T>] extends [never] ? Value<T> : T][T extends unknown ? 0 : never];

/** The members of a union that take expressions by themselves. */
export type SetIn<T> = T extends unknown ? (typeof EXPR extends keyof T ? T : never) : never;
