import type { Binary, Expr, Item, Paren, Trivia } from '../ast';
import { encodeString } from '../encode';
import { operands, selected } from '../precedence';
import { NixValueError } from '../value-error';
import { hasTrivia, isAbsorbable, isAbsorbableTerm, isAbsorbableWith, type Mode } from './absorb';
import { checkedName, checkedNumber, checkedPath } from './check';
import { CUT, type Doc, END, FIRST, GAP, GROUP, IN, LINE, OUT, Part, SPACE, type Step, THROUGH } from './doc';
import { application, looseParentheses } from './format-apply';
import { behind, closingLines, languageTag, ownLines } from './format-comments';
import { absorbedWith, lambda, withIn } from './format-lambda';
import { assertThat, binary, hasAttr, ifThenElse, select, unary } from './format-operators';
import { bareList, binding, inherit, legacyLet, letIn, list, set } from './format-sets';
import { indented, path, str } from './format-strings';
import type { Format } from './writer';

/** The rules that make the document of a node, those of RFC 166 as nixfmt has them. Throws `NixValueError` for a hole. */
export function formatter(mode: Mode): Format {
  return (of) => {
    if (!(of instanceof Part)) return hasTrivia(of) ? withTrivia(of, node(of, mode)) : node(of, mode);
    const { role, expr } = of;
    if (role === 'rhs') return rhs(expr, mode);
    if (!hasTrivia(expr)) return inRole(of, mode);
    if (role === 'inside' && languageTag(expr) === undefined) return [LINE, GROUP, expr, END, LINE];
    return withTrivia(expr, inRole(of, mode));
  };
}

function withTrivia(of: Trivia, doc: Doc): Doc {
  const tag = languageTag(of);
  if (tag !== undefined) return [tag, doc];
  const { before, after, end } = of;
  if (after === undefined && end === undefined) return [ownLines(before), doc];
  // A group of its own, so that a comment of several lines behind it does not open it.
  return [ownLines(before), GROUP, doc, END, behind(after), closingLines(end)];
}

function inRole({ role, expr }: Part, mode: Mode): Doc {
  switch (role) {
    case 'wide':
      if (expr.kind === 'list') return bareList(expr);
      return expr.kind === 'set' ? set(expr, true) : node(expr, mode);
    case 'argument':
      return expr.kind === 'list' ? list(expr, true) : node(expr, mode);
    case 'body':
      return expr.kind === 'with' && isAbsorbableWith(expr) ? absorbedWith(expr) : node(expr, mode);
    default:
      return inside(expr, mode);
  }
}

function node(of: Expr | Item, mode: Mode): Doc {
  switch (of.kind) {
    case 'ident':
      return [checkedName(of.name)];
    case 'num':
      return [checkedNumber(of.text)];
    case 'str':
      return str(of);
    case 'indented':
      return indented(of);
    case 'path':
      return path(of);
    case 'searchPath':
      return [`<${checkedPath(of.path)}>`];
    case 'uri':
      return [GROUP, encodeString(of.uri), END];
    case 'select':
      return select(of);
    case 'hasAttr':
      return hasAttr(of);
    case 'apply':
      return application(of);
    case 'unary':
      return unary(of);
    case 'binary':
      return binary(of);
    case 'lambda':
      return lambda(of, mode);
    case 'let':
      return letIn(of);
    case 'legacyLet':
      return legacyLet(of);
    case 'with':
      return withIn(of);
    case 'assert':
      return assertThat(of);
    case 'if':
      return ifThenElse(of);
    case 'list':
      return list(of, false);
    case 'set':
      return set(of, false);
    case 'paren':
      return paren(of);
    case 'binding':
      return binding(of);
    case 'inherit':
      return inherit(of);
    case 'hole':
      throw new NixValueError('hole', [], 'a value that is not resolved yet', 'resolve the holes of the tree first');
  }
}

function paren({ expr, last }: Paren): Doc {
  return [GROUP, '(', IN, new Part('inside', expr), closingLines(last), OUT, ')', END];
}

/** What stands in parentheses, or in an interpolation that has its line for itself. */
function inside(expr: Expr, mode: Mode): Doc {
  if (isAbsorbable(expr, mode)) {
    return expr.kind === 'with' ? absorbedWith(expr) : [GROUP, node(expr, mode), END];
  }
  if (expr.kind === 'apply') {
    return application(expr, { fn: (fn) => [IN, GROUP, CUT, fn, END, OUT], post: CUT });
  }
  const glued = expr.kind === 'select' && !isAbsorbableTerm(selected(expr));
  return glued ? [GROUP, node(expr, mode), END, CUT] : [CUT, GROUP, node(expr, mode), END, CUT];
}

/** What stands behind `=`, or behind the `?` of a formal. */
function rhs(value: Expr, mode: Mode): Doc {
  if (hasTrivia(value) && languageTag(value) === undefined) return [IN, GAP, GROUP, value, END, OUT];
  switch (value.kind) {
    case 'set':
      if (!isAbsorbableTerm(value)) return onNextLine(value);
      // Only a single `inherit` may stay on the line.
      return absorbed(value.items.length === 1 && value.items[0]!.kind === 'inherit' ? value : new Part('wide', value));
    case 'paren':
      if (isAbsorbableTerm(value)) return absorbed(value);
      return [IN, SPACE, looseParentheses(value.expr, value.last), OUT];
    case 'with':
      if (!isAbsorbableWith(value)) return onNextLine(value);
      return [IN, SPACE, GROUP, absorbedWith(value), END, OUT];
    case 'lambda':
      return isAbsorbable(value, mode) ? absorbed(value) : [IN, GAP, GROUP, value, END, OUT];
    case 'indented':
    case 'str':
    case 'uri':
    case 'path':
      return absorbed(value);
    case 'apply':
      return [IN, application(value, { pre: GAP }), OUT];
    case 'binary':
      return operation(value);
    case 'ident':
    case 'num':
    case 'searchPath':
    case 'select':
    case 'list':
    case 'legacyLet':
    case 'hole':
      return isAbsorbableTerm(value) ? absorbed(value) : onNextLine(value);
    default:
      return [IN, GAP, GROUP, value, END, OUT];
  }
}

function absorbed(value: Step): Doc {
  return [IN, SPACE, GROUP, value, END, OUT];
}

function onNextLine(value: Expr): Doc {
  return [IN, GROUP, GAP, value, END, OUT];
}

function operation(value: Binary): Doc {
  const { op } = value;
  if (op === '//' || op === '++' || op === '+') {
    const all = operands(value);
    if (isAbsorbableTerm(all[0]!)) return [SPACE, binary(value, true)];
    const last = all[1]!;
    if (all.length === 2 && isAbsorbableTerm(last) && !hasTrivia(last)) {
      return [IN, GROUP, GAP, all[0]!, GAP, THROUGH, op, SPACE, FIRST, new Part('wide', last), END, END, END, OUT];
    }
  }
  return [IN, GAP, GROUP, value, END, OUT];
}
