import type { Expr, Item } from './ast';
import {
  COMMA,
  CommentText,
  CUT,
  type Doc,
  END,
  FIRST,
  FLAT,
  GAP,
  GROUP,
  IN,
  LINE,
  OneLine,
  OUT,
  type Part,
  Shift,
  SOFT_CUT,
  SOFT_GAP,
  SPACE,
  type Step,
  THROUGH,
  UNFLAT,
  Watched,
} from './doc';
import { Tokens } from './tokens';

/** Makes the document of a node, or of an expression in a position. */
export type Format = (of: Expr | Item | Part) => Doc;

interface Frame {
  readonly doc: Doc;
  next: number;
}

/** Writes a document into tokens. */
export class Writer {
  readonly tokens = new Tokens();
  readonly #format: Format;
  #depth = 0;
  #shift = 0;
  #flat = 0;

  constructor(format: Format) {
    this.#format = format;
  }

  write(doc: Doc): Tokens {
    const frames: Frame[] = [{ doc, next: 0 }];
    for (;;) {
      const frame = frames[frames.length - 1];
      if (frame === undefined) break;
      if (frame.next === frame.doc.length) {
        frames.pop();
        continue;
      }
      const step = frame.doc[frame.next++]!;
      if (typeof step === 'string') {
        if (step !== '') this.tokens.text(step, this.#depth, this.#shift);
      } else if (typeof step === 'number') {
        this.#code(step);
      } else {
        const inner = this.#inner(step);
        if (inner !== undefined) frames.push({ doc: inner, next: 0 });
      }
    }
    this.tokens.finish();
    return this.tokens;
  }

  #code(code: number): void {
    if (code > 0) {
      this.#mark(code);
    } else if (code === IN) {
      this.#depth++;
    } else if (code === OUT) {
      this.#depth--;
    } else if (code === FLAT) {
      this.#flat++;
    } else if (code === UNFLAT) {
      this.#flat--;
    } else if (this.#flat > 0) {
      // A flat region has no groups, and so none that is opened.
    } else if (code === END) {
      this.tokens.end();
    } else if (code === COMMA) {
      this.tokens.comma(this.#depth);
    } else if (code === GROUP || code === FIRST || code === THROUGH) {
      this.tokens.start(code);
    }
  }

  #mark(mark: number): void {
    if (this.#flat === 0 || mark >= LINE) this.tokens.mark(mark);
    else if (mark !== CUT && mark !== SOFT_CUT) this.tokens.mark(SPACE);
  }

  #inner(step: Exclude<Step, string | number>): Doc | undefined {
    if (Array.isArray(step)) return step as Doc;
    if (step instanceof CommentText) {
      this.tokens.comment(step.text, this.#depth, this.#shift);
    } else if (step instanceof Shift) {
      this.#shift += step.by;
    } else if (step instanceof Watched) {
      if (this.#flat === 0) this.tokens.start(GROUP, step.formals);
    } else if (step instanceof OneLine) {
      return this.#oneLine(step);
    } else {
      return this.#format(step as Expr | Item | Part);
    }
    return undefined;
  }

  #oneLine(step: OneLine): Doc {
    return fitsOneLine(step, this.#format) ? [FLAT, step.flat, UNFLAT, step.then] : step.otherwise;
  }
}

/** Whether a document without groups, its soft marks closed, is one line of a limited width. */
function fitsOneLine({ flat, width }: OneLine, format: Format): boolean {
  let left = width;
  const frames: Frame[] = [{ doc: flat, next: 0 }];
  for (;;) {
    const frame = frames[frames.length - 1];
    if (frame === undefined) return left >= 0;
    if (left < 0) return false;
    if (frame.next === frame.doc.length) {
      frames.pop();
      continue;
    }
    const step = frame.doc[frame.next++]!;
    if (typeof step === 'string') left -= step.length;
    else if (typeof step === 'number') {
      if (step >= LINE) return false;
      if (step === SPACE || step === SOFT_GAP || step === GAP) left--;
    } else if (step instanceof CommentText) return false;
    else if (step instanceof OneLine) {
      frames.push({ doc: fitsOneLine(step, format) ? [step.flat, step.then] : step.otherwise, next: 0 });
    } else if (Array.isArray(step)) frames.push({ doc: step, next: 0 });
    else if (!(step instanceof Shift || step instanceof Watched)) {
      frames.push({ doc: format(step as Expr | Item | Part), next: 0 });
    }
  }
}
