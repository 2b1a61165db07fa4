import type { Expr, Item } from '../ast';
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
  Part,
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

  write(root: Doc): Tokens {
    const docs: Doc[] = [];
    const places: number[] = [];
    let doc = root;
    let next = 0;
    for (;;) {
      if (next === doc.length) {
        if (docs.length === 0) break;
        doc = docs.pop()!;
        next = places.pop()!;
        continue;
      }
      const step = doc[next++]!;
      if (typeof step === 'string') {
        if (step !== '') this.tokens.text(step, this.#depth, this.#shift);
      } else if (typeof step === 'number') {
        this.#code(step);
      } else {
        const inner = this.#inner(step);
        if (inner === undefined) continue;
        if (next < doc.length) {
          docs.push(doc);
          places.push(next);
        }
        doc = inner;
        next = 0;
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
    if ('kind' in step || step instanceof Part) return this.#format(step);
    if (step instanceof CommentText) {
      this.tokens.comment(step.text, this.#depth, this.#shift);
    } else if (step instanceof Shift) {
      this.#shift += step.by;
    } else if (step instanceof Watched) {
      if (this.#flat === 0) this.tokens.start(GROUP, step.formals);
    } else if (step instanceof OneLine) {
      return this.#oneLine(step);
    }
    return undefined;
  }

  #oneLine(step: OneLine): Doc {
    if (this.#flat > 0) return [step.flat, step.then];
    return isOneLine(step, this.#format) ? [FLAT, step.flat, UNFLAT, step.then] : step.otherwise;
  }
}

/** Whether a document, with every soft mark closed, is one line of a limited width. */
function isOneLine(step: OneLine, format: Format): boolean {
  const steps: Step[] = [step.flat];
  let left = step.width;
  for (let next = steps.pop(); next !== undefined; next = steps.pop()) {
    if (typeof next === 'string') {
      left -= next.length;
    } else if (typeof next === 'number') {
      if (next >= LINE) return false;
      if (next === SPACE || next === SOFT_GAP || next === GAP) left--;
    } else if (next instanceof CommentText) {
      return false;
    } else if (next instanceof OneLine) {
      // What is not one line in one alternative is none in the other.
      steps.push(next.then, next.flat);
    } else if (Array.isArray(next)) {
      for (let i = next.length - 1; i >= 0; i--) steps.push(next[i]!);
    } else if ('kind' in next || next instanceof Part) {
      steps.push(format(next));
    }
    if (left < 0) return false;
  }
  return true;
}
