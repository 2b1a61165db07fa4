import type { Apply, Expr } from '../ast';
import { applied, term } from '../precedence';
import { hasTrivia, isAbsorbableTerm, isSimple } from './absorb';
import { checkedName } from './check';
import { CUT, type Doc, END, FIRST, GAP, GROUP, IN, LINE, OneLine, OUT, Part, SPACE, type Step, THROUGH } from './doc';
import { closingLines } from './format-comments';

/** What stands around an application inside its group. */
export interface Around {
  readonly pre?: Step;
  readonly post?: Step;
  /** How the function itself is laid out. */
  readonly fn?: (fn: Expr) => Step;
}

/** `f a b`. */
export function application(of: Apply, around: Around = {}): Doc {
  const fn = applied(of);
  const args = of.args.map((arg) => (isLegacyOr(arg) ? arg : term(arg)));
  return call(around.fn === undefined ? fn : around.fn(fn), args, around, isSimple(of));
}

/** `f or` is an application in Nix's grammar. */
function isLegacyOr(arg: Expr): boolean {
  return arg.kind === 'ident' && arg.name === 'or';
}

/** A function and its arguments. `simple`: on one line up to the last argument, whatever its length. */
export function call(fn: Step, args: readonly Expr[], { pre = '', post = '' }: Around, simple: boolean): Doc {
  const count = args.length;
  const last = args[count - 1]!;
  const beforeLast = args[count - 2];
  if (beforeLast?.kind === 'list' && last.kind === 'list') {
    return [
      [GROUP, pre, head(fn, args, count - 2), GAP],
      [IN, GROUP, new Part('argument', beforeLast), END, OUT, GAP],
      [IN, GROUP, new Part('argument', last), END, OUT, post, END],
    ];
  }
  const first = head(fn, args, count - 1);
  const opened: Doc = [pre, first, GAP, lastArgument(last), post];
  if (!simple) return [GROUP, opened, END];
  return [GROUP, new OneLine([pre, first], Number.POSITIVE_INFINITY, opened, [SPACE, lastArgument(last)]), END];
}

/** The function and its first `count` arguments. */
function head(fn: Step, args: readonly Expr[], count: number): Doc {
  const segments: Doc[] = [];
  for (let i = count - 1; i >= 0; i--) {
    const arg = args[i]!;
    const previous = args[i - 1];
    if (i > 0 && arg.kind === 'list' && previous!.kind === 'list') {
      segments.push([
        IN,
        GROUP,
        GAP,
        GROUP,
        new Part('argument', previous!),
        END,
        GAP,
        GROUP,
        new Part('argument', arg),
        END,
        END,
        OUT,
      ]);
      i--;
    } else {
      segments.push([GAP, IN, arg.kind === 'select' ? GROUP : FIRST, new Part('argument', arg), END, OUT]);
    }
  }
  const doc: Step[] = [];
  for (let i = 0; i <= segments.length; i++) doc.push(THROUGH);
  doc.push(fn, END);
  for (const segment of segments.reverse()) doc.push(segment, END);
  return doc;
}

function lastArgument(arg: Expr): Doc {
  if (hasTrivia(arg)) return [GROUP, IN, arg, OUT, END];
  if (isAbsorbableTerm(arg)) return [FIRST, IN, arg, OUT, END];
  if (arg.kind !== 'paren') return [GROUP, IN, arg, OUT, END];
  const inner = arg.expr;
  if (arg.last === undefined && !hasTrivia(inner)) {
    if (inner.kind === 'lambda' && inner.pattern === undefined && isPlainTerm(inner.body)) {
      return [FIRST, IN, `(${checkedName(inner.param!)}:`, SPACE, new Part('wide', inner.body), ')', OUT, END];
    }
    if (inner.kind === 'apply' && inner.fn.kind === 'ident' && inner.args.length === 1 && isPlainTerm(inner.args[0]!)) {
      return [FIRST, IN, '(', inner.fn, SPACE, new Part('wide', inner.args[0]!), ')', OUT, END];
    }
  }
  return looseParentheses(arg.expr, arg.last);
}

function isPlainTerm(expr: Expr): boolean {
  return !hasTrivia(expr) && isAbsorbableTerm(expr);
}

/** `(…)` as a last argument and behind `=`: the content may go on lines of its own. */
export function looseParentheses(inner: Expr, last: Parameters<typeof closingLines>[0]): Doc {
  const edge = inner.before === undefined ? CUT : LINE;
  return [FIRST, IN, '(', edge, GROUP, IN, inner, OUT, END, closingLines(last), edge, ')', OUT, END];
}
