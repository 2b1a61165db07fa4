import { isOption, type Literal, type Option, type OptionTree, type OptionType } from '../../lib/options/type';

/**
 * The places at which a type refuses something that another one takes, as far as types say it. What `narrow` does not know,
 * it is not asked for; of hidden options it need not know.
 */
export function refusedBy(wide: OptionTree, narrow: OptionTree, path: readonly string[] = []): string[] {
  return Object.entries(narrow).flatMap(([name, theirs]) => {
    const ours = Object.hasOwn(wide, name) ? wide[name] : undefined;
    const here = [...path, name];
    if (!ours) return isHidden(theirs) ? [] : [here.join('.')];
    if (!isOption(ours) && !isOption(theirs)) return refusedBy(ours, theirs, here);
    return covers(typeOf(ours), typeOf(theirs)) ? [] : [here.join('.')];
  });
}

function isHidden(member: Option | OptionTree): boolean {
  return isOption(member) ? member[1]?.hidden === true : Object.values(member).every(isHidden);
}

const typeOf = (member: Option | OptionTree): OptionType =>
  isOption(member) ? member[0] : { kind: 'submodule', options: member };

/** Whether a type takes all that another one takes, where that is known: dumped tables have file formats as `data`. */
export function covers(wide: OptionType, narrow: OptionType): boolean {
  if (wide === 'any' || narrow === 'any' || narrow === 'data') return true;
  if (typeof narrow === 'object') {
    switch (narrow.kind) {
      case 'unique':
        return covers(wide, narrow.of);
      case 'nullOr':
        return takes(wide, null) && covers(wide, narrow.of);
      case 'either':
        return narrow.of.every((one) => covers(wide, one));
      case 'coercedTo':
        return covers(wide, narrow.to) && covers(wide, narrow.from);
      case 'enum':
        return narrow.values.every((value) => takes(wide, value));
    }
  }
  if (typeof wide === 'object') {
    switch (wide.kind) {
      case 'unique':
      case 'nullOr':
        return covers(wide.of, narrow);
      case 'either':
        return wide.of.some((one) => covers(one, narrow));
      case 'coercedTo':
        return covers(wide.to, narrow) || covers(wide.from, narrow);
    }
  }
  return coversPlain(wide, narrow);
}

type Of<Kind> = Extract<OptionType, { readonly kind: Kind }>;
type Sets = 'attrs' | Of<'attrsOf' | 'submodule' | 'attrTag'>;

const kindOf = (type: OptionType) => (typeof type === 'string' ? type : type.kind);
const isSet = (type: OptionType): type is Sets => ['attrs', 'attrsOf', 'submodule', 'attrTag'].includes(kindOf(type));

function coversPlain(wide: OptionType, narrow: OptionType): boolean {
  if (wide === 'data') return kindOf(narrow) !== 'functionTo';
  if (isSet(wide) && isSet(narrow)) return coversSet(wide, narrow);
  // A whole configuration is a submodule, and that may be all that a sentence tells.
  if (isSet(wide) && ['nixos', 'darwin', 'home'].includes(kindOf(narrow))) return kindOf(wide) === 'submodule';
  if (['int', 'float', 'number'].includes(kindOf(wide))) {
    const [outer, inner] = [bounds(wide), bounds(narrow)];
    const isKind = kindOf(wide) === kindOf(narrow) || (kindOf(wide) === 'number' && /int|float/.test(kindOf(narrow)));
    return isKind && outer.min <= inner.min && inner.max <= outer.max;
  }
  if (kindOf(wide) !== kindOf(narrow)) return false;
  if (typeof wide === 'string') return true;
  if (wide.kind === 'listOf' || wide.kind === 'functionTo') {
    const list = narrow as Of<'listOf'>;
    return covers(wide.of, list.of) && (wide.kind === 'functionTo' || !wide.nonEmpty || list.nonEmpty === true);
  }
  if (wide.kind === 'str' && wide.separator !== undefined) return true;
  return (
    typeof narrow === 'object' &&
    Object.entries(wide).every(([name, value]) => (narrow as typeof wide)[name as 'kind'] === value)
  );
}

function bounds(type: OptionType) {
  const { min, max }: { min?: number; max?: number } = typeof type === 'object' ? (type as { min?: number }) : {};
  return { min: min ?? Number.NEGATIVE_INFINITY, max: max ?? Number.POSITIVE_INFINITY };
}

function coversSet(wide: Sets, narrow: Sets): boolean {
  if (wide === 'attrs') return true;
  if (wide.kind === 'attrTag')
    return typeof narrow === 'object' && narrow.kind === 'attrTag' && !refusedBy(wide.options, narrow.options).length;
  if (wide.kind === 'submodule') {
    if (narrow === 'attrs' || narrow.kind !== 'submodule')
      return wide.freeform !== undefined && covers(wide.freeform, narrow);
    const rest = wide.freeform === undefined ? undefined : elementOf(wide.freeform);
    const others = Object.entries(narrow.options).filter(
      ([name]) => rest === undefined || Object.hasOwn(wide.options, name),
    );
    const beyond = Object.entries(narrow.options).filter(
      ([name, member]) => !others.some(([other]) => other === name) && !isHidden(member),
    );
    return (
      !refusedBy(wide.options, Object.fromEntries(others)).length &&
      beyond.every(([, member]) => covers(rest!, typeOf(member))) &&
      (narrow.freeform === undefined || (wide.freeform !== undefined && covers(wide.freeform, narrow.freeform)))
    );
  }
  if (narrow === 'attrs') return covers(wide.of, 'data');
  if (narrow.kind === 'attrsOf') return covers(wide.of, narrow.of);
  const members = Object.values(narrow.options).filter((member) => !isHidden(member));
  const freeform = narrow.kind === 'submodule' && narrow.freeform;
  return members.every((member) => covers(wide.of, typeOf(member))) && (!freeform || covers(wide, freeform));
}

/** The type of the attributes of a freeform type. */
const elementOf = (type: OptionType): OptionType =>
  typeof type === 'object' && type.kind === 'attrsOf' ? type.of : 'any';

function takes(type: OptionType, value: Literal): boolean {
  if (type === 'any' || type === 'data') return true;
  if (typeof type === 'object') {
    switch (type.kind) {
      case 'nullOr':
        return value === null || takes(type.of, value);
      case 'unique':
        return takes(type.of, value);
      case 'either':
        return type.of.some((one) => takes(one, value));
      case 'coercedTo':
        return takes(type.to, value) || takes(type.from, value);
      case 'enum':
        return type.values.includes(value);
    }
  }
  if (typeof value === 'string') return kindOf(type) === 'str';
  if (typeof value === 'boolean') return type === 'bool';
  return typeof value === 'number' && ['int', 'float', 'number'].includes(kindOf(type));
}
