import { CdknixError, type Diagnostic, type Flake } from 'cdknix';
import { fleetOf } from '../../lib/constructs/fleet';
import { renderAll } from '../../lib/diagnostics';
import { planOf } from '../../lib/synth/plan';

/**
 * What a person would read about a flake, or about the code that fails to make one. Line numbers of tests read LINE, as
 * they change with every edit: the line itself is in the text.
 */
export function problemsOf(make: () => Flake): string {
  return renderAll(found(make))
    .replace(/(\.test\.ts):\d+:/g, '$1:LINE:')
    .replace(/^ +\d+ \|/gm, '  LINE |')
    .replace(/^ +\|/gm, '       |');
}

function found(make: () => Flake): readonly Diagnostic[] {
  try {
    return planOf(fleetOf(make())).warnings;
  } catch (error) {
    if (error instanceof CdknixError) return error.diagnostics;
    throw error;
  }
}
