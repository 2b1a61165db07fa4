import type { Configs, ModuleClass } from '../options/config';
import type { Expr, Package, ReadOnly } from '../options/values';
import type { Ref } from './ref';

/** References to the final configuration of a machine or home. */
export type ConfigOf<Class extends ModuleClass> = Class extends ModuleClass ? References<Configs[Class]> : never;

/** References to the values of a set of options: each option by its name, as an expression of its type. */
export type References<T> = Expr<T> & { readonly [Name in Exclude<keyof T, symbol>]-?: ReferenceTo<T[Name]> };

type ReferenceTo<Slot> = unknown extends Slot
  ? Ref
  : [Slot] extends [ReadOnly<infer T> | undefined]
    ? ReferenceTo<T>
    : [Plain<Slot>] extends [Package]
      ? Ref<Read<Slot>>
      : [Plain<Slot>] extends [string | number | boolean | readonly unknown[]]
        ? Expr<Read<Slot>>
        : References<Plain<Slot>>;

/** What an option gives when it is read. */
type Read<Slot> = Exclude<Slot, Expr | undefined>;

/** What of it has members. */
type Plain<Slot> = Exclude<Slot, Expr | null | undefined>;
