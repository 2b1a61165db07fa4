import { encodeString } from '../nix/encode';
import { type Dump, type Dumped, type DumpedOption, fromDump } from './dumped';

/** What the dumper is to read, if it goes step by step; `data/dump-options.nix` says how. */
export interface Steps {
  /** The path of the first option to read. */
  readonly from: readonly string[];
  /** The steps that are left out, as the dumper calls them. */
  readonly without: readonly string[];
}

/** An evaluation of the dumper. */
export interface Attempt {
  /** What Nix wrote to its standard error. */
  readonly stderr: string;
  /** Why it failed, if it did. */
  readonly error?: Error;
}

/** Something that cannot be evaluated. */
export interface LeftOut {
  /** The names of the option or group; `<name>` and `*` stand for names and elements of the user's own. */
  readonly place: readonly string[];
  /** What of it: all that is there, its type, its default, or what is said of it. */
  readonly part: 'member' | 'type' | 'default' | 'facts' | 'description' | 'example';
  /** What Nix wrote when it failed. */
  readonly stderr: string;
}

/**
 * Reads all options but what cannot be evaluated. An evaluation ends at the first error that is not thrown, so there is
 * one more for each of these; it goes on where the last one failed.
 *
 * @param evaluate evaluates the dumper
 * @param repair makes another attempt where the options at a place, or all if there is none, cannot even be listed; what it
 * gives has got further
 * @throws the error of an attempt that fails in something else than options
 */
export async function dumpInSteps(
  evaluate: (steps: Steps) => Promise<Attempt>,
  repair?: (failed: Attempt, steps: Steps, place: readonly string[]) => Promise<Attempt | undefined>,
): Promise<Dumped & { readonly leftOut: readonly LeftOut[] }> {
  const dump = new Map<string, Branch>();
  const leftOut = new Map<string, LeftOut>();
  let from: readonly string[] = [];
  for (;;) {
    const steps: Steps = { from, without: [...leftOut.keys()] };
    const isNew = (step: string) => !leftOut.has(step);
    let attempt = read(await evaluate(steps), isNew);
    while (attempt.error && (!attempt.failure || attempt.failure.part === 'member')) {
      const repaired = await repair?.(attempt, steps, attempt.failure?.place ?? []);
      if (!repaired) break;
      attempt = read(repaired, isNew);
    }
    const { error, done, step, failure } = attempt;
    for (const [path, option] of done) put(dump, path, option);
    if (!error) return { ...fromDump(treeOf(dump)), leftOut: [...leftOut.values()] };
    if (!failure) throw error;
    leftOut.set(step!, failure);
    from = done.at(-1)?.[0] ?? from;
  }
}

/** What an attempt came to, and the innermost new step that it failed in, if there is one. */
function read(attempt: Attempt, isNew: (step: string) => boolean) {
  const { done, open } = progressIn(attempt.stderr);
  const step = open.findLast(isNew);
  return { ...attempt, done, step, failure: step === undefined ? undefined : failureOf(step, attempt.stderr) };
}

function failureOf(step: string, stderr: string): LeftOut {
  const [place, part] = JSON.parse(step) as [LeftOut['place'], LeftOut['part'], depth: number];
  return { place, part, stderr: withoutProgress(stderr) };
}

/** How far an evaluation came. */
export interface Progress {
  readonly done: readonly (readonly [path: readonly string[], option: DumpedOption])[];
  /** The steps that began and did not end, the innermost last. */
  readonly open: readonly string[];
}

const progress = /^(?:<\d>)?trace: cdknix ([[\]=]) (.*)\n/gm;

/** Reads the traces of the dumper. */
export function progressIn(stderr: string): Progress {
  const done: [string[], DumpedOption][] = [];
  const open: string[] = [];
  for (const [, kind, json] of stderr.matchAll(progress)) {
    if (kind === '=') done.push(JSON.parse(json!) as [string[], DumpedOption]);
    else if (kind === '[') open.push(json!);
    // What began within the step and did not end was thrown, and caught there.
    else open.splice(open.lastIndexOf(json!));
  }
  return { done, open };
}

/** What Nix wrote beside the traces of the dumper. */
export const withoutProgress = (stderr: string) => stderr.replace(progress, '');

/** Nix code of steps. */
export function stepsCode({ from, without }: Steps): string {
  const list = (texts: readonly string[]) => `[ ${texts.map(encodeString).join(' ')} ]`;
  return `{ from = ${list(from)}; without = ${list(without)}; }`;
}

type Branch = DumpedOption | Map<string, Branch>;

function put(tree: Map<string, Branch>, [name, ...rest]: readonly string[], option: DumpedOption): void {
  if (!rest.length) {
    tree.set(name!, option);
    return;
  }
  const group = tree.get(name!);
  const inside = group instanceof Map ? group : new Map<string, Branch>();
  tree.set(name!, inside);
  put(inside, rest, option);
}

function treeOf(branches: ReadonlyMap<string, Branch>): Dump {
  return Object.fromEntries(
    [...branches].map(([name, branch]) => [name, branch instanceof Map ? treeOf(branch) : branch]),
  );
}
