import { type Facts, isOption, memberOf, type Option, type OptionTree, type OptionType } from './type';

/**
 * The options of two configurations of one module system together: whatever either of them takes.
 *
 * What one of them demands or forbids and the other does not, is not demanded or forbidden.
 */
export function unionOf(a: OptionTree, b: OptionTree): OptionTree {
  return combined(a, b, { both: unionOfOptions, alone: withoutDemands });
}

/** The options of a tree, and those of a newer one: where both have an option, the newer one is right. */
export function overlaid(older: OptionTree, newer: OptionTree): OptionTree {
  return combined(older, newer, {
    both: ([before], [type, facts]) => made(overlaidType(before, type), facts),
    alone: (member) => member,
  });
}

type Member = Option | OptionTree;

/** What becomes of an option that both trees have, and of what only one of them has. */
interface Rules {
  both(a: Option, b: Option): Option;
  alone(member: Member): Member;
}

function combined(a: OptionTree, b: OptionTree, rules: Rules): OptionTree {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  // `Object.fromEntries` defines members, so that `__proto__` is one.
  return Object.fromEntries([...names].map((name) => [name, member(memberOf(a, name), memberOf(b, name), rules)]));
}

function member(a: Member | undefined, b: Member | undefined, rules: Rules): Member {
  if (a === undefined || b === undefined) return rules.alone((a ?? b)!);
  if (isOption(a) && isOption(b)) return rules.both(a, b);
  if (!isOption(a) && !isOption(b)) return combined(a, b, rules);
  return rules.both(isOption(a) ? a : asOption(a), isOption(b) ? b : asOption(b));
}

/** A group as an option that takes the same. */
const asOption = (options: OptionTree): Option => [{ kind: 'submodule', options }];

function withoutDemands(member: Member): Member {
  if (isOption(member)) return withoutDemand(member);
  return Object.fromEntries(Object.entries(member).map(([name, one]) => [name, withoutDemands(one)]));
}

function withoutDemand(option: Option): Option {
  if (!option[1]?.required) return option;
  const { required: _, ...facts } = option[1];
  return made(option[0], facts);
}

function made(type: OptionType, facts: Facts | undefined): Option {
  return facts && Object.keys(facts).length ? [type, facts] : [type];
}

function unionOfOptions(a: Option, b: Option): Option {
  if (isGone(a) !== isGone(b)) return isGone(a) ? withoutDemand(b) : withoutDemand(a);
  return made(unionOfTypes(a[0], b[0]), commonFacts(a[1] ?? {}, b[1] ?? {}));
}

const isGone = ([, facts]: Option) => facts?.removed === true || facts?.renamedTo !== undefined;

/** What is so in both; of two files that declare it, the first. */
function commonFacts(a: Facts, b: Facts): Facts {
  const file = a.file ?? b.file;
  const common = Object.entries(a).filter(([name, value]) => same(value, b[name as keyof Facts]));
  return { ...Object.fromEntries(common), ...(file !== undefined && { file }) };
}

/** A type that takes whatever one of two takes. */
function unionOfTypes(a: OptionType, b: OptionType): OptionType {
  if (same(a, b)) return a;
  if (a === 'any' || b === 'any') return 'any';
  if (typeof a === 'object' && typeof b === 'object') {
    if (a.kind === 'enum' && b.kind === 'enum')
      return { kind: 'enum', values: [...new Set([...a.values, ...b.values])] };
    if (a.kind === 'submodule' && b.kind === 'submodule' && a.extends === b.extends) {
      const freeform = a.freeform && b.freeform ? unionOfTypes(a.freeform, b.freeform) : (a.freeform ?? b.freeform);
      return { ...a, options: unionOf(a.options, b.options), ...(freeform && { freeform }) };
    }
    if (a.kind === 'attrTag' && b.kind === 'attrTag')
      return { kind: 'attrTag', options: unionOf(a.options, b.options) };
    if (a.kind === 'listOf' && b.kind === 'listOf') {
      const nonEmpty = a.nonEmpty && b.nonEmpty;
      return { kind: 'listOf', of: unionOfTypes(a.of, b.of), ...(nonEmpty && { nonEmpty }) };
    }
    if (a.kind === b.kind && isWrapper(a) && isWrapper(b)) return { ...a, of: unionOfTypes(a.of, b.of) };
  }
  if (isNullOr(a) || isNullOr(b)) {
    return { kind: 'nullOr', of: unionOfTypes(isNullOr(a) ? a.of : a, isNullOr(b) ? b.of : b) };
  }
  const all = [...alternatives(a), ...alternatives(b)];
  return { kind: 'either', of: all.filter((one, i) => all.findIndex((other) => same(one, other)) === i) };
}

type Of<Kind> = Extract<OptionType, { readonly kind: Kind }>;
type Wrapper = Of<'attrsOf' | 'functionTo' | 'unique'>;

const isNullOr = (type: OptionType): type is Of<'nullOr'> => typeof type === 'object' && type.kind === 'nullOr';

function isWrapper(type: OptionType): type is Wrapper {
  return typeof type === 'object' && ['attrsOf', 'functionTo', 'unique'].includes(type.kind);
}

const alternatives = (type: OptionType): readonly OptionType[] =>
  typeof type === 'object' && type.kind === 'either' ? type.of : [type];

/** The newer type, with those options of its submodules that only the older one has. */
function overlaidType(older: OptionType, newer: OptionType): OptionType {
  if (typeof older !== 'object' || typeof newer !== 'object' || older.kind !== newer.kind) return newer;
  if (newer.kind === 'submodule') {
    return { ...newer, options: overlaid((older as typeof newer).options, newer.options) };
  }
  if (newer.kind === 'nullOr' || newer.kind === 'listOf' || isWrapper(newer)) {
    return { ...newer, of: overlaidType((older as Wrapper).of, newer.of) };
  }
  return newer;
}

/** Whether two values of tables are equal; the order of names counts, as both are from one writer. */
const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b);
