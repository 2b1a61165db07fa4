import type { Definition, Import } from '../module';
import { exprOf, type Expr as Node, path as pathNode } from '../nix';
import { Property, shapeOf } from '../options/shape';
import type { Expr } from '../options/values';
import type { SharedModules } from './context';
import type { Part } from './fleet';
import { type Resolve, resolveValue } from './resolve';
import type { Site } from './site';
import type { SourcedImport } from './sourced-contribution';

/** The `imports` of a host's or home's file, and whose each is. */
export interface Imports {
  readonly nodes: readonly Node[];
  readonly sources: readonly SourcedImport[];
}

/**
 * What a file imports, in the order of the calls of `import` and `use`: lists are merged in that order.
 *
 * @param own what the host or home imports itself
 * @param parts the features' parts, whose files are imported, each once
 */
export function importsOf(
  own: readonly Import[],
  parts: readonly Part[],
  shared: SharedModules,
  site: Site,
  resolve: Resolve,
): Imports {
  const files = new Map<string, Part>();
  for (const part of parts) {
    if (part.within) continue;
    const file = shared.fileOf(part);
    if (file !== undefined && !files.has(file)) files.set(file, part);
  }
  const all = [
    ...[...files].map(([file, { path: construct, turn, module }]) => {
      const position = (module.definitions[0] ?? module.imports[0])?.position;
      return { turn, node: fileNode(file), source: { construct, position } };
    }),
    ...own.map((one) => ({ turn: one.turn, node: resolveValue(one.module, site, resolve), source: one })),
  ];
  all.sort((a, b) => (a.turn < b.turn ? -1 : a.turn > b.turn ? 1 : 0));
  return { nodes: all.map((one) => one.node), sources: all.map((one): SourcedImport => one.source) };
}

/** The definitions among imports that were written as such, be it under a condition or with a priority. */
export function inlineDefinitions(imports: readonly Import[]): Definition[] {
  return imports.flatMap(({ module, config = conditional(module), position }) =>
    config === undefined ? [] : [{ config, position }],
  );
}

/** A set of definitions in `mkIf` or a priority, which the module system takes for a module. */
function conditional(module: Expr): Expr | undefined {
  const shape = shapeOf(module, unfilled);
  const isTaken = shape instanceof Property && (shape.form === 'if' || shape.form === 'override');
  return isTaken && exprOf(shape.content)?.kind === 'set' ? module : undefined;
}

/** What is known of a module before synth: nothing stands in its holes yet. */
export const unfilled = () => undefined;

/** A file of the output as a module of a host or home sees it. */
export function fileNode(file: string): Node {
  return pathNode(`../../${file}`);
}
