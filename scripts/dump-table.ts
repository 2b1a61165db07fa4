import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ModuleClass } from '../lib/options/config';
import { type Attempt, dumpInSteps, type Steps, stepsCode } from '../lib/options/dump-steps';

/**
 * Reads the options of a module system that can be evaluated.
 *
 * @param realworld the folder with nixpkgs, home-manager and nix-darwin as local flakes
 */
export function dumpTable(of: ModuleClass, realworld: string) {
  return dumpInSteps((steps) => evaluate(of, realworld, steps));
}

async function evaluate(of: ModuleClass, realworld: string, steps: Steps): Promise<Attempt> {
  const code = `import ${join(__dirname, 'tables.nix')} { realworld = "${realworld}"; class = "${of}"; steps = ${stepsCode(steps)}; }`;
  const args = ['--extra-experimental-features', 'nix-command flakes', 'eval', '--raw', '--impure', '--offline'];
  try {
    return await promisify(execFile)('nix', [...args, '--expr', code], { maxBuffer: 2 ** 30 });
  } catch (error) {
    return { stderr: (error as { stderr: string }).stderr, error: error as Error };
  }
}
