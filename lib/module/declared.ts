import type { ModuleClass } from '../options/config';
import type { Attrs, AttrsOf, Declares, Expr, List, ListOf, OptionSet, SetIn, Value } from '../options/values';
import type { ReferenceTo } from './references';

declare const TYPE: unique symbol;
declare const OPTION: unique symbol;

/** A type of the module system: an option of it takes a `T`. */
export interface NixType<T = unknown> extends Expr {
  readonly [TYPE]?: T;
}

/** What is taken for a type: one of `types`, or an expression such as `(pkgs.formats.json { }).type`. */
// biome-ignore lint/suspicious/noExplicitAny: of an expression nobody knows what it takes
export type AnyType<T = any> = NixType<T>;

/** The declaration of an option that takes a `T`, and gives an `R` where it is read. */
export interface OptionDeclaration<T = unknown, R = T> extends Expr {
  readonly [OPTION]?: readonly [takes: T, gives: R];
}

/** An expression that is known to declare an option; nothing for any other. */
export type DeclarationOnly<D> = typeof OPTION extends keyof D ? D : never;

/** Options and groups of options by name. */
export interface OptionDeclarations {
  // biome-ignore lint/suspicious/noExplicitAny: options of any type
  readonly [name: string]: OptionDeclaration<any, any> | OptionDeclarations;
}

/**
 * What has to be true of declarations, member by member: one that is wrong is shown alone, and what is inferred of the others
 * stays.
 */
export type DeclarationsIn<O> = {
  // biome-ignore lint/suspicious/noExplicitAny: options of any type
  readonly [Name in keyof O]: O[Name] extends OptionDeclaration<any, any>
    ? O[Name]
    : O[Name] extends object
      ? DeclarationsIn<O[Name]>
      : OptionDeclaration;
};

/** What may be defined for an option that takes a `T`: sets of options take expressions by themselves. */
export type Slot<T> = unknown extends T
  ? unknown
  : SetIn<T> | ([Exclude<T, SetIn<T>>] extends [never] ? never : Value<Exclude<T, SetIn<T>>>);

export type ListIn<T> = [SetIn<T>] extends [never] ? List<T> : ListOf<Slot<T>>;
export type AttrsIn<T> = [SetIn<T>] extends [never] ? Attrs<T> : AttrsOf<Slot<T>>;

/** What may be defined for declared options. */
export type OptionsIn<O> = {
  readonly [Name in keyof O]?: O[Name] extends OptionDeclaration<infer T, unknown>
    ? Slot<T> | undefined
    : OptionsIn<O[Name]> | undefined;
} & OptionSet<OptionsIn<O>>;

/** References to the values of declared options. */
export type OptionReferences<O> = Expr & {
  readonly [Name in keyof O]: O[Name] extends OptionDeclaration<unknown, infer R>
    ? ReferenceTo<R>
    : OptionReferences<O[Name]>;
};

/** What `declare` gives back: references to the options; its type makes them known to every `set` (`DeclaredOptions`). */
export type Declared<Class extends ModuleClass, O> = OptionReferences<O> & Declares<Class, OptionsIn<O>>;
