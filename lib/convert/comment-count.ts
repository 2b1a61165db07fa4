import type { Expr } from '../nix';
import { allComments } from './all-comments';
import { commentLines } from './comments';
import type { FeatureCode } from './feature';
import type { Code, Remarks } from './typescript/code';

/** Lines of comments, as often as each stands somewhere. */
export type LineCounts = ReadonlyMap<string, number>;

/** The lines of all comments in some code of Nix. */
export const commentsInNix = (tree: Expr): LineCounts => counted(commentLines(allComments(tree)));

/** The lines of all comments in a feature: those of TypeScript, those that reach the Nix again, and those in raw Nix. */
export function commentsInFeature(code: FeatureCode): LineCounts {
  const lines = [...code.header, ...code.remarks];
  const stack: Code[] = code.options ? [code.options] : [];
  for (const { above = [], code: inner } of [...code.constants, ...code.statements]) {
    lines.push(...above);
    stack.push(inner);
  }
  const add = ({ above = [], behind }: Remarks) => lines.push(...above, ...(behind === undefined ? [] : [behind]));
  for (let one = stack.pop(); one; one = stack.pop()) {
    switch (one.kind) {
      case 'template':
        lines.push(...(one.comments ?? []));
        stack.push(...one.values);
        break;
      case 'member':
        stack.push(one.of);
        break;
      case 'call': {
        const [first] = one.args;
        if (one.fn.kind === 'word' && one.fn.word === 'comment' && first?.kind === 'text')
          lines.push(...first.value.split('\n'));
        stack.push(one.fn, ...one.args);
        break;
      }
      case 'array':
        lines.push(...(one.below ?? []));
        for (const item of one.items) add(item);
        stack.push(...one.items.map(({ value }) => value));
        break;
      case 'object':
        lines.push(...(one.below ?? []));
        for (const member of one.members) add(member);
        stack.push(...one.members.map(({ value }) => value));
        break;
      case 'arrow':
        stack.push(one.body);
        break;
    }
  }
  return counted(lines);
}

function counted(lines: readonly string[]): LineCounts {
  const counts = new Map<string, number>();
  for (const line of lines.map((one) => one.trim())) if (line !== '') counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

/** The lines that one has and another lacks, as often as it lacks them. */
export function missingIn(some: LineCounts, all: LineCounts): string[] {
  return [...all].flatMap(([line, times]) => Array<string>(Math.max(0, times - (some.get(line) ?? 0))).fill(line));
}

/** How many lines there are. */
export const total = (counts: LineCounts): number => [...counts.values()].reduce((sum, one) => sum + one, 0);
