import type { Plan } from '../../synth/output';
import type { NixRun } from '../nix/nix';
import { evaluationsAtOnce } from '../nix/process';
import type { NixError } from '../nix-error/nix-error';
import { packageInfo } from '../package-info';
import { hash, keep, type Memory, memoryFile, type Passed, remember } from './cache';
import { evaluateTogether, hasEvalJobs } from './eval-jobs';
import { type EvaluationResult, type Evaluator, evaluateTarget } from './evaluate';
import { keysOf } from './key';
import { type Locked, lockInputs } from './lock';
import { doAll, type Job } from './pool';
import { progressOf } from './progress';
import type { Target } from './targets';

/** What is to be evaluated. */
export interface CheckRequest {
  readonly targets: readonly Target[];
  /** Whether those that passed before, and have not changed, are evaluated again. */
  readonly all: boolean;
  readonly failFast: boolean;
  /** How many evaluations at once; as many as there is room for, if it is not given. */
  readonly jobs?: number;
}

/** What came of a check. */
export interface Checked {
  /** In the order in which they were done. */
  readonly results: readonly EvaluationResult[];
  /** Those that passed before and have not changed. */
  readonly unchanged: readonly (Passed & { readonly target: Target })[];
  /** Those that were not come to. */
  readonly skipped: readonly Target[];
  /** Why nothing could be evaluated. */
  readonly locking?: NixError;
  readonly evaluator: Evaluator;
}

/** A flake that is laid out to be evaluated. */
export interface LaidOut {
  readonly plan: Plan;
  readonly folder: string;
  /** Whose it is. */
  readonly project: string;
  readonly run: NixRun;
  /** What `nix --version` says. */
  readonly version: string;
}

/** Evaluates what is asked for, and remembers what passed. */
export async function runCheck(request: CheckRequest, laidOut: LaidOut, signal: AbortSignal): Promise<Checked> {
  const { plan, folder, project, run, version } = laidOut;
  const file = memoryFile(project);
  const memory = remember(file);
  const { inputs, keyOf: contentOf } = keysOf(plan.files);
  const toLock = { cwd: run.folder, folder, inputs, flags: run.flags, known: memory.locked };
  const locked = await lockInputs(toLock, signal);
  const evaluator = (flags: readonly string[]): Evaluator => ({ cwd: run.folder, folder, flags, seconds: run.seconds });
  if (!('key' in locked)) {
    return { results: [], unchanged: [], skipped: request.targets, locking: locked, evaluator: evaluator(run.flags) };
  }
  // What an impure evaluation depends on, nobody knows.
  const isPure = !locked.flags.includes('--impure');
  const common = [packageInfo().version, version, locked.key, locked.flags.join('\0')];
  const keyOf = ({ attribute }: Target) =>
    hash(...common, attribute.join('\0'), contentOf(attribute[0]!, attribute[1]!));
  const known =
    request.all || !isPure
      ? []
      : request.targets.flatMap((target) => {
          const passed = Object.hasOwn(memory.passed, target.name) ? memory.passed[target.name] : undefined;
          return passed?.key === keyOf(target) ? [{ ...passed, target }] : [];
        });
  const names = new Set(known.map((one) => one.target.name));
  const targets = request.targets.filter((target) => !names.has(target.name));
  const results = await evaluateAll(targets, request, evaluator(locked.flags), signal);
  keep(file, remembered(memory, results, locked, keyOf));
  const done = new Set(results.map(({ target }) => target));
  return {
    results,
    unchanged: known,
    skipped: targets.filter((target) => !done.has(target)),
    evaluator: evaluator(locked.flags),
  };
}

/** Whether a target has not been evaluated to its end. */
export const hasFailed = ({ derivation }: EvaluationResult) => derivation === undefined;

async function evaluateAll(
  targets: readonly Target[],
  { failFast, jobs = evaluationsAtOnce() }: CheckRequest,
  evaluator: Evaluator,
  signal: AbortSignal,
): Promise<EvaluationResult[]> {
  const progress = progressOf(targets.map((target) => target.name));
  const enough = (result: EvaluationResult) => {
    progress.finished(result);
    return failFast && hasFailed(result);
  };
  try {
    const together = targets.length > 1 && hasEvalJobs();
    const first = together ? await evaluateTogether(targets, evaluator, jobs, enough, signal) : [];
    if (signal.aborted || (failFast && first.some(hasFailed))) return first;
    const done = new Set(first.map(({ target }) => target));
    const starts = targets.filter((target) => !done.has(target)).map((target) => () => startOne(target));
    return [...first, ...(await doAll(starts, jobs, enough, signal))];
  } finally {
    progress.end();
  }

  function startOne(target: Target): Job<EvaluationResult> {
    const running = evaluateTarget(target, evaluator);
    progress.started(target.name, running);
    return { result: running.result, stop: running.stop };
  }
}

function remembered(
  { passed: before }: Memory,
  results: readonly EvaluationResult[],
  { fits }: Locked,
  keyOf: (target: Target) => string,
): Memory {
  const passed = { ...before };
  for (const result of results) {
    const { target, seconds, memory, warnings } = result;
    delete passed[target.name];
    if (hasFailed(result)) continue;
    passed[target.name] = { key: keyOf(target), seconds, ...(memory !== undefined && { memory }), warnings };
  }
  return { passed, ...(fits && { locked: fits }) };
}
