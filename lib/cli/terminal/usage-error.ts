import { CdknixError, type Diagnostic } from '../../diagnostics';

/** The command line or its configuration is wrong: ends with another exit code than an app that is wrong. */
export class UsageError extends CdknixError {}

/** A usage error of one diagnostic. */
export function usageError(diagnostic: Omit<Diagnostic, 'severity'>): UsageError {
  return new UsageError([{ severity: 'error', ...diagnostic }]);
}
