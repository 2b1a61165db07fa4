import type { Alias } from './aliases';

/** The text of a `flake.lock` with second names for inputs; nothing if it is none that can be read. */
export function lockWith(text: string, aliases: readonly Alias[]): string | undefined {
  try {
    const lock = JSON.parse(text);
    const root = lock.nodes[lock.root];
    const inputs = { ...root.inputs };
    for (const { name, sameAs } of aliases) inputs[name] = sameAs.split('.inputs.');
    const nodes = { ...lock.nodes, [lock.root]: { ...root, inputs } };
    return aliases.length ? `${JSON.stringify({ ...lock, nodes }, null, 2)}\n` : text;
  } catch {
    return undefined;
  }
}
