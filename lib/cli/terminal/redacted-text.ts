import { redaction } from '../../diagnostics';
import { type Expr, parse } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import { pushChildren } from '../../nix/walk';
import { secretsIn } from '../../options/secret-patterns';
import { isPlainSecret, mayNameSecret, secretName } from '../../synth/check/secret-names';

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The text of a file as it may be shown: without the secrets that are in it, be they acknowledged or not. It keeps its
 * lines.
 */
export function redactedText(path: string, text: string): string {
  const tokens = secretsIn(text).map(({ at, end }) => ({ start: at, end }));
  const ranges = [...tokens, ...(path.endsWith('.nix') ? namedInNix(text) : namedIn(text))];
  let shown = '';
  let at = 0;
  for (const { start, end } of ranges.sort((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    const from = Math.max(at, start);
    shown += text.slice(at, from) + text.slice(from, end).replace(/[^\s](?:.*[^\s])?/g, redaction);
    at = end;
  }
  return shown + text.slice(at);
}

/** Texts in quotes that stand behind such names as secrets have: `password: 'x'`, `API_KEY="x"`. */
function namedIn(text: string): Range[] {
  const found = text.matchAll(/([A-Za-z_][\w-]*)["']?\s*[:=]\s*(["'`])((?:(?!\2)[^\\\r\n]|\\.)*)\2/g);
  return [...found].flatMap(({ 0: all, 1: name, 3: value, index }) => {
    const end = index + all.length - 1;
    return isSecret(name!, value!) ? [{ start: end - value!.length, end }] : [];
  });
}

/** Texts that are given to such names in Nix, in whatever is around them. */
function namedInNix(text: string): Range[] {
  if (!mayNameSecret.test(text)) return [];
  const ranges: Range[] = [];
  const stack: (readonly [node: Expr, name: string])[] = [];
  try {
    stack.push([parse(text), '']);
  } catch {
    // What is no Nix has no names.
    return namedIn(text);
  }
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [node, name] = next;
    if ((node.kind === 'str' || node.kind === 'indented') && node.pos) {
      const value = node.parts.map((part) => (part.kind === 'text' ? part.value : '')).join('');
      const quotes = node.kind === 'str' ? 1 : 2;
      if (isSecret(name, value)) ranges.push({ start: node.pos.start + quotes, end: node.pos.end - quotes });
    }
    const inner: Expr[] = [];
    pushChildren(node, inner);
    const own = new Map<Expr, string>();
    for (const item of 'items' in node && node.kind !== 'list' ? node.items : []) {
      if (item.kind === 'binding') own.set(item.value, attributeNames(item.path).at(-1) ?? '');
    }
    stack.push(...inner.map((one) => [one, own.get(one) ?? name] as const));
  }
  return ranges;
}

function isSecret(name: string, value: string): boolean {
  const kind = secretName(name);
  return kind !== undefined && isPlainSecret(value, kind !== 'likely');
}
