import type { OptionTree } from '../type';
import { explained } from './explain';
import type { Problem } from './problem';
import type { Surroundings } from './state';
import { findIn } from './walk';

export type { Problem } from './problem';
export type { Place, Surroundings } from './state';
export { findIn } from './walk';

/** What is wrong with the definitions in a value, as `set` takes it, in the order in which they stand there. */
export function checkDefinitions(value: unknown, options: OptionTree, surroundings: Surroundings): Problem[] {
  const findings = findIn(value, options, surroundings);
  return findings.length ? explained(findings, options) : [];
}
