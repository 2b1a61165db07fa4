import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nixCommand } from '../nix/nix';
import { start } from '../nix/process';
import { type NixError, readNixOutput } from '../nix-error/nix-error';
import { hash } from './cache';
import { silent } from './evaluate';

/** The inputs of a laid out flake, settled for all evaluations of one check. */
export interface Locked {
  /** Equal if the inputs are. */
  readonly key: string;
  /** The flags for the evaluations. */
  readonly flags: readonly string[];
  /** What to remember, if the lock file of the output is as it should be. */
  readonly fits?: string;
}

/** What is to be locked. */
export interface ToLock {
  /** Where relative paths in the flags start. */
  readonly cwd: string;
  /** Where the flake is laid out, with the lock file of the output. */
  readonly folder: string;
  /** The inputs as `flake.nix` declares them. */
  readonly inputs: string;
  readonly flags: readonly string[];
  /** What an earlier check found to fit. */
  readonly known: string | undefined;
}

/**
 * Settles the inputs. Where the lock file is known to fit, there is nothing to do; else Nix completes it, or puts those
 * that are overridden into it, once for all evaluations.
 */
export async function lockInputs(
  { cwd, folder, inputs, flags, known }: ToLock,
  signal: AbortSignal,
): Promise<Locked | NixError> {
  const { overrides, others } = splitFlags(flags);
  const before = lockText(folder);
  const key = hash(inputs, before);
  if (!overrides.length && known === key) return { key, flags: others, fits: key };
  const running = start('nix', [...nixCommand, 'flake', 'lock', ...flags, `path:${folder}`], { cwd });
  const stop = () => running.stop();
  signal.addEventListener('abort', stop);
  const { code, stderr } = await running.ended.finally(() => signal.removeEventListener('abort', stop));
  if (code !== 0) return readNixOutput(stderr).error ?? silent(stderr);
  const after = lockText(folder);
  const fits = after === before && !overrides.length;
  return { key: hash(inputs, after), flags: others, ...(fits && { fits: key }) };
}

function lockText(folder: string): string {
  try {
    return readFileSync(join(folder, 'flake.lock'), 'utf8');
  } catch {
    return '';
  }
}

/** The flags that say where inputs come from, and the others. */
export function splitFlags(flags: readonly string[]): { overrides: string[]; others: string[] } {
  const overrides: string[] = [];
  const others: string[] = [];
  for (let i = 0; i < flags.length; i++) {
    if (flags[i] === '--override-input') {
      overrides.push(...flags.slice(i, i + 3));
      i += 2;
    } else others.push(flags[i]!);
  }
  return { overrides, others };
}
