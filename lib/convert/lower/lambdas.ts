import type { Expr, Lambda } from '../../nix';
import { withoutParens } from '../../nix/walk';
import { exported, hideable } from '../library-names';
import type { Lowered } from '../lowered';
import type { Meaning, Scope } from '../scope';
import { type Parameter, word } from '../typescript/code';
import { variableName } from '../typescript/names';
import type { Context } from './context';
import { raw } from './raw';
import { reference } from './selections';

/** A function whose parameters have a counterpart: names, and open patterns without defaults. */
export function lowerLambda(expr: Lambda, scope: Scope, context: Context): Lowered {
  const parameters: Parameter[] = [];
  const own = new Set<string>();
  let inside = scope;
  let body: Expr = expr;
  while (body.kind === 'lambda' && isPlain(body)) {
    const names = new Map<string, Meaning>();
    const local = (name: string) => {
      const variable = variableName(name, (one) => own.has(one) || isTaken(one, scope, context));
      own.add(variable);
      names.set(name, { kind: 'code', lowered: reference(word(variable)) });
      return variable;
    };
    parameters.push(
      body.param !== undefined
        ? local(body.param)
        : body.pattern!.formals.map(({ name }) => [name, local(name)] as const),
    );
    inside = { names, parameters: own, around: inside };
    body = withoutParens(body.body);
  }
  if (!parameters.length) return raw(expr, scope, context, 'function');
  const count = context.raws.length;
  const lowered = context.lower(body, inside);
  if (lowered.code.kind === 'template' && lowered.code.tag === 'nix') {
    context.raws.length = count;
    return raw(expr, scope, context, 'function');
  }
  context.imports.add('type Ref');
  return { code: { kind: 'arrow', parameters, type: 'Ref', body: lowered.code }, is: 'data' };
}

const isPlain = ({ param, pattern }: Lambda) =>
  !pattern ||
  (param === undefined &&
    pattern.ellipsis &&
    pattern.formals.length > 0 &&
    pattern.formals.every((one) => !one.default));

const isTaken = (name: string, scope: Scope, { variables }: Context) =>
  variables.has(name) || (exported.has(name) && !hideable.has(name)) || isParameter(name, scope);

/** Whether a function around has a parameter of a name. */
function isParameter(name: string, scope: Scope): boolean {
  for (let at: Scope | undefined = scope; at; at = at.around) if (at.parameters?.has(name)) return true;
  return false;
}
