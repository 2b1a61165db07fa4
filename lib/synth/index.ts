import { resolve } from 'node:path';
import { writeAssembly } from './app-protocol';
import { assemblyVariable, outputVariable } from './assembly';
import type { Fleet } from './fleet';
import type { Plan } from './output';
import { planOf } from './plan';
import { type Written, write } from './write';

export interface SynthOptions {
  /**
   * The folder to write to, relative to the working directory. The command line's `--output` has the last word.
   * @default 'nix'
   */
  readonly outdir?: string | undefined;
}

/** What a synth did. */
export interface SynthResult extends Omit<Written, 'outdir'> {
  /** Where the output is; absent if the command line writes it. */
  readonly outdir?: string | undefined;
  readonly warnings: Plan['warnings'];
}

/**
 * Plans a fleet's output and writes it, or hands it to the command line.
 *
 * @throws CdknixError with every problem that was found; nothing is written then
 */
export function synthesise(fleet: Fleet, { outdir = 'nix' }: SynthOptions = {}): SynthResult {
  const assembly = process.env[assemblyVariable];
  const folder = assembly ? process.env[outputVariable] : resolve(outdir);
  const plan = planOf(fleet, folder);
  if (assembly) {
    writeAssembly(assembly, plan);
    return { added: [], changed: [], removed: [], warnings: plan.warnings };
  }
  return { ...write(plan, resolve(outdir)), warnings: plan.warnings };
}
