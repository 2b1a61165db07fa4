import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { leafOf, type Position } from '../../diagnostics';
import { type Contribution, File, importedList, toNode } from '../../module';
import { EXPR, type Expr, NixValueError, print } from '../../nix';
import type { Assets } from '../assets';
import type { Part } from '../fleet';
import { getOrInsert } from '../get-or-insert';
import { withLambdas } from '../with-lambdas';
import { type Declared, type DeclaredOption, declaredIn, declaredOptions, isOpenModule } from './declared-options';

/** What one module brings to the options of the machines and homes that it is part of. */
export interface OptionSource extends Declared {
  /** Equal for sources that bring the same. */
  readonly key: string;
  /** A module of an input, as Nix writes it: nobody here knows what it declares. */
  readonly input?: string;
  /** Whether a call of `declare` made it. */
  readonly isCall: boolean;
  /** The module that is imported, where it is a file; others that it leads to need not be modules. */
  readonly root?: Expr;
  /** The construct that declares or imports it. */
  readonly path: string;
  /** The feature's part that does; absent for hosts and homes. */
  readonly part: Part | undefined;
  /** Where it declares an option. */
  positionOf(option: DeclaredOption): Position | undefined;
}

/** The sources of options in what a construct contributes: its own declarations, and its imports. */
export type SourcesOf = (module: Contribution, path: string, part?: Part) => readonly OptionSource[];

/** What files that lead to each other declare, and what they lead to. */
interface FileOptions {
  readonly own?: KeyedOptions;
  readonly next: readonly FileOptions[];
}

type KeyedOptions = Declared & Pick<OptionSource, 'key'>;

/** Reads sources of options, those of each contribution and of each file once. */
export function sourceReader(assets: Assets): SourcesOf {
  const known = new Map<Contribution, readonly OptionSource[]>();
  const inFiles = new Map<object, FileOptions | undefined>();
  return (module, path, part) => getOrInsert(known, module, () => read(module, path, part));

  function read(module: Contribution, path: string, part: Part | undefined): OptionSource[] {
    const whose = { path, part };
    const calls = module.declarations.map(({ options, position }): OptionSource => {
      const positionOf = ({ names }: DeclaredOption) => leafOf(position, names);
      return { ...whose, ...keyed(optionsOfCall(options)), isCall: true, positionOf };
    });
    const imports = module.imports.flatMap(({ module: imported, position }): OptionSource[] => {
      const code = imported[EXPR];
      const positionOf = ({ module, code }: DeclaredOption) => assets.positionOf(module, code) ?? position;
      const source = { ...whose, isCall: false, positionOf };
      if (imported instanceof File) {
        const root = assets.moduleTree(imported, path);
        return root ? inFile(imported, path, root).map((one) => ({ ...source, ...one, root })) : [];
      }
      const list = importedList(code);
      if (isModuleCode(code) && !list) return [{ ...source, ...keyed(declaredOptions(code)) }];
      const input = textOf(list ?? code);
      return [{ ...source, key: input, input, options: [], isOpen: false }];
    });
    return [...calls, ...imports].filter(({ options, isOpen, input }) => options.length || isOpen || input);
  }

  function inFile(file: File, path: string, root: Expr): KeyedOptions[] {
    const isOpen = isOpenModule(root);
    const found: KeyedOptions[] = isOpen ? [keyed({ options: [], isOpen })] : [];
    const stack = [assets.foldTrees(file, path, inFiles, fileOptions)];
    const seen = new Set<unknown>();
    for (let one = stack.pop(); one; one = stack.pop()) {
      if (seen.has(one)) continue;
      seen.add(one);
      if (one.own) found.push(one.own);
      stack.push(...one.next);
    }
    return found;
  }
}

/** What a call declares; nothing where Nix cannot hold it, as whoever writes it says. */
function optionsOfCall(options: unknown): Declared {
  try {
    return declaredOptions(withLambdas(toNode({ options })));
  } catch (error) {
    if (error instanceof NixValueError) return { options: [], isOpen: true };
    throw error;
  }
}

/** Nothing where no file declares any, which is most often so. */
function fileOptions(trees: readonly Expr[], next: readonly (FileOptions | undefined)[]): FileOptions | undefined {
  const declared = declaredIn(trees);
  const others = next.filter((one) => one !== undefined);
  if (declared.options.length || declared.isOpen) return { own: keyed(declared), next: others };
  return others.length > 1 ? { next: others } : others[0];
}

/** The option that a source declares, or the first in a group; nothing if it declares none there. */
export function declaredBy({ options }: OptionSource, option: readonly string[]): DeclaredOption | undefined {
  return options.find(({ names }) => {
    const length = Math.min(names.length, option.length);
    return isDeepStrictEqual(names.slice(0, length), option.slice(0, length));
  });
}

function keyed(declared: Declared): KeyedOptions {
  const options = declared.options.map(({ names, type, facts }) => [names, type, facts]);
  const key = createHash('sha256')
    .update(JSON.stringify([options, declared.isOpen]))
    .digest('base64');
  return { ...declared, key };
}

const isModuleCode = ({ kind }: Expr) => kind === 'set' || kind === 'lambda' || kind === 'let' || kind === 'with';

function textOf(node: Expr): string {
  try {
    return print(node).trim();
  } catch {
    return '';
  }
}
