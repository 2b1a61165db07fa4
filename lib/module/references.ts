import type { Configs, ModuleClass } from '../options/config';
import type { Expr, Open, Package, ReadOnly } from '../options/values';
import type { Ref } from './ref';

/** References to the final configuration of a machine or home. */
export type ConfigOf<Class extends ModuleClass> = Class extends ModuleClass ? References<Configs[Class]> : never;

/** References to the values of a set of options: each option by its name, as an expression of its type. */
export type References<T> = Expr<T> & {
  readonly [Name in keyof T as Exclude<Name, symbol>]-?: string extends Name
    ? Open<ReferenceTo<T[Name]>>
    : ReferenceTo<T[Name]>;
};

/** A reference to the value of one option. */
export type ReferenceTo<Slot> = unknown extends Slot
  ? Ref
  : [Slot] extends [ReadOnly<infer T> | undefined]
    ? ReferenceTo<T>
    : [Slot] extends [Package | Nothing]
      ? Ref<Package>
      : [Slot] extends [Simple | Package | Nothing]
        ? Expr<Exclude<Slot, Package | Nothing>>
        : References<Exclude<Slot, Simple | Package | Nothing>>;

/** What has no members that are worth a reference. */
type Simple = string | number | boolean | readonly unknown[];

/** What is not read, or not by itself: no more is known of a nullable option than that it may have its type. */
type Nothing = Expr | null | undefined;
