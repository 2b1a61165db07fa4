import { bundledTable } from '../options/bundled';
import type { ModuleClass } from '../options/config';
import { optionAt } from '../options/option-at';
import { isOption } from '../options/type';
import type { OptionPath } from './lower/context';

const find = (of: ModuleClass, path: OptionPath) =>
  optionAt(bundledTable(of).options, path, (one) => bundledTable(one).options);

/** Whether a path leads to a known option that may be set, into one, or to a group. */
export const isKnown = (of: ModuleClass, path: OptionPath): boolean => maySet(of, path) === true;

/** Whether what a path leads to may be set; nothing where no table knows it. */
export function maySet(of: ModuleClass, path: OptionPath): boolean | undefined {
  const { is, known } = find(of, path);
  if (is === 'nothing') return undefined;
  return !isOption(known) || !(known[1]?.removed || known[1]?.readOnly);
}

/** Whether a path leads to something that the compiler knows the members of, or the value; nothing where no table knows it. */
export function isTyped(of: ModuleClass, path: OptionPath): boolean | undefined {
  const { is, known } = find(of, path);
  if (is === 'nothing') return undefined;
  if (isOption(known) && known[1]?.removed) return false;
  if (is !== 'inside' || !isOption(known) || known[0] !== 'data') return true;
  // What is in data has no names, unless a set around it has them.
  const around = find(of, path.slice(0, -1)).known;
  return !isOption(around) || (typeof around[0] === 'object' && named.has(around[0].kind));
}

const named: ReadonlySet<string> = new Set(['attrsOf', 'submodule']);

/** The options that a module declares itself: groups of groups, down to `true`. */
export interface OwnOptions {
  readonly [name: string]: true | OwnOptions;
}

/** Whether a path leads to an option that a module declares itself, into one, or to a group of such. */
export function isOwn(own: OwnOptions, path: OptionPath): boolean {
  let at: OwnOptions | true = own;
  for (const name of path) {
    if (at === true) return true;
    if (typeof name !== 'string' || !Object.hasOwn(at, name)) return false;
    at = at[name]!;
  }
  return true;
}

/** Whether a module declares options that are in no table. */
export function isNew(own: OwnOptions, of: ModuleClass, at: OptionPath = []): boolean {
  return Object.entries(own).some(([name, inner]) => {
    const path = [...at, name];
    return inner === true ? !isKnown(of, path) : isNew(inner, of, path);
  });
}
