import { expect, it } from 'vitest';
import { substitute } from '../../lib/convert/substitute';
import { parse, print } from '../../lib/nix';

it('what is put in for a variable stays as it is, inherited names of it as well', () => {
  const tree = substitute(parse('{ inherit b a; }'), (name) => (name === 'a' ? parse('{ inherit a b; }') : undefined));
  expect(print(tree).replace(/\s+/g, ' ')).toBe('{ inherit b; a = { inherit a b; }; } ');
});
