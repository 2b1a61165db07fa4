import { type AttrSet, type Expr, expr, ident, print, select, str } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import { withoutParens } from '../../nix/walk';
import { type Fill, shapeOf } from '../../options/shape';
import { showType } from '../../options/show-type';
import { declaredOptions } from '../../synth/check/declared-options';
import { declaredOption } from '../../synth/check/declared-type';

/** A value as manuals show it. */
export interface ShownValue {
  readonly _type: 'literalExpression' | 'literalMD';
  readonly text: string;
}

/** What manuals say of an option, as `options.json` of nixpkgs has it (nixos/lib/make-options-doc). */
export interface OptionDoc {
  /** The files that declare it, by their paths in the output. */
  readonly declarations: readonly string[];
  readonly default?: ShownValue;
  readonly description?: string;
  readonly example?: ShownValue;
  readonly loc: readonly string[];
  readonly readOnly: boolean;
  readonly type: string;
}

/** The options that a module declares, those in submodules as well; without those that manuals are not to show. */
export function optionDocs(module: Expr, file: string): OptionDoc[] {
  return docsIn(module, [], [file]);
}

function docsIn(module: Expr, above: readonly string[], declarations: readonly string[]): OptionDoc[] {
  return declaredOptions(module).options.flatMap(({ names, code }) => {
    return docsOf(withoutParens(code), [...above, ...names], declarations);
  });
}

function docsOf(code: Expr, loc: readonly string[], declarations: readonly string[]): OptionDoc[] {
  const said = whatIsSaid(code);
  if (!said || isTrue(said.internal) || isFalse(said.visible)) return [];
  const visible = said.visible && textOf(said.visible);
  const doc = {
    declarations,
    ...shown('default', said.defaultText ?? said.default),
    ...(said.description && { description: textOf(said.description) ?? print(said.description).trim() }),
    ...shown('example', said.example),
    loc,
    readOnly: isTrue(said.readOnly),
    type: typeWords(code, said.type),
  };
  const below = visible === 'shallow' || !said.type ? [] : docsBelow(said.type, loc, declarations);
  return visible === 'transparent' ? below : [doc, ...below];
}

/** The options of submodules in a type. */
function docsBelow(code: Expr, loc: readonly string[], declarations: readonly string[]): OptionDoc[] {
  const at = withoutParens(code);
  if (at.kind === 'with') return docsBelow(at.body, loc, declarations);
  if (at.kind !== 'apply') return [];
  const [first, ...others] = at.args.map(withoutParens);
  const below = (type: Expr | undefined, ...more: readonly string[]) =>
    type ? docsBelow(type, [...loc, ...more], declarations) : [];
  switch (lastName(at.fn)) {
    case 'attrsOf':
    case 'lazyAttrsOf':
      return below(first, '<name>');
    case 'listOf':
    case 'nonEmptyListOf':
      return below(first, '*');
    case 'nullOr':
    case 'uniq':
    case 'addCheck':
      return below(first);
    case 'unique':
    case 'coercedTo':
      return below(others.at(-1));
    case 'functionTo':
      return below(first, '<function body>');
    case 'either':
      return [...below(first), ...below(others[0])];
    case 'oneOf':
      return first?.kind === 'list' ? first.items.flatMap((one) => below(one)) : [];
    case 'submodule':
      return first ? docsIn(first, loc, declarations) : [];
    case 'submoduleWith': {
      const modules = first?.kind === 'set' ? membersOf(first).modules : undefined;
      return modules?.kind === 'list' ? modules.items.flatMap((one) => docsIn(one, loc, declarations)) : [];
    }
    default:
      return [];
  }
}

type Said = { readonly [name: string]: Expr | undefined };

