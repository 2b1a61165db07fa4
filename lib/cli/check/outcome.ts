import type { Diagnostic } from '../../diagnostics';
import { countProblems, printJson, say, showDiagnostics } from '../terminal';
import { veiledText } from '../veiled-text';
import type { Verdict } from './evaluate';
import { type Checked, hasFailed } from './run';
import type { Target } from './targets';
import { veiledWords } from './veil';

/** What came of a check, in the user's terms. */
export interface Outcome {
  readonly targets: readonly Target[];
  /** Absent where there is no nix. */
  readonly checked?: Checked;
  readonly diagnostics: readonly Diagnostic[];
}

/** Problems of evaluations that ended without Nix saying why. */
export function told({ verdicts }: Checked): Diagnostic[] {
  return verdicts.flatMap(({ target, stopped, seconds }): Diagnostic[] => {
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
  if (trace) for (const verdict of checked?.verdicts ?? []) showTrace(verdict);
  if (trace && checked?.locking) say(`${veiledWords(checked.locking)}\n`);
  showDiagnostics(diagnostics);
  say(inWords(outcome));
  if (json) printJson(asJson(outcome));
  return diagnostics.some((one) => one.severity === 'error') || (checked?.verdicts.some(hasFailed) ?? false);
}

function showTrace({ target, error, warnings }: Verdict): void {
  const texts = [...warnings.map((one) => veiledText('', `warning: ${one}`)), ...(error ? [veiledWords(error)] : [])];
  if (texts.length) say(`${target.name}, in Nix's words:\n${texts.join('\n')}\n`);
}

function inWords({ targets, checked, diagnostics }: Outcome): string {
  const problems = countProblems(diagnostics);
  if (!checked) return problems;
  const { verdicts, unchanged, skipped } = checked;
  const failed = verdicts.filter(hasFailed).length;
  const counts = [
    ...(verdicts.length > failed ? [`${verdicts.length - failed} passed`] : []),
    ...(failed ? [`${failed} failed`] : []),
    ...(unchanged.length ? [`${unchanged.length} passed before and did not change`] : []),
    ...(skipped.length ? [`${skipped.length} not evaluated`] : []),
  ];
  const what = counts.join(', ') || (targets.length ? 'nothing was evaluated' : 'there are no hosts and homes');
  return problems ? `${what}; ${problems}` : what;
}

function asJson({ targets, checked, diagnostics }: Outcome): unknown {
  const verdicts = new Map(checked?.verdicts.map((one) => [one.target, one]));
  const unchanged = new Map(checked?.unchanged.map((one) => [one.target, one]));
  return {
    targets: targets.map((target) => {
      const { name, kind } = target;
      const verdict = verdicts.get(target);
      const before = unchanged.get(target);
      const result = verdict ? (hasFailed(verdict) ? 'failed' : 'passed') : before ? 'unchanged' : 'skipped';
      const { seconds, memory } = verdict ?? before ?? {};
      return { name, kind, result, seconds, memory, derivation: verdict?.derivation };
    }),
    diagnostics,
  };
}
