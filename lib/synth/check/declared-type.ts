import type { AttrSet, Expr } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import { withoutParens } from '../../nix/walk';
import type { Literal, OptionType } from '../../options/type';

/**
 * The type of an option as its declaration spells it: `lib.mkOption { type = lib.types.str; }`.
 *
 * @returns nothing where only Nix can tell it
 */
export function declaredType(declaration: Expr): OptionType | undefined {
  const at = withoutParens(declaration);
  // mkEnableOption "…" // { default = true; }
  if (at.kind === 'binary' && at.op === '//') {
    const more = withoutParens(at.right);
    return more.kind === 'set' && isWithout(more, 'type') ? declaredType(at.left) : undefined;
  }
  if (at.kind !== 'apply') return undefined;
  const [first, , details] = at.args.map(withoutParens);
  switch (nameOf(at.fn)) {
    case 'mkEnableOption':
      return 'bool';
    case 'mkPackageOption':
      return !details || (details.kind === 'set' && isWithout(details, 'nullable')) ? 'package' : undefined;
    case 'mkOption': {
      const type = first?.kind === 'set' ? memberOf(first, 'type') : undefined;
      return type && typeIn(type, false);
    }
    default:
      return undefined;
  }
}

const simple: Readonly<Record<string, OptionType>> = {
  bool: 'bool',
  int: 'int',
  float: 'float',
  str: 'str',
  path: 'path',
  package: 'package',
  attrs: 'attrs',
  lines: { kind: 'str', separator: '\n' },
  port: { kind: 'int', min: 0, max: 65535 },
};

/** @param isOpened whether a `with` around it makes the names of types known */
function typeIn(code: Expr, isOpened: boolean): OptionType | undefined {
  const at = withoutParens(code);
  if (at.kind === 'with') return typeIn(at.body, nameOf(at.env) === 'types');
  if (at.kind === 'apply') {
    const [argument, ...others] = at.args;
    const kind = typeName(at.fn, isOpened);
    if (others.length) return undefined;
    if (kind === 'enum') return enumOf(withoutParens(argument!));
    const of = typeIn(argument!, isOpened);
    return of !== undefined && (kind === 'listOf' || kind === 'attrsOf' || kind === 'nullOr')
      ? { kind, of }
      : undefined;
  }
  const name = typeName(at, isOpened);
  return name !== undefined && Object.hasOwn(simple, name) ? simple[name] : undefined;
}

/** The name in `types.str`, or in `str` below a `with`. */
function typeName(code: Expr, isOpened: boolean): string | undefined {
  const at = withoutParens(code);
  if (at.kind === 'ident') return isOpened ? at.name : undefined;
  if (at.kind !== 'select' || at.orElse) return undefined;
  const [name, before = nameOf(at.of)] = attributeNames(at.path).reverse();
  return before === 'types' ? name : undefined;
}

function enumOf(list: Expr): OptionType | undefined {
  if (list.kind !== 'list') return undefined;
  const values = list.items.map(literalOf);
  return values.includes(undefined) ? undefined : { kind: 'enum', values: values as Literal[] };
}

function literalOf(code: Expr): Literal | undefined {
  if (code.kind !== 'str' || code.parts.length > 1) return undefined;
  const [only] = code.parts;
  if (!only) return '';
  return only.kind === 'text' ? only.value : undefined;
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
