import type { Closing, Comment, Expr, Formals, Key, Lambda, Trivia, With } from '../ast';
import { isBareKey } from '../encode';
import type { encodeIndented } from '../encode-indented';
import { applied, selected, term } from '../precedence';

/** What the layout depends on beside the tree. */
export interface Mode {
  /** Set-pattern lambdas have their body below, wherever versions of nixfmt differ. */
  readonly portable: boolean;
  /** Formals that did not fit on a line when tried. */
  readonly expanded: ReadonlySet<object>;
}

/** How far the tests look down; what is nested deeper is taken for neither simple nor absorbable. */
const DEPTH = 100;

/** Whether a term may begin on the line of what is before it. */
export function isAbsorbableTerm(expr: Expr): boolean {
  let inner = expr;
  for (let depth = 0; depth < DEPTH; depth++) {
    switch (inner.kind) {
      case 'set':
      case 'list':
        return inner.items.length > 0 || hasComments(inner);
      case 'indented':
        return isLaidOutInLines(inner.parts);
      case 'paren':
        inner = inner.expr;
        if (inner.before !== undefined || inner.after !== undefined) return false;
        break;
      default:
        return false;
    }
  }
  return false;
}

/** Whether a `''…''` string has several lines as it is spelled. */
export function isLaidOutInLines(parts: Parameters<typeof encodeIndented>[0]): boolean {
  for (const part of parts) {
    if (part.kind === 'text' && (part.raw ?? part.value).includes('\n')) return true;
  }
  return false;
}

/** Whether an expression may begin on the line of what is before it. */
export function isAbsorbable(expr: Expr, mode: Mode): boolean {
  let inner = expr;
  for (let depth = 0; depth < DEPTH; depth++) {
    if (inner.kind === 'with') return isAbsorbableWith(inner);
    if (inner.kind !== 'lambda') return isAbsorbableTerm(inner);
    const { pattern, body } = inner;
    if (body.before !== undefined) return false;
    if (pattern === undefined) {
      if (body.kind !== 'lambda') return isAbsorbableTerm(body);
    } else if (!keepsBodyOnLine(inner, mode)) {
      return false;
    }
    inner = body;
  }
  return false;
}

/** Whether a set-pattern lambda may keep an absorbable body on its line. */
export function keepsBodyOnLine(lambda: Lambda, mode: Mode): boolean {
  const { pattern, param, bodyBelow } = lambda;
  return param === undefined && bodyBelow !== true && isOneLine(pattern!, mode) && !(mode.portable && isMoved(lambda));
}

/** What the portable layout moves below: a body that is absorbable, but for a list. */
export function isMoved({ body }: Lambda): boolean {
  return body.kind !== 'list';
}

/** `with e;` and an absorbable term. */
export function isAbsorbableWith({ body }: With): boolean {
  return body.before === undefined && isAbsorbableTerm(body);
}

/** Whether formals stay on one line if they fit. */
export function isOneLine(formals: Formals, mode: Mode): boolean {
  if (formals.expanded === true || formals.formals.length > 2 || mode.expanded.has(formals)) return false;
  if (formals.last !== undefined) return false;
  return formals.formals.every((formal) => formal.default === undefined && !hasTrivia(formal));
}

export function hasTrivia({ before, after, end }: Trivia): boolean {
  return before !== undefined || after !== undefined || end !== undefined;
}

/** Whether brackets hold comments behind their last item. */
export function hasComments({ last }: Closing): boolean {
  return last?.some((comment: Comment | null) => comment !== null) === true;
}

/** Whether an expression is simple enough to be kept on one line. */
export function isSimple(expr: Expr, depth = DEPTH): boolean {
  if (depth === 0 || hasTrivia(expr)) return false;
  switch (expr.kind) {
    case 'ident':
    case 'num':
    case 'str':
    case 'indented':
    case 'uri':
    case 'path':
    case 'searchPath':
      return true;
    case 'select':
      return expr.orElse === undefined && expr.path.every(isPlain) && isSimple(selected(expr), depth - 1);
    case 'paren':
      return expr.last === undefined && isSimple(expr.expr, depth - 1);
    case 'apply':
      return (
        expr.args.length <= 2 &&
        isSimple(applied(expr), depth - 1) &&
        expr.args.every((arg) => isSimple(term(arg), depth - 1))
      );
    default:
      return false;
  }
}

/** Whether a segment of an attribute path is written as a plain identifier. */
export function isPlain(of: Key): boolean {
  return of.kind === 'name' && of.quoted !== true && isBareKey(of.name);
}
