import { describe, expect, it } from 'vitest';
import type { AttrSet, Binding, Expr, IndentedStr, Key, Lambda, Path, Str, Text } from '../../lib/nix/ast';
import { encodeText } from '../../lib/nix/encode';
import { parse } from '../../lib/nix/parse/parse';
import { parenthesised } from '../support/parenthesised';
import { tree } from '../support/tree';

const id = (name: string): Expr => ({ kind: 'ident', name });
const num = (text: string): Expr => ({ kind: 'num', text });
const name = (text: string): Key => ({ kind: 'name', name: text });
const text = (value: string, raw?: string): Text =>
  raw === undefined ? { kind: 'text', value } : { kind: 'text', value, raw };
const str = (value: string): Expr => ({ kind: 'str', parts: value === '' ? [] : [text(value)] });
const binding = (key: string, value: Expr): Binding => ({ kind: 'binding', path: [name(key)], value });

function parts(source: string) {
  return (tree(source) as Str | IndentedStr | Path).parts;
}

function value(source: string): string {
  return parts(source)
    .map((part) => (part.kind === 'text' ? part.value : `<${parenthesised(part.expr)}>`))
    .join('');
}

describe('numbers', () => {
  it('keep their spelling', () => {
    for (const spelling of ['0', '007', '9223372036854775807', '1.', '.5', '0.5', '1.0e6', '1.5E+3', '2.0e-7']) {
      expect(tree(spelling)).toEqual(num(spelling));
    }
  });

  it('have no sign: a minus is an operation', () => {
    expect(tree('-1')).toEqual({ kind: 'unary', op: '-', operand: num('1') });
  });

  it('end where no digit follows: the rest is an argument', () => {
    const applied = (fn: Expr, arg: Expr) => ({ kind: 'apply', fn, args: [arg] });
    expect(tree('1e6')).toEqual(applied(num('1'), id('e6')));
    expect(tree('0x10')).toEqual(applied(num('0'), id('x10')));
    expect(tree('1_000')).toEqual(applied(num('1'), id('_000')));
    expect(tree('00.5')).toEqual(applied(num('00'), num('.5')));
    expect(tree('a.1')).toEqual(applied(id('a'), num('.1')));
  });
});

describe('strings', () => {
  it('have the value of their escapes', () => {
    expect(value(String.raw`"a\nb\rc\td\\e\"f"`)).toBe('a\nb\rc\td\\e"f');
    expect(value(String.raw`"\0\x41\u0041\e\a"`)).toBe('0x41u0041ea');
    expect(value('"a\\\nb"')).toBe('a\nb');
  });

  it('keep raw line breaks and tabs, but read a carriage return as a line feed', () => {
    expect(value('"a\nb\tc"')).toBe('a\nb\tc');
    expect(value('"a\rb\r\nc"')).toBe('a\nb\nc');
    expect(value('"a\\\rb"')).toBe('a\rb');
  });

  it('hold any other character as it is', () => {
    expect(value('"é€😀\u2028\u0001\u007f # /* \'\' x"')).toBe("é€😀\u2028\u0001\u007f # /* '' x");
  });

  it('interpolate, unless the dollar is escaped or comes behind another', () => {
    expect(value('"a${b}c"')).toBe('a<b>c');
    expect(value(String.raw`"\${b}"`)).toBe('${b}');
    expect(value('"$${b}"')).toBe('$${b}');
    expect(value('"$$${b}"')).toBe('$$<b>');
    expect(value(String.raw`"$\${b}"`)).toBe('$${b}');
    expect(value(String.raw`"\$${'${b}'}"`)).toBe('$<b>');
    expect(value(String.raw`"\\${'${b}'}"`)).toBe('\\<b>');
    expect(value('"a$"')).toBe('a$');
    expect(value('"$}$\\"x"')).toBe('$}$"x');
  });

  it('hold strings inside of interpolations', () => {
    expect(value('"${"a${b}"}"')).toBe('<"a${b}">');
    expect(value('"${{ a = "}"; }.a}"')).toBe('<((({ "a" = "}"; }))."a")>');
  });

  it('may be empty', () => {
    expect(tree('""')).toEqual(str(''));
    expect(tree("''''")).toEqual({ kind: 'indented', parts: [] });
  });

  it('keep the spelling only where it would be another one otherwise', () => {
    expect(parts(String.raw`"a\n\"\\\${"`)).toEqual([text('a\n"\\${')]);
    expect(parts('"a\nb"')).toEqual([text('a\nb', 'a\nb')]);
    expect(parts(String.raw`"\a"`)).toEqual([text('a', '\\a')]);
    expect(parts('"$${a}"')).toEqual([text('$${a}', '$${a}')]);
    expect(parts('"a$ $b"')).toEqual([text('a$ $b')]);
    for (const part of [...parts('"$$${a}"'), ...parts('"\\$a"')]) {
      if (part.kind === 'text') expect(part.raw).not.toBe(encodeText(part.value, true));
    }
  });

  it('never keep the spelling of a carriage return', () => {
    expect(parts('"a\rb"')).toEqual([text('a\nb')]);
    expect(parts("''a\rb''")).toEqual([text('a\rb')]);
  });
});

