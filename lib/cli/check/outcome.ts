import type { Diagnostic } from '../../diagnostics';
import { diagnosticJson } from '../terminal/diagnostic-json';
import { countProblems, printJson, say, showDiagnostics } from '../terminal/terminal';
import type { EvaluationResult } from './evaluate';
import { type Checked, hasFailed } from './run';
import type { Target } from './targets';
import { wordsOf } from './words';

/** What came of a check, in the user's terms. */
export interface Outcome {
  readonly targets: readonly Target[];
  /** Absent where there is no nix. */
  readonly checked?: Checked;
  readonly diagnostics: readonly Diagnostic[];
}

/** Problems of evaluations that ended without Nix saying why. */
export function stoppedProblems({ results }: Checked): Diagnostic[] {
  return results.flatMap(({ target, stopped, seconds }): Diagnostic[] => {
    if (!stopped) return [];
    const common = { severity: 'error', path: target.name } as const;
    if (stopped === 'time') {
      return [
        {
          ...common,
          code: 'nix-timeout',
          message: `nix has not evaluated ${target.name} after ${Math.round(seconds)} s, and was stopped`,
          help: 'if it only needs longer, to fetch an input perhaps, raise the limit with --nix-timeout <seconds>',
        },
      ];
    }
    return [
      {
        ...common,
        code: 'nix-killed',
        message: `nix was killed by ${stopped} when it evaluated ${target.name}`,
        help: 'memory may be short: try again with --jobs 1',
      },
    ];
  });
}

/** How an outcome is shown. */
interface Style {
  readonly json?: boolean;
  readonly trace?: boolean;
}

/**
 * Says what came of a check.
 *
 * @returns whether anything is wrong
 */
export function showOutcome(outcome: Outcome, { json, trace }: Style): boolean {
  const { checked, diagnostics } = outcome;
  if (trace) for (const result of checked?.results ?? []) showTrace(result);
  if (trace && checked?.locking) say(`${wordsOf(checked.locking)}\n`);
  showDiagnostics(diagnostics);
  say(inWords(outcome));
  if (json) printJson(asJson(outcome));
  return diagnostics.some((one) => one.severity === 'error') || (checked?.results.some(hasFailed) ?? false);
}

function showTrace({ target, error, warnings }: EvaluationResult): void {
  const texts = [...warnings.map((one) => `warning: ${one}`), ...(error ? [wordsOf(error)] : [])];
  if (texts.length) say(`${target.name}, in Nix's words:\n${texts.join('\n')}\n`);
}

function inWords({ targets, checked, diagnostics }: Outcome): string {
  const problems = countProblems(diagnostics);
  if (!checked) return problems;
  const { results, unchanged, skipped } = checked;
  const failed = results.filter(hasFailed).length;
  const counts = [
    ...(results.length > failed ? [`${results.length - failed} passed`] : []),
    ...(failed ? [`${failed} failed`] : []),
    ...(unchanged.length ? [`${unchanged.length} passed before and did not change`] : []),
    ...(skipped.length ? [`${skipped.length} not evaluated`] : []),
  ];
  const what = counts.join(', ') || (targets.length ? 'nothing was evaluated' : 'there are no hosts and homes');
  return problems ? `${what}; ${problems}` : what;
}

function asJson({ targets, checked, diagnostics }: Outcome): unknown {
  const results = new Map(checked?.results.map((one) => [one.target, one]));
  const unchanged = new Map(checked?.unchanged.map((one) => [one.target, one]));
  return {
    targets: targets.map((target) => {
      const { name, kind } = target;
      const evaluation = results.get(target);
      const before = unchanged.get(target);
      const result = evaluation ? (hasFailed(evaluation) ? 'failed' : 'passed') : before ? 'unchanged' : 'skipped';
      const { seconds, memory } = evaluation ?? before ?? {};
      return { name, kind, result, seconds, memory, derivation: evaluation?.derivation };
    }),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}
