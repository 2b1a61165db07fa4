import type { Code } from './typescript/code';

/** How many definitions there are, and how many of them have raw Nix in them. */
export interface Counts {
  readonly definitions: number;
  readonly raw: number;
}

/** Counts the definitions in what `set` is given. */
export function countDefinitions(code: Code): Counts {
  if (code.kind === 'object') {
    const all = code.members.map(({ value }) => countDefinitions(value));
    return {
      definitions: all.reduce((sum, one) => sum + one.definitions, 0),
      raw: all.reduce((sum, one) => sum + one.raw, 0),
    };
  }
  if (code.kind === 'call' && code.fn.kind === 'word' && around.has(code.fn.word)) {
    const content = code.args.at(-1)!;
    const inner =
      content.kind === 'object' ? [content] : content.kind === 'array' ? content.items.map((one) => one.value) : [];
    if (inner.length && inner.every((one) => one.kind !== 'text')) {
      const all = inner.map(countDefinitions);
      const others = code.args.slice(0, -1).some(hasRaw) ? 1 : 0;
      const definitions = all.reduce((sum, one) => sum + one.definitions, 0);
      if (definitions)
        return {
          definitions,
          raw: Math.min(
            definitions,
            all.reduce((sum, one) => sum + one.raw, others),
          ),
        };
    }
  }
  return { definitions: 1, raw: hasRaw(code) ? 1 : 0 };
}

const around: ReadonlySet<string> = new Set(['mkIf', 'mkMerge', 'comment', 'mkDefault', 'mkForce', 'mkOverride']);

/** Whether some Nix is in it as it was. */
export function hasRaw(code: Code): boolean {
  switch (code.kind) {
    case 'template':
      return code.tag === 'nix' || code.values.some(hasRaw);
    case 'member':
      return hasRaw(code.of);
    case 'call':
      return hasRaw(code.fn) || code.args.some(hasRaw);
    case 'array':
      return code.items.some(({ value }) => hasRaw(value));
    case 'object':
      return code.members.some(({ value }) => hasRaw(value));
    case 'arrow':
      return hasRaw(code.body);
    default:
      return false;
  }
}
