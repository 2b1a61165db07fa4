import { encodeKey } from '../../nix/encode';
import { nixCommand } from '../nix/nix';
import { type Ended, type Running, start } from '../nix/process';
import { type NixError, readNixOutput } from '../nix-error/nix-error';
import type { Target } from './targets';

/** How Nix is run for a check. */
export interface Evaluator {
  /** Where relative paths in the flags start. */
  readonly cwd: string;
  /** Where the flake is laid out. */
  readonly folder: string;
  readonly flags: readonly string[];
  /** How long one evaluation may take; 0 for as long as it likes. */
  readonly seconds: number;
}

/** What came of a target. */
export interface EvaluationResult {
  readonly target: Target;
  readonly seconds: number;
  /** In bytes. */
  readonly memory?: number;
  /** The derivation that Nix would build. */
  readonly derivation?: string;
  readonly warnings: readonly string[];
  readonly error?: NixError;
  /** How the evaluation ended before its time. */
  readonly stopped?: 'time' | NodeJS.Signals;
}

/** Evaluates one target in a process of its own. */
export function evaluateTarget(
  target: Target,
  { cwd, folder, flags, seconds }: Evaluator,
): Running & { result: Promise<EvaluationResult> } {
  const [output, ...names] = target.attribute;
  const apply = `outputs: outputs.${[...names, 'drvPath'].map(encodeKey).join('.')}`;
  const args = ['eval', '--raw', ...flags, '--show-trace', '--no-write-lock-file', '--apply', apply];
  const running = start('nix', [...nixCommand, ...args, `path:${folder}#${output}`], { cwd });
  let isLate = false;
  const limit = seconds
    ? setTimeout(() => {
        isLate = true;
        running.stop();
      }, seconds * 1000)
    : undefined;
  const result = running.ended.then((ended) => resultOf(target, ended, isLate)).finally(() => clearTimeout(limit));
  return { ...running, result };
}

function resultOf(
  target: Target,
  { code, signal, stdout, stderr, seconds, memory }: Ended,
  isLate: boolean,
): EvaluationResult {
  const { warnings, error } = readNixOutput(stderr);
  return {
    target,
    seconds,
    ...(memory !== undefined && { memory }),
    warnings,
    ...(code === 0 && { derivation: stdout }),
    ...(code && { error: error ?? silent(stderr) }),
    ...(isLate ? { stopped: 'time' } : signal && { stopped: signal }),
  };
}

/** An error that Nix did not say as one. */
export function silent(text: string): NixError {
  const message = text.trim() || 'nix failed, and said nothing';
  return { message, proposals: [], frames: [], text: message };
}
