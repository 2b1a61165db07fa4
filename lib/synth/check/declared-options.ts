import type { AttrSet, Expr } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import { isOption, memberOf, type OptionTree } from '../../options/type';
import { getOrInsert } from '../get-or-insert';
import { moduleBody } from '../module-body';

/** The options that modules of the user's own declare, as far as their code shows them. */
export interface Declared {
  /** The names on the way to each option, or to a group in which there may be any. */
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
      const [first, ...rest] = attributeNames(item.path);
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
      if (item.kind === 'binding') declare([...names, ...attributeNames(item.path)], item.value);
      else if (names.length) paths.push(names);
      else isOpen = true;
    }
  }
}

/** A tree with further options, of which nothing is known but their names. */
export function withDeclared(tree: OptionTree, paths: readonly (readonly string[])[]): OptionTree {
  const names = new Map<string, (readonly string[])[]>();
  for (const [name, ...rest] of paths) getOrInsert(names, name!, () => []).push(rest);
  // Parts of a table are read when they are first asked for: copying the members as they are reads none.
  const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(tree));
  for (const [name, below] of names) {
    const member = memberOf(tree, name);
    const isGroup = below.every((rest) => rest.length) && (member === undefined || !isOption(member));
    const value = isGroup ? withDeclared((member as OptionTree | undefined) ?? {}, below) : ['any'];
    Object.defineProperty(copy, name, { value, enumerable: true });
  }
  return copy;
}
