import { CdknixError } from '../../diagnostics';
import type { Plan } from '../../synth/output';

/**
 * A plan, if it has no warnings that nobody acknowledged.
 *
 * @throws CdknixError with the warnings as errors
 */
export function strictly(plan: Plan): Plan {
  if (!plan.warnings.length) return plan;
  throw new CdknixError(plan.warnings.map((warning) => ({ ...warning, severity: 'error' })));
}
