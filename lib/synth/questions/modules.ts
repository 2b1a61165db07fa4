import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { type Expr, expr, exprOf, type Item, print, relativeReferences } from '../../nix';
import { treeOf } from '../../nix/tree-of';
import { type Fill, type Members, shapeOf } from '../../options/shape';
import { getOrInsert } from '../get-or-insert';
import { moduleBody } from '../module-body';
import type { Copy } from '../output';

/** A module of a configuration, as it stands in the output. */
export interface OutputModule {
  readonly file: string;
  /** What it defines, with what stands around it. */
  readonly config: unknown;
  /** Which of the file's imports it is, where it is written among them. */
  readonly imported?: number;
}

/** The modules of a configuration that stand in the output. */
export interface Modules {
  /** In the order in which the module system merges what they define (nixpkgs, lib/modules.nix). */
  readonly modules: readonly OutputModule[];
  /** The Nix code of those that stand elsewhere, such as `inputs.disko.nixosModules.disko`. */
  readonly others: readonly string[];
}

/** A module of the output: a file, or code in one. */
export type Import = { readonly file: string } | (Pick<OutputModule, 'file' | 'imported'> & { readonly code: Expr });

/** A module that stands elsewhere, and imports some of the output. */
export interface Through {
  readonly imports: readonly Import[];
}

/** Reads the Nix files of an output; each one once. */
export class OutputReader {
  private readonly trees = new Map<string, Expr | undefined>();
  private readonly lineStarts = new Map<string, number[]>();

  constructor(private readonly files: ReadonlyMap<string, string | Copy>) {}

  /** The syntax tree of a file; nothing if there is no such file, or it is no Nix. */
  treeOf(file: string): Expr | undefined {
    if (!this.trees.has(file)) this.trees.set(file, this.read(file));
    return this.trees.get(file);
  }

  textOf(file: string): string | undefined {
    const content = this.files.get(file);
    return typeof content === 'object' ? readFileSync(content.source, 'utf8') : content;
  }

  /** The line and column, from 1, of an offset in a file. */
  placeOf(file: string, offset: number): { line: number; column: number } {
    const starts = getOrInsert(this.lineStarts, file, () => {
      const found = [0];
      for (const { index } of (this.textOf(file) ?? '').matchAll(/\n/g)) found.push(index + 1);
      return found;
    });
    let line = 0;
    for (let step = 2 ** Math.ceil(Math.log2(starts.length + 1)); step >= 1; step /= 2) {
      if ((starts[line + step] ?? Number.POSITIVE_INFINITY) <= offset) line += step;
    }
    return { line: line + 1, column: offset - starts[line]! + 1 };
  }

  /** The offset of a line and column. */
  offsetOf(file: string, { line, column }: { line: number; column: number }): number {
    this.placeOf(file, 0);
    return (this.lineStarts.get(file)![line - 1] ?? Number.POSITIVE_INFINITY) + column - 1;
  }

  /** The user's own file, where the output has a copy of one. */
  sourceOf(file: string): string | undefined {
    const content = this.files.get(file);
    return typeof content === 'object' ? content.source : undefined;
  }

  /** What is imported by a value in a list of modules. */
  importOf(value: unknown, file: string, imported?: number): Import | undefined {
    const code = exprOf(value);
    if (!code) return undefined;
    const [reference] = code.kind === 'path' || code.kind === 'binary' ? relativeReferences(code) : [];
    if (reference && !reference.dynamic) {
      const path = posix.join(posix.dirname(file), reference.path);
      const found = [path, posix.join(path, 'default.nix')].find((one) => this.files.has(one));
      if (found !== undefined) return { file: found };
    }
    return { file, code, ...(imported !== undefined && { imported }) };
  }

  private read(file: string): Expr | undefined {
    const text = this.textOf(file);
    return text === undefined ? undefined : treeOf(text);
  }
}

/**
 * All modules that some import, directly or not. Nix collects them level by level, each once, and merges what it found
 * last first.
 */
export function modulesFrom(roots: readonly (Import | Through)[], reader: OutputReader): Modules {
  const found: OutputModule[] = [];
  const others = new Set<string>();
  const seen = new Set<string | Expr>();
  const queue = [...roots];
  for (const one of queue) {
    if ('imports' in one) {
      queue.push(...one.imports);
      continue;
    }
    const key = 'code' in one ? one.code : one.file;
    if (seen.has(key)) continue;
    seen.add(key);
    const parts = partsIn(one, reader);
    if (!parts) {
      others.add('code' in one ? print(one.code).trim().replace(/\s+/g, ' ') : one.file);
      continue;
    }
    const { config, imports } = parts;
    found.push({ ...one, config });
    if (imports === undefined) others.add(`${one.file}, of which only Nix knows what it imports`);
    const isWhole = !('code' in one);
    queue.push(
      ...(imports ?? []).flatMap((value, i) => reader.importOf(value, one.file, isWhole ? i : one.imported) ?? []),
    );
  }
  return { modules: found.reverse(), others: [...others] };
}

/** A module by itself: what it defines, and what it imports. Nothing, if its code does not show that. */
export function partsIn(one: Import, reader: OutputReader): Parts | undefined {
  const code = 'code' in one ? one.code : reader.treeOf(one.file);
  const body = code && moduleBody(code);
  return body?.kind === 'set' ? partsOf(body.items) : undefined;
}

export interface Parts {
  readonly config: unknown;
  /** Absent where only Nix knows it. */
  readonly imports: readonly unknown[] | undefined;
}

/** Names that are parts of a module, not options. */
const structural = new Set([
  '_class',
  '_file',
  'disabledModules',
  'freeformType',
  'imports',
  'key',
  'options',
  'require',
]);

function partsOf(items: readonly Item[]): Parts {
  const members = shapeOf(expr({ kind: 'set', items }), nothing) as Members;
  const isExplicit = 'config' in members || 'options' in members;
  const own = items.filter((item) => item.kind !== 'binding' || !isStructural(item));
  const imports = 'imports' in members ? shapeOf(members.imports, nothing) : [];
  return {
    config: isExplicit ? members.config : expr({ kind: 'set', items: own }),
    imports: Array.isArray(imports) ? imports : undefined,
  };
}

const nothing: Fill = () => undefined;

function isStructural({ path: [key] }: Extract<Item, { kind: 'binding' }>): boolean {
  return key?.kind === 'name' && structural.has(key.name);
}
