import { describe, expect, it } from 'vitest';
import { attrs, binary, binding, expr, formals, ident, lambda, list, num, paren, select, str } from '../../lib/nix';
import type { Expr } from '../../lib/nix/ast';
import { parse } from '../../lib/nix/parse/parse';
import { print, printFile } from '../../lib/nix/print/print';

const a = ident('a');
const b = ident('b');
const c = ident('c');

const lines = (...all: string[]) => `${all.join('\n')}\n`;

describe('print', () => {
  it('takes a tree or a value that stands for one', () => {
    expect(print(a)).toBe('a\n');
    expect(print(expr(a))).toBe('a\n');
  });

  it('puts a header above everything', () => {
    expect(print(attrs({ a }), { header: 'Made by a tool.\n\nSee elsewhere.' })).toBe(
      lines('# Made by a tool.', '#', '# See elsewhere.', '', '{ a = a; }'),
    );
    expect(print(a, { header: 'no */ way\rout' })).toBe(lines('# no */ way', '# out', '', 'a'));
  });

  it('keeps the comments below the expression of a file', () => {
    const source = lines('a', '', '# end');
    expect(print(parse(source))).toBe(source);
    expect(parse(print(list([parse(source)])))).toMatchObject({ last: [null, { text: ' end' }] });
  });

  it('measures the line without its indentation', () => {
    const fits = `${'x'.repeat(40)} && ${'y'.repeat(46)}`;
    const set = (right: string) => `{ a = { c = 1; d = { b = f && ${right}; e = 1; }; }; }`;
    expect(print(parse(set(fits)))).toContain(`      b = f && ${fits};\n`);
    expect(print(parse(set(`${fits}z`)))).toContain(`      b =\n        f && ${fits}z;\n`);
  });

  it('counts characters, not units', () => {
    const fits = `f "${'😀'.repeat(96)}"`;
    expect(print(parse(`f (${fits})`))).toContain('\n');
    expect(print(parse(`[ ${'"😀"'} ]`))).toBe('[ "😀" ]\n');
    expect(print(parse(`x: "${'😀'.repeat(95)}"`))).toBe(`x: "${'😀'.repeat(95)}"\n`);
    expect(print(parse(`x: "${'😀'.repeat(96)}"`))).toBe(`x:\n"${'😀'.repeat(96)}"\n`);
  });

  it('lays flagged brackets out in lines', () => {
    expect(print(list([a], { expanded: true }))).toBe(lines('[', '  a', ']'));
    expect(print({ kind: 'list', items: [], expanded: true })).toBe('[ ]\n');
    expect(print({ kind: 'set', items: [], expanded: true })).toBe('{ }\n');
  });

  it('writes a URI as a string', () => {
    expect(print(parse('https://example.org/a?b=c'))).toBe('"https://example.org/a?b=c"\n');
  });

  it('writes one-line strings in the notation that needs no escapes', () => {
    expect(print(parse("''single''"))).toBe('"single"\n');
    expect(print(parse(`''with "quotes"''`))).toBe(`''with "quotes"''\n`);
    expect(print(parse("''a''$b'''c''"))).toBe(`"a\\$b''c"\n`);
    expect(print({ kind: 'indented', parts: [{ kind: 'text', value: 'a\\b' }] })).toBe(`''a\\b''\n`);
  });

  it('keeps the spelling of what was parsed', () => {
    for (const source of ['"\\a${a}$$\\$\\{"', '1.0E+3', '.5', '"\\0"', "''\n  a''\\nb\n''", '{ "a" = 1; }']) {
      expect(print(parse(source))).toBe(`${source}\n`);
    }
  });
});

