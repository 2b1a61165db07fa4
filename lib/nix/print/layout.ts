import {
  BLANK,
  COMMA,
  COMMENT,
  END,
  FIRST,
  GAP,
  GROUP,
  LINE,
  NOTHING,
  RAW,
  SOFT_CUT,
  SOFT_GAP,
  SPACE,
  TEXT,
  THROUGH,
} from './doc';
import type { Tokens } from './tokens';

const WIDTH = 100;

/** The indentations that are in force, the innermost first. A list, so that an attempt is undone at once. */
interface Indentation {
  readonly columns: number;
  readonly depth: number;
  readonly outer: Indentation | undefined;
}

/** An opens-first group that was opened in the hope that its surroundings stay on one line. */
interface Attempt {
  readonly group: number;
  /** Where the content of the group begins. */
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly number[];
  next: number;
  /** The end of the candidate that is being printed. */
  until: number;
  /** The width of what follows the candidate up to its first possible line break. */
  tail: number;
  readonly out: string;
  readonly column: number;
  readonly indentation: Indentation;
  readonly opened: number;
}

/** What the layout made, and the watched groups that it had to open. */
export interface Laid {
  readonly text: string;
  readonly opened: readonly object[];
}

/**
 * Lays a document out as nixfmt does, on lines of 100 characters behind the indentation. Linear: whether something fits
 * is known from sums over the tokens.
 */
export function layout(tokens: Tokens): Laid {
  return new Layout(tokens).run();
}

/**
 * Code that is nested deeper is not moved further to the right: its indentation would be most of the text, and as much as
 * the square of its depth.
 */
const DEEPEST_INDENTATION = 200;
const SPACES = ' '.repeat(DEEPEST_INDENTATION);

class Layout {
  readonly #codes: readonly number[];
  readonly #texts: readonly string[];
  readonly #widths: readonly number[];
  readonly #depths: readonly number[];
  readonly #shifts: readonly number[];
  readonly #watched: readonly object[];
  readonly #opened: object[] = [];
  /** Sums over the tokens before an index: width with every soft mark closed, hard marks, width up to a mark. */
  readonly #closed: Int32Array;
  readonly #hard: Int32Array;
  readonly #plain: Int32Array;
  /** From an index on, the first mark that ends a look ahead. */
  readonly #stop: Int32Array;
  /** The end of a group; for a mark or its successors, the last mark. */
  readonly #ends: Int32Array;
  readonly #lastMark: Int32Array;
  readonly #attempts: Attempt[] = [];
  #out = '';
  #column = 0;
  #indentation: Indentation = { columns: 0, depth: 0, outer: undefined };
  /** How many more tokens may be printed in vain, so that no document takes more than linear time. */
  #patience: number;

  constructor(tokens: Tokens) {
    this.#codes = tokens.codes;
    this.#texts = tokens.texts;
    this.#widths = tokens.widths;
    this.#depths = tokens.depths;
    this.#shifts = tokens.shifts;
    this.#watched = tokens.watched;
    const count = tokens.codes.length;
    this.#closed = new Int32Array(count + 1);
    this.#hard = new Int32Array(count + 1);
    this.#plain = new Int32Array(count + 1);
    this.#stop = new Int32Array(count + 1);
    this.#ends = new Int32Array(count);
    this.#lastMark = new Int32Array(count + 1);
    this.#patience = 1000 + 20 * count;
    this.#sumUp(count);
  }

