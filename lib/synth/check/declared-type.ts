import type { AttrSet, Expr } from '../../nix';
import { expr } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import { withoutParens } from '../../nix/walk';
import { type Fill, type Float, formOf, shapeOf } from '../../options/shape';
import type { Data, Facts, Literal, Option, OptionTree, OptionType } from '../../options/type';
import { moduleBody } from '../module-body';

/**
 * An option as its declaration spells it: `lib.mkOption { type = lib.types.str; }`. The type is absent where only Nix can
 * tell it.
 */
export interface ReadOption {
  readonly type?: OptionType;
  readonly facts?: Facts;
}

/** What the code of a declaration says of an option. */
export function declaredOption(declaration: Expr): ReadOption {
  const at = withoutParens(declaration);
  // mkEnableOption "…" // { default = true; }
  if (at.kind === 'binary' && at.op === '//') {
    const more = withoutParens(at.right);
    return more.kind === 'set' && isWithout(more, 'type') ? declaredOption(at.left) : {};
  }
  if (at.kind !== 'apply') return {};
  const [first, , details] = at.args.map(withoutParens);
  switch (nameOf(at.fn)) {
    case 'mkEnableOption':
      return { type: 'bool', facts: { default: false } };
    case 'mkPackageOption':
      return packageOption(details);
    case 'mkOption':
      return first?.kind === 'set' ? plainOption(first) : {};
    default:
      return {};
  }
}

/** What a declaration says of its option, by name; nothing where only Nix can tell it, or for what declares no option. */
export function partsOfDeclaration(declaration: Expr): ReadonlySet<string> | undefined {
  const at = withoutParens(declaration);
  if (at.kind !== 'apply') return undefined;
  const [first] = at.args.map(withoutParens);
  switch (nameOf(at.fn)) {
    case 'mkEnableOption':
      return new Set(['type', 'default', 'description', 'example']);
    case 'mkPackageOption':
      return new Set(['type', 'description']);
    case 'mkOption':
      return first?.kind === 'set' ? namesIn(first) : undefined;
    default:
      return undefined;
  }
}

function namesIn({ items }: AttrSet): ReadonlySet<string> | undefined {
  const names = items.flatMap((one) =>
    one.kind === 'binding' ? attributeNames(one.path).slice(0, 1) : attributeNames(one.names),
  );
  return names.includes(undefined) ? undefined : new Set(names as string[]);
}

function packageOption(details: Expr | undefined): ReadOption {
  if (!details) return { type: 'package' };
  if (details.kind !== 'set') return {};
  const nullable = memberOf(details, 'nullable');
  if (!nullable) return isWithout(details, 'nullable') ? { type: 'package' } : {};
  const shape = shapeOf(expr(nullable), nothing);
  return typeof shape === 'boolean' ? { type: shape ? { kind: 'nullOr', of: 'package' } : 'package' } : {};
}

function plainOption(set: AttrSet): ReadOption {
  const type = memberOf(set, 'type');
  const read = type && typeIn(type, false);
  const value = (name: string) => {
    const code = memberOf(set, name);
    return code && dataOf(code);
  };
  const isHidden = value('internal') === true || value('visible') === false || value('visible') === 'transparent';
  const fallback = value('default');
  const facts: Facts = {
    ...(fallback !== undefined && { default: fallback }),
    ...(value('readOnly') === true && { readOnly: true }),
    ...(isHidden && { hidden: true }),
    ...(isWithout(set, 'default') && isWithout(set, 'apply') && { required: true }),
    ...(!isWithout(set, 'apply') && { applied: true as const }),
  };
  return { ...(read !== undefined && { type: read }), ...(Object.keys(facts).length > 0 && { facts }) };
}

const nothing: Fill = () => undefined;

/** Plain data that code spells; nothing where only Nix can tell it. */
function dataOf(code: Expr): Data | undefined {
  const shape = shapeOf(expr(code), nothing);
  switch (formOf(shape)) {
    case 'null':
    case 'bool':
    case 'int':
    case 'str':
      return typeof shape === 'bigint' ? undefined : (shape as Literal);
    case 'float':
      return typeof shape === 'number' ? shape : (shape as Float).value;
    case 'list':
      return (shape as readonly unknown[]).length === 0 ? [] : undefined;
    case 'set':
      return Object.keys(shape as object).length === 0 ? {} : undefined;
    default:
      return undefined;
  }
}

const unsigned = (bits: number): OptionType => ({ kind: 'int', min: 0, max: 2 ** bits - 1 });
const signed = (bits: number): OptionType => ({ kind: 'int', min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 });

