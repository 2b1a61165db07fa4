import { describe, expect, it } from 'vitest';
import { parse } from '../../lib/nix/parse/parse';
import { print, printFile } from '../../lib/nix/print/print';

const lines = (...all: string[]) => `${all.join('\n')}\n`;

function printed(...source: string[]): string {
  const text = print(parse(lines(...source), { layout: 'keep' }));
  expect(print(parse(text, { layout: 'keep' }))).toBe(text);
  return text;
}

describe('comments that stay as they are', () => {
  it.each([
    ['at the top', ['# Written by hand.', '', '{ lib, ... }:', '', '# The body.', '{', '  a = 1;', '}']],
    ['between items', ['{', '  # one', '  # two', '  a = 1;', '', '  # three', '  b = 2;', '}']],
    ['behind items', ['{', '  a = 1; # why', '  inherit b; # too', '}']],
    ['below the last item', ['{', '  a = 1;', '', '  # last', '}']],
    ['in a set of nothing else', ['{', '  # nothing', '}']],
    ['in a list', ['[', '  # first', '  a', '  b # behind', '', '  c', '  # last', ']']],
    ['in a list of nothing else', ['[', '  # nothing', ']']],
    ['in a let', ['let', '  # one', '  a = 1; # two', '  # three', 'in', '# four', 'a']],
    ['in formals', ['{', '  # one', '  a,', '  b ? 1, # two', '  # three', '  c, # four', '}:', 'a']],
    [
      'among the names of an inherit',
      ['{', '  inherit (x)', '    # one', '    a', '    b # two', '    # three', '    ;', '}'],
    ],
    ['of documentation', ['{', '  /**', '    What it is.', '', '      - more', '  */', '  a = 1;', '}']],
    ['of several lines', ['{', '  /*', '    one', '      two', '', '    three', '  */', '  a = 1;', '}']],
    ['before operators', ['a', '# one', '++ b', '# two', '++ c']],
    ['of the language of a string', ['{', "  a = /* bash */ ''", '    echo', "  '';", '}']],
    ['in parentheses', ['(', '  # one', '  a', ')']],
    ['in a branch', ['if a then', '  # one', '  b', 'else', '  # two', '  c']],
    ['in a chain of branches', ['if a then', '  b', '# one', 'else if c then', '  d', 'else', '  e']],
    ['in an argument', ['f (', '  # one', '  x: a', ')']],
    ['behind the whole file', ['a # one', '', '# two']],
    ['without a space', ['{', '  #a = 1;', '  #', '  b = 2;', '}']],
  ])('%s', (_, source) => {
    expect(printed(...source)).toBe(lines(...source));
  });
});

describe('comments that are brought into form', () => {
  it('lose the space at their end', () => {
    expect(printed('# a   ', 'x')).toBe(lines('# a', 'x'));
  });

  it('become line comments when they are of one line', () => {
    expect(printed('{', '  /* one */', '  a = 1;', '  /*two*/ b = 2;', '}')).toBe(
      lines('{', '  # one', '  a = 1;', '  # two', '  b = 2;', '}'),
    );
  });

  it('have their lines aligned when they are of several', () => {
    expect(printed('{', '/* one', '   two', '     three */', 'a = 1;', '}')).toBe(
      lines('{', '  /*', '    one', '    two', '      three', '  */', '  a = 1;', '}'),
    );
    expect(printed('{', '  /**', '    a', '', '    b', '    */', '  c = 1; }')).toBe(
      lines('{', '  /**', '    a', '', '    b', '  */', '  c = 1;', '}'),
    );
  });

  it('have three lines when they document', () => {
    expect(printed('{', '  /** doc */', '  a = 1;', '}')).toBe(lines('{', '  /**', '    doc', '  */', '  a = 1;', '}'));
  });

  it('may be in any place and still end before what follows', () => {
    const source = lines(
      '{ # a',
      'b # c',
      '= # d',
      'f # e',
      '(x # f',
      ': # g',
      'x) # h',
      '"${ # i',
      'y # j',
      '}" # k',
      '; # l',
      '} # m',
    );
    const text = print(parse(source));
    const letters = [...text.matchAll(/# (\w)/g)].map((match) => match[1]).sort();
    expect(letters.join('')).toBe('acdefghijklm');
    expect(print(parse(text))).toBe(text);
  });
});

describe('blank lines', () => {
  it('become one at most', () => {
    expect(printed('', '', '{', '', '', '  a = 1;', '', '', '', '  b = 2;', '', '}', '', '')).toBe(
      lines('{', '', '  a = 1;', '', '  b = 2;', '', '}'),
    );
  });

  it('do not fill empty brackets', () => {
    expect(printed('{', '', '}')).toBe('{ }\n');
    expect(printed('[', '', ']')).toBe('[ ]\n');
  });

  it('survive before a body', () => {
    const source = lines('{ lib, ... }:', '', 'let', '  a = 1;', 'in', '', 'a');
    expect(print(parse(source, { layout: 'keep' }))).toBe(source);
    expect(printFile(parse(source, { layout: 'keep' }))).toBe(source);
  });
});

describe('comments of a tree that was built', () => {
  const a = { kind: 'ident', name: 'a' } as const;

  it('cannot end early', () => {
    const line = { ...a, before: [{ style: 'line', text: ' x\rb' } as const] };
    expect(print(line)).toBe(lines('# x', '#b', 'a'));
    const block = { ...a, before: [{ style: 'block', text: ' x */ evil\n /* ' } as const] };
    expect(print(block)).toBe(lines('/*', '  x * / evil', '  /*', '*/', 'a'));
    expect(parse(print(block))).toMatchObject({ kind: 'ident' });
  });

  it('are on lines of their own where they have several', () => {
    const behind = { ...a, after: { style: 'block', text: '\n one\n two\n' } as const };
    expect(print({ kind: 'list', items: [behind, a] })).toBe(
      lines('[', '  a', '  /*', '    one', '    two', '  */', '  a', ']'),
    );
  });
});