describe('indented strings', () => {
  it('have the value of their escapes', () => {
    expect(value("''a''\\nb''\\rc''\\td''")).toBe('a\nb\rc\td');
    expect(value("''a''\\\\b''\\ c''")).toBe('a\\b c');
    expect(value("''a'''b''")).toBe("a''b");
    expect(value("''a''\\'''${x}''")).toBe("a'${x}");
    expect(value("''a'''''\\'b''")).toBe("a'''b");
    expect(value("''a\\nb\\\\c''")).toBe('a\\nb\\\\c');
  });

  it('interpolate, unless two quotes or another dollar come before', () => {
    expect(value("''a${b}c''")).toBe('a<b>c');
    expect(value("''''${b}''")).toBe('${b}');
    expect(value("''''\\${b}''")).toBe('${b}');
    expect(value("''$${b}''")).toBe('$${b}');
    expect(value("''''$${b}''")).toBe('$<b>');
    expect(value("''$''${b}''")).toBe('$${b}');
    expect(value("''\\${b}''")).toBe('\\<b>');
    expect(value("''a'${b}''")).toBe("a'<b>");
    expect(value("''a'''${b}''")).toBe("a''<b>");
    expect(value("''$''")).toBe('$');
  });

  it('lose the indentation that all their lines have', () => {
    expect(value("''\n  a\n    b\n''")).toBe('a\n  b\n');
    expect(value("''\n    a\n    b\n''")).toBe('a\nb\n');
    expect(value("''a\n  b''")).toBe('a\n  b');
    expect(value("''  a\n b''")).toBe(' a\nb');
    expect(value("''\n  ${a}\n    b''")).toBe('<a>\n  b');
  });

  it('lose a first and a last line without anything but spaces', () => {
    expect(value("''  \n  a\n    ''")).toBe('a\n');
    expect(value("''\n  a\n  b''")).toBe('a\nb');
    expect(value("''\n\n  a\n''")).toBe('\na\n');
    expect(value("''\n''")).toBe('');
    expect(value("''\n\n''")).toBe('\n');
    expect(value("''\n  ${a}\n  ''")).toBe('<a>\n');
  });

  it('keep the indentation of a line that starts with an escape or an interpolation', () => {
    expect(value("''\n  ''\\  a\n    b\n''")).toBe('  a\n  b\n');
    expect(value("''\n  a\n  ''\\  ''")).toBe('a\n  ');
    expect(value("''\n  ${\"\"}  a\n    b\n''")).toBe('<"">  a\n  b\n');
  });

  it('take no other character for indentation', () => {
    expect(value("''\n\ta\n\tb\n''")).toBe('\ta\n\tb\n');
    expect(value("''\n  \ta\n  \tb\n''")).toBe('\ta\n\tb\n');
    expect(value("''\n  a\n\tb\n''")).toBe('  a\n\tb\n');
    expect(value("''\n  \u00a0a\n  b\n''")).toBe('\u00a0a\nb\n');
    expect(value("''\r\n  a\r\n''")).toBe('\r\n  a\r\n');
  });

  it('do not count blank lines for the indentation', () => {
    expect(value("''\n  a\n     \n  b\n''")).toBe('a\n   \nb\n');
    expect(value("''\n    a\n \n    b\n''")).toBe('a\n\nb\n');
    expect(value("''\n  a  \n  b\n''")).toBe('a  \nb\n');
  });

  it('do not count the lines of code inside of them', () => {
    expect(value("''\n    a ${\n  b}c\n''")).toBe('a <b>c\n');
  });

  it('lose spaces behind an escaped line break too, as in Nix', () => {
    expect(value("''\n  a''\\n   b\n''")).toBe('a\n b\n');
  });

  it('keep the spelling only where it would be another one otherwise', () => {
    expect(parts("''\n  a'b\n''")).toEqual([text("a'b\n")]);
    expect(parts("''\n  a ''${b}\n''")).toEqual([text('a ${b}\n', "a ''${b}\n")]);
  });
});

