import { describe, expect, it } from 'vitest';
import type { AttrSet, Binding, Expr, Hole, List, Str } from '../../lib/nix/ast';
import { EXPR } from '../../lib/nix/expr-symbol';
import { hasHoles, resolveHoles } from '../../lib/nix/holes';
import { parse } from '../../lib/nix/parse/parse';
import { NixSyntaxError } from '../../lib/nix/syntax-error';
import { nix, parseTemplate } from '../../lib/nix/template';
import { parenthesised } from '../support/parenthesised';
import { tree, withoutPositions } from '../support/tree';

const hole = (value: unknown): Hole => ({ kind: 'hole', value });

function failure(parseIt: () => unknown): NixSyntaxError {
  try {
    parseIt();
  } catch (error) {
    if (error instanceof NixSyntaxError) return error;
    throw error;
  }
  throw new Error('accepted');
}

describe('the tag nix', () => {
  it('parses Nix, with a hole for each value', () => {
    const value = { any: 'value' };
    expect(withoutPositions(nix`f ${value} [ ${2} ]`)).toEqual({
      kind: 'apply',
      fn: { kind: 'ident', name: 'f' },
      args: [hole(value), { kind: 'list', items: [hole(2)] }],
    });
  });

  it('gives a tree that may also stand in JavaScript data', () => {
    const expr = nix`a`;
    expect(expr[EXPR]).toBe(expr);
    expect(EXPR in { ...expr }).toBe(false);
  });

  it('makes an interpolation of a value in a string', () => {
    const text = { kind: 'text', value: 'a' };
    const parts = [text, { kind: 'interpolation', expr: hole('b') }, text];
    expect(withoutPositions(nix`"a${'b'}a"`)).toEqual({ kind: 'str', parts });
    expect(withoutPositions(nix`''a${'b'}a''`)).toEqual({ kind: 'indented', parts });
  });

  it('makes a name of a string where a name is expected, and else a dynamic name', () => {
    const items = (nix`{ ${'a b'}.c = 1; ${2} = 2; }` as unknown as AttrSet).items as Binding[];
    expect(items.map((item) => withoutPositions(item.path))).toEqual([
      [
        { kind: 'name', name: 'a b' },
        { kind: 'name', name: 'c' },
      ],
      [{ kind: 'dynamic', expr: hole(2) }],
    ]);
    expect(withoutPositions(nix`a.${'b'} ? ${'c'}`)).toEqual(tree('a.b ? c'));
    expect(withoutPositions(nix`let ${'a'} = 1; inherit ${'b'}; in a`)).toEqual(tree('let a = 1; inherit b; in a'));
  });

  it('refuses names that are defined twice, also those from values', () => {
    expect(() => nix`{ a = 1; ${'a'} = 2; }`).toThrow('attribute "a" is defined twice');
    expect(() => nix`let ${1} = 1; in 2`).toThrow('cannot be dynamic');
    expect(() => nix`{ inherit ${1}; }`).toThrow('cannot be dynamic');
  });

  it('leaves backslashes to Nix, but for those of templates', () => {
    expect(withoutPositions(nix`"a\n\"\${b}\`"`)).toEqual(tree('"a\\n\\"${b}`"'));
    expect((withoutPositions(nix`"\$\{a}"`) as unknown as Str).parts).toMatchObject([{ value: '${a}' }]);
    expect(
      withoutPositions(nix`''
      \${a}
    ''`),
    ).toEqual(tree("''\n${a}\n''"));
  });

  it('does not let a dollar in front of a value take its meaning', () => {
    const text = (expr: Expr) => parenthesised(resolveHoles(expr, () => parse('x')));
    expect(text(nix`"$${1}"`)).toBe(String.raw`"\$${'${x}'}"`);
    expect(text(nix`''$${1}''`)).toContain("''$${x}");
  });

  it.each([
    ['a path', () => nix`./a/${'b'}`],
    ['a path', () => nix`./${'b'}`],
    ['a path', () => nix`a/${'b'}`],
    ['a path', () => nix`${'a'}/b`],
    ['a path', () => nix`~/${'b'}`],
    ['a comment', () => nix`1 # ${2}`],
    ['a comment', () => nix`1 /* ${2} */`],
    ['a URI', () => nix`http://a/${'b'}`],
    ['a search path', () => nix`<a${'b'}>`],
    ['a search path', () => nix`<a/${'b'}>`],
    ['a name', () => nix`pkgs.foo_${'1'}`],
    ['a name', () => nix`${'foo'}_1`],
    ['a number', () => nix`1${2}`],
  ])('does not take a value inside of %s', (what, parseIt) => {
    expect(failure(parseIt).reason).toBe(`a value cannot stand inside ${what}`);
  });

  it('takes a value inside of an interpolation of a path', () => {
    expect(withoutPositions(nix`./a/\${${'b'}}`)).toMatchObject({ kind: 'path', parts: [{}, { expr: hole('b') }] });
  });

  it('takes values beside operators and keywords', () => {
    expect(() => nix`if${1}then${2}else -${3}++${4}`).not.toThrow();
    expect(() => nix`x:${1}`).not.toThrow();
  });

  it('does not take a value as the name of an argument', () => {
    expect(() => nix`{ ${'a'} }: 1`).toThrow('unexpected "}"');
    expect(() => nix`{ a, ${'b'} }: 1`).toThrow('unexpected value');
    expect(() => nix`${'a'}: 1`).toThrow('unexpected ":"');
  });

  it('says where an error is in the template, as it is written', () => {
    const { line, column, offset } = failure(
      () => nix`{
  a = "\${b} \`" }`,
    );
    expect({ line, column, offset }).toEqual({ line: 2, column: 18, offset: 19 });
    expect(failure(() => nix`[ ${1} ${2} }`)).toMatchObject({ line: 1, column: 7 });
  });

  it('refuses NUL characters of its own', () => {
    const strings = Object.assign(['a ', ' \0'], { raw: ['a ', ' \0'] });
    expect(failure(() => parseTemplate(strings, [1]))).toMatchObject({
      offset: 4,
      reason: 'unexpected character U+0000',
    });
  });
});

