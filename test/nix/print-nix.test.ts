import fc from 'fast-check';
import { expect } from 'vitest';
import { print } from '../../lib/nix/print/print';
import { arbitraryExpr } from '../support/arbitrary-nix';
import { describeNix, itNix, nixTrees } from '../support/nix';
import { parenthesised } from '../support/parenthesised';

const COUNT = Number(process.env.FUZZ_RUNS ?? 1000);

describeNix('to Nix', () => {
  for (const comments of ['none', 'anywhere'] as const) {
    itNix(`a printed tree is the tree (comments: ${comments})`, () => {
      const trees = fc.sample(arbitraryExpr(comments, 5), COUNT);
      // In one process: Nix sorts names by when it first saw them.
      const read = nixTrees([...trees.map((tree) => print(tree)), ...trees.map(parenthesised)]).map(comparable);
      const different = trees.filter((_, index) => read[index] !== read[index + COUNT]);
      expect(different.map((tree) => print(tree))).toEqual([]);
    });
  }
});

/**
 * Nix resolves paths, which are relative to a file of its own in each run, and reads a string of one notation in more
 * pieces than the other.
 */
function comparable(tree: string): string {
  let text = tree.replaceAll(/\/[^\s;)]*\/nix-(?:files|home)-\w+/g, '/somewhere');
  for (let before = ''; before !== text; ) {
    before = text;
    text = text
      .replaceAll('" + "', '')
      .replaceAll(/(?<!\\)"" \+ | \+ ""(?!\w)/g, '')
      // Parentheses show that a text has several pieces.
      .replaceAll(/\(("(?:[^"\\]|\\.)*")\)/g, '$1');
  }
  return text;
}
