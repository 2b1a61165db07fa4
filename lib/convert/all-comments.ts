import type { Comment, Expr } from '../nix';

/** All comments of a tree, each once. */
export function allComments(tree: Expr): Comment[] {
  const found = new Set<Comment>();
  const stack: unknown[] = [tree];
  while (stack.length) {
    const one = stack.pop();
    if (typeof one !== 'object' || one === null) continue;
    if ('style' in one && 'text' in one) found.add(one as Comment);
    else stack.push(...Object.values(one).reverse());
  }
  return [...found];
}
