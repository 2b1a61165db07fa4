import type { Expr, Span } from '../nix';
import type { ModuleClass } from '../options/config';
import { canonical, TooLarge } from './canonical';
import { differences } from './differences';
import { enclosing } from './enclosing';
import { type FeatureCode, featureOf } from './feature';
import { spanKey, type Why } from './lower/context';
import { type ModuleParts, moduleParts } from './module-parts';
import { type FeatureName, printFeature, printForRun } from './print-feature';
import { type ModuleSource, readModule, spanOf } from './read';
import { runCode } from './run-code';
import { holdsSecret } from './secrets';
import { wholeFeature } from './whole';
import { writtenTree } from './written-tree';

/** What became of one file. */
export interface Converted {
  readonly typescript: string;
  /** Why the module stays Nix as a whole, if it does. */
  readonly because?: string;
  readonly definitions: number;
  /** How many definitions have raw Nix in them. */
  readonly raw: number;
  /** Why, a reason for each piece of raw Nix. */
  readonly raws: readonly Why[];
}

/**
 * The TypeScript of a Nix module: proven to mean the same, or raw Nix where it is not.
 *
 * @param text the code of the module
 * @param of the module system that it is for
 * @throws NixSyntaxError
 */
export function convert(text: string, of: ModuleClass, name: FeatureName): Converted {
  const source = readModule(text);
  if (holdsSecret(source.tree)) return { typescript: '', ...nothing, because: 'it holds a secret' };
  if ('because' in source) return whole(source.tree, source.because, of, name);
  const original = partsOf(source);
  if (!original) return whole(source.tree, 'it is too large to be proven', of, name);
  const kept = new Map<string, Why>();
  // What is not proven stays raw; each round finds less.
  for (let round = 0; round < rounds; round++) {
    const code = featureOf(source, of, kept);
    if (!code) return whole(source.tree, 'a part of it is computed', of, name);
    const unproven = unprovenIn(code, original, source);
    if (!unproven) return whole(source.tree, 'it is not proven', of, name);
    if (!unproven.length) {
      return { typescript: printFeature(code, name), ...code.counts, raws: code.raws };
    }
    for (const span of unproven) keep(span, source.body, kept);
  }
  return whole(source.tree, 'it is not proven', of, name);
}

/** How often what is not proven is tried with more of it raw. */
const rounds = 8;

/** Has a place stay raw, or what is around it where that was not enough. */
function keep(span: Span, body: Expr, kept: Map<string, Why>): void {
  let at: Span | undefined = span;
  while (at && kept.has(spanKey(at))) at = enclosing(body, at);
  if (at) kept.set(spanKey(at), 'not proven');
}

function whole(tree: Expr, because: string, of: ModuleClass, name: FeatureName): Converted {
  return { typescript: printFeature(wholeFeature(tree, of), name), because, ...nothing };
}

/** Arguments that a module of the output may ask for, if some Nix in it may mean them. */
const moduleArguments = ['config', 'lib', 'pkgs', 'options', 'modulesPath', 'inputs', 'utils'];

const nothing = { definitions: 0, raw: 0, raws: [] } as const;

function partsOf({ names, frames, body }: ModuleSource): ModuleParts | undefined {
  const framed = frames.reduceRight<Expr>((inner, frame) => ({ ...frame, body: inner }), body);
  try {
    return moduleParts(canonical(framed, names));
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
}

/** The places where what was written differs from the original; nothing, where it cannot be told. */
function unprovenIn(code: FeatureCode, original: ModuleParts, source: ModuleSource): Span[] | undefined {
  let written: ModuleParts;
  try {
    const names = [...code.imports].filter((name) => !name.startsWith('type '));
    const used = code.options ? [...new Set([...names, 'Feature'])] : names;
    const tree = writtenTree(runCode(printForRun(code), used, code.of));
    written = moduleParts(canonical(tree, [...moduleArguments, ...source.names]));
  } catch {
    // The library refuses some of it, as at synth.
    return undefined;
  }
  return differences(original, written, spanOf(source.body));
}
