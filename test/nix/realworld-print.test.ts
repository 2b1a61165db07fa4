import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from '../../lib/nix/parse/parse';
import { print, printFile } from '../../lib/nix/print/print';
import { commentsIn } from '../support/comments';
import { normalTree } from '../support/normal-tree';
import { describeRealworld, realworldFiles } from '../support/realworld';

interface File {
  readonly name: string;
  readonly source: string;
}

function nixFiles(...folders: readonly string[]): File[] {
  const names = realworldFiles(...folders).filter((name) => name.endsWith('.nix'));
  return names.map((name) => ({ name, source: readFileSync(name, 'utf8') }));
}

/** The text of the comments, without what their layout changes. */
function comments(tree: unknown): string[] {
  return commentsIn(tree)
    .map(({ text }) => text.replaceAll(/[\s*#]+/g, ''))
    .sort();
}

describeRealworld('the files of the real module systems', () => {
  it('print as source of the same trees, with all comments, as a fixed point', { timeout: 300_000 }, () => {
    const files = nixFiles();
    expect(files.length).toBeGreaterThan(1000);
    const wrong = files.filter(({ source }) => {
      const tree = parse(source, { layout: 'keep' });
      const printed = print(tree);
      const again = parse(printed, { layout: 'keep' });
      return (
        JSON.stringify(normalTree(again)) !== JSON.stringify(normalTree(tree)) ||
        comments(again).join('\n') !== comments(tree).join('\n') ||
        print(again) !== printed
      );
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it('have a portable layout that is a fixed point', { timeout: 300_000 }, () => {
    const wrong = nixFiles().filter(({ source }) => {
      const printed = printFile(parse(source));
      return print(parse(printed, { layout: 'keep' })) !== printed;
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it('stay as they are where nixfmt wrote them', () => {
    const files = nixFiles('home-manager');
    const same = files.filter(({ source }) => print(parse(source, { layout: 'keep' })) === source);
    // The others have comments in odd places, where nixfmt keeps what the tree does not: on which side of a token.
    expect(same.length / files.length).toBeGreaterThan(0.99);
  });
});