describe('a hole', () => {
  it('stands where the source has a NUL, one value after the other', () => {
    expect(tree('[ \0 "\0" ]', { holes: [1, 2] })).toEqual({
      kind: 'list',
      items: [hole(1), { kind: 'str', parts: [{ kind: 'interpolation', expr: hole(2) }] }],
    });
  });

  it('needs a value', () => {
    expect(() => parse('\0')).toThrow('unexpected character U+0000');
    expect(() => parse('[ \0 \0 ]', { holes: [1] })).toThrow('there are more places than values');
    expect(() => parse('"\0"', { holes: [] })).toThrow('there are more places than values');
  });
});

describe('resolved holes', () => {
  const to = (source: string) => () => parse(source);

  it('leave a tree without holes as it is', () => {
    const expr = parse('{ a = [ 1 ]; }');
    expect(hasHoles(expr)).toBe(false);
    expect(resolveHoles(expr, to('1'))).toBe(expr);
  });

  it('share what has no holes', () => {
    const expr = nix`[ { a = 1; } ${1} ]`;
    const resolved = resolveHoles(expr, to('x')) as List;
    expect(hasHoles(expr)).toBe(true);
    expect(hasHoles(resolved)).toBe(false);
    expect(resolved.items[0]).toBe((expr as Expr as List).items[0]);
  });

  it('are replaced everywhere, from left to right', () => {
    const seen: unknown[] = [];
    const expr = nix`{ a = f ${1}.b or ${2}; ${3} = "${4}"; inherit (${5}) x; } // (x: { y ? ${6} }: with ${7}; [ (-${8}) ] ++ ${9})`;
    const resolved = resolveHoles(expr, ({ value }) => {
      seen.push(value);
      return { kind: 'ident', name: `v${value}` };
    });
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(withoutPositions(resolved)).toEqual(
      tree('{ a = f v1.b or v2; ${v3} = "${v4}"; inherit (v5) x; } // (x: { y ? v6 }: with v7; [ (-v8) ] ++ v9)'),
    );
  });

  it('keep the comments around them', () => {
    const resolved = resolveHoles(
      nix`[
      # a
      ${1} # b
    ]`,
      to('# c\nx'),
    );
    expect(withoutPositions(resolved)).toEqual(tree('[\n# a\n# c\nx # b\n]'));
  });

  it('become text of the string that they stand in', () => {
    const string = (value: string) => () => ({ kind: 'str', parts: [{ kind: 'text', value }] }) as const;
    const parts = [{ kind: 'text', value: 'a ${b} "c' }];
    expect(withoutPositions(resolveHoles(nix`"a ${1} \"c"`, string('${b}')))).toEqual({ kind: 'str', parts });
    expect(withoutPositions(resolveHoles(nix`''a ${1} "c''`, string('${b}')))).toEqual({ kind: 'indented', parts });
    expect(withoutPositions(resolveHoles(nix`"\a${1}"`, string('b')))).toEqual(tree('"ab"'));
  });

  it('become names where they are strings in the place of one', () => {
    const resolved = resolveHoles(nix`{ ${{}} = a.${{}}; "b ${{}}" = 1; }`, to('"c d"'));
    expect(withoutPositions(resolved)).toMatchObject({
      items: [
        { path: [{ kind: 'name', name: 'c d' }], value: { path: [{ kind: 'name', name: 'c d' }] } },
        { path: [{ kind: 'name', name: 'b c d', quoted: true }] },
      ],
    });
  });

  it('stay interpolations of a path', () => {
    const resolved = resolveHoles(nix`./a/\${${1}}`, to('"b c"'));
    expect(withoutPositions(resolved)).toEqual(tree('./a/${"b c"}'));
  });

  it('are found at any depth, and once where they are shared', () => {
    const depth = 10_000;
    const deep = parse(`${'[ '.repeat(depth)}\0${' ]'.repeat(depth)}`, { holes: [1] });
    expect(hasHoles(resolveHoles(deep, to('x')))).toBe(false);
    let shared: Expr = hole(1);
    for (let i = 0; i < 100; i++) shared = { kind: 'list', items: [shared, shared] };
    let calls = 0;
    expect(hasHoles(shared)).toBe(true);
    const resolved = resolveHoles(shared, () => {
      calls++;
      return { kind: 'ident', name: 'x' };
    });
    expect(hasHoles(resolved)).toBe(false);
    expect(calls).toBe(1);
  });
});
