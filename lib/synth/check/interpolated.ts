import { type Kind, type Kinds, showKinds } from '../../options/kinds';

/** What Nix is to do with an interpolated value: as it is, made a text by `toString`, or there is something wrong with it. */
export type Interpolation = 'asIs' | 'toString' | InterpolationProblem;

export interface InterpolationProblem {
  /** What it is instead of a text. */
  readonly what: string;
  readonly help: string;
}

/** The kinds that Nix makes no text of, and what to write instead. */
const unfit: ReadonlyMap<Kind, string> = new Map([
  ['bool', "write lib.boolToString(value), or cond(value, 'yes', 'no') for texts of your own"],
  [
    'list',
    "write lib.concatStringsSep(', ', value), or builtins.toString(value), which puts spaces between any elements",
  ],
  ['set', 'select what is meant of it, or write builtins.toJSON(value)'],
  ['function', 'call it'],
  ['null', 'write the text that is meant, or leave it out'],
]);

/** What to do with a value of some kinds where a text must be; as it is where one of them may be right. */
export function interpolationOf(kinds: Kinds | undefined): Interpolation {
  if (!kinds?.size) return 'asIs';
  const all = [...kinds];
  const wrong = [...unfit].filter(([kind]) => kinds.has(kind));
  if (wrong.length === all.length) return { what: showKinds(wrong.map(([kind]) => kind)), help: wrong[0]![1] };
  const isNumber = kinds.has('int') || kinds.has('float');
  return isNumber && all.every((kind) => numberOrText.has(kind)) ? 'toString' : 'asIs';
}

/** What `toString` makes a text of without changing what is one. */
const numberOrText: ReadonlySet<Kind> = new Set(['int', 'float', 'str', 'null']);
