import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** A check that a host or home has passed. */
export interface Passed {
  /** Equal for equal inputs. */
  readonly key: string;
  readonly seconds: number;
  /** In bytes. */
  readonly memory?: number;
  /** What modules warned of: told again as long as nothing changes. */
  readonly warnings: readonly string[];
}

/** What is remembered of earlier checks. */
export interface Memory {
  /** By the name of the target. */
  readonly passed: Readonly<Record<string, Passed>>;
  /** The inputs of the flake and its lock file, where Nix found that these fit. */
  readonly locked?: string;
}

const nothing: Memory = { passed: {} };

/** Where a project's earlier checks are remembered: nothing is lost with it. */
export function memoryFile(project: string): string {
  const isNpm = statSync(join(project, 'node_modules'), { throwIfNoEntry: false })?.isDirectory();
  if (isNpm) return join(project, 'node_modules', '.cache', 'cdknix', 'check.json');
  const caches = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(caches, 'cdknix', `check-${hash(project).slice(0, 16)}.json`);
}

/** What a file remembers; nothing if it is not there, or was damaged. */
export function remember(file: string): Memory {
  try {
    const { version, passed, locked } = JSON.parse(readFileSync(file, 'utf8')) as Memory & { version: number };
    return version === 1 && typeof passed === 'object' ? { passed, ...(locked && { locked }) } : nothing;
  } catch {
    return nothing;
  }
}

/** Writes what is to be remembered. Where that cannot be, the next check does more than it needs. */
export function keep(file: string, memory: Memory): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const staged = `${file}.${process.pid}`;
    writeFileSync(staged, JSON.stringify({ version: 1, ...memory }));
    renameSync(staged, file);
  } catch {
    // A read-only folder, perhaps.
  }
}

/** A short text that is equal for equal texts only. */
export function hash(...texts: readonly string[]): string {
  const sum = createHash('sha256');
  for (const text of texts) sum.update(`${text.length}:`).update(text);
  return sum.digest('base64url');
}