describe('paths', () => {
  it.each(['./a', '../a/b.nix', '/.', '/a', 'a/b', '~/a', './a-b_c+d/..', '-./foo', '1/2', '.../a'])(
    'like %s are literals',
    (path) => {
      expect(tree(path)).toEqual({ kind: 'path', parts: [text(path)] });
    },
  );

  it('may hold interpolations behind the first slash', () => {
    expect(parts('./a/${b}/c-${d}.nix')).toEqual([
      text('./a/'),
      { kind: 'interpolation', expr: id('b') },
      text('/c-'),
      { kind: 'interpolation', expr: id('d') },
      text('.nix'),
    ]);
    for (const path of ['./${a}', '~/${a}', '/${a}', 'b/${a}', './b${a}']) expect(value(path)).toContain('<a>');
  });

  it('end where a character follows that no path has', () => {
    expect(tree('./a?b')).toEqual({ kind: 'hasAttr', of: { kind: 'path', parts: [text('./a')] }, path: [name('b')] });
    expect(tree('./a#b')).toMatchObject({ kind: 'path', parts: [text('./a')] });
    expect(tree('./foo bar')).toMatchObject({ kind: 'apply', args: [id('bar')] });
  });

  it('are no divisions, unless there are spaces', () => {
    expect(tree('a / b')).toMatchObject({ kind: 'binary', op: '/' });
    expect(tree('a/ b')).toMatchObject({ kind: 'binary', op: '/' });
    expect(tree('a/b')).toMatchObject({ kind: 'path' });
    expect(tree('a /b')).toMatchObject({ kind: 'apply', args: [{ kind: 'path' }] });
  });

  it('between angle brackets are search paths', () => {
    expect(tree('<nixpkgs/nixos>')).toEqual({ kind: 'searchPath', path: 'nixpkgs/nixos' });
    expect(tree('a <b> c')).toMatchObject({ kind: 'apply' });
    expect(tree('a < b')).toMatchObject({ kind: 'binary', op: '<' });
    expect(tree('a <b')).toMatchObject({ kind: 'binary', op: '<' });
  });

  it('with a scheme are URIs', () => {
    expect(tree('http://example.org/?a=b')).toEqual({ kind: 'uri', uri: 'http://example.org/?a=b' });
    expect(tree('x:x')).toEqual({ kind: 'uri', uri: 'x:x' });
    expect(tree('http://a/b#c')).toMatchObject({ kind: 'uri', uri: 'http://a/b' });
    expect(tree('x: x')).toMatchObject({ kind: 'lambda', param: 'x' });
    expect(tree("x':x")).toMatchObject({ kind: 'lambda', param: "x'" });
    expect(tree('a_b:c')).toMatchObject({ kind: 'lambda', param: 'a_b' });
  });
});

