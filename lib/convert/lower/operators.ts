import type { Binary, BinaryOp, Expr, If, Unary } from '../../nix';
import { isRightAssociative } from '../../nix/precedence';
import { withoutParens } from '../../nix/walk';
import type { Lowered } from '../lowered';
import type { Scope } from '../scope';
import { call, word } from '../typescript/code';
import { type Context, library, type OptionPath } from './context';
import { raw } from './raw';
import { expression } from './selections';

/** The functions of `cdknix` for the operators of Nix; `+` is that of numbers only. */
const names: Partial<Record<BinaryOp, string>> = {
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
  '&&': 'and',
  '||': 'or',
  '->': 'implies',
  '++': 'concat',
  '//': 'update',
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
};

/** Operators that take any number of operands. */
const chains: ReadonlySet<BinaryOp> = new Set<BinaryOp>(['&&', '||', '++', '//']);

/** An operator between two values. */
export function lowerBinary(expr: Binary, scope: Scope, context: Context, at?: OptionPath): Lowered {
  const { op } = expr;
  const name = names[op];
  const operands = chains.has(op) ? chainOf(expr) : [expr.left, expr.right];
  if (!name || (op === '+' && !operands.some(isNumber)))
    return raw(expr, scope, context, op === '+' ? '+' : 'operator');
  const inside = op === '++' || op === '//' ? at : undefined;
  const count = context.raws.length;
  const lowered = operands.map((one) => context.lower(one, scope, inside));
  const [first] = lowered;
  // Two things that are equal, or not, may be of any type; one of them says which.
  if ((op === '==' || op === '!=') && first!.is !== 'reference' && first!.is !== 'expression') {
    context.raws.length = count;
    return raw(expr, scope, context, 'operator');
  }
  return expression(call(library(context, name), ...lowered.map(({ code }) => code)));
}

/** `if … then … else …`. */
export function lowerIf(expr: If, scope: Scope, context: Context, at?: OptionPath): Lowered {
  const test = context.lower(expr.condition, scope);
  const [yes, no] = [expr.then, expr.else].map((one) => context.lower(one, scope, at).code);
  return expression(call(library(context, 'cond'), test.code, yes!, no!));
}

/** `!a`, and negative numbers. */
export function lowerUnary(expr: Unary, scope: Scope, context: Context): Lowered {
  if (expr.op === '!') return expression(call(library(context, 'not'), context.lower(expr.operand, scope).code));
  const operand = context.lower(expr.operand, scope);
  const isLiteral = withoutParens(expr.operand).kind === 'num' && operand.code.kind === 'word';
  if (!isLiteral) return raw(expr, scope, context, 'operator');
  return { code: word(`-${(operand.code as { word: string }).word}`), is: 'data' };
}

const isNumber = (expr: Expr) => withoutParens(expr).kind === 'num';

/** The operands of a chain of one operator, as it groups by itself. */
function chainOf(expr: Binary): Expr[] {
  const { op } = expr;
  const found: Expr[] = [];
  let at: Expr = expr;
  const isLink = (one: Expr): one is Binary => one.kind === 'binary' && one.op === op;
  if (isRightAssociative(op)) {
    while (isLink(at)) {
      found.push(at.left);
      at = at.right;
    }
    return [...found, at];
  }
  while (isLink(at)) {
    found.push(at.right);
    at = at.left;
  }
  return [...found, at].reverse();
}
