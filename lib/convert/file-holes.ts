import { type Expr, mapTree, type Path, type Text } from '../nix';

/**
 * Code with variables in the place of the files that it names by relative paths: in the output, the files may be elsewhere.
 *
 * @param named gives the variable for a file, by its path
 */
export function withFiles(tree: Expr, named: (path: string) => string): Expr {
  return mapTree(tree, (node) => {
    if (node.kind !== 'path') return node;
    const [first, ...rest] = node.parts;
    if (first?.kind !== 'text' || /^[/~]/.test(first.value)) return node;
    const path = relativePath(node);
    if (path !== undefined) return { kind: 'ident', name: named(path) };
    // Only a folder is known of `./hosts/${name}.nix`.
    const end = first.value.lastIndexOf('/');
    const folder = first.value.slice(0, end);
    const behind: Text = { kind: 'text', value: first.value.slice(end) };
    const left: Expr = { kind: 'ident', name: named(folder.startsWith('.') ? folder : `./${folder}`) };
    return { kind: 'binary', op: '+', left, right: { kind: 'str', parts: [behind, ...rest] } };
  });
}

/** The text of a path that is constant and relative to the file that it stands in. */
export function relativePath({ parts }: Path): string | undefined {
  const [only, ...more] = parts;
  if (only?.kind !== 'text' || more.length || /^[/~]/.test(only.value)) return undefined;
  return only.value.startsWith('.') ? only.value : `./${only.value}`;
}
