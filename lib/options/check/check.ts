import type { OptionTree } from '../type';
import { explained } from './explain';
import type { Place, Surroundings } from './state';
import { findIn } from './walk';

export type { Place, Surroundings } from './state';

/** What is wrong with a definition. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly help: string;
  /** The names of the option that is concerned, with the names of attributes and the indices of lists on the way. */
  readonly option: Place;
  /** Where it stands in the value: the names and indices on the way, as the user nested them. */
  readonly place: Place;
  /** The names to write instead. */
  readonly renameTo?: Place;
}

export type ProblemCode =
  | 'option-unknown'
  | 'option-type'
  | 'option-value'
  | 'option-required'
  | 'option-read-only'
  | 'option-renamed'
  | 'option-removed';

/** What is wrong with the definitions in a value, as `set` takes it, in the order in which they stand there. */
export function checkDefinitions(value: unknown, options: OptionTree, surroundings: Surroundings): Problem[] {
  const findings = findIn(value, options, surroundings);
  return findings.length ? explained(findings, options) : [];
}
