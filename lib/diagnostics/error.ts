import { sanitized } from '../redaction';
import type { Diagnostic } from './diagnostic';
import { renderAll } from './render';

/** Thrown when a fleet cannot be synthesised; carries every problem that was found. */
export class CdknixError extends Error {
  declare readonly diagnostics: readonly Diagnostic[];

  /** @param diagnostics at least one, of severity `error` among them */
  constructor(diagnostics: readonly Diagnostic[]) {
    const shown = diagnostics.map(sanitizedDiagnostic);
    super(shown.map((d) => d.message).join('; '));
    this.name = 'CdknixError';
    // Not enumerable: whoever prints the error sees them rendered, in its stack.
    Object.defineProperty(this, 'diagnostics', { value: shown });
    Object.defineProperty(this, 'stack', {
      configurable: true,
      get: () => renderAll(shown),
    });
  }
}

/** A diagnostic whose words may be shown by whoever gets it. */
export function sanitizedDiagnostic(diagnostic: Diagnostic): Diagnostic {
  const { message, path, related, help } = diagnostic;
  return {
    ...diagnostic,
    message: sanitized(message),
    ...(path !== undefined && { path: sanitized(path) }),
    ...(help !== undefined && { help: sanitized(help) }),
    ...(related && { related: related.map((one) => ({ ...one, message: sanitized(one.message) })) }),
  };
}

/** An error of one diagnostic, to throw where construction cannot go on. */
export function failure(diagnostic: Omit<Diagnostic, 'severity'>): CdknixError {
  return new CdknixError([{ severity: 'error', ...diagnostic }]);
}
