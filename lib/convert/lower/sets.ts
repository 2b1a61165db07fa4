import type { AttrSet, Expr } from '../../nix';
import { freeVariables } from '../../nix';
import { commentLines, commentsAt, isCode } from '../comments';
import type { Lowered } from '../lowered';
import type { Scope } from '../scope';
import { type SetMember, type SetTree, setTree } from '../set-tree';
import { namesBound } from '../substitute';
import { array, type Code, call, type Property, text } from '../typescript/code';
import { type Context, library, type OptionPath } from './context';
import { remarksOf, withStrays } from './lists';
import { raw } from './raw';

import { lowerKey } from './strings';

/** A set, as an object; one whose names only Nix knows by `attrs`. */
export function lowerSet(expr: AttrSet, scope: Scope, context: Context, at?: OptionPath): Lowered {
  if (expr.rec && isRecursive(expr)) return raw(expr, scope, context, 'rec');
  const tree = setTree(expr);
  if (at && !takesAll(tree, at, context)) return raw(expr, scope, context, 'unknown option');
  return lowerTree(tree, scope, context, at);
}

function lowerTree(tree: SetTree, scope: Scope, context: Context, at?: OptionPath): Lowered {
  if (!tree.computed.length) return { code: objectOf(tree, scope, context, at), is: 'data' };
  const pairs = tree.computed.map(({ key, value, before, after }) => {
    context.strays.push(...commentsAt({ ...(before && { before }), ...(after && { after }) }));
    return array([lowerKey(key, scope, context), context.lower(value, scope, at && [...at, '']).code]);
  });
  const { members: named, below = [] } = objectOf(tree, scope, context, at);
  context.strays.push(
    ...named.flatMap(({ above = [], behind }) => [...above, ...(behind === undefined ? [] : [behind])]),
  );
  context.strays.push(...below);
  const members = named.map(({ name, value }) => array([text(name), value]));
  return { code: call(library(context, 'attrs'), ...members, ...pairs), is: 'expression' };
}

/** A set of attributes whose names are known, as an object. */
export function objectOf(tree: SetTree, scope: Scope, context: Context, at?: OptionPath) {
  const members = [...tree.members].map(([name, member]): Property => {
    const path = at && [...at, name];
    const { value, strays } = withStrays(context, () => codeOf(member, scope, context, path));
    const before = commentLines(member.before);
    const behind = member.after && commentLines([member.after]);
    const lines = [...before.filter((line) => line !== ''), ...strays];
    // What is said of the value of an option reaches the Nix again.
    if (path && lines.length && member.is === 'value' && isLeaf(value) && !isCode(lines)) {
      const said = lines.map((line) => line.trim()).join('\n');
      const commented = call(library(context, 'comment'), text(said), value);
      return { ...remarksOf(before[0] === '' ? [''] : [], behind), name, value: commented };
    }
    return { ...remarksOf(before, behind, strays), name, value };
  });
  const below = commentLines(tree.last).filter((line) => line !== '');
  return { kind: 'object' as const, members, ...(below.length && { below }) };
}

function codeOf(member: SetMember, scope: Scope, context: Context, at: OptionPath | undefined): Code {
  switch (member.is) {
    case 'value':
      return context.lower(member.value, scope, at).code;
    case 'inherited': {
      const path = [{ kind: 'name', name: member.name }] as const;
      const expr: Expr = member.from ? { kind: 'select', of: member.from, path } : { kind: 'ident', name: member.name };
      return context.lower(expr, scope, at).code;
    }
    case 'set':
      return lowerTree(member.tree, scope, context, at).code;
  }
}

/** Whether the types know every name of a set, as far as its paths lead. */
function takesAll(tree: SetTree, at: OptionPath, context: Context): boolean {
  return [...tree.members].every(([name, member]) => {
    const path = [...at, name];
    return context.options.takes(path) && (member.is !== 'set' || takesAll(member.tree, path, context));
  });
}

const isLeaf = (code: Code) => code.kind !== 'object';

function isRecursive(expr: AttrSet): boolean {
  const { free, maybe } = freeVariables({ ...expr, rec: false } as AttrSet);
  return namesBound(expr.items).some((name) => free.has(name) || maybe.has(name));
}
