import type { AttrSet, Expr, Key } from '../nix';
import type { OptionTree } from '../options/type';
import { moduleBody } from './module-body';

/** The options that modules of the user's own declare, as far as their code shows them. */
export interface Declared {
  /** Names of options and of groups in which there may be any: each a way into the tree. */
  readonly paths: readonly (readonly string[])[];
  /** Whether a module may declare anything. */
  readonly isOpen: boolean;
}

/**
 * The options that a module declares (`options = { … };`), without evaluating it.
 *
 * @param tree the code of the module
 * @param others that of the files which it leads to; not all of them need be modules
 */
export function declaredOptions(tree: Expr, others: readonly Expr[] = []): Declared {
  const paths: string[][] = [];
  let isOpen = moduleBody(tree).kind !== 'set';
  for (const one of [tree, ...others]) {
    const module = moduleBody(one);
    if (module.kind === 'set') readModule(module);
  }
  return { paths, isOpen };

  function readModule(module: AttrSet): void {
    for (const item of module.items) {
      if (item.kind === 'inherit') {
        if (item.names.some((name) => name.kind === 'name' && name.name === 'options')) isOpen = true;
        continue;
      }
      const [first, ...rest] = namesOf(item.path);
      if (first === undefined) isOpen = true;
      else if (first === 'options') declare(rest, item.value);
    }
  }

  function declare(path: readonly (string | undefined)[], value: Expr): void {
    const known = path.indexOf(undefined);
    const names = (known < 0 ? path : path.slice(0, known)) as string[];
    const body = moduleBody(value);
    if (known >= 0 || body.kind !== 'set') {
      if (names.length) paths.push(names);
      else isOpen = true;
      return;
    }
    for (const item of body.items) {
      if (item.kind === 'binding') declare([...names, ...namesOf(item.path)], item.value);
      else if (names.length) paths.push(names);
      else isOpen = true;
    }
  }
}

/** Whether an option's way leads through a declared one, or to a group that has one. */
export function isDeclared({ paths, isOpen }: Declared, option: readonly (string | number)[]): boolean {
  return isOpen || paths.some((path) => path.every((name, i) => i >= option.length || name === option[i]));
}

/** Whether a way leads to an option or a group of a tree. */
export function isIn(tree: OptionTree, option: readonly (string | number)[]): boolean {
  let at: OptionTree[string] | undefined = tree;
  for (const name of option) {
    if (at === undefined || Array.isArray(at)) return at !== undefined;
    at = Object.hasOwn(at, name) ? (at as OptionTree)[name] : undefined;
  }
  return at !== undefined;
}

function namesOf(path: readonly Key[]): (string | undefined)[] {
  return path.map((key) => {
    if (key.kind === 'name') return key.name;
    const [only] = key.kind === 'strKey' ? key.str.parts : [];
    return only?.kind === 'text' && key.kind === 'strKey' && key.str.parts.length === 1 ? only.value : undefined;
  });
}
