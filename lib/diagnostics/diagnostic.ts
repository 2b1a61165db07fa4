import type { Place, Position } from './position';

/** One thing that is wrong, where, and what to do about it. */
export interface Diagnostic {
  /** Stable id in kebab case; warnings are acknowledged by it. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** What is wrong with which value: lowercase, no full stop. */
  readonly message: string;
  /** What to do: lowercase, no full stop. */
  readonly help?: string;
  /** The path of the construct that is concerned. */
  readonly path?: string;
  /** The user's line that caused it. */
  readonly position?: Position;
  /** Further places that belong to it. */
  readonly related?: readonly { readonly message: string; readonly position?: Position }[];
  /** A change of the user's source that mends it, for `cdknix fix`. */
  readonly fix?: Fix;
}

/** A definition that has to stand somewhere else in the argument of a call of `set`, as its option has a new name. */
export interface Fix {
  readonly call: Position;
  /** Where the definition is. */
  readonly from: Place;
  /** Where it has to be. */
  readonly to: Place;
}
