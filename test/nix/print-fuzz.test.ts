import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expr } from '../../lib/nix/ast';
import { parse } from '../../lib/nix/parse/parse';
import { print, printFile } from '../../lib/nix/print/print';
import { arbitraryExpr } from '../support/arbitrary-nix';
import { commentsIn } from '../support/comments';
import { grammatical } from '../support/nix-source';
import { normalTree } from '../support/normal-tree';

const runs = Number(process.env.FUZZ_RUNS ?? 1000);

/**
 * Where a list or a set had to be opened for want of room, the next reader takes it for one that is to stay open, which
 * may move what is around it; nixfmt does the same. It takes odd trees, so it must be very rare.
 */
function rarely(runsOf: (unstable: (source: string) => void) => void): void {
  const found: string[] = [];
  runsOf((source) => found.push(source));
  expect(found.length, found.join('\n---\n')).toBeLessThanOrEqual(Math.ceil(runs / 1000));
}

function settles(printed: string, unstable: (source: string) => void, again = (tree: Expr) => print(tree)): void {
  const second = again(parse(printed, { layout: 'keep' }));
  if (second === printed) return;
  unstable(printed);
  expect(again(parse(second, { layout: 'keep' }))).toBe(second);
}

function meansTheSame(tree: Expr): string {
  const printed = print(tree);
  expect(normalTree(parse(printed))).toEqual(normalTree(tree));
  return printed;
}

describe('arbitrary trees', () => {
  it('print as source of the same tree, as a fixed point', () => {
    rarely((unstable) => {
      fc.assert(
        fc.property(arbitraryExpr('none'), (tree) => settles(meansTheSame(tree), unstable)),
        { numRuns: runs },
      );
    });
  });

  it('print as a fixed point without the hints of the layout', () => {
    fc.assert(
      fc.property(arbitraryExpr('none'), (tree) => {
        const compact = print(parse(print(tree)));
        expect(print(parse(compact))).toBe(compact);
      }),
      { numRuns: runs },
    );
  });

  it('print in a portable layout that is a fixed point when the layout is kept', () => {
    rarely((unstable) => {
      fc.assert(
        fc.property(arbitraryExpr('none'), (tree) => {
          const printed = printFile(tree);
          settles(printed, unstable);
          settles(printed, unstable, printFile);
        }),
        { numRuns: runs },
      );
    });
  });

  it('keep comments where people put them', () => {
    rarely((unstable) => {
      fc.assert(
        fc.property(arbitraryExpr('tidy'), (tree) => {
          const printed = meansTheSame(tree);
          expect(commentsIn(parse(printed)).length).toBe(commentsIn(tree).length);
          settles(printed, unstable);
        }),
        { numRuns: runs },
      );
    });
  });

  it('mean the same with comments anywhere, and keep them all', () => {
    fc.assert(
      fc.property(arbitraryExpr('anywhere'), (tree) => {
        const printed = meansTheSame(tree);
        expect(commentsIn(parse(printed)).length).toBe(commentsIn(tree).length);
        // A comment in an odd place may move a few times until it has found its own.
        let settled = printed;
        for (let i = 0; i < 4; i++) settled = print(parse(settled, { layout: 'keep' }));
        expect(print(parse(settled, { layout: 'keep' }))).toBe(settled);
      }),
      { numRuns: runs },
    );
  });
});

describe('arbitrary source', () => {
  it('prints as a fixed point of the same meaning', () => {
    rarely((unstable) => {
      fc.assert(
        fc.property(grammatical, (source) => {
          let tree: Expr;
          try {
            tree = parse(source, { layout: 'keep' });
          } catch {
            return;
          }
          settles(meansTheSame(tree), unstable);
        }),
        { numRuns: runs },
      );
    });
  });
});
