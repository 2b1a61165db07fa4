import { CommanderError } from 'commander';
import { CdknixError, type Diagnostic } from '../../diagnostics';
import { diagnosticJson } from './diagnostic-json';
import { Interrupted } from './interrupted';
import { countProblems, printJson, say, showDiagnostics } from './terminal';
import { UsageError } from './usage-error';

/** How a command failed. */
interface Failure {
  readonly exitCode: number;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Says why a command failed.
 *
 * @param command its name
 * @param json whether a program is to be told as well
 * @returns the exit code
 */
export function showFailure(error: unknown, command: string | undefined, json = false): number {
  const { exitCode, diagnostics } = failureOf(error);
  if (error instanceof CdknixError) {
    showDiagnostics(diagnostics);
    const writes = ['synth', 'watch', 'init', 'import'].includes(command ?? '');
    say(`${countProblems(diagnostics)}${writes ? '; nothing was written' : ''}`);
  } else if (!(error instanceof CommanderError || error instanceof Interrupted)) {
    say(`this is a mistake in cdknix, please report it:\n${stackOf(error)}`);
  }
  if (json) {
    const error = diagnostics.find((one) => one.severity === 'error')?.message;
    printJson({ error, exitCode, diagnostics: diagnostics.map(diagnosticJson) });
  }
  return exitCode;
}

function failureOf(error: unknown): Failure {
  if (error instanceof CdknixError) {
    return { exitCode: error instanceof UsageError ? 2 : 1, diagnostics: error.diagnostics };
  }
  const problem = (exitCode: number, code: string, message: string, help?: string): Failure => ({
    exitCode,
    diagnostics: [{ code, severity: 'error', message, ...(help && { help }) }],
  });
  if (error instanceof Interrupted) return problem(error.exitCode, 'interrupted', error.message);
  if (error instanceof CommanderError) {
    // What is wrong, and perhaps what is meant.
    const [message = '', ...hints] = error.message.replace(/^error: /, '').split('\n');
    return problem(2, 'usage', message, hints.join(' ').replace(/^\((.*)\)$/, '$1'));
  }
  return problem(1, 'internal', 'this is a mistake in cdknix', `please report it: ${stackOf(error)}`);
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
