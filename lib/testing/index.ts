import { readFileSync } from 'node:fs';
import type { Flake } from '../constructs/flake';
import { fleetOf } from '../constructs/fleet';
import { CdknixError, type Diagnostic, renderAll, sourcePosition } from '../diagnostics';
import { writtenFiles } from '../synth/output';
import { planOf } from '../synth/plan';

/**
 * Synthesises a flake in memory, for snapshots: path in the output → text. Files that you keep in the output are not
 * among them.
 *
 * @throws CdknixError with every problem that was found
 */
export function synthToFiles(flake: Flake): Record<string, string> {
  const files = writtenFiles(planOf(fleetOf(flake)));
  return Object.fromEntries(
    [...files].map(([path, content]) => [
      path,
      typeof content === 'string' ? content : readFileSync(content.source, 'utf8'),
    ]),
  );
}

/** Every error and warning of a flake. */
export function diagnostics(flake: Flake): readonly Diagnostic[] {
  return found(flake).map((one) => ({ ...one, ...(one.position && { position: sourcePosition(one.position) }) }));
}

function found(flake: Flake): readonly Diagnostic[] {
  try {
    return planOf(fleetOf(flake)).warnings;
  } catch (error) {
    if (error instanceof CdknixError) return error.diagnostics;
    throw error;
  }
}

/** The types of `matchers`, to extend those of a test runner with. */
export interface FlakeMatchers<R = unknown> {
  /** Passes if the flake has no errors. */
  toSynthesize(): R;
  /** Passes if the flake has an error or warning of a code. */
  toHaveDiagnostic(code: string): R;
}

/** Matchers for vitest and jest: `expect.extend(matchers)`. */
export const matchers = {
  /** Passes if the flake has no errors. */
  toSynthesize(flake: Flake) {
    const errors = diagnostics(flake).filter((one) => one.severity === 'error');
    return {
      pass: errors.length === 0,
      message: () => (errors.length ? renderAll(errors) : 'expected the flake to have errors, and it has none'),
    };
  },

  /** Passes if the flake has an error or warning of a code. */
  toHaveDiagnostic(flake: Flake, code: string) {
    const found = diagnostics(flake);
    return {
      pass: found.some((one) => one.code === code),
      message: () => `expected ${code} among: ${found.map((one) => one.code).join(', ') || 'no diagnostics'}`,
    };
  },
};
