import type { Assert, Binary, Expr, HasAttr, If, Select, Unary } from '../ast';
import {
  applied,
  isComparison,
  leftOperand,
  negated,
  operands,
  rightOperand,
  selected,
  term,
  tested,
} from '../precedence';
import { hasTrivia, isAbsorbableTerm } from './absorb';
import { CUT, type Doc, END, GAP, GROUP, IN, LINE, OUT, Part, SOFT_CUT, SOFT_GAP, SPACE, type Step } from './doc';
import { application, call } from './format-apply';
import { ownLines } from './format-comments';
import { attrPath } from './format-strings';

/** `a.b`, `a.b or c`. */
export function select(of: Select): Doc {
  const from = selected(of);
  const doc: Step[] = [from, ...separator(from), '.', attrPath(of.path)];
  if (of.orElse !== undefined) doc.push(SOFT_GAP, IN, 'or', SPACE, term(of.orElse), OUT);
  return doc;
}

function separator(from: Expr): Doc {
  if (from.kind === 'ident') return [];
  if (from.kind === 'num') return [SPACE];
  return from.kind === 'paren' ? [SOFT_CUT] : [CUT];
}

/** `a ? b`. */
export function hasAttr({ of, path }: HasAttr): Doc {
  return [tested(of), SOFT_GAP, '?', SPACE, attrPath(path)];
}

/** `-a`, `!a`. */
export function unary(of: Unary): Doc {
  return [of.op, negated(of)];
}

/** `a op b`, `a op b op c`. `wide`: the first operand is a set that is laid out in lines. */
export function binary(of: Binary, wide = false): Doc {
  const { op } = of;
  if (isComparison(op)) {
    const { above, bare } = lifted(rightOperand(of));
    return [leftOperand(of), SOFT_GAP, above, op, SPACE, bare];
  }
  const [first, ...rest] = operands(of);
  const isPipe = op === '|>' || op === '<|';
  const separator = isPipe && rest.length >= LONG_PIPE ? LINE : GAP;
  const doc: Step[] = [GROUP, wide ? new Part('wide', first!) : first!];
  for (const operand of rest) {
    const { above, bare } = lifted(operand);
    doc.push(separator, above, op, IN, laterOperand(bare), OUT);
  }
  doc.push(END);
  return doc;
}

/** The comments of an operand go above its operator. */
function lifted(operand: Expr): { readonly above: Doc; readonly bare: Expr } {
  if (operand.before === undefined) return { above: [], bare: operand };
  const { before, ...bare } = operand;
  return { above: [LINE, ownLines(before)], bare };
}

/** From how many operands behind the first on a pipe has one operand a line. */
const LONG_PIPE = 3;

function laterOperand(operand: Expr): Doc {
  if (hasTrivia(operand) || isAbsorbableTerm(operand)) return [SPACE, operand];
  if (operand.kind === 'binary') return [GROUP, GAP, operand, END];
  return operand.kind === 'apply' ? [application(operand, { pre: GAP })] : [SPACE, operand];
}

/** `assert condition; body`. */
export function assertThat({ condition, body }: Assert): Doc {
  const args =
    condition.kind === 'apply' && !hasTrivia(condition)
      ? [applied(condition), ...condition.args.map(term)]
      : [condition];
  return [GROUP, call('assert', args, {}, false), ';', LINE, body, END];
}

/** `if a then b else c`, with what chains on behind `else`. */
export function ifThenElse(of: If): Doc {
  const doc: Step[] = [GROUP];
  let branch = of;
  let separator = GAP;
  for (;;) {
    const { condition, then: yes, else: no } = branch;
    doc.push(GROUP, 'if', GAP, IN, condition, OUT, GAP, 'then', END);
    doc.push(separator, IN, GROUP, yes, END, OUT, separator);
    if (no.kind !== 'if' || no.after !== undefined) {
      doc.push('else', SPACE, GAP, IN, GROUP, no, END, OUT, END);
      return doc;
    }
    // A comment between `else` and `if` goes above both, so that the chain remains one.
    doc.push(ownLines(no.before), 'else', SPACE);
    branch = no;
    separator = LINE;
  }
}
