import type { Expr } from '../../nix';

/** An expression with what its variables mean. */
export interface Closure {
  readonly expr: Expr;
  readonly env: Env;
}

/** What makes a value, and the value once somebody has asked for it. */
export interface Thunk {
  readonly make: Closure | (() => Value);
  value?: Value;
  /** While its value is found: what needs itself has none. */
  isOpen?: boolean;
}

/** The variables around an expression, from the inside out. */
export interface Env {
  /** The folder of the file that the expression stands in, from the root of the flake: `''`, `lib`. */
  readonly folder: string;
  readonly names: ReadonlyMap<string, Thunk>;
  /** The set of a `with`. */
  readonly opened?: Thunk;
  readonly outer?: Env;
}

/** What an expression of a flake comes to, as far as its code alone tells; `at` is the code that came to it. */
export type Value = Literal | PathValue | ListValue | SetValue | FunctionValue | LibraryFunction | Machine | Unknown;

export interface Literal {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
}

/** A path in the flake, from its root. */
export interface PathValue {
  readonly kind: 'path';
  readonly path: string;
}

export interface ListValue {
  readonly kind: 'list';
  readonly at?: Closure;
  readonly items: readonly Thunk[];
}

export interface SetValue {
  readonly kind: 'set';
  readonly at?: Closure;
  readonly members: ReadonlyMap<string, Thunk>;
  /** What it is called in the flake's scope, if it has a name there: `inputs`. */
  readonly code?: Expr;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly at: Closure & { readonly expr: Extract<Expr, { kind: 'lambda' }> };
}

/** A function of Nix or of nixpkgs' library, with the arguments that it has been given so far. */
export interface LibraryFunction {
  readonly kind: 'library';
  readonly name: string;
  readonly args: readonly Thunk[];
}

/** A call that makes a configuration. */
export interface Machine {
  readonly kind: 'machine';
  readonly of: MachineKind;
  /** The input whose function it is, where the code tells. */
  readonly input?: string | undefined;
  readonly args: Thunk;
}

export type MachineKind = 'nixos' | 'darwin' | 'home';

/** Something that only Nix knows. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly at?: Closure;
  /** What it is called in the flake's scope: `inputs.disko.nixosModules.disko`. */
  readonly code?: Expr;
}

export const literal = (value: Literal['value']): Literal => ({ kind: 'literal', value });
export const unknown: Unknown = { kind: 'unknown' };

/** A value that is there already. */
export const given = (value: Value): Thunk => ({ make: () => value, value });

/** What is asked for when somebody needs it. */
export const lazily = (make: () => Value): Thunk => ({ make });

/** What the evaluation of a flake's code may ask of the flake's folder, by paths from its root. */
export interface Source {
  /** The tree of a Nix file; nothing where there is none that can be read. */
  parse(path: string): Expr | undefined;
  /** The text of a file. */
  text(path: string): string | undefined;
  exists(path: string): boolean;
  /** The names in a folder, and what each is as `builtins.readDir` says it. */
  list(path: string): ReadonlyMap<string, string> | undefined;
}

/** What the library's functions may ask of the evaluation that they are part of. */
export interface Evaluating {
  readonly source: Source;
  force(thunk: Thunk): Value;
  call(fn: Value, argument: Thunk): Value;
  import(path: string): Value;
}
