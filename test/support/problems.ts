import { CdknixError, type Diagnostic, type Flake } from 'cdknix';
import { diagnostics } from 'cdknix/testing';
import { renderAll } from '../../lib/diagnostics';

/** What a person would read about a flake, or about the code that fails to make one. */
export function problemsOf(make: () => Flake): string {
  return renderAll(found(make));
}

function found(make: () => Flake): readonly Diagnostic[] {
  try {
    return diagnostics(make());
  } catch (error) {
    if (error instanceof CdknixError) return error.diagnostics;
    throw error;
  }
}