describe('attribute sets', () => {
  it('have bindings with paths', () => {
    expect(tree('{ a.b."c d".${e}."f${g}" = 1; }')).toEqual({
      kind: 'set',
      items: [
        {
          kind: 'binding',
          path: [
            name('a'),
            name('b'),
            { kind: 'name', name: 'c d', quoted: true },
            { kind: 'dynamic', expr: id('e') },
            { kind: 'strKey', str: { kind: 'str', parts: [text('f'), { kind: 'interpolation', expr: id('g') }] } },
          ],
          value: num('1'),
        },
      ],
    });
  });

  it('take names that are no keywords without quotes', () => {
    for (const key of ['or', 'true', 'null', 'import', '__curPos', "a'", 'a-b', '_', 'A1']) {
      expect(tree(`{ ${key} = 1; }.${key}`)).toMatchObject({ kind: 'select', path: [name(key)] });
    }
  });

  it('keep the quotes of a name, and its spelling where it is unusual', () => {
    expect((tree('{ "a" = 1; "\\b" = 2; "" = 3; }') as AttrSet).items.map((item) => (item as Binding).path[0])).toEqual(
      [
        { kind: 'name', name: 'a', quoted: true },
        { kind: 'name', name: 'b', quoted: true, raw: '\\b' },
        { kind: 'name', name: '', quoted: true },
      ],
    );
  });

  it('may be recursive', () => {
    expect(tree('rec { a = b; }')).toEqual({ kind: 'set', rec: true, items: [binding('a', id('b'))] });
  });

  it('inherit, also quoted and constant names', () => {
    expect(tree('{ inherit; inherit a or "b c"; inherit (d.e) ${"f"}; }')).toEqual({
      kind: 'set',
      items: [
        { kind: 'inherit', names: [] },
        { kind: 'inherit', names: [name('a'), name('or'), { kind: 'name', name: 'b c', quoted: true }] },
        {
          kind: 'inherit',
          from: { kind: 'select', of: id('d'), path: [name('e')] },
          names: [{ kind: 'dynamic', expr: str('f') }],
        },
      ],
    });
  });
});

describe('selections', () => {
  it('have a path and perhaps a default, which is one term', () => {
    expect(tree('a.b.c or d.e f')).toEqual({
      kind: 'apply',
      fn: {
        kind: 'select',
        of: id('a'),
        path: [name('b'), name('c')],
        orElse: { kind: 'select', of: id('d'), path: [name('e')] },
      },
      args: [id('f')],
    });
  });

  it('bind more strongly than an application', () => {
    expect(tree('f a.b or c')).toMatchObject({ kind: 'apply', args: [{ kind: 'select', orElse: id('c') }] });
    expect(tree('[ a.b or c ]')).toMatchObject({ kind: 'list', items: [{ kind: 'select' }] });
  });

  it('may select from a number behind a space', () => {
    expect(tree('1 .a or 3')).toEqual({ kind: 'select', of: num('1'), path: [name('a')], orElse: num('3') });
  });

  it('take a variable of the name or where no default can stand', () => {
    expect(tree('map or [ ]')).toEqual({ kind: 'apply', fn: id('map'), args: [id('or'), { kind: 'list', items: [] }] });
    expect(tree('[ a or b ]')).toMatchObject({ items: [{ kind: 'apply', args: [id('or')] }, id('b')] });
    expect(tree('a.or')).toEqual({ kind: 'select', of: id('a'), path: [name('or')] });
  });
});

