import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const counted = [
  'existsSync',
  'lstatSync',
  'openSync',
  'readFileSync',
  'readdirSync',
  'realpathSync',
  'statSync',
] as const;

/** How often each function of the file system is called while something runs, and which files are read how often. */
export function countedReads(run: () => void): { calls: number; reads: Map<string, number> } {
  const real = { ...fs };
  const reads = new Map<string, number>();
  let calls = 0;
  for (const name of counted) {
    const original = fs[name] as (...args: unknown[]) => unknown;
    (fs as Record<string, unknown>)[name] = (...args: unknown[]) => {
      calls++;
      if (name === 'readFileSync' || name === 'readdirSync') {
        reads.set(String(args[0]), (reads.get(String(args[0])) ?? 0) + 1);
      }
      return original(...args);
    };
  }
  syncBuiltinESMExports();
  try {
    run();
  } finally {
    Object.assign(fs, Object.fromEntries(counted.map((name) => [name, real[name]])));
    syncBuiltinESMExports();
  }
  return { calls, reads };
}
