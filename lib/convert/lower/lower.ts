import type { Expr, With } from '../../nix';
import { commentsAt } from '../comments';
import type { Lowered } from '../lowered';
import type { Scope } from '../scope';
import { call, word } from '../typescript/code';
import { lowerApply } from './calls';
import { type Context, library, type OptionPath, spanKey } from './context';
import { lowerLambda } from './lambdas';
import { lowerList } from './lists';
import { lowerBinary, lowerIf, lowerUnary } from './operators';
import { raw } from './raw';
import { isRaw, lowerHasAttr, lowerIdent, lowerSelect, untyped } from './selections';
import { lowerSet } from './sets';
import { lowerFile, lowerString, numberCode } from './strings';

/** The TypeScript of an expression of Nix. What has no typed form is a `nix` template, as small as can be. */
export function lowerIn(context: Context, expr: Expr, scope: Scope, at?: OptionPath): Lowered {
  // What is last in a list, a set or a `let` stays in it.
  context.strays.push(...commentsAt({ ...expr, last: undefined } as Expr));
  const { length } = context.strays;
  const lowered = lowerKind(expr, scope, context, at);
  // Nix as it is holds its comments itself.
  if (isRaw(lowered)) context.strays.length = length;
  return expr.pos && !lowered.code.from ? { ...lowered, code: { ...lowered.code, from: expr.pos } } : lowered;
}

function lowerKind(expr: Expr, scope: Scope, context: Context, at?: OptionPath): Lowered {
  const why = expr.pos && context.kept.get(spanKey(expr.pos));
  if (why === 'untyped') return untyped(expr, scope, context) ?? raw(expr, scope, context, 'type');
  if (why) return raw(expr, scope, context, why);
  switch (expr.kind) {
    case 'num':
      return lowerNumber(expr.text, context);
    case 'str':
    case 'indented':
      return lowerString(expr, scope, context);
    case 'uri':
      return lowerString({ kind: 'str', parts: [{ kind: 'text', value: expr.uri }] }, scope, context);
    case 'path':
      return lowerFile(expr, scope, context);
    case 'ident':
      return lowerIdent(expr, scope, context);
    case 'select':
      return lowerSelect(expr, scope, context);
    case 'hasAttr':
      return lowerHasAttr(expr, scope, context);
    case 'apply':
      return lowerApply(expr, scope, context, at);
    case 'unary':
      return lowerUnary(expr, scope, context);
    case 'binary':
      return lowerBinary(expr, scope, context, at);
    case 'lambda':
      return lowerLambda(expr, scope, context);
    case 'if':
      return lowerIf(expr, scope, context, at);
    case 'list':
      return lowerList(expr, scope, context, at);
    case 'set':
      return lowerSet(expr, scope, context, at);
    case 'paren':
      return context.lower(expr.expr, scope, at);
    case 'with':
      return context.lower(expr.body, withScope(expr, scope), at);
    case 'let':
    case 'legacyLet':
      return raw(expr, scope, context, 'let');
    case 'assert':
      return raw(expr, scope, context, 'assert');
    case 'searchPath':
      return raw(expr, scope, context, 'path');
    case 'hole':
      throw new Error('a parsed tree has no holes');
  }
}

/** The scope inside of a `with`. */
export const withScope = ({ env }: With, around: Scope): Scope => ({ names: new Map(), env, around });

function lowerNumber(spelling: string, context: Context): Lowered {
  const code = numberCode(spelling);
  if (code !== undefined) return { code: word(code), is: /^\d+$/.test(code) ? 'number' : 'data' };
  return { code: call(library(context, 'float'), word(String(Number(spelling)))), is: 'expression' };
}
