import { describe, expect, it } from 'vitest';
import {
  before as above,
  apply,
  assertThat,
  attrs,
  after as behind,
  binary,
  binding,
  comment,
  expr,
  formal,
  formals,
  hasAttr,
  hole,
  ident,
  ifThenElse,
  indented,
  inherit,
  interpolated,
  key,
  lambda,
  letIn,
  list,
  negate,
  not,
  num,
  paren,
  parse,
  path,
  print,
  select,
  selectOr,
  str,
  withIn,
} from '../../lib/nix';
import type { Expr } from '../../lib/nix/ast';

const x = ident('x');
const f = ident('f');
const written = (node: Expr) => print(node).trimEnd();

describe('builders', () => {
  it.each<[string, Expr]>([
    ['x', x],
    ['x.a."b.c"', select(x, 'a', 'b.c')],
    ['x.a.b', select(select(x, 'a'), 'b')],
    ['x', select(x)],
    ['x.${f}."a${f}".y', select(x, f, interpolated(['a', f]), str('y'))],
    ['x.a or f', selectOr(x, 'a', f)],
    ['x.a.b or f', selectOr(select(x, 'a'), ['b'], f)],
    ['x ? a.b', hasAttr(x, 'a', 'b')],
    ['f x x', apply(apply(f, x), x)],
    ['f', apply(f)],
    ['f (-1) (f x)', apply(f, num(-1), apply(f, x))],
    ['"a ${x}"', interpolated(['a ', x])],
    ['"a $\\${x} ${x} \\${y}"', interpolated(['a $${x} ', x, ' ${y}'])],
    ["''\n  a ${x}\n''", indented(['a ', x, '\n'])],
    ["''\n  a\n  b''", indented('a\nb')],
    ['[ x ]', list([x])],
    ['[\n  x\n]', list([x], { expanded: true })],
    ['[ ]', list([], { expanded: true })],
    ['{ a = x; }', attrs({ a: x })],
    ['{\n  a = x;\n}', attrs({ a: x }, { expanded: true })],
    ['rec { a = x; }', attrs([binding('a', x)], { rec: true })],
    ['{ "a.b" = x; }', attrs([binding('a.b', x)])],
    ['{ a.b = x; }', attrs([binding(['a', 'b'], x)])],
    ['{ inherit a b; }', attrs([inherit(['a', 'b'])])],
    ['{ inherit (x) a; }', attrs([inherit('a', x)])],
    ['{\n  inherit\n    a\n    ;\n}', attrs([inherit('a', undefined, { expanded: true })])],
    ['y: x', lambda('y', x)],
    ['{ a, ... }: x', lambda(formals(['a', '...']), x)],
    ['{ a, ... }: x', lambda(formals(['a'], { ellipsis: true }), x)],
    ['{\n  a,\n}:\nx', lambda(formals(['a'], { expanded: true }), x)],
    ['{\n  a ? 1,\n}:\nx', lambda(formals([formal('a', num(1))]), x)],
    ['{ a }@args: x', lambda({ param: 'args', pattern: formals(['a']) }, x)],
    ['args@{ a }: x', lambda({ param: 'args', pattern: formals(['a']), paramFirst: true }, x)],
    ['{ a }:\n{ }', lambda({ pattern: formals(['a']), bodyBelow: true }, attrs([]))],
    ['let\n  a = f;\nin\nx', letIn({ a: f }, x)],
    ['with f; x', withIn(f, x)],
    ['if x then f else x', ifThenElse(x, f, x)],
    ['assert x;\nf', assertThat(x, f)],
    ['x + f * x', binary('+', x, binary('*', f, x))],
    ['x && f && x', binary('&&', x, f, x)],
    ['x ++ f ++ x ++ f', binary('++', x, f, x, f)],
    ['!x', not(x)],
    ['-x', negate(x)],
    ['(x)', paren(x)],
  ])('%s', (text, node) => {
    expect(written(node)).toBe(text);
    expect(written(parse(print(node), { layout: 'keep' }))).toBe(text);
  });

  it('take values that stand for expressions', () => {
    const like = expr(x);
    const node = list([like, apply(like, like), select(like, like), letIn({ a: like }, like)]);
    expect(written(node)).toBe('[\n  x\n  (x x)\n  x.${x}\n  (\n    let\n      a = x;\n    in\n    x\n  )\n]');
  });

  it('put comments and blank lines', () => {
    const node = attrs([
      above(binding('a', x), 'first\nsecond'),
      behind(binding('b', x), 'behind'),
      above(binding('c', x), null, 'third'),
      above(binding('d', x), null),
    ]);
    expect(written(node)).toBe(
      '{\n  # first\n  # second\n  a = x;\n  b = x; # behind\n\n  # third\n  c = x;\n\n  d = x;\n}',
    );
  });

  it('put new comments before those there are', () => {
    expect(written(list([above(above(x, 'inner'), 'outer'), x]))).toBe('[\n  # outer\n  # inner\n  x\n  x\n]');
  });

  it('let no text out of a comment', () => {
    expect(comment('a\rb\u202e')).toEqual([
      { style: 'line', text: ' a' },
      { style: 'line', text: ' b' },
    ]);
    expect(written(behind(x, 'a\nb'))).toBe('x # a b');
  });

  it('make segments of what they are given', () => {
    expect(key(str('a'))).toEqual({ kind: 'name', name: 'a' });
    expect(key(x)).toEqual({ kind: 'dynamic', expr: x });
    expect(key(expr(x))).toEqual({ kind: 'dynamic', expr: x });
    expect(key(key('a'))).toEqual({ kind: 'name', name: 'a' });
  });
});