describe('parentheses', () => {
  const minus = (left: Expr, right: Expr) => binary('-', left, right);

  it.each<[string, Expr]>([
    ['a - (b - c)', minus(a, minus(b, c))],
    ['a - b - c', minus(minus(a, b), c)],
    ['a ++ b ++ c', binary('++', a, binary('++', b, c))],
    ['(a ++ b) ++ c', binary('++', binary('++', a, b), c)],
    ['(a == b) == c', binary('==', binary('==', a, b), c)],
    ['a == b < c', binary('==', a, binary('<', b, c))],
    ['!(a && b)', { kind: 'unary', op: '!', operand: binary('&&', a, b) }],
    ['!a == b', binary('==', { kind: 'unary', op: '!', operand: a }, b)],
    ['a + (!b)', binary('+', a, { kind: 'unary', op: '!', operand: b })],
    ['-(-a)', { kind: 'unary', op: '-', operand: paren({ kind: 'unary', op: '-', operand: a }) }],
    ['--a', { kind: 'unary', op: '-', operand: { kind: 'unary', op: '-', operand: a } }],
    ['-(./a)', { kind: 'unary', op: '-', operand: { kind: 'path', parts: [{ kind: 'text', value: './a' }] } }],
    [
      '(./a).b',
      {
        kind: 'select',
        of: { kind: 'path', parts: [{ kind: 'text', value: './a' }] },
        path: [{ kind: 'name', name: 'b' }],
      },
    ],
    ['1 .b', { kind: 'select', of: { kind: 'num', text: '1' }, path: [{ kind: 'name', name: 'b' }] }],
    ['(a b).c', select({ kind: 'apply', fn: a, args: [b] }, 'c')],
    ['(a.b or c).d', select({ kind: 'select', of: a, path: [{ kind: 'name', name: 'b' }], orElse: c }, 'd')],
    ['(a b) c', { kind: 'apply', fn: { kind: 'apply', fn: a, args: [b] }, args: [c] }],
    ['(x: a) b', { kind: 'apply', fn: lambda('x', a), args: [b] }],
    ['[ (-1) ]', list([num(-1)])],
    ['[ a.b ]', list([select(a, 'b')])],
    ['(a -> b) -> c', binary('->', binary('->', a, b), c)],
    ['a -> b -> c', binary('->', a, binary('->', b, c))],
    ['(a |> b) <| c', binary('<|', binary('|>', a, b), c)],
    ['(a ? b) ++ c', binary('++', paren({ kind: 'hasAttr', of: a, path: [{ kind: 'name', name: 'b' }] }), c)],
    ['a ? b ++ c', binary('++', { kind: 'hasAttr', of: a, path: [{ kind: 'name', name: 'b' }] }, c)],
    ['((a))', paren(paren(a))],
  ])('%s', (source, tree) => {
    expect(print(tree).trimEnd()).toBe(source);
  });

  it('leave comments where they are', () => {
    const commented: Expr = { ...lambda('x', a), before: [{ style: 'line', text: ' why' }] };
    expect(print(list([commented, b]))).toBe(lines('[', '  # why', '  (x: a)', '  b', ']'));
  });
});

describe('the portable layout', () => {
  const bodyOf = (body: Expr) => lambda(formals(['lib', '...']), body);

  it('puts an absorbable body below, where versions of nixfmt differ', () => {
    const set = attrs([binding('a', a), binding('b', b)]);
    expect(print(bodyOf(set))).toBe(lines('{ lib, ... }: {', '  a = a;', '  b = b;', '}'));
    expect(printFile(bodyOf(set))).toBe(lines('{ lib, ... }:', '{', '  a = a;', '  b = b;', '}'));
  });

  it('leaves lists and other bodies', () => {
    expect(printFile(bodyOf(list([a])))).toBe('{ lib, ... }: [ a ]\n');
    expect(printFile(bodyOf(a))).toBe('{ lib, ... }: a\n');
  });

  it('lays formals that do not fit on a line out as expanded ones', () => {
    const long = 'n'.repeat(60);
    const tree = lambda(formals([`${long}1`, `${long}2`]), attrs({ a }));
    const printed = printFile(tree);
    expect(printed).toBe(lines('{', `  ${long}1,`, `  ${long}2,`, '}:', '{', '  a = a;', '}'));
    expect(print(parse(printed, { layout: 'keep' }))).toBe(printed);
  });

  it('is a fixed point', () => {
    const inner = lambda(formals(['n'.repeat(97)]), attrs({ a: str('x') }));
    const tree = attrs({ a: list([inner, b]), f: { kind: 'apply', fn: a, args: [b, inner] } });
    const printed = printFile(tree);
    expect(print(parse(printed, { layout: 'keep' }))).toBe(printed);
  });
});
