import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Source } from '../../../convert/flake/value';
import { type Expr, NixSyntaxError, parse } from '../../../nix';

/** What is never part of a flake, or of none that is converted. */
const ignored = new Set(['.git', '.jj', '.direnv', 'node_modules', 'result']);

/**
 * The folder of a flake.
 *
 * @param without a path in it that is no part of the flake: where the result goes
 * @param unparsed takes files with syntax errors
 */
export function folderSource(root: string, without: string | undefined, unparsed: Map<string, NixSyntaxError>): Source {
  const trees = new Map<string, Expr | undefined>();
  const lists = new Map<string, ReadonlyMap<string, string> | undefined>();
  return {
    parse(path) {
      if (!trees.has(path)) trees.set(path, parsed(path));
      return trees.get(path);
    },
    text: read,
    exists: (path) => existsSync(join(root, path)),
    list(path) {
      if (!lists.has(path)) lists.set(path, listed(path));
      return lists.get(path);
    },
  };

  function read(path: string): string | undefined {
    try {
      return readFileSync(join(root, path), 'utf8');
    } catch {
      return undefined;
    }
  }

  function parsed(path: string): Expr | undefined {
    const text = read(path);
    if (text === undefined) return undefined;
    try {
      return parse(text.replaceAll('\r\n', '\n'), { names: 'check' });
    } catch (error) {
      if (error instanceof NixSyntaxError) unparsed.set(path, error);
      return undefined;
    }
  }

  function listed(path: string): ReadonlyMap<string, string> | undefined {
    const folder = join(root, path);
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined;
    const entries = readdirSync(folder, { withFileTypes: true });
    const own = entries.filter(({ name }) => !ignored.has(name) && join(path, name) !== without);
    return new Map(
      own.map((entry) => [
        entry.name,
        entry.isDirectory() ? 'directory' : entry.isSymbolicLink() ? 'symlink' : 'regular',
      ]),
    );
  }
}
