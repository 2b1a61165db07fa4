import type { Contribution } from '../module';
import type { Expr, Span } from '../nix';
import { canonical, TooLarge } from './canonical';
import { differences } from './differences';
import type { FeatureCode } from './feature';
import { type ModuleParts, moduleParts } from './module-parts';
import { printForRun } from './print-feature';
import { type ModuleSource, spanOf } from './read';
import { runCode } from './run-code';
import { writtenTree } from './written-tree';

/** Arguments that a module of the output may ask for, if some Nix in it may mean them. */
const moduleArguments = ['config', 'lib', 'pkgs', 'options', 'modulesPath', 'inputs', 'utils'];

/** The parts of a module as they are compared; nothing where they are too large. */
export function originalParts({ names, frames, body }: ModuleSource): ModuleParts | undefined {
  const framed = frames.reduceRight<Expr>((inner, frame) => ({ ...frame, body: inner }), body);
  try {
    return moduleParts(canonical(framed, names));
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
}

/** The parts of what TypeScript made of a module. */
export const writtenParts = (made: Contribution, { names }: ModuleSource): ModuleParts =>
  moduleParts(canonical(writtenTree(made), [...moduleArguments, ...names]));

/** The places where what code makes differs from the original; nothing, where it cannot be told. */
export function unprovenIn(code: FeatureCode, original: ModuleParts, source: ModuleSource): Span[] | undefined {
  try {
    const names = [...code.imports].filter((name) => !name.startsWith('type '));
    const used = code.options ? [...new Set([...names, 'Feature'])] : names;
    const made = runCode(printForRun(code), used, code.of);
    return differences(original, writtenParts(made, source), spanOf(source.body));
  } catch {
    // The library refuses some of it, as at synth.
    return undefined;
  }
}
