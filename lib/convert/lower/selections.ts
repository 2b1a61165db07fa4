import type { Expr, HasAttr, Ident, Key, Select } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import { withNewComments } from '../all-comments';
import { hasType } from '../library-names';
import type { Lowered } from '../lowered';
import { lookUp, type Scope } from '../scope';
import { type Code, call, member, text, word } from '../typescript/code';
import { type Context, library } from './context';
import { type NamePath, pathOf } from './paths';
import { raw } from './raw';
import { lowerKey } from './strings';

/** A variable. */
export function lowerIdent(expr: Ident, scope: Scope, context: Context): Lowered {
  const found = lookUp(scope, expr.name);
  switch (found.kind) {
    case 'code':
      return found.isArgument ? lowerPath({ root: expr.name, path: [] }, context) : found.lowered;
    case 'alias':
      return context.lower(withNewComments(found.expr, context.followed), found.scope);
    case 'kept':
      return raw(expr, scope, context, 'let');
    case 'ambiguous':
      return raw(expr, scope, context, 'with');
    default:
      return lowerPath({ root: expr.name, path: [] }, context);
  }
}

/** `a.b`, `a.b or c`, `a.${b}`. */
export function lowerSelect(expr: Select, scope: Scope, context: Context): Lowered {
  const { orElse, ...plain } = expr;
  if (orElse) {
    const from = selected(plain, scope, context);
    if (from.is !== 'reference') return raw(expr, scope, context, 'operator');
    const otherwise = context.lower(orElse, scope);
    return expression(call(library(context, 'orElse'), from.code, otherwise.code));
  }
  return selected(plain, scope, context);
}

function selected(expr: Select, scope: Scope, context: Context): Lowered {
  const path = pathOf(expr, scope);
  if (path) return lowerPath(path, context);
  const option = optionOf(expr, scope);
  if (option && !context.options.configFor(option)) return lowerPath({ root: 'config', path: option }, context);
  const of = context.lower(expr.of, scope);
  if (of.is !== 'reference' && of.is !== 'expression') {
    if (isRaw(of)) context.raws.pop();
    return raw(expr, scope, context, 'variable');
  }
  const names = attributeNames(expr.path);
  if (of.is === 'reference' && !names.includes(undefined)) return members(of.code, names as string[], context);
  // As much as can be is selected as TypeScript does it.
  const first = of.is === 'reference' ? names.indexOf(undefined) : 0;
  const start = members(of.code, names.slice(0, first) as string[], context).code;
  const keys = expr.path.slice(first).map((key) => lowerKey(key, scope, context));
  return reference(call(library(context, 'select'), start, ...keys));
}

/** The option that is selected from a constant for a part of the configuration. */
function optionOf({ of, path }: Select, scope: Scope): string[] | undefined {
  const found = of.kind === 'ident' ? lookUp(scope, of.name) : undefined;
  const names = attributeNames(path);
  if (found?.kind !== 'code' || !found.option || names.includes(undefined)) return undefined;
  return [...found.option, ...(names as string[])];
}

/** A selection from what every module has. */
export function lowerPath({ root, path }: NamePath, context: Context): Lowered {
  if (root === 'true' || root === 'false' || root === 'null') {
    return path.length ? reference(call(library(context, 'select'), word(root))) : { code: word(root), is: 'data' };
  }
  if (root === 'config') {
    const config = context.options.configFor(path);
    if (config) return members(config, path, context);
  }
  if (root === 'lib' && path[0] === 'types' && hasType(path.slice(1))) {
    return members(library(context, 'types'), path.slice(1), context);
  }
  if (known.has(root)) return members(library(context, root), path, context);
  if (globals.has(root)) return members(library(context, 'builtins'), [root, ...path], context);
  return members(library(context, 'args'), [root, ...path], context);
}

/** A part of the configuration, as what may be of any type. */
export function untyped(expr: Expr, scope: Scope, context: Context): Lowered | undefined {
  const path = pathOf(expr, scope);
  const option = path?.root === 'config' ? path.path : expr.kind === 'select' ? optionOf(expr, scope) : undefined;
  return option && members(library(context, 'args'), ['config', ...option], context);
}

/** What a function is selected from, where its type says that it can be called. */
export function lowerFunction(expr: Expr, scope: Scope, context: Context): Lowered {
  const path = pathOf(expr, scope);
  if (path?.root === 'config') return members(library(context, 'args'), ['config', ...path.path], context);
  return context.lower(expr, scope);
}

/** `a ? b.c`. */
export function lowerHasAttr(expr: HasAttr, scope: Scope, context: Context): Lowered {
  const of = context.lower(expr.of, scope);
  if (of.is !== 'reference' && of.is !== 'expression') return raw(expr, scope, context, 'operator');
  const keys = expr.path.map((key: Key) => lowerKey(key, scope, context));
  return expression(call(library(context, 'has'), of.code, ...keys));
}

const known: ReadonlySet<string> = new Set(['pkgs', 'lib', 'inputs', 'builtins']);

/** Nix's own functions, which `builtins` has as well. */
const globals: ReadonlySet<string> = new Set(
  (
    'abort baseNameOf break derivation derivationStrict dirOf fetchGit fetchMercurial fetchTarball fetchTree fromTOML ' +
    'import isNull map placeholder removeAttrs scopedImport throw toString'
  ).split(' '),
);

/** Names by which JavaScript asks any value for something. */
const asked: ReadonlySet<string> = new Set(['then', 'toJSON', 'toLocaleString', 'valueOf', 'toString']);

/** Libraries that have functions of such names. */
const libraries: Readonly<Record<string, readonly string[]>> = {
  toString: ['builtins', 'lib', 'strings'],
  toJSON: ['builtins', 'generators', 'strings'],
};

function members(of: Code, names: readonly string[], context: Context): Lowered {
  const code = names.reduce<Code>((code, name) => {
    const last = code.kind === 'word' ? code.word : code.kind === 'member' ? code.name : '';
    if (!asked.has(name) || libraries[name]?.includes(last)) return member(code, name);
    return call(library(context, 'select'), code, text(name));
  }, of);
  return reference(code);
}

export const isRaw = ({ code }: Lowered) => code.kind === 'template' && code.tag === 'nix';

export const reference = (code: Code): Lowered => ({ code, is: 'reference' });
export const expression = (code: Code): Lowered => ({ code, is: 'expression' });
