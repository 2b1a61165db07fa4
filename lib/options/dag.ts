import type { OptionType } from './type';

const names: OptionType = { kind: 'listOf', of: 'str' };

/**
 * A set whose entries have an order (Home Manager, lib/types-dag.nix): each is a value of a type, or such a value as
 * `data` with the names that it stands before and after.
 */
export function dagOf(type: OptionType): OptionType {
  const entry: OptionType = { kind: 'submodule', options: { data: [type], after: [names], before: [names] } };
  return { kind: 'attrsOf', of: { kind: 'coercedTo', from: type, to: entry } };
}

/** The type of the values of a `dagOf`; `undefined` for any other type. */
export function dagElement(type: OptionType): OptionType | undefined {
  if (typeof type !== 'object' || type.kind !== 'attrsOf') return undefined;
  const { of } = type;
  if (typeof of !== 'object' || of.kind !== 'coercedTo' || typeof of.to !== 'object') return undefined;
  const isEntry = of.to.kind === 'submodule' && Object.keys(of.to.options).sort().join() === 'after,before,data';
  return isEntry ? of.from : undefined;
}
