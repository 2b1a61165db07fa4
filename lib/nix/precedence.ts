import type { Apply, Binary, BinaryOp, Expr, Paren, Select, Trivia, Unary } from './ast';

/*
 * Where a tree needs parentheses that it does not have (Nix manual, operators). The functions here return the child as
 * it is to be printed: with a pair of parentheses around it where it would be read as something else.
 */

const BODY = -1;
const PIPE = 0;
const NOT = 7;
const HAS = 11;
const NEGATE = 12;
const APPLY = 13;
const SELECT = 14;
const TERM = 15;

const BINARY: Readonly<Record<BinaryOp, number>> = {
  '|>': PIPE,
  '<|': PIPE,
  '->': 1,
  '||': 2,
  '&&': 3,
  '==': 4,
  '!=': 4,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  '//': 6,
  '+': 8,
  '-': 8,
  '*': 9,
  '/': 9,
  '++': 10,
};

/** Operators that group to the right. */
const RIGHT: ReadonlySet<BinaryOp> = new Set<BinaryOp>(['++', '//', '->', '<|']);

/** Operators of which two in a row need parentheses. */
const COMPARISONS: ReadonlySet<BinaryOp> = new Set<BinaryOp>(['==', '!=', '<', '<=', '>', '>=']);

export function isComparison(op: BinaryOp): boolean {
  return COMPARISONS.has(op);
}

export function isRightAssociative(op: BinaryOp): boolean {
  return RIGHT.has(op);
}

function strength(expr: Expr): number {
  switch (expr.kind) {
    case 'lambda':
    case 'let':
    case 'with':
    case 'assert':
    case 'if':
      return BODY;
    case 'binary':
      return BINARY[expr.op];
    case 'unary':
      return expr.op === '!' ? NOT : NEGATE;
    case 'hasAttr':
      return HAS;
    case 'apply':
      return APPLY;
    case 'select':
      return SELECT;
    default:
      return TERM;
  }
}

function atLeast(expr: Expr, needed: number): Expr {
  return strength(expr) >= needed ? expr : parenthesised(expr);
}

/** An expression in parentheses. Comments in front of it stay in front. */
export function parenthesised(expr: Expr): Paren {
  const { before, after, end: _, ...bare } = expr;
  if (before === undefined && after === undefined) return { kind: 'paren', expr };
  return {
    kind: 'paren',
    expr: bare as Expr,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

/** An element of a list, an argument, or the default of a selection. */
export function term(expr: Expr): Expr {
  return atLeast(expr, SELECT);
}

export function selected({ of }: Select): Expr {
  // Behind a path, `.a` would go on with the path.
  return of.kind === 'path' ? parenthesised(of) : atLeast(of, TERM);
}

export function applied({ fn, args }: Apply): Expr {
  // `f or` is an application to a variable of that name; `a.b or` waits for a default.
  const first = args[0];
  const needed = first?.kind === 'ident' && first.name === 'or' ? TERM : SELECT;
  return atLeast(fn, needed);
}

export function tested(of: Expr): Expr {
  return atLeast(of, HAS);
}

export function negated({ op, operand }: Unary): Expr {
  if (op === '!') return atLeast(operand, NOT);
  // `-./a` is a path.
  return startsWithPath(operand) ? parenthesised(operand) : atLeast(operand, NEGATE);
}

function startsWithPath(expr: Expr): boolean {
  return expr.kind === 'path' || (expr.kind === 'apply' && expr.fn.kind === 'path');
}

export function leftOperand({ op, left }: Binary): Expr {
  return operand(left, op, !RIGHT.has(op) && !COMPARISONS.has(op));
}

export function rightOperand({ op, right }: Binary): Expr {
  return operand(right, op, RIGHT.has(op));
}

function operand(expr: Expr, op: BinaryOp, groups: boolean): Expr {
  const own = BINARY[op];
  // The pipes are equally strong and cannot be mixed.
  if (own === PIPE && expr.kind === 'binary' && BINARY[expr.op] === PIPE && expr.op !== op) return parenthesised(expr);
  return atLeast(expr, groups ? own : own + 1);
}

/**
 * The operands of a chain of one operator, which is flat on the page whichever way it groups. The comments in front of
 * an inner link are in front of its first operand.
 */
export function operands(chain: Binary): Expr[] {
  const { op } = chain;
  const found: Expr[] = [];
  let rest: Expr = chain;
  const isLink = (expr: Expr) =>
    expr === chain || (expr.kind === 'binary' && expr.op === op && expr.after === undefined);
  if (RIGHT.has(op)) {
    let before: Trivia['before'];
    for (; rest.kind === 'binary' && isLink(rest); rest = rightOperand(rest)) {
      if (rest !== chain) before = rest.before;
      found.push(preceded(leftOperand(rest), before));
    }
    found.push(rest);
    return found;
  }
  let before: Trivia['before'] = [];
  for (; rest.kind === 'binary' && isLink(rest); rest = leftOperand(rest)) {
    if (rest !== chain && rest.before !== undefined) before = [...rest.before, ...before];
    found.push(rightOperand(rest));
  }
  found.push(preceded(rest, before.length === 0 ? undefined : before));
  return found.reverse();
}

function preceded(expr: Expr, before: Trivia['before']): Expr {
  if (before === undefined) return expr;
  return { ...expr, before: expr.before === undefined ? before : [...before, ...expr.before] };
}