const simple: Readonly<Record<string, OptionType>> = {
  anything: 'any',
  raw: 'any',
  unspecified: 'any',
  optionType: 'any',
  pkgs: 'any',
  bool: 'bool',
  boolByOr: 'bool',
  int: 'int',
  float: 'float',
  number: 'number',
  'ints.u8': unsigned(8),
  'ints.u16': unsigned(16),
  'ints.u32': unsigned(32),
  'ints.s8': signed(8),
  'ints.s16': signed(16),
  'ints.s32': signed(32),
  'ints.unsigned': { kind: 'int', min: 0 },
  'ints.positive': { kind: 'int', min: 1 },
  'numbers.nonnegative': { kind: 'number', min: 0 },
  port: unsigned(16),
  str: 'str',
  string: 'str',
  nonEmptyStr: { kind: 'str', form: 'nonEmpty' },
  singleLineStr: { kind: 'str', form: 'singleLine' },
  lines: { kind: 'str', separator: '\n' },
  commas: { kind: 'str', separator: ',' },
  envVar: { kind: 'str', separator: ':' },
  path: 'path',
  pathInStore: { kind: 'path', inStore: true },
  externalPath: { kind: 'path', inStore: false },
  package: 'package',
  shellPackage: 'package',
  attrs: 'attrs',
  deferredModule: 'module',
};

/** @param isOpened whether a `with` around it makes the names of types known */
function typeIn(code: Expr, isOpened: boolean): OptionType | undefined {
  const at = withoutParens(code);
  if (at.kind === 'with') return typeIn(at.body, nameOf(at.env) === 'types');
  const name = typeName(at.kind === 'apply' ? at.fn : at, isOpened);
  if (name === undefined) return undefined;
  if (at.kind === 'apply') return applied(name, at.args.map(withoutParens), isOpened);
  return Object.hasOwn(simple, name) ? simple[name] : undefined;
}

function applied(name: string, args: readonly Expr[], isOpened: boolean): OptionType | undefined {
  const [first, second, third] = args;
  const inner = (code: Expr | undefined) => code && typeIn(code, isOpened);
  const wrapped = (
    kind: 'listOf' | 'attrsOf' | 'nullOr' | 'functionTo' | 'unique',
    code: Expr | undefined,
    more = {},
  ) => {
    const of = inner(code);
    return of === undefined ? undefined : ({ kind, of, ...more } as OptionType);
  };
  if (args.length !== (arity[name] ?? 1)) return undefined;
  switch (name) {
    case 'enum':
      return enumOf(first!);
    case 'listOf':
    case 'attrsOf':
    case 'nullOr':
    case 'functionTo':
      return wrapped(name, first);
    case 'nonEmptyListOf':
      return wrapped('listOf', first, { nonEmpty: true });
    case 'lazyAttrsOf':
      return wrapped('attrsOf', first, { lazy: true });
    case 'attrsWith':
      return first!.kind === 'set' ? wrapped('attrsOf', memberOf(first!, 'elemType')) : undefined;
    case 'uniq':
      return wrapped('unique', first);
    case 'unique':
      return wrapped('unique', second);
    case 'addCheck':
      return inner(first);
    case 'either':
      return eitherOf([inner(first), inner(second)]);
    case 'oneOf':
      return first!.kind === 'list' ? eitherOf(first!.items.map(inner)) : undefined;
    case 'coercedTo':
      return coerced(inner(first), inner(third));
    case 'strMatching':
      return textOf(first, (pattern) => ({ kind: 'str', pattern }));
    case 'separatedString':
      return textOf(first, (separator) => ({ kind: 'str', separator }));
    case 'passwdEntry':
      return { kind: 'str', form: 'passwdEntry' };
    case 'ints.between':
      return between('int', first, second);
    case 'numbers.between':
      return between('number', first, second);
    case 'pathWith':
      return pathWith(first!);
    case 'deferredModuleWith':
      return 'module';
    case 'submodule':
      return submodule(first!);
    case 'attrTag':
      return attrTag(first!);
    default:
      return undefined;
  }
}

const arity: Readonly<Record<string, number>> = {
  unique: 2,
  addCheck: 2,
  either: 2,
  coercedTo: 3,
  'ints.between': 2,
  'numbers.between': 2,
};

/** The alternatives, none of them one of alternatives itself. */
function eitherOf(all: readonly (OptionType | undefined)[]): OptionType | undefined {
  const known = all.filter((one) => one !== undefined);
  if (known.length < all.length || !known.length) return undefined;
  const of = known.flatMap((one) => (typeof one === 'object' && one.kind === 'either' ? one.of : [one]));
  return of.length === 1 ? of[0] : { kind: 'either', of };
}

function coerced(from: OptionType | undefined, to: OptionType | undefined): OptionType | undefined {
  return from === undefined || to === undefined ? undefined : { kind: 'coercedTo', from, to };
}

function textOf(code: Expr | undefined, type: (text: string) => OptionType): OptionType | undefined {
  const text = code && dataOf(code);
  return typeof text === 'string' ? type(text) : undefined;
}

function between(kind: 'int' | 'number', lowest: Expr | undefined, highest: Expr | undefined): OptionType | undefined {
  const [min, max] = [lowest && dataOf(lowest), highest && dataOf(highest)];
  return typeof min === 'number' && typeof max === 'number' ? { kind, min, max } : undefined;
}