describe('paths', () => {
  it.each([
    ['./a/b.nix', './a/b.nix'],
    ['a/b.nix', './a/b.nix'],
    ['.', './.'],
    ['./', './.'],
    ['..', '../.'],
    ['../../x', '../../x'],
    ['./a//b/./c/', './a/b/c'],
    ['/', '/.'],
    ['/etc/x', '/etc/x'],
    ['./a b', './. + "/a b"'],
    ['./a/b@c.nix', './. + "/a/b@c.nix"'],
    ['../é', '../. + "/é"'],
    ['/a b', '/. + "/a b"'],
    ['./a"${x}\\', './. + "/a\\"\\${x}\\\\"'],
    ['./...', './...'],
    ['./-', './-'],
    ['./#x', './. + "/#x"'],
  ])('%s is %s', (text, source) => {
    expect(written(path(text))).toBe(source);
  });

  it.each([
    ['', 'cannot write the path "" in Nix: it is empty'],
    ['~', 'cannot write the path "~" in Nix: ~ depends on who evaluates it; write the whole path'],
    ['~/x', 'cannot write the path "~/x" in Nix: ~ depends on who evaluates it; write the whole path'],
    ['./a/../b', 'cannot write the path "./a/../b" in Nix: write .. only at its start'],
    ['/a/..', 'cannot write the path "/a/.." in Nix: write it without ..'],
    ['./a b/../../c', 'cannot write the path "./a b/../../c" in Nix: write .. only at its start'],
    ['./a\0', 'cannot write the text "./a\\u0000" in Nix: a Nix string cannot hold U+0000, here at index 3; '],
  ])('%j is refused', (text, message) => {
    expect(() => path(text)).toThrow(message);
  });
});

describe('refusals of the builders', () => {
  const notAnIdentifier =
    "a variable is made of letters, digits, _, - and ', starts with a letter or _, and is no keyword";

  it.each<[() => unknown, string]>([
    [() => ident('a b'), `cannot write the variable "a b" in Nix: ${notAnIdentifier}`],
    [() => ident('if'), `cannot write the variable "if" in Nix: ${notAnIdentifier}`],
    [() => ident('x; evil'), `cannot write the variable "x; evil" in Nix: ${notAnIdentifier}`],
    [
      () => lambda('__sub', x),
      'cannot write the variable "__sub" in Nix: names that start with __ are what Nix calls for its operators; choose another',
    ],
    [() => formals(['or']), `cannot write the variable "or" in Nix: ${notAnIdentifier}`],
    [() => formals(['...', 'a']), `cannot write the variable "..." in Nix: ${notAnIdentifier}`],
    [() => formals(['a', 'a']), 'cannot write the formal a in Nix: the pattern has it already'],
    [
      () => lambda({ param: 'a', pattern: formals(['a']) }, x),
      'cannot write the lambda argument a in Nix: one of its formals has the same name',
    ],
    [() => lambda({}, x), 'cannot write a lambda in Nix: it needs a name or a set pattern for what it takes'],
    [() => binding([], x), 'cannot write a binding in Nix: its path needs at least one name'],
    [() => hasAttr(x), 'cannot write a test for an attribute in Nix: its path needs at least one name'],
    [
      () => str('\ud800'),
      'cannot write the text "\\ud800" in Nix: half a surrogate pair at index 0 has no UTF-8; the text was cut inside a character',
    ],
    [
      () => print(list([hole(1)])),
      'cannot write a value that is not resolved yet in Nix: resolve the holes of the tree first',
    ],
    [
      () => print({ kind: 'num', text: '1; evil' }),
      'cannot write the number "1; evil" in Nix: it is no literal; use num(…) or float(…)',
    ],
    [
      () => print({ kind: 'path', parts: [{ kind: 'text', value: './a b' }] }),
      'cannot write the path "./a b" in Nix: no path literal has such characters; use path(…)',
    ],
    [
      () => print({ kind: 'searchPath', path: 'a> + evil <b' }),
      'cannot write the path "a> + evil <b" in Nix: no path literal has such characters; use path(…)',
    ],
    [
      () => print({ kind: 'lambda', param: 'x: evil', body: x }),
      'cannot write the variable "x: evil" in Nix: it is no identifier',
    ],
    [
      () => print({ kind: 'lambda', pattern: { formals: [{ name: 'a, b' }], ellipsis: false }, body: x }),
      'cannot write the variable "a, b" in Nix: it is no identifier',
    ],
    [() => print({ kind: 'ident', name: 'a b' }), 'cannot write the variable "a b" in Nix: it is no identifier'],
  ])('%# %s', (build, message) => {
    expect(build).toThrow(expect.objectContaining({ name: 'NixValueError', message }));
  });
});
