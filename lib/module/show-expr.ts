import { type Expr as Node, print, resolveHoles } from '../nix';
import { mapChildren } from '../nix/children';
import { shortened } from '../redaction';
import { Embedded } from './embedded';

/** Longer than a person reads in one message. */
const longest = 60;

/** A variable that nobody else's is, where a hole is spelled. */
const placeholder = (index: number) => `hole_${index}_`;

/** An expression as a message names it: in a few characters, and without the texts that it holds. */
export function showExpr(node: Node): string {
  const held: string[] = [];
  try {
    const spelled = resolveHoles(withoutTexts(node), ({ value }) => {
      if (value instanceof Embedded) return withoutTexts(value.node);
      held.push(shownBy(value));
      return { kind: 'ident', name: placeholder(held.length - 1) };
    });
    const text = held.reduce((shown, one, index) => shown.replaceAll(placeholder(index), () => one), print(spelled));
    const line = text.trim().replace(/\s+/g, ' ');
    return shortened(line, longest);
  } catch {
    return 'an expression';
  }
}

function shownBy(value: unknown): string {
  const shown = typeof value === 'object' && value !== null ? (value as { shown?: unknown }).shown : undefined;
  return typeof shown === 'string' ? shown : '…';
}

/** What an expression says, but for its texts and comments. */
function withoutTexts(node: Node): Node {
  const { before: _, after: __, ...bare } = node as Node & { before?: unknown; after?: unknown };
  if (bare.kind === 'str' || bare.kind === 'indented') return { kind: 'str', parts: [{ kind: 'text', value: '…' }] };
  return mapChildren(bare as Node, withoutTexts);
}
