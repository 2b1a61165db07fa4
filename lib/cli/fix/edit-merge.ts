import type * as ts from 'typescript';
import type { Source } from '../../diagnostics/source';
import { bare, definedAlready, definersOf, type Member, mayDefine, shown, staticNameOf } from './edit-members';
import { type Added, type Comment, commentsIn, extentOf, indentAt, listed, reindented } from './edit-text';

/** Members, and the object that they go into. */
export interface Load {
  readonly target: ts.ObjectLiteralExpression;
  readonly added: readonly Added[];
}

/**
 * The members of a set as they go into another one, or why they cannot. What both define must be sets as well, whose members
 * go the same way.
 *
 * @param member what has the set
 * @param into what has the other one
 * @param above comments that go before the first of the members
 */
export function loadsOf(
  source: Source,
  member: Member,
  into: ts.PropertyAssignment,
  above: readonly Comment[],
): readonly Load[] | string {
  const { ts, tree } = source;
  const set = 'initializer' in member ? member.initializer : undefined;
  if (!set || !ts.isObjectLiteralExpression(set) || !set.properties.length) {
    return definedAlready(source, into, staticNameOf(source, into)!);
  }
  const target = bare(source, into.initializer) as ts.ObjectLiteralExpression;
  const own: Added[] = [];
  const inner: Load[] = [];
  let first = [
    ...above,
    ...commentsIn(source, member.name.getStart(tree), set.getStart(tree)),
    ...commentsIn(source, extentOf(source, set.properties.at(-1)!).end, set.end - 1),
  ];
  let at = set.getStart(tree) + 1;
  for (const one of set.properties) {
    const { end } = extentOf(source, one);
    const rival = rivalOf(source, one, target);
    if (typeof rival === 'string') return rival;
    if (rival) {
      const around = [...commentsIn(source, at, one.getStart(tree)), ...commentsIn(source, one.end, end)];
      const loads = loadsOf(source, one as Member, rival, [...first, ...around]);
      if (typeof loads === 'string') return loads;
      inner.push(...loads);
    } else own.push(addedOf(source, one, at, first));
    first = [];
    at = end;
  }
  return own.length ? [{ target, added: own }, ...inner] : inner;
}

/** What has a set of the same name as a member, if something does, or why the member cannot be added. */
function rivalOf(
  source: Source,
  member: ts.ObjectLiteralElementLike,
  target: ts.ObjectLiteralExpression,
): ts.PropertyAssignment | string | undefined {
  const { ts } = source;
  const name = staticNameOf(source, member);
  if (name === undefined) return `what ${shown(source, member)} defines cannot be seen`;
  const [rival, ...others] = definersOf(source, target, name);
  if (!rival) return undefined;
  if (staticNameOf(source, rival) === undefined) return mayDefine(source, rival, name);
  const isSet = ts.isPropertyAssignment(rival) && ts.isObjectLiteralExpression(bare(source, rival.initializer));
  return isSet && rival.parent === target && !others.length ? rival : definedAlready(source, rival, name);
}

/** A member as it stands, with the comments before it since an offset. */
function addedOf(source: Source, member: ts.ObjectLiteralElementLike, from: number, above: readonly Comment[]): Added {
  const { tree } = source;
  const name = member.getStart(tree);
  const start = commentsIn(source, from, name)[0]?.start ?? name;
  const [note, ...others] = commentsIn(source, member.end, extentOf(source, member).end);
  const indent = indentAt(tree.text, name);
  return {
    write: (to) => listed(source, [...above, ...others], to) + reindented(source, start, member.end, indent, to),
    note: note?.text ?? '',
    breaks: Math.min(2, tree.text.slice(from, start).split('\n').length - 1),
  };
}