/** What a declaration says of an option, and what its function adds (nixpkgs, lib/options.nix). */
function whatIsSaid(code: Expr): Said | undefined {
  if (code.kind === 'binary' && code.op === '//') {
    const right = withoutParens(code.right);
    const said = whatIsSaid(withoutParens(code.left));
    return said && right.kind === 'set' ? { ...said, ...membersOf(right) } : said;
  }
  if (code.kind !== 'apply') return undefined;
  const [first, second, third] = code.args.map(withoutParens);
  switch (lastName(code.fn)) {
    case 'mkOption':
      return first?.kind === 'set' ? membersOf(first) : {};
    case 'mkEnableOption': {
      const what = first && textOf(first);
      const description = `Whether to enable ${what ?? (first ? print(first).trim() : '')}.`;
      return { default: ident('false'), example: ident('true'), description: str(description) };
    }
    case 'mkPackageOption':
      return packageOption(second, third?.kind === 'set' ? membersOf(third) : {});
    default:
      return undefined;
  }
}

function packageOption(name: Expr | undefined, said: Said): Said {
  const path = namesOf(said.default ?? name);
  const more = said.extraDescription && textOf(said.extraDescription);
  return {
    ...(path && { default: select(ident('pkgs'), ...path) }),
    description: str(`The ${namesOf(name)?.join(' ') ?? 'given'} package to use.${more ? ` ${more}` : ''}`),
    ...(said.example && { example: said.example }),
  };
}

/** The names on the way to a package, where they are spelled. */
function namesOf(code: Expr | undefined): string[] | undefined {
  const all = code?.kind === 'list' ? code.items.map(textOf) : [code && textOf(code)];
  return all.includes(undefined) ? undefined : (all as string[]);
}

function membersOf({ items }: AttrSet): Said {
  const members: Record<string, Expr> = {};
  for (const item of items) {
    if (item.kind !== 'binding' || item.path.length !== 1) continue;
    const [name] = attributeNames(item.path);
    if (name !== undefined) members[name] = withoutParens(item.value);
  }
  return members;
}

function shown(name: 'default' | 'example', code: Expr | undefined): Partial<Pick<OptionDoc, typeof name>> {
  if (!code) return {};
  const mark = code.kind === 'apply' ? lastName(code.fn) : undefined;
  const marked = code.kind === 'apply' && code.args[0] ? textOf(withoutParens(code.args[0])) : undefined;
  if ((mark === 'literalExpression' || mark === 'literalMD') && marked !== undefined) {
    return { [name]: { _type: mark, text: marked } };
  }
  return { [name]: { _type: 'literalExpression', text: print(code).trim() } };
}

/** Integers that nixpkgs knows by their bits. */
const bits: Readonly<Record<string, string>> = {
  port: '16 bit unsigned',
  u8: '8 bit unsigned',
  u16: '16 bit unsigned',
  u32: '32 bit unsigned',
  s8: '8 bit signed',
  s16: '16 bit signed',
  s32: '32 bit signed',
};

function typeWords(code: Expr, typeCode: Expr | undefined): string {
  const { type } = declaredOption(code);
  const name = typeCode && lastName(typeCode);
  if (type === undefined) return typeCode ? print(typeCode).trim() : 'unspecified value';
  const words = showType(type).replace(/\bof submodule\b/g, 'of (submodule)');
  return name !== undefined && Object.hasOwn(bits, name) ? words.replace('integer', `${bits[name]} integer;`) : words;
}

const nothing: Fill = () => undefined;

/** The text that a string, or one that is marked as Markdown, comes to; nothing where only Nix can tell it. */
function textOf(code: Expr): string | undefined {
  const inner = code.kind === 'apply' && /^(mdDoc|literalMD)$/.test(lastName(code.fn) ?? '') ? code.args[0] : code;
  const shape = inner && shapeOf(expr(inner), nothing);
  return typeof shape === 'string' ? shape : undefined;
}

const isTrue = (code: Expr | undefined): boolean => code?.kind === 'ident' && code.name === 'true';
const isFalse = (code: Expr | undefined): boolean => code?.kind === 'ident' && code.name === 'false';

function lastName(code: Expr): string | undefined {
  const at = withoutParens(code);
  if (at.kind === 'ident') return at.name;
  return at.kind === 'select' ? attributeNames(at.path).at(-1) : undefined;
}
