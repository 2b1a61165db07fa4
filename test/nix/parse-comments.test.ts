import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttrSet, Comment, Expr, Lambda, Let, List } from '../../lib/nix/ast';
import { NixSyntaxError } from '../../lib/nix/syntax-error';
import { commentsIn } from '../support/comments';
import { grammatical } from '../support/nix-source';
import { tree } from '../support/tree';

const line = (text: string): Comment => ({ style: 'line', text });
const block = (text: string): Comment => ({ style: 'block', text });
const set = (source: string) => tree(source) as AttrSet;
const list = (source: string) => tree(source) as List;

describe('the parser', () => {
  it('keeps comments before an item, and one blank line of several', () => {
    expect(set('{\n  # a\n  a = 1;\n\n\n  # b\n  /* c */\n\n  b = 1;\n}').items.map((item) => item.before)).toEqual([
      [line(' a')],
      [null, line(' b'), block(' c '), null],
    ]);
  });

  it('keeps the comment behind an item on its line', () => {
    const { items, last } = set('{\n a = 1; # a\n inherit b; /* b */\n # c\n c = 1;\n d = 1; # d\n}');
    expect(items.map((item) => item.after)).toEqual([line(' a'), block(' b '), undefined, line(' d')]);
    expect(items[2]!.before).toEqual([line(' c')]);
    expect(last).toBeUndefined();
  });

  it('keeps the second comment behind an item for the next one', () => {
    const { items } = set('{ a = 1; /* a */ # b\n c = 1; }');
    expect([items[0]!.after, items[1]!.before]).toEqual([block(' a '), [line(' b')]]);
  });

  it('takes a block comment of several lines for no remark on its line', () => {
    const { items } = set('{ a = 1; /* a\n b */\n c = 1; }');
    expect([items[0]!.after, items[1]!.before]).toEqual([undefined, [block(' a\n b ')]]);
  });

  it('takes a comment between two items on one line for one before the second', () => {
    const { items } = set('{ a = 1; /* b */ b = 1; }');
    expect([items[0]!.after, items[1]!.before]).toEqual([undefined, [block(' b ')]]);
  });

  it('keeps comments and a blank line before a closing bracket', () => {
    expect(set('{ a = 1;\n\n # a\n}').last).toEqual([null, line(' a')]);
    expect(list('[ a\n # a\n]').last).toEqual([line(' a')]);
    expect(set('{\n # a\n}').last).toEqual([line(' a')]);
    expect(list('[ # a\n]').last).toEqual([line(' a')]);
    expect(tree('(a\n # a\n)')).toMatchObject({ kind: 'paren', last: [line(' a')] });
    expect(tree('let { a = 1;\n # a\n}')).toMatchObject({ kind: 'legacyLet', last: [line(' a')] });
  });

  it('takes a blank line in empty brackets for nothing', () => {
    expect(set('{\n\n}')).toEqual({ kind: 'set', items: [] });
    expect(list('[\n\n]')).toEqual({ kind: 'list', items: [] });
  });

  it('keeps a comment behind an opening bracket for the first item', () => {
    expect(set('{ # a\n a = 1; }').items[0]!.before).toEqual([line(' a')]);
    expect(list('[ # a\n a ]').items[0]!.before).toEqual([line(' a')]);
  });

  it('keeps comments of list elements, however they are made', () => {
    const { items } = list('[\n a.b or c # a\n # b\n (d) # d\n\n { } ]');
    expect(items.map(({ before, after }) => [before, after])).toEqual([
      [undefined, line(' a')],
      [[line(' b')], line(' d')],
      [[null], undefined],
    ]);
    expect(items[0]).toMatchObject({ kind: 'select', orElse: { kind: 'ident', name: 'c' } });
  });

  it('keeps comments of the items and before the body of a let', () => {
    expect(tree('let\n # a\n a = 1; # b\n # c\nin\n# d\na')).toEqual({
      kind: 'let',
      items: [{ ...set('{ a = 1; }').items[0]!, before: [line(' a')], after: line(' b') }],
      last: [line(' c')],
      body: { kind: 'ident', name: 'a', before: [line(' d')] },
    });
  });

  it('keeps comments of formals, on either side of the comma', () => {
    const { pattern } = tree('{ a, # a\n # b\n b ? 1 # c\n, c # d\n , # e\n d\n # f\n}: x') as Lambda;
    expect(pattern!.formals.map(({ before, after }) => [before, after])).toEqual([
      [undefined, line(' a')],
      [[line(' b')], line(' c')],
      [undefined, line(' d')],
      [[line(' e')], undefined],
    ]);
    expect(pattern!.last).toEqual([line(' f')]);
  });

  it('keeps the comments of an ellipsis before the brace', () => {
    expect((tree('{ a,\n # b\n ... # c\n}: x') as Lambda).pattern!.last).toEqual([line(' b'), line(' c')]);
  });

  it('keeps comments of inherited names', () => {
    const [item] = set('{ inherit (a)\n # b\n b # c\n c\n # d\n ; # e\n }').items;
    expect(item).toMatchObject({
      names: [{ name: 'b', before: [line(' b')], after: line(' c') }, { name: 'c' }],
      last: [line(' d')],
      after: line(' e'),
    });
  });

  it('keeps comments and blank lines at the top and at the end of a file', () => {
    const { before, end } = tree('\n\n# a\n\n# b\n{ }\n\n# c\n');
    expect([before, end]).toEqual([
      [line(' a'), null, line(' b')],
      [null, line(' c')],
    ]);
  });

  it('keeps a comment behind the last token as one behind the node', () => {
    expect(tree('{ } # a\n')).toEqual({ kind: 'set', items: [], after: line(' a') });
  });

  it('keeps comments and a blank line before the body of a lambda', () => {
    expect((tree('{ a }:\n\n# b\nb') as Lambda).body.before).toEqual([null, line(' b')]);
    expect((tree('a: # b\nb') as Lambda).body.before).toEqual([line(' b')]);
    expect((tree('with a;\n\nb') as Let).body.before).toEqual([null]);
  });

  it('keeps comments between operands, and the blank lines that separate them', () => {
    expect(tree('a # a\n\n # b\n || /* c */ b')).toEqual({
      kind: 'binary',
      op: '||',
      left: { kind: 'ident', name: 'a', after: line(' a') },
      right: { kind: 'ident', name: 'b', before: [null, line(' b'), block(' c ')] },
    });
  });

  it('keeps comments between arguments', () => {
    expect(tree('f # f\n a\n # b\n b')).toEqual({
      kind: 'apply',
      fn: { kind: 'ident', name: 'f', after: line(' f') },
      args: [
        { kind: 'ident', name: 'a' },
        { kind: 'ident', name: 'b', before: [line(' b')] },
      ],
    });
  });

  it('keeps comments before a value, and those before its semicolon behind the item', () => {
    expect(set("{ a = /* b */ ''b''; }").items[0]).toMatchObject({
      value: { kind: 'indented', before: [block(' b ')] },
    });
    expect(set('{ a = 1\n # b\n ; }').items[0]).toMatchObject({ after: line(' b') });
  });

  it('keeps a comment inside of an interpolation', () => {
    expect(tree('"${ /* a */ b # c\n}"')).toMatchObject({
      parts: [{ expr: { kind: 'ident', before: [block(' a ')], after: line(' c') } }],
    });
  });

  it('keeps the text of comments as it is', () => {
    expect(tree('#a \t\n/***\n b\r\n**/1').before).toEqual([line('a \t'), block('**\n b\r\n*')]);
  });

  it('ends a line comment at a carriage return, but not at other breaks', () => {
    expect(tree('# a\r2')).toMatchObject({ kind: 'num', before: [line(' a')] });
    expect(tree('# a\u2028\v\f2\n1')).toMatchObject({ kind: 'num', text: '1' });
  });

  it('does not nest block comments', () => {
    expect(tree('/* a /* b */ 1')).toMatchObject({ kind: 'num', before: [block(' a /* b ')] });
    expect(tree('/**/ 1')).toMatchObject({ before: [block('')] });
    expect(() => tree('/* a /* b */ */ 1')).toThrow();
  });

  it('never loses a comment, wherever it is', () => {
    const gap = fc.constantFrom(' ', '\n', ' # ! \n', '\n# !\n', ' /* ! */ ', '\n\n');
    const property = fc.property(grammatical, fc.infiniteStream(gap), (source, gaps) => {
      // In a string, what looks like a comment is text.
      fc.pre(!/["']/.test(source) && parsed(source) !== undefined);
      let written = 0;
      const commented = source.replaceAll(' ', () => {
        const { value } = gaps.next();
        if (value.includes('!')) written++;
        return value;
      });
      expect(commentsIn(tree(commented))).toHaveLength(written);
    });
    fc.assert(property, { numRuns: 2000 });
  });
});

function parsed(source: string): Expr | undefined {
  try {
    return tree(source);
  } catch (error) {
    if (error instanceof NixSyntaxError) return undefined;
    throw error;
  }
}
