import { describe, expect, it } from 'vitest';
import type { Interpolation, Text } from '../../lib/nix/ast';
import {
  commentLines,
  encodeBlockComment,
  encodeFloat,
  encodeInt,
  encodeKey,
  encodeString,
  encodeText,
  isBareKey,
  isGlobal,
  isIdentifier,
  isVariable,
} from '../../lib/nix/encode';
import { encodeIndented, hasSeveralLines, isMultiline } from '../../lib/nix/encode-indented';
import { NixValueError, showPath } from '../../lib/nix/value-error';

const hole: Interpolation = { kind: 'interpolation', expr: { kind: 'ident', name: 'v' } };

describe('a text in double quotes', () => {
  it.each([
    ['', '""'],
    ['plain', '"plain"'],
    ['a"b', '"a\\"b"'],
    ['a\\b', '"a\\\\b"'],
    ['a\nb\rc\td', '"a\\nb\\rc\\td"'],
    ['${x}', '"\\${x}"'],
    ['$${x}', '"$\\${x}"'],
    ['\\${x}', '"\\\\\\${x}"'],
    ['a$', '"a$"'],
    ['$}', '"$}"'],
    ["it's ''x''", "\"it's ''x''\""],
    ['é€😀\u2028', '"é€😀\u2028"'],
  ])('%j is %s', (text, encoded) => {
    expect(encodeString(text)).toBe(encoded);
  });

  it('guards a dollar before an interpolation, and only the last', () => {
    expect(encodeText('$', true)).toBe('\\$');
    expect(encodeText('$$', true)).toBe('$\\$');
    expect(encodeText('$$', false)).toBe('$$');
  });

  it('refuses what Nix cannot hold', () => {
    expect(() => encodeString('ab\0c')).toThrow(
      'cannot write the text "ab\\u0000c" in Nix: a Nix string cannot hold U+0000, here at index 2; take the character out',
    );
    expect(() => encodeString('ab\ud83d')).toThrow(
      'cannot write the text "ab\\ud83d" in Nix: half a surrogate pair at index 2 has no UTF-8; ' +
        'the text was cut inside a character',
    );
  });

  it('shows the beginning of a long text', () => {
    expect(() => encodeString(`${'x'.repeat(100)}\0`)).toThrow(`"${'x'.repeat(40)}…"`);
  });
});

describe('an attribute name', () => {
  it.each(['a', '_', 'a-b', "a'", 'true', 'null', 'builtins', '__curPos', 'A1'])('%s is bare', (name) => {
    expect(isBareKey(name)).toBe(true);
    expect(encodeKey(name)).toBe(name);
  });

  it.each([
    ...['if', 'then', 'else', 'assert', 'with', 'let', 'in', 'rec', 'inherit', 'or'],
    ...['', '1a', '-a', "'a", 'a.b', 'a b', 'a/b', 'a$b', 'é', 'a\u200b', 'a\n'],
  ])('%j is quoted', (name) => {
    expect(isBareKey(name)).toBe(false);
    expect(encodeKey(name)).toBe(encodeString(name));
  });
});

describe('a variable', () => {
  it('may not start with two underscores, which would change the operators', () => {
    expect(isVariable('__sub')).toBe(false);
    expect(isIdentifier('__curPos')).toBe(true);
    expect(isVariable('_x')).toBe(true);
    expect(isVariable('or')).toBe(false);
  });

  it('may have the name of a global one, which is known', () => {
    expect(['true', 'null', 'builtins', 'import', 'map', 'toString'].every(isGlobal)).toBe(true);
    expect(isGlobal('pkgs')).toBe(false);
    expect(isGlobal('toString'.slice(2))).toBe(false);
  });
});

describe('a number', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [7, '7'],
    [-7, '7'],
    [9007199254740991, '9007199254740991'],
    [9223372036854775807n, '9223372036854775807'],
  ])('the integer %s has the digits %s', (value, digits) => {
    expect(encodeInt(value)).toBe(digits);
  });

  it.each([
    [1, '1.0'],
    [0.5, '0.5'],
    [1e21, '1.0e21'],
    [1e-7, '1.0e-7'],
    [1.5e-7, '1.5e-7'],
    [1.7976931348623157e308, '1.7976931348623157e308'],
    [0.30000000000000004, '0.30000000000000004'],
  ])('the float %s is %s', (value, text) => {
    expect(encodeFloat(value)).toBe(text);
  });

  it.each([
    [() => encodeInt(2 ** 53), 'unsafe-integer', 'cannot write the number 9007199254740992 in Nix: JavaScript holds'],
    [() => encodeInt(2n ** 63n), 'integer-range', 'cannot write the integer 9223372036854775808 in Nix: a Nix integer'],
    [() => encodeFloat(Number.NaN), 'not-a-number', 'cannot write NaN in Nix: Nix has no such number'],
    [() => encodeFloat(Number.NEGATIVE_INFINITY), 'infinite', 'cannot write -Infinity in Nix: Nix has no such number'],
    [() => encodeFloat(5e-324), 'denormal', 'cannot write the number 5e-324 in Nix: Nix reads no float literal closer'],
  ])('refuses what has no literal (%#)', (encode, reason, message) => {
    expect(encode).toThrow(message);
    expect(encode).toThrow(expect.objectContaining({ reason, name: 'NixValueError' }));
    expect(encode).toThrow(NixValueError);
  });
});

