import type { Diagnostic } from '../../diagnostics';
import { unreadCode, unreadSources } from '../../diagnostics/compiler';
import type { Plan } from '../../synth/output';
import { askApp } from '../app/run-app';
import { withPlanned } from '../import/flake';
import type { NixRun } from '../nix/nix';
import { diagnose } from '../nix-error/diagnose';
import { outputFiles } from '../nix-error/output-files';
import type { EvaluationMessages } from '../nix-error/pending-diagnostic';
import type { Config } from '../project/config';
import { stoppable } from '../terminal/stoppable';
import { namesSeenBy } from './names';
import { otherModuleSystem } from './other-module-system';
import { type Outcome, stoppedProblems } from './outcome';
import { type Checked, type LaidOut, runCheck } from './run';
import { syntaxProblems } from './syntax';
import { type Target, targetsNamed, targetsOf } from './targets';

/** How a plan is evaluated. */
export interface EvaluationOptions {
  /** Seconds that the app may take. */
  readonly timeout: number;
  /** Whether what passed before and has not changed is evaluated too. */
  readonly all?: boolean;
  readonly failFast?: boolean;
  /** How many evaluations at once; by free memory, if absent. */
  readonly jobs?: number;
  /** Whether warnings count as errors. */
  readonly strict?: boolean;
}

/** What is evaluated, and how Nix is run for it. */
export interface PlanToEvaluate {
  readonly plan: Plan;
  readonly config: Config;
  readonly run: NixRun;
  /** What `nix --version` says; absent if there is no nix. */
  readonly version?: string;
}

/**
 * Has Nix evaluate what an app has planned.
 *
 * @param names hosts, users or homes; all that changed since they last passed, if there are none
 * @throws UsageError if there is no such host, user or home
 */
export async function evaluatePlan(
  { plan, config, run, version }: PlanToEvaluate,
  names: readonly string[],
  options: EvaluationOptions,
): Promise<Outcome> {
  const targets = names.length ? targetsNamed(plan.summary, names) : targetsOf(plan.summary);
  if (version === undefined) {
    return withWarnings({ targets, diagnostics: [...syntaxProblems(plan), missing()] }, plan, options);
  }
  const outcome = await withPlanned(plan, config.outdir, ({ folder }) => {
    const laidOut = { plan, folder, project: config.project, run, version };
    return evaluated(targets, laidOut, names.length > 0, config, options);
  });
  return withWarnings(outcome, plan, options);
}

function missing(): Diagnostic {
  return {
    code: 'nix-missing',
    severity: 'error',
    message: 'there is no nix here, so only the syntax of the Nix files was checked',
    help: 'install it (https://nixos.org/download), and run cdknix check again',
  };
}

async function evaluated(
  targets: readonly Target[],
  laidOut: LaidOut,
  all: boolean,
  config: Config,
  { failFast = false, jobs, all: always = false, timeout }: EvaluationOptions,
): Promise<Outcome> {
  const request = { targets, all: all || always, failFast, ...(jobs !== undefined && { jobs }) };
  const { plan, folder } = laidOut;
  const evaluating = stoppable((signal) => runCheck(request, laidOut, signal));
  // Nix has its own processes, so this costs no time.
  const syntax = syntaxProblems(plan);
  const checked = await evaluating;
  const diagnostics = await diagnose(messagesIn(checked), {
    files: outputFiles(plan, folder),
    ask: (questions) => askApp(config, timeout, questions),
    async namesIn(of, choice) {
      const target = targets.find((one) => one.name === of);
      return target ? namesSeenBy(target, choice, checked.evaluator) : [];
    },
    otherModuleSystem(of, option) {
      const target = targets.find((one) => one.name === of);
      return target && otherModuleSystem(target, option, config.project);
    },
  });
  return { targets, checked, diagnostics: [...syntax, ...diagnostics, ...stoppedProblems(checked)] };
}

/** All that Nix has said; of what has not changed, what it said before. */
function messagesIn({ results, unchanged, locking }: Checked): EvaluationMessages[] {
  return [
    ...(locking ? [{ of: 'the flake', error: locking, warnings: [] }] : []),
    ...results.map(({ target, error, warnings }) => ({ of: target.name, warnings, ...(error && { error }) })),
    ...unchanged.map(({ target, warnings }) => ({ of: target.name, warnings })),
  ];
}

/** With what the app warns of, but for what Nix has an error for at the same place; warnings are errors if they are to be. */
function withWarnings(outcome: Outcome, { warnings }: Plan, { strict }: EvaluationOptions): Outcome {
  const placeOf = ({ position: at }: Diagnostic) => (at?.file ? `${at.file}:${at.line}:${at.column}` : undefined);
  const places = new Set(outcome.diagnostics.map(placeOf));
  const others = warnings.filter((one) => placeOf(one) === undefined || !places.has(placeOf(one)));
  // What synth knows as well, it says better.
  const evaluated = outcome.diagnostics.map((one) => ({
    ...one,
    ...words(warnings.find((other) => same(other, one))),
  }));
  const kept = others.filter((one) => !evaluated.some((other) => same(one, other)));
  const coarse = warnings.some(({ code }) => code === unreadCode) ? undefined : unreadSources();
  const all = [...(coarse ? [coarse] : []), ...kept, ...evaluated];
  return { ...outcome, diagnostics: strict ? all.map((one) => ({ ...one, severity: 'error' })) : all };
}

/** Whether what the app warns of is what Nix objects to: in the same words, or of the same option in the same line. */
function same(warning: Diagnostic, evaluated: Diagnostic): boolean {
  const { code, message, path, position } = warning;
  if (path !== evaluated.path) return false;
  if (message === evaluated.message) return true;
  const [option] = message.split(' ');
  const isKind = evaluated.code === (code === 'option-class' ? 'nix-option-unknown' : `nix-${code}`);
  const isLine = position?.file === evaluated.position?.file && position?.line === evaluated.position?.line;
  // Nix may name the group that an option is in.
  const isMeant = (word: string) => option === word || option!.startsWith(`${word}.`);
  return isKind && isLine && evaluated.message.split(' ').some(isMeant);
}

function words(known: Diagnostic | undefined): Partial<Pick<Diagnostic, 'message' | 'help'>> {
  return known ? { message: known.message, ...(known.help !== undefined && { help: known.help }) } : {};
}
