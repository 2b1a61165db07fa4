import type { Expr, Item } from '../ast';

/*
 * Documents: what the layout engine lays out. A document is a flat list of steps; nested lists stand for their steps,
 * and a node of the syntax tree stands for its own document, which is made only when it is its turn. So the depth of a
 * tree costs no call stack.
 */

// Break marks, weakest to strongest.
/** Nothing, or a line break if the line is full. */
export const SOFT_CUT = 1;
/** Nothing, or a line break if the group is opened. */
export const CUT = 2;
export const SPACE = 3;
/** A space, or a line break if the line is full. */
export const SOFT_GAP = 4;
/** A space, or a line break if the group is opened. */
export const GAP = 5;
export const LINE = 6;
/** An empty line. */
export const BLANK = 7;
/** `RAW + n` is `n` line breaks of a string. */
export const RAW = 7;

// What is no mark.
export const TEXT = 0;
export const GROUP = -1;
/** A group that is opened before the groups around it. */
export const FIRST = -2;
/** A group whose opens-first groups count as those of the group around it. */
export const THROUGH = -3;
export const END = -4;
export const COMMENT = -5;
/** A comma that is printed only if the group is opened. */
export const COMMA = -6;
export const NOTHING = -7;

// Instructions to the writer of tokens, which leave no token behind.
export const IN = -8;
export const OUT = -9;
/** Between these two, every group is dissolved and every soft mark closed. */
export const FLAT = -10;
export const UNFLAT = -11;

/** In which position an expression stands, where that pending for its layout. */
export type Role = 'wide' | 'rhs' | 'inside' | 'body' | 'argument';

/** An expression in a position. */
export class Part {
  constructor(
    readonly role: Role,
    readonly expr: Expr,
  ) {}
}

/** A comment's text; it has no width. */
export class CommentText {
  constructor(readonly text: string) {}
}

/** Moves what starts a line further to the right (inside strings). */
export class Shift {
  constructor(readonly by: number) {}
}

/** The opening of a group of formals; where it must be opened, its number is reported. */
export class Watched {
  constructor(readonly formals: object) {}
}

/** Two alternatives: `flat` and `then`, if `flat` makes one line of at most `width` characters; or `otherwise`. */
export class OneLine {
  constructor(
    readonly flat: Doc,
    readonly width: number,
    readonly otherwise: Doc,
    readonly then: Doc = [],
  ) {}
}

export type Step = string | number | Doc | Part | CommentText | Shift | Watched | OneLine | Expr | Item;
export type Doc = readonly Step[];

export function isHard(mark: number): boolean {
  return mark === SPACE || mark >= LINE;
}

/** Two adjacent marks as one. */
export function merge(a: number, b: number): number {
  if (a > b) return merge(b, a);
  if (a === 0) return b;
  if (b > RAW) {
    if (a > RAW) return a + b - RAW;
    if (a === BLANK) return b + 2;
    return a === SPACE ? b : b + 1;
  }
  if (a === CUT && (b === SPACE || b === SOFT_GAP)) return GAP;
  return a === SOFT_CUT && b === SPACE ? SOFT_GAP : b;
}
