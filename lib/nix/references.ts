import type { Expr, Span } from './ast';
import { mapChildren } from './children';

export interface Reference {
  readonly path: string;
  readonly span: Span;
  readonly kind: 'relative' | 'absolute' | 'home';
  readonly dynamic: boolean;
  readonly optional: boolean;
}

export function relativeReferences(expr: Expr): Reference[] {
  const found: Reference[] = [];
  visit(expr, false);
  return found;
  function visit(node: Expr, optional: boolean): void {
    if (node.kind === 'path') {
      const [first, more] = node.parts;
      const text = first?.kind === 'text' ? first.value : './';
      const path = more ? text.replace(/[^/]*$/, '') : text;
      const kind = path.startsWith('/') ? 'absolute' : path.startsWith('~') ? 'home' : 'relative';
      found.push({ path, span: node.pos ?? { start: 0, end: 0 }, kind, dynamic: !!more, optional });
    }
    const guards = node.kind === 'apply' && isPathExists(node.fn);
    mapChildren(node, (child) => {
      visit(child, guards);
      return child;
    });
  }
}

function isPathExists(node: Expr): boolean {
  if (node.kind === 'ident') return node.name === 'pathExists';
  const last = node.kind === 'select' ? node.path.at(-1) : undefined;
  return last?.kind === 'name' && last.name === 'pathExists';
}
