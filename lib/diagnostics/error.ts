import type { Diagnostic } from './diagnostic';
import { renderAll } from './render';

/** Thrown when a fleet cannot be synthesised; carries every problem that was found. */
export class CdknixError extends Error {
  declare readonly diagnostics: readonly Diagnostic[];

  /** @param diagnostics at least one, of severity `error` among them */
  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => d.message).join('; '));
    this.name = 'CdknixError';
    // Not enumerable: whoever prints the error sees them rendered, in its stack.
    Object.defineProperty(this, 'diagnostics', { value: diagnostics });
    Object.defineProperty(this, 'stack', {
      configurable: true,
      get: () => renderAll(diagnostics),
    });
  }
}

/** An error of one diagnostic, to throw where construction cannot go on. */
export function failure(diagnostic: Omit<Diagnostic, 'severity'>): CdknixError {
  return new CdknixError([{ severity: 'error', ...diagnostic }]);
}
