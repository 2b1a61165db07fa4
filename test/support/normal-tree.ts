import type { Expr, Interpolation, Text } from '../../lib/nix/ast';

const LAYOUT = new Set(['pos', 'before', 'after', 'last', 'end', 'expanded', 'bodyBelow', 'quoted', 'raw']);

/**
 * What a tree means: without positions, layout, comments and parentheses, with each string in one notation. Two trees
 * with the same normal form are the same program.
 */
export function normalTree(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map(normalTree);
  const { kind } = node as { kind?: string };
  if (kind === 'paren') return normalTree((node as { expr: Expr }).expr);
  if (kind === 'uri') return { kind: 'str', parts: [{ kind: 'text', value: (node as { uri: string }).uri }] };
  if (kind === 'str' || kind === 'indented') {
    return { kind: 'str', parts: joined((node as { parts: (Text | Interpolation)[] }).parts) };
  }
  const entries = Object.entries(node).filter(([field, value]) => !LAYOUT.has(field) && value !== undefined);
  return Object.fromEntries(entries.map(([field, value]) => [field, normalTree(value)]));
}

function joined(parts: readonly (Text | Interpolation)[]): unknown[] {
  const all: unknown[] = [];
  let text = '';
  for (const part of parts) {
    if (part.kind === 'text') {
      text += part.value;
      continue;
    }
    if (text !== '') all.push({ kind: 'text', value: text });
    text = '';
    all.push({ kind: 'interpolation', expr: normalTree(part.expr) });
  }
  if (text !== '') all.push({ kind: 'text', value: text });
  return all;
}
