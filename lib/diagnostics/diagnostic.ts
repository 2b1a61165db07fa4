import type { Place, Position } from './position';
import { renderAll } from './render';

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
