import type { Comment } from '../../lib/nix/ast';

/** Every comment of a tree, wherever it hangs, in no particular order. */
export function commentsIn(node: unknown): Comment[] {
  const found: Comment[] = [];
  const stack = [node];
  while (stack.length > 0) {
    const value = stack.pop();
    if (typeof value !== 'object' || value === null) continue;
    if ('style' in value) found.push(value as Comment);
    else for (const field of Object.values(value)) stack.push(field);
  }
  return found;
}
