import { joined, type Styled, styled, styledDiagnostics } from '../../diagnostics';
import { type Plan, writtenFiles } from '../../synth/output';
import type { Written } from '../../synth/write';
import { runApp } from '../app/run-app';
import { strictly } from '../app/strict';
import { type Config, type ProjectOptions, readConfig } from '../project/config';
import { recoverOutput } from '../project/recover-output';
import { diagnosticJson } from '../terminal/diagnostic-json';
import { undisturbed } from '../terminal/stoppable';
import { near, printJson, say } from '../terminal/terminal';

/** What every command takes that runs the app. */
export interface RunOptions extends ProjectOptions {
  /** Seconds that the app may take. */
  readonly timeout: number;
  readonly json?: boolean;
  /** Whether warnings count as errors. */
  readonly strict?: boolean;
  /** Whether the project's compiler checks the types as well. */
  readonly typecheck?: boolean;
}

/** How many paths are worth the space. */
const shownPaths = 10;

/**
 * Runs the app and writes its output.
 *
 * @throws CdknixError if there is something wrong with the app or the output; the output is as it was then
 */
export async function synth(options: RunOptions): Promise<void> {
  await synthesise(readConfig(options), options);
}

/**
 * As `synth`, for a configuration that has been read.
 *
 * @returns what was done to the output
 */
export async function synthesise(config: Config, options: RunOptions): Promise<Written> {
  const { json, strict } = options;
  await recoverOutput(config);
  const running = planFor(config, options);
  // Loaded while the app runs.
  const { write } = await import('../../synth/write.js');
  const { gitView, flakeOf } = await import('../project/git.js');
  const { nextSteps } = await import('./next-steps.js');

  const plan = strict ? strictly(await running) : await running;
  const written = await undisturbed(() => write(plan, config.outdir));
  const git = gitView(config.outdir, plan.files.keys(), plan.state.file);
  const warnings = [...plan.warnings, ...git.warnings];
  const steps = nextSteps(plan.summary, git.ignored ? `path:${flakeOf(config.outdir)}` : flakeOf(config.outdir));
  const blocks = [
    inWords(written, plan),
    ...(warnings.length ? [styledDiagnostics(warnings)] : []),
    ...(steps.length ? [['next:', ...steps.map((step) => `  ${step}`)].join('\n')] : []),
  ];
  say(joined(blocks, '\n\n'));
  if (json) printJson({ ...written, warnings: warnings.map(diagnosticJson), ...plan.summary });
  return written;
}

/** Runs the app, and the check of its types beside it, if they are to be checked. */
async function planFor(config: Config, { timeout, typecheck }: RunOptions): Promise<Plan> {
  if (!typecheck) return runApp(config, timeout);
  const { typeErrors } = await import('../typecheck/typecheck.js');
  const { withTypes } = await import('../typecheck/with-types.js');
  const checking = typeErrors(config.project);
  return withTypes(runApp(config, timeout), checking);
}

/** What has been done to the output, for a person. */
function inWords({ outdir, added, changed, removed }: Written, plan: Plan): Styled {
  const changes = [
    ...added.map((path) => styled('green', `  + ${path}`)),
    ...changed.map((path) => styled('yellow', `  ~ ${path}`)),
    ...removed.map((path) => styled('red', `  - ${path}`)),
  ];
  if (!changes.length) return `${near(outdir)}: nothing changed (${writtenFiles(plan).size} files)`;
  const counts = [
    ...(added.length ? [`${added.length} added`] : []),
    ...(changed.length ? [`${changed.length} changed`] : []),
    ...(removed.length ? [`${removed.length} removed`] : []),
  ];
  const more = changes.length - shownPaths;
  return joined([
    `${near(outdir)}: ${counts.join(', ')}`,
    ...changes.slice(0, shownPaths),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ]);
}
