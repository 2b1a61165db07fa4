import type { Expr } from '../../nix';
import type { DeclaredInput } from './inputs';
import type { MachineKind } from './value';

/** What a flake says, as far as it can be read: plain values. */
export interface FlakeModel {
  readonly description?: string;
  /** Settings of Nix, as data. */
  readonly nixConfig?: Expr;
  readonly inputs: readonly DeclaredInput[];
  readonly machines: readonly MachineModel[];
  /** Machines that cannot be read, by the names of their outputs. */
  readonly unread: readonly UnreadMachine[];
  readonly outputs: readonly OutputModel[];
  /** Comments at the top of the file. */
  readonly header: readonly string[];
}

export interface UnreadMachine {
  readonly output: string;
  readonly name?: string;
  readonly because: string;
}

/** A host, or a home that is on none. */
export interface MachineModel {
  readonly kind: MachineKind;
  readonly name: string;
  /** The input that makes it. */
  readonly input: string | undefined;
  /** Where the code says it. */
  readonly system: string | undefined;
  readonly modules: readonly ModuleModel[];
  readonly specialArgs: readonly Argument[];
  readonly users: readonly UserModel[];
}

/** A home on a host that its list of modules defines. */
export interface UserModel {
  readonly name: string;
  readonly modules: readonly ModuleModel[];
}

export interface Argument {
  readonly name: string;
  readonly code: Expr;
}

/** One of the modules that something has. */
export type ModuleModel =
  /** A file of the flake, from its root. */
  | { readonly is: 'file'; readonly path: string }
  /** A module that stands in the flake itself. */
  | { readonly is: 'definitions'; readonly code: Expr }
  /** What only Nix knows: a module of an input, a function's result. */
  | { readonly is: 'code'; readonly code: Expr }
  /** A list that only Nix knows. */
  | { readonly is: 'list'; readonly code: Expr };

export interface OutputModel {
  readonly name: string;
  readonly code: Expr;
}