describe('lambdas', () => {
  it('take a name, a pattern, or both', () => {
    const pattern = { formals: [{ name: 'a' }], ellipsis: false };
    expect(tree('x: y')).toEqual({ kind: 'lambda', param: 'x', body: id('y') });
    expect(tree('{ a }: y')).toEqual({ kind: 'lambda', pattern, body: id('y') });
    expect(tree('{ a }@x: y')).toEqual({ kind: 'lambda', param: 'x', pattern, body: id('y') });
    expect(tree('x@{ a }: y')).toEqual({ kind: 'lambda', param: 'x', pattern, paramFirst: true, body: id('y') });
  });

  it('have patterns with defaults, an ellipsis and a comma behind the last name', () => {
    const pattern = (source: string) => (tree(`${source}: y`) as Lambda).pattern;
    expect(pattern('{ }')).toEqual({ formals: [], ellipsis: false });
    expect(pattern('{ ... }')).toEqual({ formals: [], ellipsis: true });
    expect(pattern('{ a, b, }')).toEqual({ formals: [{ name: 'a' }, { name: 'b' }], ellipsis: false });
    expect(pattern('{ a ? b.c, d ? { e }: e, ... }')).toMatchObject({
      formals: [
        { name: 'a', default: { kind: 'select' } },
        { name: 'd', default: { kind: 'lambda' } },
      ],
      ellipsis: true,
    });
  });
});

describe('the forms that reach as far as they can', () => {
  it('are let, with, assert and if', () => {
    expect(tree('let a = 1; in a')).toEqual({ kind: 'let', items: [binding('a', num('1'))], body: id('a') });
    expect(tree('with a; b c')).toMatchObject({ kind: 'with', env: id('a'), body: { kind: 'apply' } });
    expect(tree('assert a; b')).toEqual({ kind: 'assert', condition: id('a'), body: id('b') });
    expect(tree('if a then b else c ++ d')).toEqual({
      kind: 'if',
      condition: id('a'),
      then: id('b'),
      else: { kind: 'binary', op: '++', left: id('c'), right: id('d') },
    });
  });

  it('have an old let beside them, which is a term', () => {
    expect(tree('let { body = 1; }')).toEqual({ kind: 'legacyLet', items: [binding('body', num('1'))] });
    expect(tree('f let { body = 1; }.a')).toMatchObject({ kind: 'apply', args: [{ kind: 'select' }] });
  });
});

describe('operators', () => {
  it.each([
    ['a + b * c', '((a) + (((b) * (c))))'],
    ['a * b + c', '((((a) * (b))) + (c))'],
    ['10 - 3 - 2', '((((10) - (3))) - (2))'],
    ['a ++ b ++ c', '((a) ++ (((b) ++ (c))))'],
    ['a // b // c', '((a) // (((b) // (c))))'],
    ['a -> b -> c', '((a) -> (((b) -> (c))))'],
    ['a || b && c', '((a) || (((b) && (c))))'],
    ['a && b || c', '((((a) && (b))) || (c))'],
    ['a == b && c < d', '((((a) == (b))) && (((c) < (d))))'],
    ['a < b == c', '((((a) < (b))) == (c))'],
    ['a // b + c', '((a) // (((b) + (c))))'],
    ['!a == b', '(((! (a))) == (b))'],
    ['!a // b', '(((! (a))) // (b))'],
    ['!a + b', '(! (((a) + (b))))'],
    ['a * !b + c', '((a) * ((! (((b) + (c))))))'],
    ['-f a', '(- (((f) (a))))'],
    ['2 * -3', '((2) * ((- (3))))'],
    ['- - a', '(- ((- (a))))'],
    ['-a ? b', '(((- (a))) ? "b")'],
    ['!a ? b', '(! (((a) ? "b")))'],
    ['a ++ b ? c', '((a) ++ (((b) ? "c")))'],
    ['a ? b ? c', '((((a) ? "b")) ? "c")'],
    ['a ? b.c or d', undefined],
    ['f x ++ g y', '((((f) (x))) ++ (((g) (y))))'],
  ])('group %s as Nix does', (source, grouped) => {
    if (grouped === undefined) expect(() => parse(source)).toThrow();
    else expect(parenthesised(parse(source))).toBe(grouped);
  });

  it('of pipes bind least, and group to the left or to the right', () => {
    expect(parenthesised(parse('a |> b -> c |> d'))).toBe('((((a) |> (((b) -> (c))))) |> (d))');
    expect(parenthesised(parse('a <| b <| c'))).toBe('((a) <| (((b) <| (c))))');
    expect(() => parse('a |> b <| c')).toThrow('parentheses');
  });

  it('need spaces where they could be part of a name', () => {
    expect(tree('a-b')).toEqual(id('a-b'));
    expect(tree('a -b')).toMatchObject({ kind: 'binary', op: '-' });
    expect(tree('a- b')).toEqual({ kind: 'apply', fn: id('a-'), args: [id('b')] });
  });
});

