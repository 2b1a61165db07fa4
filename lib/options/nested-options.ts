import type { Surroundings } from './check/state';
import { isOption, memberOf, type OptionTree, type Submodule } from './type';

type OptionsOf = Surroundings['optionsOf'];

/** A set of options, and the type of other names in it. */
export type NestedOptions = Pick<Submodule, 'options' | 'freeform'>;

/** The options of a submodule or of a configuration inside another one; nothing if those of its system are not known. */
export function nestedOptions(
  type: Submodule | NonNullable<Submodule['extends']>,
  optionsOf: OptionsOf,
): NestedOptions | undefined {
  if (typeof type !== 'string' && type.extends === undefined) return type;
  const options = optionsOf?.(typeof type === 'string' ? type : type.extends!);
  if (typeof type === 'string' || options === undefined) return options && { options };
  return { ...type, options: extended(options, type.options) };
}

const known = new WeakMap<OptionTree, WeakMap<OptionTree, OptionTree>>();

/** A tree with the options of another one beside its own; none of either is read before it is asked for. */
function extended(base: OptionTree, more: OptionTree): OptionTree {
  const ofBase = known.get(base) ?? new WeakMap<OptionTree, OptionTree>();
  known.set(base, ofBase);
  const tree = ofBase.get(more) ?? extend(base, more);
  ofBase.set(more, tree);
  return tree;
}

function extend(base: OptionTree, more: OptionTree): OptionTree {
  const tree: OptionTree = Object.create(null);
  const define = (name: string, get: () => OptionTree[string]) =>
    Object.defineProperty(tree, name, { enumerable: true, configurable: true, get });
  for (const name of Object.keys(base)) define(name, () => base[name]!);
  for (const name of Object.keys(more)) {
    const own = memberOf(base, name);
    const other = more[name]!;
    if (own === undefined) define(name, () => other);
    else if (!isOption(own) && !isOption(other)) define(name, () => extended(own, other));
  }
  return tree;
}