function pathWith(props: Expr): OptionType | undefined {
  if (props.kind !== 'set') return undefined;
  const [inStore, absolute] = ['inStore', 'absolute'].map((name) => {
    const code = memberOf(props, name);
    return code && dataOf(code);
  });
  return {
    kind: 'path',
    ...(typeof inStore === 'boolean' && { inStore }),
    ...(typeof absolute === 'boolean' && { absolute }),
  };
}

/** A submodule that shows all its options: it imports none, and is no more than a set or a function that gives one. */
function submodule(module: Expr): OptionType | undefined {
  const body = moduleBody(module);
  if (body.kind !== 'set' || !isWithout(body, 'imports')) return undefined;
  const options = optionTree(body, 'options');
  if (!options) return undefined;
  const freeform = memberOf(body, 'freeformType');
  if (!freeform) return isWithout(body, 'freeformType') ? { kind: 'submodule', options } : undefined;
  return { kind: 'submodule', options, freeform: typeIn(freeform, false) ?? 'any' };
}

function attrTag(tags: Expr): OptionType | undefined {
  const options = tags.kind === 'set' ? treeOf(tags) : undefined;
  return options && { kind: 'attrTag', options };
}

/** The options that a module declares below a name; nothing where some of them cannot be seen. */
function optionTree(body: AttrSet, name: string): OptionTree | undefined {
  const items = body.items.flatMap((item): AttrSet['items'] => {
    if (item.kind === 'inherit') return attributeNames(item.names).includes(name) ? [item] : [];
    const [first] = attributeNames(item.path);
    if (first !== name) return first === undefined ? [item] : [];
    const value = withoutParens(item.value);
    if (item.path.length > 1) return [{ ...item, path: item.path.slice(1) }];
    return value.kind === 'set' && !value.rec ? value.items : [item];
  });
  return treeOf({ kind: 'set', items });
}

function treeOf({ items }: AttrSet): OptionTree | undefined {
  const tree: Record<string, Option | OptionTree> = {};
  for (const item of items) {
    if (item.kind === 'inherit') return undefined;
    const names = attributeNames(item.path);
    if (names.includes(undefined)) return undefined;
    const value = withoutParens(item.value);
    const member = value.kind === 'set' ? treeOf(value) : optionOf(value);
    if (!member || !put(tree, names as string[], member)) return undefined;
  }
  return tree;
}

function optionOf(code: Expr): Option {
  const { type = 'any', facts } = declaredOption(code);
  return facts ? [type, facts] : [type];
}

/** Puts a member at a way into a tree; whether there is room for it. */
function put(
  tree: Record<string, Option | OptionTree>,
  [name, ...rest]: string[],
  member: Option | OptionTree,
): boolean {
  const there = Object.hasOwn(tree, name!) ? tree[name!] : undefined;
  if (!rest.length) {
    if (there === undefined) Object.defineProperty(tree, name!, { value: member, enumerable: true, writable: true });
    return there === undefined;
  }
  if (there !== undefined && Array.isArray(there)) return false;
  const inner = (there ?? {}) as Record<string, Option | OptionTree>;
  Object.defineProperty(tree, name!, { value: inner, enumerable: true, writable: true, configurable: true });
  return put(inner, rest, member);
}

/** The name in `types.str` or `types.ints.u8`, or in `str` below a `with`. */
function typeName(code: Expr, isOpened: boolean): string | undefined {
  const at = withoutParens(code);
  if (at.kind === 'ident') return isOpened ? at.name : undefined;
  if (at.kind !== 'select' || at.orElse) return undefined;
  const names = [nameOf(at.of), ...attributeNames(at.path)];
  const types = names.lastIndexOf('types');
  const path = types >= 0 ? names.slice(types + 1) : isOpened ? names : [];
  return path.length && !path.includes(undefined) ? path.join('.') : undefined;
}

function enumOf(list: Expr): OptionType | undefined {
  if (list.kind !== 'list') return undefined;
  const values = list.items.map(dataOf);
  const isLiteral = (value: Data | undefined) =>
    value === null || ['string', 'number', 'boolean'].includes(typeof value);
  return values.every(isLiteral) ? { kind: 'enum', values: values as Literal[] } : undefined;
}

/** The last name of `lib.mkOption` or `mkOption`. */
function nameOf(code: Expr): string | undefined {
  const at = withoutParens(code);
  if (at.kind === 'ident') return at.name;
  return at.kind === 'select' && !at.orElse ? attributeNames(at.path).at(-1) : undefined;
}

function memberOf({ items }: AttrSet, name: string): Expr | undefined {
  const item = items.find((one) => one.kind === 'binding' && attributeNames(one.path).join('.') === name);
  return item?.kind === 'binding' ? item.value : undefined;
}

/** Whether a set is known not to have a name. */
function isWithout({ items }: AttrSet, name: string): boolean {
  return items.every((one) => {
    const names = one.kind === 'binding' ? attributeNames(one.path).slice(0, 1) : attributeNames(one.names);
    return names.every((own) => own !== undefined && own !== name);
  });
}
