import type { Expr } from '../nix';
import { pushChildren } from '../nix/walk';
import { secretsIn } from '../redaction';

/** Whether a string of some code is a secret for certain: it must not get into more files. */
export function holdsSecret(tree: Expr): boolean {
  const stack: Expr[] = [tree];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.kind === 'str' || node.kind === 'indented') {
      const text = node.parts.map((part) => (part.kind === 'text' ? part.value : '')).join('');
      if (secretsIn(text).some((one) => one.isCertain)) return true;
    }
    pushChildren(node, stack);
  }
  return false;
}
