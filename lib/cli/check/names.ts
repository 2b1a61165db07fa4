import { encodeKey, encodeString } from '../../nix/encode';
import { nixCommand } from '../nix/nix';
import { start } from '../nix/process';
import type { Choice } from '../nix-error/problem';
import type { Evaluator } from './evaluate';
import type { Target } from './targets';

/** Asks Nix for the names in a set that a target sees: its packages, or the inputs of the flake. */
export async function namesSeenBy(target: Target, { of, path }: Choice, evaluator: Evaluator): Promise<string[]> {
  const { cwd, folder, flags } = evaluator;
  const [output, name] = target.attribute;
  const root = of === 'inputs' ? ['inputs'] : [output!, name!, 'pkgs'];
  const flake = `(builtins.getFlake ${encodeString(`path:${folder}`)})`;
  const set = [...root, ...path].map(encodeKey).join('.');
  const expression = `builtins.attrNames ${flake}.${set}`;
  // A folder that may change is no flake to a pure evaluation.
  const args = [...nixCommand, 'eval', '--json', ...flags, '--impure', '--expr', expression];
  try {
    const { code, stdout } = await start('nix', args, { cwd }).ended;
    return code === 0 ? (JSON.parse(stdout) as string[]) : [];
  } catch {
    return [];
  }
}
