import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { encodeKey, encodeString } from '../../nix/encode';
import { nixCommand } from '../nix/nix';
import { start } from '../nix/process';
import { readNixOutput, withoutColours } from '../nix-error/nix-error';
import { type EvaluationResult, type Evaluator, silent } from './evaluate';
import { splitFlags } from './lock';
import type { Target } from './targets';

/** Whether nix-eval-jobs can be run (https://github.com/nix-community/nix-eval-jobs). */
export function hasEvalJobs(): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, 'nix-eval-jobs'), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** From this size on, in MiB, a worker starts anew after an evaluation. */
const workerMemory = 2048;

/** What nix-eval-jobs prints of one evaluation, in a line. */
interface Line {
  readonly attr?: string;
  readonly drvPath?: string;
  readonly error?: string;
}

/**
 * Evaluates targets with nix-eval-jobs, whose workers share what is the same for all. Those that it does not come to are
 * left out.
 *
 * @param finished says of each result whether to stop there
 */
export async function evaluateTogether(
  targets: readonly Target[],
  { cwd, folder, flags }: Evaluator,
  atOnce: number,
  finished: (result: EvaluationResult) => boolean,
  signal: AbortSignal,
): Promise<EvaluationResult[]> {
  const results: EvaluationResult[] = [];
  const reference = await lockedReference(folder, cwd);
  if (reference === undefined) return [];
  const args = ['--workers', String(atOnce), '--max-memory-size', String(workerMemory), '--show-trace'];
  const running = start('nix-eval-jobs', [...args, ...optionsFor(flags), '--expr', expressionFor(targets, reference)], {
    cwd,
    line(text) {
      const result = verdictOf(text, targets, running.seconds());
      if (!result) return;
      results.push(result);
      if (finished(result)) running.stop();
    },
  });
  const stop = () => running.stop();
  signal.addEventListener('abort', stop);
  const { stderr } = await running.ended.finally(() => signal.removeEventListener('abort', stop));
  const [first, ...others] = results;
  // Nobody tells whose they are.
  return first ? [{ ...first, warnings: readNixOutput(stderr).warnings }, ...others] : [];
}

/** The laid out flake as a pure evaluation takes it. */
async function lockedReference(folder: string, cwd: string): Promise<string | undefined> {
  const { code, stdout } = await start('nix', [...nixCommand, 'hash', 'path', '--sri', folder], { cwd }).ended;
  return code === 0 ? `path:${folder}?narHash=${encodeURIComponent(stdout.trim())}` : undefined;
}

function expressionFor(targets: readonly Target[], reference: string): string {
  const jobs = targets.map(({ attribute }, i) => `t${i} = flake.${attribute.map(encodeKey).join('.')};`);
  return `let flake = builtins.getFlake ${encodeString(reference)}; in { ${jobs.join(' ')} }`;
}

/** It knows settings, not the flags that `nix` has for them. */
function optionsFor(flags: readonly string[]): string[] {
  const pure = flags.includes('--impure') ? ['--impure'] : ['--option', 'pure-eval', 'true'];
  const others = splitFlags(flags).others.filter((flag) => flag !== '--impure' && flag !== '--offline');
  return [
    ...['--option', 'extra-experimental-features', 'nix-command flakes'],
    ...pure,
    ...(flags.includes('--offline')
      ? ['--option', 'substitute', 'false', '--option', 'tarball-ttl', '4294967295']
      : []),
    ...others,
  ];
}

/** What a line of its standard output says of a target; nothing if it is about none. */
export function verdictOf(text: string, targets: readonly Target[], seconds: number): EvaluationResult | undefined {
  let line: Line;
  try {
    line = JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
  const target = targets[Number(/^t(\d+)$/.exec(line.attr ?? '')?.[1])];
  if (!target) return undefined;
  if (line.error === undefined) {
    return { target, seconds, warnings: [], ...(line.drvPath !== undefined && { derivation: line.drvPath }) };
  }
  const words = withoutColours(line.error).trim();
  const messages = words.startsWith('error') ? words : `error: ${words}`;
  return { target, seconds, warnings: [], error: readNixOutput(messages).error ?? silent(words) };
}
