import { runApp } from '../app/run-app';
import { type NixOptions, nixRun } from '../nix/nix';
import { start } from '../nix/process';
import { type ProjectOptions, readConfig } from '../project/config';
import type { EvaluationOptions } from './evaluate-plan';

/** What `cdknix check` takes. */
export interface CheckOptions extends ProjectOptions, NixOptions, EvaluationOptions {
  readonly json?: boolean;
  readonly trace?: boolean;
}

/**
 * Has Nix evaluate hosts and homes, and says what is wrong where the user wrote it.
 *
 * @param names hosts, users or homes; all that changed since they last passed, if there are none
 * @throws CdknixError if the app has errors
 * @throws UsageError if there is no such host, user or home
 */
export async function check(names: readonly string[], options: CheckOptions): Promise<void> {
  const config = readConfig(options);
  const run = nixRun(config, options);
  const planning = runApp(config, options.timeout);
  const asking = nixVersion();
  // Loaded while the app runs.
  const { evaluatePlan } = await import('./evaluate-plan.js');
  const { showOutcome } = await import('./outcome.js');
  const { withTestedExpressions } = await import('./with-tested-expressions.js');
  const plan = withTestedExpressions(await planning, config);
  const version = await asking;
  const outcome = await evaluatePlan({ plan, config, run, ...(version !== undefined && { version }) }, names, options);
  if (showOutcome(outcome, options)) process.exitCode = 1;
}

/** What `nix --version` says; nothing if there is no nix. */
async function nixVersion(): Promise<string | undefined> {
  try {
    return (await start('nix', ['--version'], { cwd: process.cwd() }).ended).stdout.trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
