import { posix } from 'node:path';
import { type Expr, relativeReferences } from '../../nix';
import { withoutParens } from '../../nix/walk';
import { moduleBody } from '../../synth/module-body';
import type { FlakeModel, MachineModel, ModuleModel } from './model';
import type { Source } from './value';

/** The file that a path names as a module: a folder's is its `default.nix`. */
export function moduleFile(path: string, source: Source): string {
  return source.list(path) ? posix.join(path, 'default.nix') : path;
}

/** The paths that code in a folder names. */
export function pathsIn(code: Expr, folder: string): string[] {
  return relativeReferences(code).map(({ path }) => posix.join(folder, path).replace(/\/\.?$/, ''));
}

/** The folder of a file, from the root. */
export const folderOf = (file: string): string => (posix.dirname(file) === '.' ? '' : posix.dirname(file));

/** All files and folders that some paths lead to, through whatever Nix code is among them. */
export function reachedFrom(paths: Iterable<string>, source: Source): Set<string> {
  const reached = new Set<string>();
  const open = [...paths];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path) || path.startsWith('..')) continue;
    reached.add(path);
    const names = source.list(path);
    if (names) {
      for (const name of names.keys()) open.push(posix.join(path, name));
      continue;
    }
    const tree = path.endsWith('.nix') ? source.parse(path) : undefined;
    if (tree) open.push(...pathsIn(tree, folderOf(path)));
  }
  return reached;
}

/** The files that some modules are, with those that these import in plain sight. */
export function moduleFilesOf(modules: readonly ModuleModel[], source: Source): Set<string> {
  const files = new Set<string>();
  const open = modules.flatMap((one) => (one.is === 'file' ? [one.path] : []));
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const file = moduleFile(path, source);
    if (files.has(file)) continue;
    const tree = source.parse(file);
    if (!tree) continue;
    files.add(file);
    open.push(...importsIn(tree).map((one) => posix.join(folderOf(file), one)));
  }
  return files;
}

/** The paths in the `imports` of a module. */
export function importsIn(tree: Expr): string[] {
  const body = moduleBody(tree);
  if (body.kind !== 'set') return [];
  return body.items.flatMap((item) => {
    const [key, more] = item.kind === 'binding' ? item.path : [];
    if (item.kind !== 'binding' || more || key?.kind !== 'name' || key.name !== 'imports') return [];
    const list = withoutParens(item.value);
    return list.kind === 'list' ? list.items.flatMap(pathOf) : [];
  });
}

function pathOf(item: Expr): string[] {
  const path = withoutParens(item);
  if (path.kind !== 'path') return [];
  const [only, more] = path.parts;
  return only?.kind === 'text' && !more && !/^[/~]/.test(only.value) ? [only.value] : [];
}

/** What a machine names: the files of its modules, and those that other code of it refers to. */
export function namedBy({ modules, users, specialArgs }: MachineModel): string[] {
  const own = [...modules, ...users.flatMap((user) => user.modules)];
  return [
    ...own.flatMap((one) => (one.is === 'file' ? [one.path] : pathsIn(one.code, ''))),
    ...specialArgs.flatMap(({ code }) => pathsIn(code, '')),
  ];
}

/** What a flake names. */
export function namedIn({ machines, outputs }: FlakeModel): string[] {
  return [...machines.flatMap(namedBy), ...outputs.flatMap(({ code }) => pathsIn(code, ''))];
}
