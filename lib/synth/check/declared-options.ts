import { isDeepStrictEqual } from 'node:util';
import type { AttrSet, Expr } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import { type Facts, isOption, memberOf, type Option, type OptionTree, type OptionType } from '../../options/type';
import { getOrInsert } from '../get-or-insert';
import { moduleBody } from '../module-body';
import { declaredOption } from './declared-type';

/** An option that a module of the user's own declares, or a group in which it may declare any. */
export interface DeclaredOption {
  readonly names: readonly string[];
  /** Absent where only Nix can tell it. */
  readonly type?: OptionType;
  readonly facts?: Facts;
  /** The module, and the code in it that declares the option. */
  readonly module: Expr;
  readonly code: Expr;
}

/** The options that modules of the user's own declare, as far as their code shows them. */
export interface Declared {
  readonly options: readonly DeclaredOption[];
  /** Whether a module may declare anything. */
  readonly isOpen: boolean;
}

/** The options that a module declares (`options = { … };`), without evaluating it. */
export function declaredOptions(module: Expr): Declared {
  const { options, isOpen } = declaredIn([module]);
  return { options, isOpen: isOpen || isOpenModule(module) };
}

/** Whether only Nix knows what a module is. */
export const isOpenModule = (module: Expr) => moduleBody(module).kind !== 'set';

/** The options that those among some files declare which are modules. */
export function declaredIn(trees: Iterable<Expr>): Declared {
  const options: DeclaredOption[] = [];
  let isOpen = false;
  for (const one of trees) {
    const body = moduleBody(one);
    if (body.kind === 'set') readModule(one, body);
  }
  return { options, isOpen };

  function readModule(module: Expr, body: AttrSet): void {
    for (const item of body.items) {
      if (item.kind === 'inherit') {
        if (item.names.some((name) => name.kind === 'name' && name.name === 'options')) isOpen = true;
        continue;
      }
      const [first, ...rest] = attributeNames(item.path);
      if (first === undefined) isOpen = true;
      else if (first === 'options') declare(module, rest, item.value);
    }
  }

  function declare(module: Expr, path: readonly (string | undefined)[], code: Expr): void {
    const known = path.indexOf(undefined);
    const names = (known < 0 ? path : path.slice(0, known)) as string[];
    const body = moduleBody(code);
    if (known >= 0 || body.kind !== 'set') {
      add({ names, module, code, ...(known < 0 && declaredOption(body)) });
      return;
    }
    for (const item of body.items) {
      if (item.kind === 'binding') declare(module, [...names, ...attributeNames(item.path)], item.value);
      else add({ names, module, code });
    }
  }

  function add(option: DeclaredOption): void {
    if (option.names.length) options.push(option);
    else isOpen = true;
  }
}

/** A tree with further options; one that several declare in different ways, or a table already has, may take anything. */
export function withDeclared(
  tree: OptionTree,
  declared: readonly Pick<DeclaredOption, 'names' | 'type' | 'facts'>[],
): OptionTree {
  const byName = new Map<string, Pick<DeclaredOption, 'names' | 'type' | 'facts'>[]>();
  for (const one of declared) {
    const [name, ...names] = one.names;
    getOrInsert(byName, name!, () => []).push({ ...one, names });
  }
  // Parts of a table are read when they are first asked for: copying the members as they are reads none.
  const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(tree));
  for (const [name, below] of byName) {
    const member = memberOf(tree, name);
    const isGroup = below.every(({ names }) => names.length) && (member === undefined || !isOption(member));
    const value = isGroup
      ? withDeclared((member as OptionTree | undefined) ?? {}, below)
      : member === undefined
        ? optionOfAll(below)
        : ['any'];
    Object.defineProperty(copy, name, { value, enumerable: true });
  }
  return copy;
}

/** An option that one module declares or several do, which is of the type on which they agree. */
function optionOfAll([first, ...others]: readonly Pick<DeclaredOption, 'type' | 'facts'>[]): Option {
  const isSame = others.every(({ type }) => isDeepStrictEqual(type, first!.type));
  const type = (isSame && first!.type) || 'any';
  return others.length || !first!.facts ? [type] : [type, first!.facts];
}
