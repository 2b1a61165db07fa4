import type { Place } from './state';

/** What is wrong with a definition. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly help: string;
  /** The names of the option that is concerned, with the names of attributes and the indices of lists on the way. */
  readonly option: Place;
  /** Where it stands in the value: the names and indices on the way, as the user nested them. */
  readonly place: Place;
  /** Whether an unknown name is a slip of the fingers: one beside it is spelled nearly so. */
  readonly isSlip?: boolean;
  /** The names to write instead. */
  readonly renameTo?: Place;
}

type ProblemCode =
  | 'option-unknown'
  | 'option-type'
  | 'option-value'
  | 'option-required'
  | 'option-read-only'
  | 'option-renamed'
  | 'option-removed';
