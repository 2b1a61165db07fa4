import { dagElement, dagOf } from '../dag';
import type { Compound, Option, OptionTree, OptionType, Submodule } from '../type';

type Of<Kind> = Extract<OptionType, { readonly kind: Kind }>;

/** A place in a documentation of options: the option there, and the places below it by name. */
export interface Place {
  readonly option?: Option;
  readonly below: Places;
}

/** In submodules, `<name>` stands for the name of an attribute and `*` for the element of a list. */
export type Places = ReadonlyMap<string, Place>;

/** The tree of what is documented. */
export function treeOf(places: Places): OptionTree {
  // `Object.fromEntries` defines members, so that `__proto__` is one.
  return Object.fromEntries([...places].map(([name, place]) => [name, memberAt(place)]));
}

function memberAt({ option, below }: Place): Option | OptionTree {
  if (option) return [withOptions(option[0], below), ...option.slice(1)] as unknown as Option;
  // The option whose attributes or elements these are is not documented itself.
  return some(below, isAttribute) || !some(below, isOther) ? [setOf(below, 'any')] : treeOf(below);
}

type Test = (name: string) => boolean;

/** Whether a name stands for those of attributes. */
export const isAttribute: Test = (name) => /^<.*>$/s.test(name);
const isElement: Test = (name) => name === '*';
const isOther: Test = (name) => !isAttribute(name) && !isElement(name);

const some = (places: Places, test: Test) => [...places.keys()].some(test);
const only = (places: Places, test: Test): Places => new Map([...places].filter(([name]) => test(name)));

/**
 * The type of an option, with what is documented below it in the submodules that its sentence told of.
 *
 * Submodules of which nothing is documented take anything: there may be options that are hidden.
 */
export function withOptions(type: OptionType, below: Places): OptionType {
  if (!below.size) return opened(type);
  if (typeof type === 'string') return isSet(type) ? setOf(below, type) : beside(type, below);
  switch (type.kind) {
    case 'nullOr':
    case 'unique':
      return { ...type, of: withOptions(type.of, below) };
    case 'coercedTo':
      return { ...type, from: opened(type.from), to: withOptions(type.to, below) };
    case 'either':
      return eitherWith(type, below);
    case 'submodule':
      return submoduleWith(type, below);
    case 'attrTag':
      return { ...type, options: { ...type.options, ...treeOf(below) } };
    case 'attrsOf': {
      const inner = attrsWith(type, only(below, isAttribute));
      const rest = only(below, (name) => !isAttribute(name));
      // Before 2025, a freeform submodule was described by the type of what else it takes.
      return rest.size ? setOf(rest, inner) : inner;
    }
    case 'listOf':
    case 'functionTo': {
      const mine = only(below, (name) => takes(type, name));
      const rest = only(below, (name) => !takes(type, name));
      const inner = mine.size ? { ...type, of: part(type.of, mine) } : opened(type);
      return rest.size ? beside(inner, rest) : inner;
    }
    default:
      return beside(type, below);
  }
}

/** Whether places of a name can stand below a type as its sentence tells it. */
function takes(type: OptionType, name: string): boolean {
  if (typeof type === 'string') return false;
  switch (type.kind) {
    case 'nullOr':
    case 'unique':
      return takes(type.of, name);
    case 'coercedTo':
      return takes(type.to, name);
    case 'either':
      return type.of.some((one) => takes(one, name));
    case 'attrsOf':
    case 'functionTo':
      return isAttribute(name);
    case 'listOf':
      return isElement(name);
    case 'attrTag':
      return isOther(name);
    case 'submodule':
      return isOther(name) || (isAttribute(name) && type.freeform !== undefined);
    default:
      return false;
  }
}

function submoduleWith({ freeform }: Submodule, below: Places): OptionType {
  const attributes = only(below, isAttribute);
  const others = attributes.size ? withOptions(freeform ?? 'any', attributes) : freeform && opened(freeform);
  const options = treeOf(only(below, (name) => !isAttribute(name)));
  return { kind: 'submodule', options, ...(others && { freeform: others }) };
}

function attrsWith(type: Of<'attrsOf'>, below: Places): OptionType {
  if (!below.size) return opened(type);
  const element = dagElement(type);
  return element === undefined ? { ...type, of: part(type.of, below) } : dagOf(part(element, below));
}

/** The type of elements, or of attributes, of which there may be several kinds of placeholders. */
function part(type: OptionType, places: Places): OptionType {
  const { option, below } = joined([...places.values()]);
  return withOptions(option ? option[0] : type, below);
}

/** What is known of one place from several. */
function joined(places: readonly Place[]): Place {
  if (places.length === 1) return places[0]!;
  const below = new Map<string, Place[]>();
  for (const [name, place] of places.flatMap((one) => [...one.below])) {
    const others = below.get(name);
    if (others) others.push(place);
    else below.set(name, [place]);
  }
  const option = places.find((place) => place.option)?.option;
  return { ...(option && { option }), below: new Map([...below].map(([name, all]) => [name, joined(all)])) };
}

/** Alternatives: each gets what it takes; and what none takes gets the first that may be a set, or an alternative of its own. */
function eitherWith({ of }: Of<'either'>, below: Places): OptionType {
  const rest = only(below, (name) => !of.some((one) => takes(one, name)));
  const home = rest.size ? of.findIndex(isSet) : -1;
  const all = of.map((one, i) =>
    withOptions(
      one,
      only(below, (name) => takes(one, name) || (i === home && rest.has(name))),
    ),
  );
  return { kind: 'either', of: rest.size && home < 0 ? [...all, setOf(rest, 'any')] : all };
}

const isSet = (type: OptionType) =>
  type === 'any' || type === 'data' || type === 'attrs' || (typeof type === 'object' && type.kind === 'attrsOf');

function beside(type: OptionType, below: Places): OptionType {
  return { kind: 'either', of: [opened(type), setOf(below, 'any')] };
}

/**
 * What has these places below it, where no sentence tells it.
 *
 * @param freeform the type of the whole set without them
 */
function setOf(below: Places, freeform: OptionType): OptionType {
  if (freeform === 'any' && !some(below, (name) => !isElement(name))) return { kind: 'listOf', of: part('any', below) };
  const attributes = only(below, isAttribute);
  const one = freeform === 'data' ? 'data' : 'any';
  const others: OptionType = attributes.size ? { kind: 'attrsOf', of: part(one, attributes) } : freeform;
  if (attributes.size === below.size) return others;
  return { kind: 'submodule', options: treeOf(only(below, (name) => !isAttribute(name))), freeform: others };
}

const known = new WeakMap<Compound, OptionType>();

/** A type whose submodules take anything where nothing is known of them. */
function opened(type: OptionType): OptionType {
  if (typeof type === 'string') return type;
  let result = known.get(type);
  if (!result) {
    result = open(type);
    known.set(type, result);
  }
  return result;
}

function open(type: Compound): OptionType {
  const element = dagElement(type);
  if (element !== undefined) return dagOf(opened(element));
  switch (type.kind) {
    case 'listOf':
    case 'attrsOf':
    case 'nullOr':
    case 'functionTo':
    case 'unique':
      return { ...type, of: opened(type.of) };
    case 'either':
      return { ...type, of: type.of.map(opened) };
    case 'coercedTo':
      return { ...type, from: opened(type.from), to: opened(type.to) };
    case 'submodule': {
      const { options, freeform } = type;
      if (Object.keys(options).length) return type;
      return { ...type, freeform: freeform === undefined ? 'any' : opened(freeform) };
    }
    default:
      return type;
  }
}
