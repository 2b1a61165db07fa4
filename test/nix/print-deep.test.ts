import { describe, expect, it } from 'vitest';
import type { BinaryOp, Expr } from '../../lib/nix/ast';
import {
  apply,
  assertThat,
  attrs,
  binding,
  formals,
  hasAttr,
  ident,
  ifThenElse,
  indented,
  interpolated,
  lambda,
  letIn,
  list,
  not,
  paren,
  select,
  str,
  withIn,
} from '../../lib/nix/build';
import { parse } from '../../lib/nix/parse/parse';
import { print, printFile } from '../../lib/nix/print/print';

const x = ident('x');
const DEEP = 10_000;
const LONG = 100_000;

function nested(depth: number, around: (inner: Expr) => Expr): Expr {
  let tree: Expr = x;
  for (let i = 0; i < depth; i++) tree = around(tree);
  return tree;
}

function chain(op: BinaryOp, right: boolean): Expr {
  let tree: Expr = x;
  for (let i = 0; i < LONG; i++) {
    tree = right ? { kind: 'binary', op, left: x, right: tree } : { kind: 'binary', op, left: tree, right: x };
  }
  return tree;
}

/** Deep enough that text which is moved to the right at every level would be 500 MB. */
const INDENTED = 16_000;

describe('depth costs no call stack', () => {
  it.each<[string, () => Expr]>([
    ['lambdas', () => nested(DEEP, (inner) => lambda('x', inner))],
    ['lambdas with sets', () => nested(DEEP, (inner) => lambda(formals(['a']), inner))],
    ['else-ifs', () => nested(DEEP, (inner) => ifThenElse(x, x, inner))],
    ['lets', () => nested(DEEP, (inner) => letIn([binding('a', x)], inner))],
    ['withs', () => nested(DEEP, (inner) => withIn(x, inner))],
    ['asserts', () => nested(DEEP, (inner) => assertThat(x, inner))],
    ['negations', () => nested(DEEP, not)],
    ['selections', () => nested(DEEP, (inner) => ({ kind: 'select', of: inner, path: [{ kind: 'name', name: 'a' }] }))],
    ['tests for attributes', () => nested(DEEP, (inner) => hasAttr(inner, 'a'))],
    ['strings', () => nested(INDENTED, (inner) => interpolated(['a', inner]))],
    ['lists', () => nested(INDENTED, (inner) => list([inner]))],
    ['sets', () => nested(INDENTED, (inner) => attrs([binding('a', inner)]))],
    ['parentheses', () => nested(INDENTED, paren)],
    ['applications', () => nested(INDENTED, (inner) => ({ kind: 'apply', fn: x, args: [inner] }))],
    ['functions of applications', () => nested(INDENTED, (inner) => ({ kind: 'apply', fn: inner, args: [x] }))],
    ['calls in calls', () => nested(INDENTED, (inner) => apply(x, paren(lambda('y', inner))))],
    [
      'calls with something behind',
      () => nested(INDENTED, (inner) => apply(x, attrs([binding('a', inner)]), ident('z'.repeat(90)))),
    ],
    ['indented strings', () => nested(INDENTED, (inner) => indented(['a\n', apply(x, x, x, inner), '\n']))],
  ])('%s', (_, make) => {
    const printed = print(make());
    expect(print(parse(printed))).toBe(printed);
    expect(printFile(parse(printed)).length).toBeGreaterThanOrEqual(printed.length);
  });

  it('lists and sets, very deep', () => {
    expect(print(nested(DEEP, (inner) => list([inner]))).length).toBeGreaterThan(DEEP);
    expect(print(nested(DEEP, (inner) => attrs([binding('a', inner)]))).length).toBeGreaterThan(DEEP);
    expect(print(nested(DEEP, (inner) => apply(x, paren(inner)))).length).toBeGreaterThan(DEEP);
  });
});

describe('length costs linear time', () => {
  it.each<[string, () => Expr]>([
    ['sums', () => chain('+', false)],
    ['concatenations', () => chain('++', true)],
    ['conjunctions', () => chain('&&', false)],
    ['lists', () => list(Array.from({ length: LONG }, () => x))],
    ['sets', () => attrs(Array.from({ length: LONG }, (_, index) => binding(`a${index}`, x)))],
    ['paths of attributes', () => select(x, ...Array.from({ length: LONG }, () => 'a'))],
    ['arguments', () => apply(x, ...Array.from({ length: LONG / 5 }, () => list([x])))],
    ['strings', () => str('a "quoted" ${text} '.repeat(250_000))],
    ['indented strings', () => indented('a line\n  of text\n'.repeat(300_000))],
    ['long lines of indented strings', () => indented(`\n${"x'".repeat(2_500_000)}\n`)],
  ])('%s', (_, make) => {
    const printed = print(make());
    expect(print(parse(printed))).toBe(printed);
  });

  it('trees that share their branches are printed as often as they occur', () => {
    let tree: Expr = x;
    for (let i = 0; i < 14; i++) tree = apply(x, tree, tree);
    const printed = print(tree);
    expect(print(parse(printed))).toBe(printed);
  });
});
