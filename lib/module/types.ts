import { EXPR } from '../nix';
import type { Attrs, Expr, Open, Package, Path } from '../options/values';
import type { AnyType, AttrsIn, ListIn, NixType, OptionDeclarations, OptionsIn } from './declared';
import { exprOf, nodeOf } from './expr';
import type { Library } from './generated/names';
import { lib } from './globals';
import type { Ref } from './ref';

/** A submodule as it is declared: the members of its module. */
export interface SubmoduleProps<O extends OptionDeclarations, F = never> {
  readonly options?: O | undefined;
  /** The type of names that no option has. */
  readonly freeformType?: AnyType<F> | undefined;
  readonly config?: unknown;
  readonly imports?: readonly unknown[] | undefined;
}

/** The arguments of a submodule: its name among its siblings, its own configuration and its own options, the library. */
export interface SubmoduleArgs {
  readonly name: Expr<string>;
  readonly config: Ref;
  readonly options: Ref;
  readonly lib: Library;
}

type SubmoduleIn<O extends OptionDeclarations, F> = [F] extends [never]
  ? OptionsIn<O>
  : OptionsIn<O> & { readonly [name: string]: unknown };

type Elements<T extends readonly unknown[]> = T[number] extends AnyType<infer U> ? U : never;

function named<T>(...path: readonly string[]): NixType<T> {
  return path.reduce<Ref>((at, name) => at[name]!, lib.types!) as NixType<T>;
}

function of<T>(name: string, ...args: readonly unknown[]): NixType<T> {
  return exprOf({ kind: 'apply', fn: lib.types![name]![EXPR], args: args.map(nodeOf) }) as NixType<T>;
}

function within<T>(group: string, name: string, ...args: readonly unknown[]): NixType<T> {
  return exprOf({ kind: 'apply', fn: lib.types![group]![name]![EXPR], args: args.map(nodeOf) }) as NixType<T>;
}

