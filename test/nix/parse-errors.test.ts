import { describe, expect, it } from 'vitest';
import { parse } from '../../lib/nix/parse/parse';
import { lineAndColumn, NixSyntaxError } from '../../lib/nix/syntax-error';

function error(source: string): NixSyntaxError {
  try {
    parse(source, { names: 'check' });
  } catch (thrown) {
    if (thrown instanceof NixSyntaxError) return thrown;
    throw thrown;
  }
  throw new Error(`accepted: ${source}`);
}

describe('a syntax error', () => {
  it('says what was found, what was expected, and where', () => {
    const { message, reason, offset, line, column, name } = error('{\n  a = 1;\n  b = }\n');
    expect(reason).toBe('unexpected "}", expected an expression');
    expect(message).toBe(`${reason}, at 3:7`);
    expect({ offset, line, column, name }).toEqual({ offset: 17, line: 3, column: 7, name: 'NixSyntaxError' });
  });

  it.each([
    ['', 'unexpected end of the source, expected an expression, at 1:1'],
    ['{ a = 1 }', 'unexpected "}", expected ";", at 1:9'],
    ['{ a b }', 'unexpected "b", expected "=" or ".", at 1:5'],
    ['{ a. = 1; }', 'unexpected "=", expected an attribute name, at 1:6'],
    ['{ if = 1; }', 'unexpected "if", expected an attribute or "}", at 1:3'],
    ['[ 1', 'unexpected end of the source, expected a list element or "]", at 1:4'],
    ['[ 1 + 2 ]', 'unexpected "+", expected a list element; an operation needs parentheses, at 1:5'],
    ['(1', 'unexpected end of the source, expected ")", at 1:3'],
    ['1 }', 'unexpected "}", expected an operator or the end of the source, at 1:3'],
    ['let a = 1; a', 'unexpected end of the source, expected "=" or ".", at 1:13'],
    ['if a then b', 'unexpected end of the source, expected "else", at 1:12'],
    ['if a else b', 'unexpected "else", expected "then", at 1:6'],
    ['with a b', 'unexpected end of the source, expected ";", at 1:9'],
    ['{ a, "b" }: 1', 'unexpected string, expected an argument name, "..." or "}", at 1:6'],
    ['{ ..., a }: 1', 'unexpected ",", expected "}", at 1:6'],
    ['{ a, b: 1', 'unexpected ":", expected "," or "}", at 1:7'],
    ['{ a }@b 1', 'unexpected "1", expected ":", at 1:9'],
    ['a == b == c', 'unexpected "==", expected parentheses around the "==" before it, at 1:8'],
    ['1 < 2 >= 3', 'unexpected ">=", expected parentheses around the "<" before it, at 1:7'],
    ['f if a then b else c', 'unexpected "if", expected an operator; an argument like this needs parentheses, at 1:3'],
    ['1 + let a = 1; in a', 'unexpected "a", expected "{"; a let inside an operation needs parentheses, at 1:9'],
    ['1 + with a; b', 'unexpected "with", expected an operand; here it needs parentheses, at 1:5'],
    ['"${a"', 'this string does not end, at 1:5'],
    ['\n"abc', 'this string does not end, at 2:1'],
    ["''abc'", 'this string does not end, at 1:1'],
    ['1 /* a', 'this comment does not end, expected "*/", at 1:3'],
    ['9223372036854775808', 'the integer 9223372036854775808 is greater than 9223372036854775807, at 1:1'],
    ['1.0e400', 'the float 1.0e400 is out of range, at 1:1'],
    ['1.0e-400', 'the float 1.0e-400 is out of range, at 1:1'],
    ['./a/', 'unexpected "/" at the end of a path, at 1:4'],
    ['./a//b', 'unexpected "//" in a path, at 1:1'],
    ['é', 'unexpected character "é" (U+00E9), at 1:1'],
    ['a \u0000', 'unexpected character U+0000, at 1:3'],
    ['{ a = 1; a = 2; }', 'attribute "a" is defined twice, at 1:10'],
    ['{ a, b, a }: 1', 'argument "a" is named twice, at 1:9'],
    ['{ a }@a: 1', 'argument "a" is named twice, at 1:1'],
    ['let ${a} = 1; in 2', 'the names of a let cannot be dynamic, at 1:5'],
    ['{ inherit ${a}; }', 'the names of an inherit cannot be dynamic, at 1:11'],
    ['{ inherit "${a}"; }', 'the names of an inherit cannot be dynamic, at 1:11'],
  ])('for %j is one that helps', (source, message) => {
    expect(error(source).message).toBe(message);
  });

  it('shows no more than the start of a long token', () => {
    expect(error(`{ ${'a'.repeat(1000)} ${'b'.repeat(1000)}`).message.length).toBeLessThan(100);
  });
});

describe('an attribute', () => {
  it.each([
    '{ a = 1; "a" = 2; }',
    '{ a = 1; ${"a"} = 2; }',
    '{ a.b = 1; a = 2; }',
    '{ a = 1; a.b = 2; }',
    '{ a.b = 1; a.b = 2; }',
    '{ a.b = 1; a = { b = 2; }; }',
    '{ a.b = 1; a = { } // { }; }',
    '{ a = { b = { c = 1; }; }; a = { b = { d = 2; }; }; }',
    '{ inherit a; a = 1; }',
    '{ inherit a a; }',
    '{ inherit a; a.b = 1; }',
    '{ inherit a; inherit (b) a; }',
    '{ a = x; a = { }; }',
    'let a = 1; a = 2; in a',
    'let { a = 1; a = 2; }',
    '{ x = { a = 1; a = 2; }; }',
  ])('cannot be defined twice: %s', (source) => {
    expect(error(source).reason).toMatch(/is defined twice$/);
  });

  it.each([
    '{ a.b = 1; a.c = 2; }',
    '{ a.b = 1; a = { c = 2; }; }',
    '{ a = { b = 1; }; a.c = 2; }',
    '{ a = ({ b = 1; }); a = { c = 2; }; }',
    '{ a = rec { b = 1; }; a.c = b; }',
    '{ a.b.c = 1; a = { d = 1; }; a.b.e = 1; }',
    '{ a = 1; ${b} = 2; ${b} = 3; }',
    '{ ${a}.b = 1; ${a}.b = 2; }',
    '{ a = { }; a = { }; }',
    '{ x.y = { a.b = 1; }; x.y.a.c = 2; }',
    'let a.b = 1; a.c = 2; in a',
    'let a.${b} = 1; in a',
    'let ${"a"} = 1; in a',
  ])('can be defined bit by bit: %s', (source) => {
    expect(() => parse(source, { names: 'check' })).not.toThrow();
  });
});

describe('a place in a source', () => {
  it('has a line and a column, whatever ends the lines', () => {
    expect(lineAndColumn('a\nb\r\nc\rd', 0)).toEqual({ line: 1, column: 1 });
    expect(lineAndColumn('a\nb\r\nc\rd', 2)).toEqual({ line: 2, column: 1 });
    expect(lineAndColumn('a\nb\r\nc\rd', 5)).toEqual({ line: 3, column: 1 });
    expect(lineAndColumn('a\nb\r\nc\rd', 7)).toEqual({ line: 4, column: 1 });
    expect(lineAndColumn('a\nb', 99)).toEqual({ line: 2, column: 2 });
  });
});
