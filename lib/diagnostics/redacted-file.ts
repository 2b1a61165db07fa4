import { type Expr, parse } from '../nix';
import { attributeNames } from '../nix/attribute-names';
import { pushChildren } from '../nix/walk';
import { type Edit, isNamedSecret, mayNameSecret, quotedSecretsIn, type Range, redactionsOf } from '../redaction';

/** The edits that take secrets out of the text of a file, which keeps its lines. */
export function fileRedactions(path: string, text: string): Edit[] {
  return redactionsOf(text, [...quotedSecretsIn(text), ...(path.endsWith('.nix') ? namedInNix(text) : [])]);
}

/** Texts that are given to such names in Nix, in whatever is around them. */
function namedInNix(text: string): Range[] {
  if (!mayNameSecret.test(text)) return [];
  const ranges: Range[] = [];
  const stack: (readonly [node: Expr, path: readonly string[]])[] = [];
  try {
    stack.push([parse(text), []]);
  } catch {
    // What is no Nix has no names.
    return [];
  }
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [node, path] = next;
    if ((node.kind === 'str' || node.kind === 'indented') && node.pos) {
      const value = node.parts.map((part) => (part.kind === 'text' ? part.value : '')).join('');
      const quotes = node.kind === 'str' ? 1 : 2;
      if (isNamedSecret(path, value)) ranges.push({ start: node.pos.start + quotes, end: node.pos.end - quotes });
    }
    const inner: Expr[] = [];
    pushChildren(node, inner);
    const own = new Map<Expr, readonly string[]>();
    for (const item of 'items' in node && node.kind !== 'list' ? node.items : []) {
      if (item.kind === 'binding')
        own.set(item.value, [...path, ...attributeNames(item.path).map((one) => one ?? '')].slice(-2));
    }
    stack.push(...inner.map((one) => [one, own.get(one) ?? path] as const));
  }
  return ranges;
}
