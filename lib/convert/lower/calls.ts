import type { Apply, Expr } from '../../nix';
import { functions } from '../library-names';
import type { Lowered } from '../lowered';
import type { Scope } from '../scope';
import { type Code, call, member } from '../typescript/code';
import { type Context, library, type OptionPath } from './context';
import { isOption, isType } from './declarations';
import { type NamePath, pathOf } from './paths';
import { raw } from './raw';
import { expression, lowerFunction, reference } from './selections';

/** The application of a function. */
export function lowerApply(expr: Apply, scope: Scope, context: Context, at?: OptionPath): Lowered {
  const own = ownFunction(expr, scope);
  if (own) {
    const fn = library(context, own);
    const args = expr.args.map((arg, i) =>
      context.lower(arg, scope, i === expr.args.length - 1 ? contentPath(own, at) : undefined),
    );
    return expression(call(fn, ...args.map(({ code }) => code)));
  }
  const path = pathOf(expr.fn, scope);
  const isForeign = path?.root === 'lib' && path.path[0] === 'types' && !isType(path.path.slice(1), expr.args);
  const fn = isForeign ? lowerForeign(path, context) : lowerFunction(expr.fn, scope, context);
  if (fn.is !== 'reference' || isSelect(fn.code)) {
    if (fn.code.kind === 'template' && fn.code.tag === 'nix') context.raws.pop();
    return raw(expr, scope, context, 'function');
  }
  return reference(call(fn.code, ...expr.args.map((arg) => withoutType(context.lower(arg, scope).code))));
}

/** A type of nixpkgs' library that is given what the compiler would not know. */
const lowerForeign = ({ path }: NamePath, context: Context): Lowered =>
  reference(path.reduce<Code>((code, name) => member(code, name), library(context, 'lib')));

/** Whether something is selected by names that TypeScript cannot write behind a dot: then nothing is called so. */
const isSelect = (code: Code) => code.kind === 'call' && code.fn.kind === 'word' && code.fn.word === 'select';

/** The types of an argument's parameters are those that the function gives it. */
const withoutType = (code: Code): Code => {
  if (code.kind !== 'arrow') return code;
  const { type, ...untyped } = code;
  return untyped;
};

/** The function of `cdknix` that an application is written with, if there is one and it takes what is given. */
function ownFunction({ fn, args }: Apply, scope: Scope): string | undefined {
  const path = pathOf(fn, scope);
  const name = path?.root === 'lib' && path.path.length === 1 ? path.path[0]! : undefined;
  if (name === undefined || functions.get(name) !== args.length) return undefined;
  const [first] = args as [Expr];
  switch (name) {
    case 'mkMerge':
      return first.kind === 'list' ? name : undefined;
    case 'mkOption':
      return isOption(first) ? name : undefined;
    case 'mkOverride':
    case 'mkOrder':
      return first.kind === 'num' ? name : undefined;
    case 'literalExpression':
    case 'literalMD':
      return first.kind === 'indented' || first.kind === 'str' ? name : undefined;
    default:
      return name;
  }
}

/** The option that the last argument defines, where the application does. */
function contentPath(fn: string, at: OptionPath | undefined): OptionPath | undefined {
  return fn === 'mkOption' || fn === 'mkEnableOption' ? undefined : at;
}
