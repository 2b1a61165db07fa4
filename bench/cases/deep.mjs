// Lists and parentheses, N levels deep, printed.
import { list, paren, print } from '../../dist/nix/index.js';
import { measured } from '../measured.mjs';

measured((size) => {
  let tree = list([]);
  for (let i = 0; i < size / 2; i++) tree = list([paren(tree)]);
  print(tree);
});
