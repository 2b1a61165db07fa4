import { posix } from 'node:path';
import type { ModuleClass } from '../../options/config';
import type { FlakeModel, ModuleModel } from './model';
import { folderOf, importsIn, moduleFile, namedIn, pathsIn, reachedFrom } from './reach';
import type { Source } from './value';

/** A file that a machine or home has as a module. */
export interface ModuleNode {
  readonly file: string;
  readonly of: ModuleClass;
  /** The files that it imports in plain sight, by the paths that it names them by. */
  readonly imports: ReadonlyMap<string, string>;
}

/** The files of a flake that are modules, each with those that it imports. */
export interface ModuleGraph {
  /** By their paths; what imports others comes before these. */
  readonly nodes: ReadonlyMap<string, ModuleNode>;
  /** Why files have to stay as they are. */
  readonly kept: ReadonlyMap<string, string>;
}

/** Finds the modules of a flake. What other code refers to, and what it imports, cannot become anything else. */
export function moduleGraph(model: FlakeModel, source: Source): ModuleGraph {
  const found = new Map<string, ModuleNode>();
  const kept = new Map<string, string>();
  const open: (readonly [path: string, of: ModuleClass])[] = rootsOf(model);
  for (let next = open.shift(); next; next = open.shift()) {
    const [path, of] = next;
    const file = moduleFile(path, source);
    const known = found.get(file);
    if (known && known.of !== of) kept.set(file, 'modules of two kinds import it');
    const tree = known ? undefined : source.parse(file);
    if (!tree) continue;
    const inside = importsIn(tree).map((one) => [one, posix.join(folderOf(file), one)] as const);
    const imports = new Map(inside.map(([name, at]) => [name, moduleFile(at, source)] as const));
    found.set(file, { file, of, imports });
    open.push(...inside.map(([, at]) => [at, of] as const));
  }
  for (const file of referredTo(model, found, source)) if (found.has(file)) kept.set(file, 'other code refers to it');
  const { order, circular } = sorted(found);
  for (const file of circular) kept.set(file, 'it imports itself, by way of others');
  return { nodes: new Map(order.map((file) => [file, found.get(file)!])), kept: withImports(kept, found) };
}

/** The same with all that files which stay import: what stays Nix finds nothing but Nix. */
export function withImports(
  kept: ReadonlyMap<string, string>,
  nodes: ReadonlyMap<string, ModuleNode>,
): Map<string, string> {
  const all = new Map(kept);
  const open = [...kept.keys()];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    for (const inner of nodes.get(file)?.imports.values() ?? []) {
      if (all.has(inner)) continue;
      all.set(inner, 'a file that stays Nix imports it');
      open.push(inner);
    }
  }
  return all;
}

function rootsOf({ machines }: FlakeModel): [string, ModuleClass][] {
  const files = (modules: readonly ModuleModel[], of: ModuleClass) =>
    modules.flatMap((one): [string, ModuleClass][] => (one.is === 'file' ? [[one.path, of]] : []));
  return machines.flatMap(({ kind, modules, users }) => [
    ...files(modules, kind),
    ...users.flatMap((user) => files(user.modules, 'home')),
  ]);
}

/** The files that code names otherwise than as an import. */
function referredTo(model: FlakeModel, nodes: ReadonlyMap<string, ModuleNode>, source: Source): Set<string> {
  const paths: string[] = [];
  for (const { modules, users, specialArgs } of model.machines) {
    for (const one of [...modules, ...users.flatMap((user) => user.modules)])
      if (one.is !== 'file') paths.push(...pathsIn(one.code, ''));
    for (const { code } of specialArgs) paths.push(...pathsIn(code, ''));
  }
  for (const { code } of model.outputs) paths.push(...pathsIn(code, ''));
  for (const file of reachedFrom(namedIn(model), source)) {
    const tree = file.endsWith('.nix') ? source.parse(file) : undefined;
    if (!tree) continue;
    const all = pathsIn(tree, folderOf(file));
    for (const one of nodes.get(file)?.imports.keys() ?? []) {
      const at = all.indexOf(posix.join(folderOf(file), one).replace(/\/\.?$/, ''));
      if (at >= 0) all.splice(at, 1);
    }
    paths.push(...all);
  }
  const files = new Set<string>();
  const folders = new Set<string>();
  for (const path of paths) (source.list(path) ? folders : files).add(path);
  for (const file of nodes.keys()) {
    for (let folder = folderOf(file); ; folder = folderOf(folder)) {
      if (folders.has(folder)) files.add(file);
      if (folder === '') break;
    }
  }
  return files;
}

/** Files with what imports them before them, and those that lead to themselves. */
function sorted(nodes: ReadonlyMap<string, ModuleNode>): { order: string[]; circular: string[] } {
  const importers = new Map([...nodes.keys()].map((file) => [file, 0]));
  const count = (file: string, by: number) => importers.set(file, (importers.get(file) ?? 0) + by);
  for (const { imports } of nodes.values()) for (const file of new Set(imports.values())) count(file, 1);
  const order = [...nodes.keys()].filter((file) => importers.get(file) === 0);
  for (const file of order) {
    for (const inner of new Set(nodes.get(file)!.imports.values())) {
      if (!nodes.has(inner)) continue;
      count(inner, -1);
      if (importers.get(inner) === 0) order.push(inner);
    }
  }
  const done = new Set(order);
  const circular = [...nodes.keys()].filter((file) => !done.has(file));
  return { order: [...order, ...circular], circular };
}
