import { expect, it } from 'vitest';
import { encodeString } from '../../lib/nix/encode';
import { matchesEre } from '../../lib/options/ere';
import { itNix, nixValues } from '../support/nix';

const patterns = [
  'a',
  '',
  'a|b',
  '(a|b)*c',
  'a?b+',
  'a{2}',
  'a{2,}',
  'a{1,3}b',
  '[abc]+',
  '[^abc]',
  '[a-z0-9_-]+',
  '[]a]',
  '[^]a]',
  '[a\\]+',
  '[[:alpha:]]+',
  '[[:alnum:]_.-]*',
  '[^[:space:]]+',
  '[[:upper:][:digit:]]',
  '.*',
  '.',
  'a.c',
  '\\.',
  '\\\\',
  '\\(a\\)',
  'a\\{2}',
  '^a$',
  '(^a)',
  'a]',
  'a}',
  '/a/',
  '[/]',
  '[.]',
  '[$^]',
  '[+*?{}|()]+',
  '[-a]',
  '[a-]',
  '([0-9]+):([0-9]+)',
  '(a|)',
  '()',
  'é+',
  '[[:punct:]]',
  '[[:xdigit:]]{4}',
  '[ \t\n]*',
  '[[:blank:]]*',
  '[[:cntrl:]]',
  '[[:print:]]+',
  '[[:graph:]]+',
  '[[:lower:]]',
];
const texts = [
  '',
  'a',
  'b',
  'c',
  'ab',
  'aa',
  'aaab',
  'abc',
  'abac',
  'a.c',
  'a]',
  'a}',
  ']',
  '[',
  '\\',
  '\\.',
  '.',
  '(a)',
  'a{2}',
  '/a/',
  '/',
  '-',
  'A',
  'Z9',
  '0',
  '10:20',
  'é',
  'éé',
  'aé',
  ' ',
  '\t',
  'a b',
  'a\nb',
  '\n',
  '^',
  '$',
  '+*',
  'beef',
  '|',
  '_',
  'x-y_z.1',
  '\u0001',
];

itNix('a pattern matches what it matches in Nix', () => {
  const lists = patterns.map((pattern) => {
    const answers = texts.map((text) => `(builtins.match ${encodeString(pattern)} ${encodeString(text)} != null)`);
    return `[ ${answers.join(' ')} ]`;
  });
  const wrong = nixValues(lists).flatMap((answer, index) => {
    const pattern = patterns[index]!;
    const matches = texts.map((text) => matchesEre(pattern, text));
    return JSON.stringify(matches) === answer ? [] : [[pattern, answer, matches]];
  });
  expect(wrong).toEqual([]);
});

it('a pattern that may mean something else to JavaScript is not judged', () => {
  const unsure = [
    'a+?',
    'a**',
    '*a',
    '+',
    '{2}',
    '(?:a)',
    '(*a)',
    '\\d',
    '\\]',
    '\\}',
    '\\',
    '[[.a.]]',
    '[[=a=]]',
    '[[:word:]]',
    '[a-c-e]',
    '[z-a]',
    '(a',
    'a{2',
    '[a',
  ];
  expect(unsure.filter((pattern) => matchesEre(pattern, 'a') !== undefined)).toEqual([]);
});
