import { CdknixError } from '../../diagnostics';
import { Interrupted } from './interrupted';
import { countProblems, say, showDiagnostics } from './terminal';
import { UsageError } from './usage-error';

/**
 * Says why a command failed.
 *
 * @param command its name
 * @returns the exit code
 */
export function showFailure(error: unknown, command: string | undefined): number {
  if (error instanceof Interrupted) return error.exitCode;
  if (!(error instanceof CdknixError)) {
    say(`this is a mistake in cdknix, please report it:\n${error instanceof Error ? error.stack : String(error)}`);
    return 1;
  }
  showDiagnostics(error.diagnostics);
  const writes = ['synth', 'watch', 'init', 'import'].includes(command ?? '');
  say(`${countProblems(error.diagnostics)}${writes ? '; nothing was written' : ''}`);
  return error instanceof UsageError ? 2 : 1;
}