describe('an indented string', () => {
  const lines = (...parts: (string | Interpolation)[]) =>
    encodeIndented(
      parts.map((part): Text | Interpolation => (typeof part === 'string' ? { kind: 'text', value: part } : part)),
    );
  const shown = (...parts: (string | Interpolation)[]) =>
    lines(...parts).map((line) => line.map((piece) => (typeof piece === 'string' ? piece : '${v}')).join(''));

  it.each([
    [['a\nb\n'], ['a', 'b', '']],
    [['${x}'], ["''${x}"]],
    [['$${x}'], ["$''${x}"]],
    [['\\${x}'], ["\\''${x}"]],
    [["a''b"], ["a'''b"]],
    [["a'''b"], ["a''''b"]],
    [["a'"], ["a''\\'"]],
    [["a'\n"], ["a'", '']],
    [["a'${x}"], ["a''\\'''${x}"]],
    [["a'\r"], ["a''\\'''\\r"]],
    [['a\r\nb'], ["a''\\r", 'b']],
    [['\ta\n\tb'], ['\ta', '\tb']],
    [['$', hole], ["''$${v}"]],
    [['$$', hole], ["$''$${v}"]],
    [["'", hole], ["'${v}"]],
    [["''", hole], ["'''${v}"]],
    [["'$", hole], ["''\\'''$${v}"]],
    [['  a\n  b\n'], ["''\\  a", '  b', '']],
    [['    a\n  b\n'], ['    a', "''\\  b", '']],
    [['a\n   '], ['a', "''\\   "]],
    [['a\n   \nb\n'], ['a', '   ', 'b', '']],
    [
      ['  ', hole, '\n'],
      ["''\\  ${v}", ''],
    ],
    [
      [hole, '\n  b'],
      ['${v}', '  b'],
    ],
    [
      ['a', 'b\n', 'c'],
      ['ab', 'c'],
    ],
    [["'", "'a"], ["'''a"]],
    [
      ['$', '{x}\n'],
      ["''${x}", ''],
    ],
    [['   \n  '], ["''\\   ", "''\\  "]],
  ])('%j has the lines %j', (parts, expected) => {
    expect(shown(...parts)).toEqual(expected);
  });

  it('is the notation for several lines that are not all blank', () => {
    expect(isMultiline('a\n')).toBe(true);
    expect(isMultiline('a')).toBe(false);
    expect(isMultiline('\n')).toBe(false);
    expect(isMultiline('  \n ')).toBe(false);
    expect(isMultiline('\t\n')).toBe(true);
    expect(hasSeveralLines([hole, { kind: 'text', value: '\n' }])).toBe(true);
    expect(hasSeveralLines([hole])).toBe(false);
  });
});

describe('a comment', () => {
  it('has no line break of any kind inside a line', () => {
    expect(commentLines('a\rb\r\nc\nd  ')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('has nothing that disguises it', () => {
    expect(commentLines('a\u202eb\u2066c\u2069\0d\ud800')).toEqual(['abcd']);
  });

  it('does not end early', () => {
    expect(encodeBlockComment('a */ evil /* b **/')).toBe('a * / evil /* b ** /');
  });
});

describe('a path in a message', () => {
  it.each([
    [[], ''],
    [['a', 'b', 0, 'c'], 'a.b[0].c'],
    [[0, 'a'], '[0].a'],
    [['a b', 'c.d'], '["a b"]["c.d"]'],
    [['x-y', ''], 'x-y[""]'],
  ])('%j is %s', (path, shown) => {
    expect(showPath(path)).toBe(shown);
  });

  it('is cut in the middle when it is long', () => {
    const path = Array.from({ length: 50 }, (_, index) => `n${index}`);
    expect(showPath(path)).toBe('n0.n1.n2.n3.n4.n5.n6.n7.n8.n9…n40.n41.n42.n43.n44.n45.n46.n47.n48.n49');
  });
});
