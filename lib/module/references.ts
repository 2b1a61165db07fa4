import type { Configs, ModuleClass } from '../options/config';
import type { Expr, Package, ReadOnly } from '../options/values';
import type { Ref } from './ref';

/** References to the final configuration of a machine or home. */
export type ConfigOf<Class extends ModuleClass> = Class extends ModuleClass ? References<Configs[Class]> : never;

/** References to the values of a set of options: each option by its name, as an expression of its type. */
export type References<T> = Expr<T> & {
  readonly [Name in keyof T as Exclude<Name, symbol>]-?: ReferenceTo<T[Name]>;
};

type ReferenceTo<Slot> = unknown extends Slot
  ? Ref
  : [Slot] extends [ReadOnly<infer T> | undefined]
    ? ReferenceTo<T>
    : [Slot] extends [Simple | Expr | null | undefined]
      ? Expr<Read<Slot>>
      : [Slot] extends [Simple | Package | Expr | null | undefined]
        ? Ref<Read<Slot>>
        : References<Exclude<Slot, Simple | Package | Expr | null | undefined>>;

/** What has no members that are worth a reference. */
type Simple = string | number | boolean | readonly unknown[];

/** What an option gives when it is read. */
type Read<Slot> = Exclude<Slot, Expr | undefined>;