/** The types of options, by the names that `lib.types` has for them (NixOS manual, "Options Types"). */
export const types = {
  /** Anything; definitions are merged as far as they can be. */
  anything: named<unknown>('anything'),
  /** Anything, of which there may be one definition. */
  raw: named<unknown>('raw'),
  /** The type of an option. */
  optionType: named<unknown>('optionType'),
  bool: named<boolean>('bool'),
  /** A boolean that is true if one of its definitions is. */
  boolByOr: named<boolean>('boolByOr'),
  int: named<number>('int'),
  float: named<number>('float'),
  number: named<number>('number'),
  /** Integers of a size, or between bounds. */
  ints: {
    u8: named<number>('ints', 'u8'),
    u16: named<number>('ints', 'u16'),
    u32: named<number>('ints', 'u32'),
    s8: named<number>('ints', 's8'),
    s16: named<number>('ints', 's16'),
    s32: named<number>('ints', 's32'),
    unsigned: named<number>('ints', 'unsigned'),
    positive: named<number>('ints', 'positive'),
    /** An integer between two, both included. */
    between: (lowest: number, highest: number) => within<number>('ints', 'between', lowest, highest),
  },
  /** Numbers, integer or not. */
  numbers: {
    nonnegative: named<number>('numbers', 'nonnegative'),
    positive: named<number>('numbers', 'positive'),
    /** A number between two, both included. */
    between: (lowest: number, highest: number) => within<number>('numbers', 'between', lowest, highest),
  },
  /** A port of TCP or UDP: 0 to 65535. */
  port: named<number>('port'),
  str: named<string>('str'),
  nonEmptyStr: named<string>('nonEmptyStr'),
  singleLineStr: named<string>('singleLineStr'),
  /** A field of `/etc/passwd`: one line without a colon. */
  passwdEntry: (type: AnyType<string>) => of<string>('passwdEntry', type),
  /** A string that matches a POSIX extended regular expression as a whole. */
  strMatching: (pattern: string) => of<string>('strMatching', pattern),
  /** Text whose definitions are joined by newlines. */
  lines: named<string>('lines'),
  /** Text whose definitions are joined by commas. */
  commas: named<string>('commas'),
  /** Text whose definitions are joined by colons. */
  envVar: named<string>('envVar'),
  /** Text whose definitions are joined by a separator. */
  separatedString: (separator: string) => of<string>('separatedString', separator),
  path: named<Path>('path'),
  pathInStore: named<Path>('pathInStore'),
  /** A path that is not in the store. */
  externalPath: named<string>('externalPath'),
  pathWith: (props: { readonly inStore?: boolean; readonly absolute?: boolean }) => of<Path>('pathWith', props),
  package: named<Package>('package'),
  /** A package that has a `shellPath`. */
  shellPackage: named<Package>('shellPackage'),
  /** A package set. */
  pkgs: named<unknown>('pkgs'),
  attrs: named<Attrs<unknown>>('attrs'),
  attrsOf: <T>(type: AnyType<T>) => of<AttrsIn<T>>('attrsOf', type),
  lazyAttrsOf: <T>(type: AnyType<T>) => of<AttrsIn<T>>('lazyAttrsOf', type),
  attrsWith: <T>(props: { readonly elemType: AnyType<T>; readonly lazy?: boolean; readonly placeholder?: string }) =>
    of<AttrsIn<T>>('attrsWith', props),
  /** Exactly one of several attributes. */
  attrTag: <O extends OptionDeclarations>(options: O) => of<OptionsIn<O>>('attrTag', options),
  listOf: <T>(type: AnyType<T>) => of<ListIn<T>>('listOf', type),
  nonEmptyListOf: <T>(type: AnyType<T>) => of<ListIn<T>>('nonEmptyListOf', type),
  nullOr: <T>(type: AnyType<T>) => of<T | null>('nullOr', type),
  /** A value of which there may be one definition. */
  uniq: <T>(type: AnyType<T>) => of<T>('uniq', type),
  unique: <T>(props: { readonly message: string }, type: AnyType<T>) => of<T>('unique', props, type),
  enum: <const T extends string | number | boolean | null>(values: readonly T[]) => of<T>('enum', values),
  either: <A, B>(first: AnyType<A>, second: AnyType<B>) => of<A | B>('either', first, second),
  oneOf: <const T extends readonly AnyType[]>(all: T) => of<Elements<T>>('oneOf', all),
  /** A `To`; what is a `From` is made one by a function. */
  coercedTo: <From, To>(from: AnyType<From>, convert: ((value: Ref) => unknown) | Expr, to: AnyType<To>) =>
    of<From | To>('coercedTo', from, convert, to),
  functionTo: <T>(type: AnyType<T>) => of<(...args: Ref[]) => T>('functionTo', type),
  /** A type with a further condition. */
  addCheck: <T>(type: AnyType<T>, check: ((value: Ref) => unknown) | Expr) => of<T>('addCheck', type, check),
  /** A set of options of its own, by a module, or by several. */
  submodule: <const O extends OptionDeclarations = Record<never, never>, F = never>(
    module:
      | SubmoduleProps<O, F>
      | readonly SubmoduleProps<O, F>[]
      | ((args: SubmoduleArgs & { readonly [name: string]: Open<Ref> }) => SubmoduleProps<O, F>),
  ) => of<SubmoduleIn<O, F>>('submodule', module),
  /** A set whose options are those of modules that are given as expressions. */
  submoduleWith: (props: {
    readonly modules: readonly unknown[];
    readonly specialArgs?: object;
    readonly shorthandOnlyDefinesConfig?: boolean;
    readonly description?: string;
    readonly class?: string;
  }) => of<unknown>('submoduleWith', props),
  /** A module, kept for an evaluation of its own. */
  deferredModule: named<string | object>('deferredModule'),
  deferredModuleWith: (props: { readonly staticModules?: readonly unknown[] }) =>
    of<string | object>('deferredModuleWith', props),
} as const;