describe('white space', () => {
  it('is space, tab, line feed and carriage return', () => {
    expect(tree(' \t\r\n1\r')).toEqual(num('1'));
    for (const other of ['\f', '\v', '\u00a0', '\ufeff', '\u2028']) expect(() => parse(`1${other}`)).toThrow('U+');
  });
});

describe('positions', () => {
  it('span each node from its first to behind its last character', () => {
    const source = "f { a.b = [ 1 (x: ''y'') ]; inherit (c) d; } ./e/${g} or # h\n";
    const spans: string[] = [];
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      const { pos, ...fields } = node as { pos?: { start: number; end: number } };
      if (pos) spans.push(source.slice(pos.start, pos.end));
      for (const field of Object.values(fields)) visit(field);
    };
    visit(parse(source));
    expect(spans).toEqual([
      "f { a.b = [ 1 (x: ''y'') ]; inherit (c) d; } ./e/${g} or",
      'f',
      "{ a.b = [ 1 (x: ''y'') ]; inherit (c) d; }",
      "a.b = [ 1 (x: ''y'') ];",
      'a',
      'b',
      "[ 1 (x: ''y'') ]",
      '1',
      "(x: ''y'')",
      "x: ''y''",
      "''y''",
      'inherit (c) d;',
      'c',
      'd',
      './e/${g} or',
      './e/${g}',
      'g',
      'or',
    ]);
  });
});

describe('the layout', () => {
  const keep = { layout: 'keep' } as const;

  it('is compact, unless it is to be kept', () => {
    expect(tree('{ a, ... }:\n{\n  b = [\n    1\n  ];\n}')).toEqual(tree('{ a, ... }: { b = [ 1 ]; }'));
  });

  it('has brackets on several lines', () => {
    expect(tree('[\n1 ]', keep)).toEqual({ kind: 'list', items: [num('1')], expanded: true });
    expect(tree('{ a = 1;\n}', keep)).toMatchObject({ kind: 'set', expanded: true });
    expect(tree('rec\n{ a = 1; }', keep)).not.toHaveProperty('expanded');
    expect(tree('{\na }: b', keep)).toMatchObject({ pattern: { expanded: true } });
    expect(tree('{ inherit\na; }', keep)).toMatchObject({ items: [{ expanded: true }] });
    expect(tree('[ 1 ]', keep)).not.toHaveProperty('expanded');
  });

  it('never has empty brackets on several lines', () => {
    expect(tree('[\n]', keep)).toEqual({ kind: 'list', items: [] });
    expect(tree('{\n}', keep)).toEqual({ kind: 'set', items: [] });
  });

  it('has bodies below the pattern of their lambda', () => {
    expect(tree('{ a }:\nb', keep)).toMatchObject({ bodyBelow: true });
    expect(tree('{ a }: # c\nb', keep)).toMatchObject({ bodyBelow: true });
    expect(tree('{ a\n}: b', keep)).not.toHaveProperty('bodyBelow');
    expect(tree('a:\nb', keep)).not.toHaveProperty('bodyBelow');
  });
});
