import type { Comment, Expr } from '../nix';

/** All comments of a tree, each once. */
export function allComments(tree: Expr): Comment[] {
  const found = new Set<Comment>();
  const stack: unknown[] = [tree];
  while (stack.length) {
    const one = stack.pop();
    if (typeof one !== 'object' || one === null) continue;
    if (isComment(one)) found.add(one);
    else stack.push(...Object.values(one).reverse());
  }
  return [...found];
}

/** The tree with only some of its comments. */
function withComments(tree: Expr, keeps: (comment: Comment) => boolean): Expr {
  return copy(tree) as Expr;

  function copy(value: unknown): unknown {
    if (Array.isArray(value)) return value.filter((one) => !isComment(one) || keeps(one)).map(copy);
    if (typeof value !== 'object' || value === null || isComment(value)) return value;
    const members = Object.entries(value).filter(([, one]) => !isComment(one) || keeps(one));
    return Object.fromEntries(members.map(([name, one]) => [name, copy(one)]));
  }
}

/** The tree without comments that were met before, in itself or elsewhere. */
export function withNewComments(tree: Expr, met: Set<Comment>): Expr {
  if (!allComments(tree).length) return tree;
  return withComments(tree, (one) => {
    const isNew = !met.has(one);
    met.add(one);
    return isNew;
  });
}

const isComment = (value: unknown): value is Comment =>
  typeof value === 'object' && value !== null && 'style' in value && 'text' in value;
