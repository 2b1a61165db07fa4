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
  const again = overrides.flatMap((_, i) =>
    i % 3 === 0 && isNoFlake(after, overrides[i + 1]!) ? overrides.slice(i, i + 3) : [],
  );
  return { key: hash(inputs, after), flags: [...others, ...again], ...(fits && { fits: key }) };
}

/**
 * Whether an input is no flake (`flake = false`), by the lock file. Nix 2.8 locks such a one, where it is overridden, as if
 * `flake.nix` named the override, and fetches the other unless it is told once more.
 *
 * @param input its name, or the names of the inputs on the way to it with `/` between
 */
export function isNoFlake(lock: string, input: string): boolean {
  if (lock === '') return false;
  const { nodes, root } = JSON.parse(lock) as LockFile;
  let node = nodes[root];
  for (const name of input.split('/')) {
    const next = node?.inputs?.[name];
    // What follows another input is overridden there.
    if (typeof next !== 'string') return false;
    node = nodes[next];
  }
  return node?.flake === false;
}

/** A lock file of a flake (Nix manual, "nix flake", lock files), as far as it is read. */
interface LockFile {
  readonly root: string;
  readonly nodes: Readonly<Record<string, LockNode | undefined>>;
}

interface LockNode {
  readonly flake?: boolean;
  /** By name: the node's, or the way to another input that it follows. */
  readonly inputs?: Readonly<Record<string, string | readonly string[]>>;
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