  #sumUp(count: number): void {
    const codes = this.#codes;
    let lastMark = -1;
    for (let i = 0; i < count; i++) {
      const code = codes[i]!;
      let closed = 0;
      let plain = 0;
      let hard = 0;
      if (code === TEXT) {
        closed = this.#widths[i]!;
        plain = closed;
      } else if (code > 0) {
        lastMark = i;
        if (code === SPACE) plain = 1;
        if (code === SPACE || code === GAP || code === SOFT_GAP) closed = 1;
        else if (code >= LINE) hard = 1;
      } else if (code === END) {
        this.#ends[this.#depths[i]!] = i;
      } else if (code === COMMA) {
        plain = 1;
      }
      this.#closed[i + 1] = this.#closed[i]! + closed;
      this.#plain[i + 1] = this.#plain[i]! + plain;
      this.#hard[i + 1] = this.#hard[i]! + hard;
      this.#lastMark[i + 1] = lastMark;
    }
    let stop = count;
    let beforeMark = false;
    this.#stop[count] = count;
    for (let i = count - 1; i >= 0; i--) {
      const code = codes[i]!;
      if (code > 0) {
        if (code !== SPACE || beforeMark) stop = i;
        beforeMark = true;
      } else if (code === TEXT || code === COMMENT || code === COMMA) {
        beforeMark = false;
      }
      this.#stop[i] = stop;
    }
  }

  run(): Laid {
    const codes = this.#codes;
    const count = codes.length;
    let i = 0;
    while (i < count) {
      const code = codes[i]!;
      if (code > 0) {
        if (this.#column > 0) this.#mark(i, code);
        i++;
      } else if (code === TEXT || code === COMMENT) {
        this.#text(i++);
      } else if (code === END) {
        i = this.#end(i);
      } else if (code === COMMA) {
        this.#text(i++);
      } else if (code === NOTHING) {
        i++;
      } else {
        i = this.#group(i, code);
      }
    }
    return { text: this.#out, opened: this.#opened };
  }

  /** Begins a group that may be opened; returns where to go on. */
  #group(group: number, kind: number): number {
    const end = this.#ends[group]!;
    let start = group + 1;
    if (this.#column === 0 && this.#codes[start]! > 0) start++;
    if (this.#fits(start, end, this.#tail(end + 1))) {
      this.#printClosed(start, end);
      return end + 1;
    }
    if (kind !== THROUGH && this.#patience > 0) {
      const candidates = this.#candidates(start, end);
      if (candidates !== undefined) {
        return this.#attempt({
          group,
          start,
          end,
          candidates,
          next: candidates.length,
          until: 0,
          tail: 0,
          out: this.#out,
          column: this.#column,
          indentation: this.#indentation,
          opened: this.#opened.length,
        });
      }
    }
    return this.#open(group);
  }

  #open(group: number): number {
    const watched = this.#depths[group]!;
    if (watched > 0) this.#opened.push(this.#watched[watched - 1]!);
    return group + 1;
  }

  #end(i: number): number {
    const attempt = this.#attempts[this.#attempts.length - 1];
    if (attempt === undefined || attempt.until !== i) return i + 1;
    this.#attempts.pop();
    const { end } = attempt;
    if (this.#fits(i + 1, end, this.#tail(end + 1))) {
      this.#printClosed(i + 1, end);
      return end + 1;
    }
    this.#patience -= i - attempt.start;
    this.#out = attempt.out;
    this.#column = attempt.column;
    this.#indentation = attempt.indentation;
    this.#opened.length = attempt.opened;
    return this.#attempt(attempt);
  }

  /** Tries the candidates that are left, from the last to the first; the group is opened if there is none. */
  #attempt(attempt: Attempt): number {
    const { start, end, candidates } = attempt;
    while (attempt.next > 0) {
      const candidate = candidates[--attempt.next]!;
      const until = this.#ends[candidate]!;
      if (!this.#fits(start, candidate, this.#tail(candidate))) continue;
      if (this.#hard[until] !== this.#hard[end]) continue;
      const rest = this.#closed[end]! - this.#closed[until]! + this.#tail(end + 1);
      if (rest + this.#lastLine(candidate, until) > WIDTH) continue;
      attempt.until = until;
      attempt.tail = this.#tailBehind(until, end);
      this.#printClosed(start, candidate);
      this.#attempts.push(attempt);
      return this.#open(candidate);
    }
    return this.#open(attempt.group);
  }

  /** The least width of the last line of a group that is opened. */
  #lastLine(start: number, end: number): number {
    const mark = Math.max(this.#lastMark[end]!, start);
    return this.#closed[end]! - this.#closed[mark + 1]!;
  }

  #candidates(start: number, end: number): number[] | undefined {
    const codes = this.#codes;
    let candidates: number[] | undefined;
    for (let i = start; i < end; i++) {
      const code = codes[i]!;
      if (code === FIRST) {
        candidates ??= [];
        candidates.push(i);
        i = this.#ends[i]!;
      } else if (code === GROUP) {
        i = this.#ends[i]!;
      }
    }
    return candidates;
  }

  #fits(from: number, to: number, tail: number): boolean {
    return (
      this.#hard[from] === this.#hard[to] && this.#closed[to]! - this.#closed[from]! <= WIDTH - this.#column - tail
    );
  }

  /** The width of what follows up to where the line may break. */
  #tail(from: number): number {
    const stop = this.#stop[from]!;
    const attempt = this.#attempts[this.#attempts.length - 1];
    if (attempt !== undefined && stop > attempt.until) {
      return this.#plain[attempt.until]! - this.#plain[from]! + attempt.tail;
    }
    return this.#plain[stop]! - this.#plain[from]!;
  }

  /** The same behind a candidate: the soft marks of its group are closed there, those in other groups are not. */
  #tailBehind(candidateEnd: number, end: number): number {
    const codes = this.#codes;
    let width = 0;
    for (let i = candidateEnd + 1; i < end && width <= WIDTH; i++) {
      const code = codes[i]!;
      if (code === TEXT) width += this.#widths[i]!;
      else if (code === SPACE || code === GAP || code === SOFT_GAP || code === COMMA) width++;
      else if (code === GROUP || code === FIRST) {
        const inner = this.#ends[i]!;
        const stop = this.#stop[i]!;
        if (stop < inner) return width + this.#plain[stop]! - this.#plain[i]!;
        width += this.#plain[inner]! - this.#plain[i]!;
        i = inner;
      }
    }
    return width + this.#tail(end + 1);
  }

  /** Prints what fits on the line. It counts as one text, as deep as its first, and only where it starts a line. */
  #printClosed(from: number, to: number): void {
    const codes = this.#codes;
    let isFirst = this.#column === 0;
    for (let i = from; i < to; i++) {
      const code = codes[i]!;
      if (code === TEXT || code === COMMENT) {
        if (isFirst) {
          this.#text(i);
          isFirst = false;
        } else {
          this.#out += this.#texts[i]!;
          this.#column += this.#widths[i]!;
        }
      } else if ((code === SPACE || code === GAP || code === SOFT_GAP) && this.#column > 0) {
        this.#out += ' ';
        this.#column++;
      }
    }
  }

  #text(i: number): void {
    const depth = this.#depths[i]!;
    let indentation = this.#indentation;
    while (indentation.depth > depth) indentation = indentation.outer!;
    if (indentation.depth < depth) {
      const columns = this.#column === 0 ? Math.min(indentation.columns + 2, DEEPEST_INDENTATION) : indentation.columns;
      indentation = { columns, depth, outer: indentation };
    }
    this.#indentation = indentation;
    if (this.#column === 0) this.#out += spaces(indentation.columns + this.#shifts[i]!);
    this.#out += this.#texts[i]!;
    this.#column += this.#widths[i]!;
  }

  /** A mark of a group that is opened. */
  #mark(i: number, mark: number): void {
    if (mark === SPACE) {
      this.#out += ' ';
      this.#column++;
    } else if (mark === SOFT_GAP || mark === SOFT_CUT) {
      const width = mark === SOFT_GAP ? 1 : 0;
      if (!this.#nextFits(i + 1, WIDTH - this.#column - width)) {
        this.#newLine(1);
      } else if (width > 0) {
        this.#out += ' ';
        this.#column++;
      }
    } else {
      this.#newLine(mark > RAW ? mark - RAW : mark === BLANK ? 2 : 1);
    }
  }

  #newLine(count: number): void {
    this.#out += count === 1 ? '\n' : '\n'.repeat(count);
    this.#column = 0;
  }

  /**
   * Whether the line has room for what follows up to its next mark. A group counts as closed if it would fit on a line
   * of its own.
   */
  #nextFits(from: number, room: number): boolean {
    const codes = this.#codes;
    const attempt = this.#attempts[this.#attempts.length - 1];
    let width = 0;
    for (let i = from; i < codes.length && width <= room; i++) {
      const code = codes[i]!;
      if (code === TEXT) width += this.#widths[i]!;
      else if (code > 0) {
        if (code !== SPACE || this.#stop[i] === i) return true;
        width++;
      } else if (code === END) {
        if (attempt?.until === i) return width + attempt.tail <= room;
      } else if (code !== COMMENT && code !== COMMA && code !== NOTHING) {
        const end = this.#ends[i]!;
        const inner = this.#closed[end]! - this.#closed[i]!;
        if (this.#hard[i] === this.#hard[end] && width + inner + this.#tail(end + 1) <= WIDTH) {
          width += inner;
          i = end;
        }
      }
    }
    return width <= room;
  }
}

function spaces(count: number): string {
  return count <= SPACES.length ? SPACES.slice(0, count) : ' '.repeat(count);
}
