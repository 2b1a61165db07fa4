import type { Diagnostic } from '../../diagnostics';
import type { Plan } from '../../synth/output';
import { askApp } from '../app';
import type { Config } from '../config';
import { withPlanned } from '../import/flake';
import type { NixRun } from '../nix';
import { diagnose } from '../nix-error/diagnose';
import type { Said } from '../nix-error/matters';
import { outputFiles } from '../nix-error/output';
import { stoppable } from '../stoppable';
import type { CheckOptions } from './check';
import { elsewhere } from './elsewhere';
import { namesSeenBy } from './names';
import { type Outcome, told } from './outcome';
import { type Checked, type LaidOut, runCheck } from './run';
import { syntaxProblems } from './syntax';
import { type Target, targetsNamed, targetsOf } from './targets';
import { veiledDiagnostic } from './veil';

/** What is judged, and how Nix is run for it. */
export interface ToJudge {
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
export async function judge(
  { plan, config, run, version }: ToJudge,
  names: readonly string[],
  options: CheckOptions,
): Promise<Outcome> {
  const targets = names.length ? targetsNamed(plan.summary, names) : targetsOf(plan.summary);
  if (version === undefined) {
    return withWarnings({ targets, diagnostics: [...syntaxProblems(plan), missing()] }, plan, options);
  }
  const outcome = await withPlanned(plan, config.outdir, ({ folder }) => {
    const laidOut = { plan, folder, project: config.project, run, version };
    return judged(targets, laidOut, names.length > 0, config, options);
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

async function judged(
  targets: readonly Target[],
  laidOut: LaidOut,
  all: boolean,
  config: Config,
  { failFast = false, jobs, all: always = false, timeout }: CheckOptions,
): Promise<Outcome> {
  const request = { targets, all: all || always, failFast, ...(jobs !== undefined && { jobs }) };
  const { plan, folder } = laidOut;
  const evaluating = stoppable((signal) => runCheck(request, laidOut, signal));
  // Nix has its own processes, so this costs no time.
  const syntax = syntaxProblems(plan);
  const checked = await evaluating;
  const diagnostics = await diagnose(saidIn(checked), {
    files: outputFiles(plan, folder),
    ask: (questions) => askApp(config, timeout, questions),
    async namesIn(of, choice) {
      const target = targets.find((one) => one.name === of);
      return target ? namesSeenBy(target, choice, checked.evaluator) : [];
    },
    elsewhere(of, option) {
      const target = targets.find((one) => one.name === of);
      return target && elsewhere(target, option, config.project);
    },
  });
  return { targets, checked, diagnostics: [...syntax, ...diagnostics, ...told(checked)] };
}

/** All that Nix has said; of what has not changed, what it said before. */
function saidIn({ verdicts, unchanged, locking }: Checked): Said[] {
  return [
    ...(locking ? [{ of: 'the flake', error: locking, warnings: [] }] : []),
    ...verdicts.map(({ target, error, warnings }) => ({ of: target.name, warnings, ...(error && { error }) })),
    ...unchanged.map(({ target, warnings }) => ({ of: target.name, warnings })),
  ];
}

/** With what the app warns of, but for what Nix has an error for at the same place; warnings are errors if they are to be. */
function withWarnings(outcome: Outcome, { warnings }: Plan, { strict }: CheckOptions): Outcome {
  const placeOf = ({ position: at }: Diagnostic) => (at?.file ? `${at.file}:${at.line}:${at.column}` : undefined);
  const places = new Set(outcome.diagnostics.map(placeOf));
  const others = warnings.filter((one) => placeOf(one) === undefined || !places.has(placeOf(one)));
  // What synth knows as well, it says better.
  const judged = outcome.diagnostics.map((one) => ({ ...one, ...words(warnings.find((other) => same(other, one))) }));
  const kept = others.filter((one) => !judged.some((other) => same(one, other)));
  const all = [...kept, ...judged.map(veiledDiagnostic)];
  return { ...outcome, diagnostics: strict ? all.map((one) => ({ ...one, severity: 'error' })) : all };
}

/** Whether what the app warns of is what Nix objects to: in the same words, or of the same option in the same line. */
function same(warning: Diagnostic, judged: Diagnostic): boolean {
  const { code, message, path, position } = warning;
  if (path !== judged.path) return false;
  if (message === judged.message) return true;
  const [option] = message.split(' ');
  const isKind = judged.code === (code === 'option-class' ? 'nix-option-unknown' : `nix-${code}`);
  const isLine = position?.file === judged.position?.file && position?.line === judged.position?.line;
  // Nix may name the group that an option is in.
  const isMeant = (word: string) => option === word || option!.startsWith(`${word}.`);
  return isKind && isLine && judged.message.split(' ').some(isMeant);
}

function words(known: Diagnostic | undefined): Partial<Pick<Diagnostic, 'message' | 'help'>> {
  return known ? { message: known.message, ...(known.help !== undefined && { help: known.help }) } : {};
}
