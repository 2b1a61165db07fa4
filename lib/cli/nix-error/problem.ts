import type { ReportedDefinition } from './definitions';
import type { NixError } from './nix-error';
import type { OptionPlace, Spot } from './node-at';

/** What Nix objects to. */
export interface NixProblem {
  readonly code: string;
  readonly severity?: 'warning';
  readonly message: string;
  readonly help: string;
  /** The option that it is about. */
  readonly option?: OptionPlace;
  /** Whether the option has no value. */
  readonly isMissing?: true;
  /** The definitions that it is about. */
  readonly definitions?: readonly ReportedDefinition[];
  /** The input of the flake that it is about. */
  readonly input?: string;
  /** Files that it is about, as Nix names them. */
  readonly files?: readonly string[];
  /** Options that the text names: whoever sets them may have caused it. */
  readonly named?: readonly OptionPlace[];
  /** What an assertion or warning says: where that is written may be where it comes from. */
  readonly ownText?: string;
  /** Names that are meant at the place, the likeliest first. */
  readonly names?: readonly string[];
  /** Further lines of the message. */
  readonly notes?: readonly string[];
  /** The names that would be right are in a set, which Nix may be asked for. */
  readonly choice?: Choice;
}

/** A set in which a name is missing. */
export interface Choice {
  readonly of: 'pkgs' | 'inputs';
  /** The way to the set. */
  readonly path: readonly string[];
  readonly name: string;
}

/** One kind of message. */
export interface MessagePattern {
  readonly pattern: RegExp;
  /**
   * @param error what Nix says
   * @param spot where in the output it says so
   * @returns nothing if it is of another kind
   */
  read(match: RegExpExecArray, error: NixError, spot: Spot | undefined): NixProblem | undefined;
}
