import { EXPR } from '../nix';
import type { Attrs, Expr, Open, Package, Path } from '../options/values';
import { type ArgumentKind, checkArgument, refuseMore } from './arguments';
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

function of<T>(name: string, args: readonly unknown[], given: IArguments): NixType<T> {
  refuseMore(name, given, args.length);
  return exprOf({ kind: 'apply', fn: lib.types![name]![EXPR], args: args.map(nodeOf) }) as NixType<T>;
}

function between<T>(group: string, lowest: number, highest: number, given: IArguments): NixType<T> {
  for (const one of [lowest, highest]) checkArgument('between', 'number', one);
  refuseMore('between', given, 2);
  const fn = lib.types![group]!.between![EXPR];
  return exprOf({ kind: 'apply', fn, args: [lowest, highest].map(nodeOf) }) as NixType<T>;
}

/** What is of a kind that a type is made with. */
function checked<T>(name: string, kind: ArgumentKind, ...args: readonly T[]): readonly T[] {
  for (const one of args) checkArgument(name, kind, one);
  return args;
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
    between(lowest: number, highest: number) {
      return between<number>('ints', lowest, highest, arguments);
    },
  },
  /** Numbers, integer or not. */
  numbers: {
    nonnegative: named<number>('numbers', 'nonnegative'),
    positive: named<number>('numbers', 'positive'),
    /** A number between two, both included. */
    between(lowest: number, highest: number) {
      return between<number>('numbers', lowest, highest, arguments);
    },
  },
  /** A port of TCP or UDP: 0 to 65535. */
  port: named<number>('port'),
  str: named<string>('str'),
  nonEmptyStr: named<string>('nonEmptyStr'),
  singleLineStr: named<string>('singleLineStr'),
  /** A field of `/etc/passwd`: one line without a colon. */
  passwdEntry(type: AnyType<string>) {
    return of<string>('passwdEntry', checked('passwdEntry', 'type', type), arguments);
  },
  /** A string that matches a POSIX extended regular expression as a whole. */
  strMatching(pattern: string) {
    return of<string>('strMatching', checked('strMatching', 'text or expression', pattern), arguments);
  },
  /** Text whose definitions are joined by newlines. */
  lines: named<string>('lines'),
  /** Text whose definitions are joined by commas. */
  commas: named<string>('commas'),
  /** Text whose definitions are joined by colons. */
  envVar: named<string>('envVar'),
  /** Text whose definitions are joined by a separator. */
  separatedString(separator: string) {
    return of<string>('separatedString', checked('separatedString', 'text or expression', separator), arguments);
  },
  path: named<Path>('path'),
  pathInStore: named<Path>('pathInStore'),
  /** A path that is not in the store. */
  externalPath: named<string>('externalPath'),
  pathWith(props: { readonly inStore?: boolean; readonly absolute?: boolean }) {
    return of<Path>('pathWith', checked('pathWith', 'object', props), arguments);
  },
  package: named<Package>('package'),
  /** A package that has a `shellPath`. */
  shellPackage: named<Package>('shellPackage'),
  /** A package set. */
  pkgs: named<unknown>('pkgs'),
  attrs: named<Attrs<unknown>>('attrs'),
  attrsOf<T>(type: AnyType<T>) {
    return of<AttrsIn<T>>('attrsOf', checked('attrsOf', 'type', type), arguments);
  },
  lazyAttrsOf<T>(type: AnyType<T>) {
    return of<AttrsIn<T>>('lazyAttrsOf', checked('lazyAttrsOf', 'type', type), arguments);
  },
  attrsWith<T>(props: { readonly elemType: AnyType<T>; readonly lazy?: boolean; readonly placeholder?: string }) {
    return of<AttrsIn<T>>('attrsWith', checked('attrsWith', 'object', props), arguments);
  },
  /** Exactly one of several attributes. */
  attrTag<O extends OptionDeclarations>(options: O) {
    return of<OptionsIn<O>>('attrTag', checked('attrTag', 'object', options), arguments);
  },
  listOf<T>(type: AnyType<T>) {
    return of<ListIn<T>>('listOf', checked('listOf', 'type', type), arguments);
  },
  nonEmptyListOf<T>(type: AnyType<T>) {
    return of<ListIn<T>>('nonEmptyListOf', checked('nonEmptyListOf', 'type', type), arguments);
  },
  nullOr<T>(type: AnyType<T>) {
    return of<T | null>('nullOr', checked('nullOr', 'type', type), arguments);
  },
  /** A value of which there may be one definition. */
  uniq<T>(type: AnyType<T>) {
    return of<T>('uniq', checked('uniq', 'type', type), arguments);
  },
  unique<T>(props: { readonly message: string }, type: AnyType<T>) {
    return of<T>(
      'unique',
      [...checked<unknown>('unique', 'object', props), ...checked('unique', 'type', type)],
      arguments,
    );
  },
  enum<const T extends string | number | boolean | null>(values: readonly T[]) {
    return of<T>('enum', checked('enum', 'list', values), arguments);
  },
  either<A, B>(first: AnyType<A>, second: AnyType<B>) {
    return of<A | B>('either', checked<AnyType>('either', 'type', first, second), arguments);
  },
  oneOf<const T extends readonly AnyType[]>(all: T) {
    checked('oneOf', 'list', all);
    if (Array.isArray(all)) checked('oneOf', 'type', ...all);
    return of<Elements<T>>('oneOf', [all], arguments);
  },
  /** A `To`; what is a `From` is made one by a function. */
  coercedTo<From, To>(from: AnyType<From>, convert: ((value: Ref) => unknown) | Expr, to: AnyType<To>) {
    checked<AnyType>('coercedTo', 'type', from, to);
    checked('coercedTo', 'function or expression', convert);
    return of<From | To>('coercedTo', [from, convert, to], arguments);
  },
  functionTo<T>(type: AnyType<T>) {
    return of<(...args: Ref[]) => T>('functionTo', checked('functionTo', 'type', type), arguments);
  },
  /** A type with a further condition. */
  addCheck<T>(type: AnyType<T>, check: ((value: Ref) => unknown) | Expr) {
    checked('addCheck', 'type', type);
    checked('addCheck', 'function or expression', check);
    return of<T>('addCheck', [type, check], arguments);
  },
  /** A set of options of its own, by a module, or by several. */
  submodule<const O extends OptionDeclarations = Record<never, never>, F = never>(
    module:
      | SubmoduleProps<O, F>
      | readonly SubmoduleProps<O, F>[]
      | ((args: SubmoduleArgs & { readonly [name: string]: Open<Ref> }) => SubmoduleProps<O, F>),
  ) {
    return of<SubmoduleIn<O, F>>('submodule', checked('submodule', 'module', module), arguments);
  },
  /** A set whose options are those of modules that are given as expressions. */
  submoduleWith(props: {
    readonly modules: readonly unknown[];
    readonly specialArgs?: object;
    readonly shorthandOnlyDefinesConfig?: boolean;
    readonly description?: string;
    readonly class?: string;
  }) {
    return of<unknown>('submoduleWith', checked('submoduleWith', 'object', props), arguments);
  },
  /** A module, kept for an evaluation of its own. */
  deferredModule: named<string | object>('deferredModule'),
  deferredModuleWith(props: { readonly staticModules?: readonly unknown[] }) {
    return of<string | object>('deferredModuleWith', checked('deferredModuleWith', 'object', props), arguments);
  },
} as const;
