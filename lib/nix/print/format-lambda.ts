import type { Expr, Formals, Lambda, With } from '../ast';
import {
  hasComments,
  hasTrivia,
  isAbsorbable,
  isAbsorbableTerm,
  isOneLine,
  keepsBodyOnLine,
  type Mode,
} from './absorb';
import { checkedName } from './check';
import { COMMA, CUT, type Doc, END, FIRST, GAP, GROUP, IN, LINE, OUT, Part, SPACE, type Step, Watched } from './doc';
import { behind, closingLines, ownLines } from './format-comments';

/** `x: body`, `{ … }: body`. */
export function lambda(of: Lambda, mode: Mode): Doc {
  return of.pattern === undefined ? simpleLambda(of, mode) : patternLambda(of, of.pattern, mode);
}

/** How many arguments in a row leave a body that does not fit a choice. */
const FEW = 2;

function simpleLambda(of: Lambda, mode: Mode): Doc {
  const doc: Step[] = [GROUP, CUT, `${checkedName(of.param!)}:`];
  let body = of.body;
  let count = 1;
  while (body.kind === 'lambda' && body.pattern === undefined && !hasTrivia(body)) {
    doc.push(SPACE, `${checkedName(body.param!)}:`);
    body = body.body;
    count++;
  }
  if (!hasTrivia(body) && isAbsorbable(body, mode)) doc.push(SPACE, FIRST, new Part('body', body), END);
  else doc.push(count <= FEW ? GAP : LINE, body);
  doc.push(END);
  return doc;
}

function patternLambda(of: Lambda, pattern: Formals, mode: Mode): Doc {
  const { body, param, paramFirst, bodyBelow } = of;
  const head = formals(pattern, mode);
  if (param !== undefined) {
    const named: Doc = paramFirst === true ? [`${checkedName(param)}@`, head] : [head, `@${checkedName(param)}`];
    return [named, ':', GAP, bodyBehind(body)];
  }
  if (keepsBodyOnLine(of, mode) && !hasTrivia(body) && isAbsorbable(body, mode)) {
    return [head, ':', SPACE, FIRST, body, END];
  }
  const below = bodyBelow === true || (mode.portable && body.kind !== 'list' && isAbsorbable(body, mode));
  return below ? [head, ':', LINE, body] : [head, ':', GAP, bodyBehind(body)];
}

function bodyBehind(body: Expr): Step {
  return isAbsorbableTerm(body) ? [GROUP, new Part('wide', body), END] : body;
}

function formals(of: Formals, mode: Mode): Doc {
  if (!hasTrivia(of)) return bareFormals(of, mode);
  return [ownLines(of.before), bareFormals(of, mode), behind(of.after)];
}

function bareFormals(of: Formals, mode: Mode): Doc {
  const { formals: names, ellipsis, last } = of;
  if (names.length === 0 && !ellipsis && !hasComments(of)) return ['{ }'];
  const oneLine = isOneLine(of, mode);
  const edge = oneLine ? GAP : LINE;
  const doc: Step[] = [oneLine && mode.portable ? new Watched(of) : GROUP, '{', edge, IN];
  names.forEach((formal, index) => {
    if (index > 0) doc.push(edge);
    const isLast = index === names.length - 1 && !ellipsis;
    const comma = isLast && oneLine ? COMMA : ',';
    const value: Doc = formal.default === undefined ? [] : [SPACE, IN, '?', new Part('rhs', formal.default), OUT];
    doc.push(ownLines(formal.before), GROUP, checkedName(formal.name), value, comma, END, behind(formal.after));
  });
  if (ellipsis) doc.push(names.length > 0 ? edge : '', ownLines(last?.filter((line) => line !== null)), '...');
  else doc.push(closingLines(last));
  doc.push(OUT, edge, '}', END);
  return doc;
}

/** `with env; body`. */
export function withIn({ env, body }: With): Doc {
  return [GROUP, 'with', SPACE, IN, GROUP, env, END, OUT, ';', END, GAP, body];
}

/** The same where its body, an absorbable term, hangs behind it. */
export function absorbedWith({ env, body }: With): Doc {
  return [GROUP, CUT, 'with', SPACE, IN, GROUP, env, END, OUT, ';', SPACE, FIRST, new Part('wide', body), END, END];
}
