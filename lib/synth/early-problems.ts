import { CdknixError } from '../diagnostics';
import { writeProblems } from './app-protocol';
import { assemblyVariable } from './assembly';

/**
 * Under the command line, hands over problems that nobody catches, be they thrown before there is a flake, instead of a stack
 * trace. Anywhere else it does nothing.
 */
export function handOverUncaught(): void {
  const file = process.env[assemblyVariable];
  if (!file) return;
  process.on('uncaughtExceptionMonitor', (error) => {
    if (!(error instanceof CdknixError)) return;
    writeProblems(file, error);
    process.exit(1);
  });
}
