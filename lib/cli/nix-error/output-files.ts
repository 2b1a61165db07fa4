import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import type { Expr } from '../../nix';
import { treeOf } from '../../nix/tree-of';
import type { Copy, Plan } from '../../synth/output';

/** The files of a planned output, as Nix's messages name them. */
export interface OutputFiles {
  readonly paths: readonly string[];
  /** The path in the output of what Nix names; nothing for files of others. */
  find(nixPath: string): string | undefined;
  text(path: string): string;
  /** Its syntax tree; nothing where it has none. */
  tree(path: string): Expr | undefined;
  /** The user's own file that one of the output is a copy of. */
  sourceOf(path: string): string | undefined;
}

/** @param folder where the output is laid out for Nix */
export function outputFiles({ files }: Plan, folder: string): OutputFiles {
  const texts = new Map<string, string>();
  const trees = new Map<string, Expr | undefined>();
  const roots = new Map<string, boolean>();
  return { paths: [...files.keys()], find, text, tree, sourceOf };

  function text(path: string): string {
    let known = texts.get(path);
    if (known === undefined) {
      known = textOf(files.get(path)!);
      texts.set(path, known);
    }
    return known;
  }

  function tree(path: string): Expr | undefined {
    if (!trees.has(path)) trees.set(path, treeOf(text(path)));
    return trees.get(path);
  }

  function sourceOf(path: string): string | undefined {
    const content = files.get(path);
    return content === undefined || typeof content === 'string' ? undefined : content.source;
  }

  function find(nixPath: string): string | undefined {
    const { root, inside } = partsOf(nixPath);
    if (root === undefined) return undefined;
    // What imports a folder is told as the folder.
    const path = [inside, posix.join(inside, 'default.nix')].find((one) => files.has(one));
    return path !== undefined && isOurs(root, path) ? path : undefined;
  }

  function partsOf(nixPath: string): { root?: string; inside: string } {
    if (nixPath === folder || nixPath.startsWith(`${folder}/`)) {
      return { root: folder, inside: nixPath.slice(folder.length + 1) };
    }
    const [, root, inside = ''] = inStore.exec(nixPath) ?? [];
    return root === undefined ? { inside } : { root, inside };
  }

  /** Other flakes have files of the same names. */
  function isOurs(root: string, path: string): boolean {
    if (root === folder || root.includes(folder)) return true;
    let known = roots.get(root);
    if (known === undefined) {
      known = holds(posix.join(root, path), text(path));
      roots.set(root, known);
    }
    return known;
  }
}

/** A path in a store, which may be in any folder, or in a source that Nix gives a name. */
const inStore = /^(\/(?:.*?\/)?[0-9a-df-np-sv-z]{32}-[^/]+|.*«[^»]*»)\/?(.*)$/;

/** Whether a file holds a text; a store that cannot be read here may. */
function holds(file: string, text: string): boolean {
  try {
    return readFileSync(file, 'utf8') === text;
  } catch {
    return true;
  }
}

function textOf(content: string | Copy): string {
  return typeof content === 'string' ? content : readFileSync(content.source, 'utf8');
}
