import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

/** What goes wrong at one call of the file system. */
export type Fault =
  /** This call fails, and nothing else. */
  | 'once'
  /** The disk is full from here on: nothing can be made or written, but things can be removed and moved. */
  | 'full'
  /** The process ends here: of what it was doing half is done, and nothing happens any more. */
  | 'end';

const making = ['copyFileSync', 'linkSync', 'mkdirSync', 'symlinkSync', 'writeFileSync'] as const;
const moving = ['chmodSync', 'renameSync', 'rmSync', 'rmdirSync'] as const;
const reading = [
  'existsSync',
  'lstatSync',
  'readFileSync',
  'readdirSync',
  'readlinkSync',
  'realpathSync',
  'statSync',
] as const;

/**
 * Runs something on a file system of which one call goes wrong.
 *
 * @param at which call, counted from 0; one that is never made changes nothing
 * @param code what the system says, such as `EIO`
 * @returns whether it went wrong
 */
export function withFault(at: number, fault: Fault, code: string, run: () => void): boolean {
  const real = { ...fs };
  const counted = fault === 'full' ? making : [...making, ...moving, ...(fault === 'once' ? [] : reading)];
  let calls = 0;
  const names = [...making, ...moving, ...reading] as const;
  for (const name of names) {
    const original = fs[name] as (...args: unknown[]) => unknown;
    const replacement = (...args: unknown[]) => {
      const call = (counted as readonly string[]).includes(name) ? calls++ : -1;
      const wrong = fault === 'once' ? call === at : call >= at || (fault === 'end' && calls > at);
      if (!wrong) return original(...args);
      if (call === at || fault === 'full') half(real, name, args);
      if (name === 'existsSync' && fault === 'end') throw new Ended();
      throw fault === 'end' ? new Ended() : Object.assign(new Error(`${code}: ${name}`), { code, path: args[0] });
    };
    (fs as Record<string, unknown>)[name] = replacement;
  }
  syncBuiltinESMExports();
  try {
    run();
  } finally {
    Object.assign(fs, Object.fromEntries(names.map((name) => [name, real[name]])));
    syncBuiltinESMExports();
  }
  return calls > at;
}

/**
 * Runs something, and something else just before one of its calls of the file system, as another process would.
 *
 * @param at which call, counted from 0
 * @returns whether there was such a call
 */
export function withMeanwhile(at: number, meanwhile: () => void, run: () => void): boolean {
  const real = { ...fs };
  const names = [...making, ...moving, ...reading] as const;
  const restore = () => {
    Object.assign(fs, Object.fromEntries(names.map((name) => [name, real[name]])));
    syncBuiltinESMExports();
  };
  let calls = 0;
  for (const name of names) {
    const original = fs[name] as (...args: unknown[]) => unknown;
    (fs as Record<string, unknown>)[name] = (...args: unknown[]) => {
      if (calls++ === at) {
        restore();
        meanwhile();
      }
      return original(...args);
    };
  }
  syncBuiltinESMExports();
  try {
    run();
  } finally {
    restore();
  }
  return calls > at;
}

/** What a process that was killed says: nothing that it could catch. */
export class Ended extends Error {}

/** Leaves half of what a call would have done: a file cut short, a folder removed in part. */
function half(
  { writeFileSync, rmSync, readdirSync, existsSync, statSync }: typeof fs,
  name: string,
  args: unknown[],
): void {
  const [path, content] = args as [string, unknown];
  if (name === 'writeFileSync') writeFileSync(path, String(content).slice(0, String(content).length / 2));
  if (name === 'rmSync' && existsSync(path) && statSync(path).isDirectory()) {
    const entries = readdirSync(path);
    for (const entry of entries.slice(0, entries.length / 2)) rmSync(join(path, entry), { recursive: true });
  }
}
