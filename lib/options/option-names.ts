import { parse } from '../nix';
import { attributeNames } from '../nix/attribute-names';

/**
 * The names of an option as Nix and its module systems write it: `programs.ssh.settings.*.User`, `servers."".port`.
 * Placeholders (`*`, `<name>`) stand for any name, and have no quotes.
 */
export function optionNames(text: string): string[] {
  const quoted = text.replace(/"(?:[^"\\]|\\.)*"|<[^<>"]*>|\*/g, (name) =>
    name.startsWith('"') ? name : JSON.stringify(name),
  );
  try {
    const tree = parse(`_.${quoted}`);
    if (tree.kind === 'select' && !tree.orElse) return attributeNames(tree.path).map((name) => name ?? '');
  } catch {
    // Not what Nix would read: as good as it gets.
  }
  return text.split('.');
}
