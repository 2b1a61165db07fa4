import type { Expr, Span } from '../nix';
import type { ModuleClass } from '../options/config';
import { commentsInFeature, missingIn, total } from './comment-count';
import { enclosing } from './enclosing';
import { type FeatureCode, featureOf, optionKey } from './feature';
import { type FeatureName, longerName } from './feature-name';
import { type Kept, spanKey, type Why } from './lower/context';
import type { ModuleParts } from './module-parts';
import { printFeature } from './print-feature';
import { originalParts, unprovenIn } from './prove';
import { type ModuleSource, readModule } from './read';
import { type HeldSecret, secretIn } from './secrets';
import { wholeFeature } from './whole';

/** What became of one file. */
export interface Converted {
  readonly typescript: string;
  /** Why the module stays Nix as a whole, if it does. */
  readonly because?: string;
  /** What must not get into TypeScript, which there is none then. */
  readonly secret?: HeldSecret;
  readonly definitions: number;
  /** How many definitions have raw Nix in them. */
  readonly raw: number;
  /** Why, a reason for each piece of raw Nix. */
  readonly raws: readonly Why[];
  /** How many lines of comments the module has. */
  readonly comments: number;
  /** How many the TypeScript has. */
  readonly keptComments: number;
}

/** A module and what it has become so far, from which it can be converted with more of it raw. */
export interface Draft {
  readonly converted: Converted;
  readonly of: ModuleClass;
  readonly name: FeatureName;
  /** What it is made of; absent where it stays Nix. */
  readonly lowered?: LoweredModule;
}

interface LoweredModule {
  readonly source: ModuleSource;
  readonly original: ModuleParts;
  readonly kept: Kept;
  /** Options that are no definitions of TypeScript, by `optionKey`. */
  readonly untyped: ReadonlySet<string>;
  readonly code: FeatureCode;
}

/**
 * A Nix module as TypeScript, proven to mean the same, with what a compiler's faults are mended by.
 *
 * @param text the code of the module
 * @param of the module system that it is for
 * @throws NixSyntaxError
 */
export function draft(text: string, of: ModuleClass, name: FeatureName): Draft {
  const source = readModule(text);
  const secret = secretIn(source.tree, of);
  if (secret) return { converted: { typescript: '', ...nothing, because: 'it holds a secret', secret }, of, name };
  if ('because' in source) return whole(source.tree, source.because, of, name);
  const original = originalParts(source);
  if (!original) return whole(source.tree, 'it is too large to be proven', of, name);
  return proven({ source, original, kept: new Map(), untyped: new Set() }, of, name);
}

/** What the compiler finds fault with: the place of the source, and the option that is defined there. */
export interface Fault {
  readonly from?: Span | undefined;
  readonly option?: readonly string[] | undefined;
}

/**
 * The same module with what is at fault written otherwise: without types, or raw, or else with what is around it raw; nothing
 * where all of it is raw.
 */
export function withoutFaults({ lowered, of, name }: Draft, faults: readonly Fault[]): Draft | undefined {
  const { source, original } = lowered!;
  const kept = new Map(lowered!.kept);
  const untyped = new Set(lowered!.untyped);
  const isMended = faults.map((one) => mend(one, source.tree, kept, untyped));
  return isMended.includes(true) ? proven({ source, original, kept, untyped }, of, name) : undefined;
}

/** The same module with a longer name for the options that it declares; nothing where there is none. */
export function renamed({ lowered, of, name }: Draft): Draft | undefined {
  const longer = longerName(name);
  return longer && proven(lowered!, of, longer);
}

/** The same module as it is. */
export const stayingNix = ({ lowered, of, name }: Draft, because: string): Draft =>
  whole(lowered!.source.tree, because, of, name);

/** @returns whether there is something left to be done about it */
function mend({ from, option }: Fault, tree: Expr, kept: Map<string, Why | 'untyped'>, untyped: Set<string>): boolean {
  const key = from && spanKey(from);
  const before = key === undefined ? undefined : kept.get(key);
  if (key !== undefined && before === undefined) kept.set(key, 'untyped');
  else if (key !== undefined && before === 'untyped') kept.set(key, 'type');
  else if (option?.length && !untyped.has(optionKey(option))) untyped.add(optionKey(option));
  else if (from) keep(from, tree, kept, 'type');
  else return false;
  return true;
}

/** What is not proven stays raw; each round finds less. */
function proven(module: Omit<LoweredModule, 'code'>, of: ModuleClass, name: FeatureName): Draft {
  const { source, original, untyped } = module;
  const kept = new Map(module.kept);
  for (let round = 0; round < rounds; round++) {
    const lowered = featureOf(source, of, kept, untyped);
    const code = lowered && withLost(lowered, source);
    if (!code) return whole(source.tree, 'a part of it is computed', of, name);
    const unproven = unprovenIn(code, original, source);
    if (!unproven) break;
    if (!unproven.length) {
      const comments = { comments: total(source.comments), keptComments: total(commentsInFeature(code)) };
      const converted = { typescript: printFeature(code, name), ...code.counts, raws: code.raws, ...comments };
      return { converted, of, name, lowered: { ...module, kept, code } };
    }
    for (const span of unproven) keep(span, source.tree, kept, 'not proven');
  }
  return whole(source.tree, 'it is not proven', of, name);
}

/** The feature with comments that found no place in it, such as those of what nothing uses. */
function withLost(code: FeatureCode, { comments }: ModuleSource): FeatureCode {
  const lost = missingIn(commentsInFeature(code), comments);
  return lost.length ? { ...code, remarks: [...code.remarks, ...lost] } : code;
}

/** How often what is not proven is tried with more of it raw. */
const rounds = 8;

/** Has a place stay raw, or what is around it where that was not enough. */
function keep(span: Span, tree: Expr, kept: Map<string, Why | 'untyped'>, why: Why): void {
  let at: Span | undefined = span;
  while (at && isRaw(kept.get(spanKey(at)))) at = enclosing(tree, at);
  if (at) kept.set(spanKey(at), why);
}

const isRaw = (why: Why | 'untyped' | undefined) => why !== undefined && why !== 'untyped';

function whole(tree: Expr, because: string, of: ModuleClass, name: FeatureName): Draft {
  return { converted: { typescript: printFeature(wholeFeature(tree, of), name), because, ...nothing }, of, name };
}

const nothing = { definitions: 0, raw: 0, raws: [], comments: 0, keptComments: 0 } as const;
