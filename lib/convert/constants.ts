import type { Expr, Let } from '../nix';
import { withoutParens } from '../nix/walk';
import { commentLines } from './comments';
import { exported } from './library-names';
import { type Context, library } from './lower/context';
import { withStrays } from './lower/lists';
import { pathOf } from './lower/paths';
import type { Lowered } from './lowered';
import type { Meaning, Scope } from './scope';
import { type SetMember, setOf, setTree } from './set-tree';
import type { Statement } from './statements';
import { call, text, word } from './typescript/code';
import { variableName } from './typescript/names';

/**
 * The scope inside of a `let`. A variable becomes a constant when it is first used, in the order of what needs what: data as
 * it is, other values by `bind`. What is defined by itself stays in Nix.
 *
 * @param constants takes the constants
 */
export function letScope({ items, last }: Let, around: Scope, context: Context, constants: () => Statement[]): Scope {
  const names = new Map<string, Meaning | (() => Meaning)>();
  const scope: Scope = { names, around };
  for (const [name, member] of setTree({ items, ...(last && { last }) }).members) {
    names.set(name, member.is === 'inherited' ? inherited(member, scope, around) : once(name, member, scope));
  }
  return scope;

  function once(name: string, member: SetMember, scope: Scope): () => Meaning {
    const value = member.is === 'set' ? setOf(member.tree) : (member as { value: Expr }).value;
    const kept: Meaning = { kind: 'kept', value, scope };
    let meaning: Meaning | undefined;
    let isOpen = false;
    let isCyclic = false;
    return () => {
      if (meaning) return meaning;
      if (isOpen) {
        isCyclic = true;
        return kept;
      }
      isOpen = true;
      const raws = context.raws.length;
      const above = [...commentLines(member.before), ...commentLines(member.after && [member.after])];
      const made = constant(name, value, scope, above);
      isOpen = false;
      if (isCyclic) context.raws.length = raws;
      meaning = isCyclic || !made ? kept : made();
      return meaning;
    };
  }

  /** What makes the constant of a variable. */
  function constant(name: string, value: Expr, scope: Scope, above: readonly string[]): (() => Meaning) | undefined {
    const path = pathOf(value, scope);
    if (path?.root === 'lib') return () => ({ kind: 'alias', expr: value, scope });
    const { value: lowered, strays } = withStrays(context, () => context.lower(value, scope));
    return () => {
      const variable = variableName(name, (one) => context.variables.has(one) || exported.has(one));
      context.variables.add(variable);
      const { code, is } = boundTo(name, value, lowered);
      constants().push({ above: [...above.filter((line) => line !== ''), ...strays], constant: variable, code });
      const option = path?.root === 'config' ? { option: path.path } : {};
      return { kind: 'code', lowered: { code: word(variable), is }, ...option };
    };
  }

  function boundTo(name: string, value: Expr, lowered: Lowered): Lowered {
    if (lowered.is === 'text' || lowered.is === 'number') return lowered;
    const isSelected = withoutParens(value).kind === 'select' || context.selected.has(name);
    if (lowered.is === 'reference' && isSelected) return lowered;
    if (lowered.is === 'data' && isClosed(lowered)) return lowered;
    return { code: call(library(context, 'bind'), text(name), lowered.code), is: 'expression' };
  }
}

function inherited(member: SetMember & { is: 'inherited' }, scope: Scope, around: Scope): Meaning {
  const { name, from } = member;
  if (!from) return { kind: 'alias', expr: { kind: 'ident', name }, scope: around };
  return { kind: 'alias', expr: { kind: 'select', of: from, path: [{ kind: 'name', name }] }, scope };
}

/** Whether data is of JavaScript through and through. */
function isClosed({ code }: Pick<Lowered, 'code'>): boolean {
  switch (code.kind) {
    case 'word':
    case 'text':
      return true;
    case 'array':
      return code.items.every(({ value }) => isClosed({ code: value }));
    case 'object':
      return code.members.every(({ value }) => isClosed({ code: value }));
    default:
      return false;
  }
}
