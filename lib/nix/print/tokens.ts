import { COMMA, COMMENT, END, isHard, merge, NOTHING, SPACE, TEXT } from './doc';

/**
 * A normalised document: texts, marks and groups in their order. Adjacent marks are one, hard marks and comments at the
 * edges of a group are outside of it, and no group is empty or just another one. It is built from left to right; what
 * has to move is moved while it arrives.
 */
export class Tokens {
  /** A mark, or one of the other codes of `doc`. */
  readonly codes: number[] = [];
  readonly texts: string[] = [];
  readonly widths: number[] = [];
  /** For a text, how deep it is nested; for the end of a group, where it starts; for a start, what is watched. */
  readonly depths: number[] = [];
  readonly shifts: number[] = [];
  /** Formals that are to stay on one line; the start of their group has their number, from 1. */
  readonly watched: object[] = [];
  #pending = 0;
  /** Where the groups start that are not closed yet. */
  readonly #open: number[] = [];

  mark(mark: number): void {
    this.#pending = this.#pending === 0 ? mark : merge(this.#pending, mark);
  }

  text(text: string, depth: number, shift: number): void {
    if (this.#pending !== 0) this.#flush();
    const last = this.codes.length - 1;
    if (last >= 0 && this.codes[last] === TEXT) {
      this.texts[last] += text;
      this.widths[last]! += widthOf(text);
      return;
    }
    this.#push(TEXT, text, widthOf(text), depth, shift);
  }

  comma(depth: number): void {
    if (this.#pending !== 0) this.#flush();
    this.#push(COMMA, ',', 1, depth, 0);
  }

  comment(text: string, depth: number, shift: number): void {
    if (this.#pending !== 0) this.#flush();
    const reopen = this.#unopen();
    this.#push(COMMENT, text, text.length, depth, shift);
    this.#reopen(reopen);
  }

  start(kind: number, watched?: object): void {
    // A space in front of a group belongs to it.
    if (this.#pending !== 0 && this.#pending !== SPACE) this.#flush();
    this.#open.push(this.codes.length);
    this.#push(kind, '', 0, watched === undefined ? 0 : this.watched.push(watched), 0);
  }

  end(): void {
    if (this.#pending !== 0 && !isHard(this.#pending)) this.#flush();
    const start = this.#open.pop()!;
    const last = this.codes.length - 1;
    if (last === start) {
      this.#pop();
    } else if (
      this.codes[last] === END &&
      this.depths[last] === start + 1 &&
      this.codes[start] === this.codes[start + 1]
    ) {
      this.codes[start + 1] = NOTHING;
      this.depths[last] = start;
    } else {
      this.#push(END, '', 0, start, 0);
    }
  }

  finish(): void {
    if (this.#pending !== 0) this.#flush();
  }

  #flush(): void {
    let mark = this.#pending;
    this.#pending = 0;
    if (!isHard(mark)) {
      this.#push(mark, '', 0, 0, 0);
      return;
    }
    // Leading hard marks move in front of their group and join what is there.
    const kinds: number[] = [];
    for (;;) {
      const reopen = this.#unopen();
      if (reopen === undefined) break;
      for (const value of reopen) kinds.push(value);
      const before = this.codes[this.codes.length - 1];
      if (before === undefined || before <= 0) break;
      this.#pop();
      mark = merge(before, mark);
      if (!isHard(mark)) break;
    }
    this.#push(mark, '', 0, 0, 0);
    this.#reopen(kinds);
  }

  /** Takes off the groups that were just started, the innermost first: what is watched in them, and their kind. */
  #unopen(): number[] | undefined {
    let kinds: number[] | undefined;
    const open = this.#open;
    while (open.length > 0 && open[open.length - 1] === this.codes.length - 1) {
      open.pop();
      kinds ??= [];
      const last = this.codes.length - 1;
      kinds.push(this.depths[last]!, this.codes[last]!);
      this.#pop();
    }
    return kinds;
  }

  #reopen(kinds: readonly number[] | undefined): void {
    if (kinds === undefined) return;
    for (let i = kinds.length - 2; i >= 0; i -= 2) {
      this.#open.push(this.codes.length);
      this.#push(kinds[i + 1]!, '', 0, kinds[i]!, 0);
    }
  }

  #push(code: number, text: string, width: number, depth: number, shift: number): void {
    this.codes.push(code);
    this.texts.push(text);
    this.widths.push(width);
    this.depths.push(depth);
    this.shifts.push(shift);
  }

  #pop(): void {
    this.codes.pop();
    this.texts.pop();
    this.widths.pop();
    this.depths.pop();
    this.shifts.pop();
  }
}

const ASTRAL = /[\ud800-\udbff]/;

/** Columns are counted in characters, not in UTF-16 units. */
function widthOf(text: string): number {
  return text.length > 2 && ASTRAL.test(text) ? astralWidth(text) : text.length;
}

function astralWidth(text: string): number {
  let width = 0;
  for (const _ of text) width++;
  return width;
}
