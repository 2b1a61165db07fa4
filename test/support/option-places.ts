import { isOption, type Option, type OptionTree, type OptionType } from '../../lib/options/type';

/** Every option by its place, in submodules too: `<name>` stands for the name of an attribute and `*` for a list element. */
export function optionPlaces(tree: OptionTree): ReadonlyMap<string, Option> {
  const found = new Map<string, Option>();
  for (const [path, option] of inTree(tree, [])) {
    const place = path.join('.');
    if (!found.has(place)) found.set(place, option);
  }
  return found;
}

/** The place of an option as a key of `optionPlaces`, from the `loc` that upstream's documentation has. */
export function placeOf(loc: readonly string[]): string {
  return loc.map((part) => (/^<.*>$/.test(part) ? '<name>' : part)).join('.');
}

type Found = Generator<readonly [path: readonly string[], option: Option]>;

function* inTree(tree: OptionTree, path: readonly string[]): Found {
  for (const name of Object.keys(tree)) {
    const member = tree[name]!;
    const here = [...path, name];
    if (isOption(member)) {
      yield [here, member];
      yield* inType(member[0], here);
    } else {
      yield* inTree(member, here);
    }
  }
}

function* inType(type: OptionType, path: readonly string[]): Found {
  if (typeof type === 'string') return;
  if ('options' in type) yield* inTree(type.options, path);
  if (type.kind === 'submodule' && type.freeform) yield* inType(type.freeform, path);
  if (type.kind === 'attrsOf' || type.kind === 'functionTo') yield* inType(type.of, [...path, '<name>']);
  if (type.kind === 'listOf') yield* inType(type.of, [...path, '*']);
  if (type.kind === 'nullOr' || type.kind === 'unique') yield* inType(type.of, path);
  if (type.kind === 'either') for (const member of type.of) yield* inType(member, path);
  if (type.kind === 'coercedTo') {
    yield* inType(type.to, path);
    yield* inType(type.from, path);
  }
}
