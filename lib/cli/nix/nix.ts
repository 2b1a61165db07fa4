import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { CdknixError } from '../../diagnostics';
import type { Config } from '../project/config';
import { stoppable } from '../terminal/stoppable';
import { usageError } from '../terminal/usage-error';
import { messageOf } from './nix-message';

/** What the command line says about how Nix is run. */
export interface NixOptions {
  readonly offline?: boolean;
  readonly impure?: boolean;
  /** Names of inputs, each followed by what stands for it. */
  readonly overrideInput?: readonly string[];
  /** Seconds that one evaluation may take; 0 for as long as it likes. */
  readonly nixTimeout: number;
}

/** How Nix is run. */
export interface NixRun {
  /** Where relative paths in the flags start. */
  readonly folder: string;
  readonly flags: readonly string[];
  readonly seconds: number;
}

/** What Nix is to evaluate. */
export interface Evaluation {
  /** A flake as Nix refers to it. */
  readonly flake: string;
  /** One of its outputs. */
  readonly output: string;
  /** A Nix function from the output to a string. */
  readonly apply: string;
  /** What this is for, in a message: `the options of desk`. */
  readonly what: string;
  /** What to do if it fails for a reason that only Nix's message tells. */
  readonly help?: string;
  /** Makes a path in Nix's message one that the user knows. */
  readonly near?: (message: string) => string;
}

/**
 * How Nix is run for a project: the flags of its `cdk-like.json`, then those of the command line.
 *
 * @throws UsageError if an overridden input has no reference
 */
export function nixRun({ project, nix = [] }: Config, options: NixOptions): NixRun {
  const { offline, impure, overrideInput = [], nixTimeout } = options;
  if (overrideInput.length % 2) {
    throw usageError({
      code: 'nix-override',
      message: `--override-input takes two words, the name of an input and a flake reference, and has ${overrideInput.join(' ')}`,
      help: 'write it behind all arguments, for example --override-input nixpkgs github:NixOS/nixpkgs/nixos-unstable',
    });
  }
  const overrides = overrideInput.flatMap((word, i) => (i % 2 ? [flakeReference(word)] : ['--override-input', word]));
  return {
    folder: project,
    flags: [...nix, ...(offline ? ['--offline'] : []), ...(impure ? ['--impure'] : []), ...overrides],
    seconds: nixTimeout,
  };
}

/** A flake reference from the command line, which does not depend on the working directory. */
export function flakeReference(text: string): string {
  const [, scheme, path, rest] = /^(path:)?(\.{1,2}(?:\/[^?#]*)?)?(.*)$/s.exec(text)!;
  return path === undefined ? text : `${scheme ?? ''}${resolve(path)}${rest}`;
}

/** What every call of `nix` starts with: on many machines these are still called experimental. */
export const nixCommand = ['--extra-experimental-features', 'nix-command flakes'];

const run = promisify(execFile);

/**
 * Evaluates an output of a flake to a string.
 *
 * @throws CdknixError `nix-missing`, `nix-timeout`, `nix-killed`; with Nix's own message `nix-failed`, `nix-fetch`, `nix-flags`, `nix-no-output`
 * @throws Interrupted if the user stops us
 */
export async function nixEval(evaluation: Evaluation, run: NixRun): Promise<string> {
  const { stdout, error } = await tryNixEval(evaluation, run);
  if (error) throw error;
  return stdout;
}

/** What Nix printed, and how it failed, if it did. */
export interface NixAttempt {
  readonly stdout: string;
  readonly stderr: string;
  readonly error?: CdknixError;
}

/**
 * Evaluates an output of a flake, and gives what Nix printed even if it fails, as `nixEval` would.
 *
 * @throws Interrupted if the user stops us
 */
export async function tryNixEval(evaluation: Evaluation, { folder, flags, seconds }: NixRun): Promise<NixAttempt> {
  const { flake, output, apply } = evaluation;
  return stoppable(async (signal) => {
    try {
      const running = run(
        'nix',
        [...[...nixCommand, 'eval', '--raw', ...flags], ...['--apply', apply, `${flake}#${output}`]],
        { cwd: folder, signal, timeout: seconds * 1000, maxBuffer: 2 ** 29, encoding: 'utf8' },
      );
      // Nothing is to be asked.
      running.child.stdin?.end();
      return await running;
    } catch (failed) {
      const { stderr = '' } = failed as Failed;
      return { stdout: '', stderr, error: howItFailed(failed as Failed, evaluation, seconds) };
    }
  });
}

/** How `execFile` says that a process failed. */
interface Failed extends Error {
  readonly code?: number | string;
  readonly killed?: boolean;
  readonly signal?: string | null;
  readonly stderr?: string;
}

function howItFailed(
  error: Failed,
  { what, help: given, near = (text) => text }: Evaluation,
  seconds: number,
): CdknixError {
  const problem = (code: string, message: string, help: string, said = '') =>
    new CdknixError([
      {
        code,
        severity: 'error',
        message,
        related: near(said)
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line) => ({ message: line })),
        help,
      },
    ]);
  if (error.code === 'ENOENT') {
    return problem(
      'nix-missing',
      `there is no nix here to evaluate ${what}`,
      'install it (https://nixos.org/download); without it, cdknix import --json <options.json> --as <class> reads options that ' +
        'others have evaluated, and the options that came with cdknix serve as they are',
    );
  }
  const said = messageOf(error.stderr ?? '');
  if (error.killed) {
    return problem(
      'nix-timeout',
      `nix has not evaluated ${what} after ${seconds} s, and was stopped`,
      'if it only needs longer, to fetch an input perhaps, raise the limit with --nix-timeout <seconds>',
      said,
    );
  }
  if (typeof error.code !== 'number') {
    const how = error.signal ? `was killed by ${error.signal}` : `could not be run: ${error.message}`;
    return problem('nix-killed', `nix ${how} when it evaluated ${what}`, 'memory may be short; try again', said);
  }
  const [code, help] = kindOf(said);
  return problem(code, `nix cannot evaluate ${what}`, (code === 'nix-failed' && given) || help, said);
}

/** What kind of failure it is, as far as Nix's message tells, and what to do. */
function kindOf(said: string): [code: string, help: string] {
  if (said.includes('does not provide attribute')) return ['nix-no-output', 'name a flake that has this output'];
  if (/unrecogni[sz]ed flag|unknown flag|not a recogni[sz]ed (command|flag)/.test(said)) {
    return ['nix-flags', 'this needs Nix 2.4 or newer (nix --version), and flags that it knows'];
  }
  if (/unable to download|could not resolve|cannot fetch|unable to access|failed to fetch/i.test(said)) {
    const help = 'connect to the network, or say where a copy of the input is: --override-input <name> path:<folder>';
    return ['nix-fetch', help];
  }
  return ['nix-failed', 'the message is of Nix: mend what it names, and try again'];
}
