import type * as ts from 'typescript';
import type { Fix } from '../../diagnostics';
import { nodesOf, type Source } from '../../diagnostics/source';
import { constantOf, type PassedNode, type Step, syntaxPathsOf } from '../../diagnostics/syntax-path';
import { bare, definedAlready, definersOf, type Member, mayDefine, staticNameOf } from './edit-members';
import { loadsOf } from './edit-merge';
import {
  closing,
  commentsIn,
  type Edit,
  extentOf,
  indentAt,
  indentsOf,
  insertion,
  keyOf,
  listed,
  nested,
  opening,
  reindented,
  removal,
  type Value,
} from './edit-text';

interface Plan {
  readonly edits: readonly Edit[];
  /** Whether the edits are in the member itself, so that they do not touch those of another one. */
  readonly isInPlace: boolean;
}

/**
 * The edits that make a fix in the argument of a call, or the reason why there are none.
 *
 * A definition that stays in its group, or whose groups have nothing else, gets other names where it is. Any other one moves
 * below the deepest group that both places have in common: into the groups that are there already, else beside its old one.
 */
export function planEdits(source: Source, argument: ts.Expression, { from, to }: Fix): readonly Edit[] | string {
  const paths = syntaxPathsOf(source.ts, argument, from).filter(({ steps }) => steps.length === from.length);
  if (!paths.length) return 'it is not written out in this call';
  const shared = sharedLength(from, to);
  const names = to.slice(shared);
  const plans = paths.map(({ steps }) => {
    const problem = problemAbove(source, steps);
    if (problem) return problem;
    const members = steps.slice(shared);
    if (!names.every(isName) || !from.slice(shared).every(isName)) return 'it would have to leave a list';
    return members.map((one) => problemOf(source, one)).find(Boolean) ?? planOf(source, members, names as string[]);
  });
  const problem = plans.find((plan) => typeof plan === 'string');
  if (problem) return problem;
  const sound = plans as Plan[];
  if (sound.length > 1 && sound.some((plan) => !plan.isInPlace)) return 'it is written in more than one place';
  return sound.flatMap((plan) => plan.edits);
}

const isName = (step: string | number) => typeof step === 'string';

/** How many steps two places have in common; each has one more at least. */
function sharedLength(from: Fix['from'], to: Fix['to']): number {
  const most = Math.min(from.length, to.length) - 1;
  const differs = from.findIndex((step, i) => i >= most || step !== to[i]);
  return Math.max(0, differs);
}

/** Why what is on the way to a member cannot be edited. */
function problemAbove(source: Source, steps: readonly Step[]): string | undefined {
  for (const { kind, node } of steps.flatMap((step) => step.through)) {
    if (kind === 'name') return 'a name on the way to it is computed';
    if (kind === 'variable' && !isUsedOnce(source, node as ts.Identifier)) {
      return `the constant '${(node as ts.Identifier).text}' is used elsewhere too`;
    }
  }
  return undefined;
}

/** Whether a constant is read at one place only, so that a change is seen there only. */
function isUsedOnce({ ts, tree }: Source, name: ts.Identifier): boolean {
  const declaration = constantOf(ts, name)!.parent;
  const statement = declaration.parent.parent;
  if (ts.isVariableStatement(statement) && statement.modifiers?.length) return false;
  const isUse = (node: ts.Node) => {
    if (!ts.isIdentifier(node) || node.text !== name.text) return false;
    const { parent } = node;
    const isOtherName =
      (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent)) &&
      parent.name === node;
    return !isOtherName;
  };
  return [...nodesOf(ts, tree)].filter(isUse).length === 1;
}

/** Why a member cannot get another name. */
function problemOf({ ts }: Source, { node }: Step): string | undefined {
  if (!ts.isPropertyAssignment(node) && !ts.isShorthandPropertyAssignment(node)) return 'it is written as a function';
  const isComputed = ts.isComputedPropertyName(node.name) && !ts.isStringLiteralLike(node.name.expression);
  return isComputed ? 'its name is computed' : undefined;
}

/** What a fix does where the members on the way are all that differs. */
function planOf(source: Source, steps: readonly Step[], names: readonly string[]): Plan | string {
  const first = steps[0]!;
  const member = first.node as Member;
  const rivals = definersOf(source, first.level as ts.ObjectLiteralExpression, names[0]!).filter(
    (one) => one !== member,
  );
  const unknown = rivals.find((one) => staticNameOf(source, one) === undefined);
  if (unknown) return mayDefine(source, unknown, names[0]!);
  const isAlone = steps.slice(1).every((step) => (step.literal as ts.ObjectLiteralExpression).properties.length === 1);
  if (!rivals.length && isAlone) return inPlace(source, steps, names);
  if (names[0] === staticNameOf(source, member)) return definedAlready(source, member, names[0]!);

  const obstacle = steps
    .slice(1)
    .flatMap((step) => step.through)
    .find(({ kind }) => kind !== 'syntax');
  if (obstacle) return `it would have to leave ${inWords(source, obstacle)}`;
  if (!rivals.length) return move(source, steps, first.literal as ts.ObjectLiteralExpression, names, member);
  const group = groupFor(source, first.literal as ts.ObjectLiteralExpression, rivals, names);
  if (typeof group === 'string') return group;
  return 'into' in group ? merge(source, steps, group.into) : move(source, steps, group.literal, group.names);
}

/** Gives other names to members of which each has nothing but the next one. */
function inPlace(source: Source, steps: readonly Step[], names: readonly string[]): Plan | string {
  const { tree } = source;
  const count = Math.min(steps.length, names.length) - 1;
  const fork = steps
    .slice(1, count + 1)
    .flatMap((step) => step.through)
    .find(({ kind }) => kind === 'choice' || kind === 'spread');
  if (fork) return `it would have to leave ${inWords(source, fork)}`;
  const edits = names.slice(0, count).flatMap((name, i) => renaming(source, steps[i]!.node as Member, [name]));
  const outer = steps[count]!.node as Member;
  const rest = steps.slice(count + 1);
  const tail = names.slice(count);
  if (!rest.length) return { edits: [...edits, ...renaming(source, outer, tail)], isInPlace: true };

  const obstacle = rest.flatMap((step) => step.through).find(({ kind }) => kind !== 'syntax');
  if (obstacle) return `it would have to leave ${inWords(source, obstacle)}`;
  const inner = rest.at(-1)!.node as Member;
  const start = outer.getStart(tree);
  const value = valueIn(source, inner);
  const kept = [...commentsIn(source, start, value.start), ...commentsIn(source, inner.end, outer.end)];
  const indent = indentAt(tree.text, start);
  const write = nested(source, tail, value, outer.name);
  edits.push({ start, end: outer.end, text: listed(source, kept, indent) + write(indent) });
  return { edits, isInPlace: true };
}

/** Gives a member another name, or several that are nested. */
function renaming(source: Source, member: Member, names: readonly string[]): Edit[] {
  const start = member.name.getStart(source.tree);
  const name = member.name.getText(source.tree);
  const value = valueIn(source, member);
  const indent = indentAt(source.tree.text, start);
  if (!('initializer' in member)) return [{ start, end: member.end, text: nested(source, names, value)(indent) }];

  const keys = names.map((one) => (one === staticNameOf(source, member) ? name : keyOf(source, one, member.name)));
  if (keys.length === 1) return [{ start, end: member.name.end, text: keys[0]! }];
  if (!value.write(indent).includes('\n')) {
    return [
      { start, end: member.name.end, text: keys.join(': { ') },
      { start: member.end, end: member.end, text: ' }'.repeat(keys.length - 1) },
    ];
  }
  const around = indentsOf(source, indent, keys.length - 1);
  return [
    { start, end: member.name.end, text: opening(source, keys, around) },
    { start: value.start, end: member.end, text: value.write(around.at(-1)!) + closing(source, around) },
  ];
}

/** Moves a member, without the groups that would be left empty. */
function move(
  source: Source,
  steps: readonly Step[],
  target: ts.ObjectLiteralExpression,
  names: readonly string[],
  after?: Member,
): Plan {
  const member = steps.at(-1)!.node as Member;
  const value = valueIn(source, member);
  const { top, comments } = leaving(source, steps);
  const [note, ...others] = comments.behind;
  const above = [...comments.above, ...commentsIn(source, member.name.getStart(source.tree), value.start), ...others];
  const write = (indent: string) => listed(source, above, indent) + nested(source, names, value)(indent);
  const added = { write, note: note?.text ?? '', breaks: 0 };
  return { edits: [...removal(source, top), ...insertion(source, target, after, [added])], isInPlace: false };
}

/** Moves the members of a set into another one. */
function merge(source: Source, steps: readonly Step[], into: ts.PropertyAssignment): Plan | string {
  const { top, comments } = leaving(source, steps);
  const loads = loadsOf(source, steps.at(-1)!.node as Member, into, [...comments.above, ...comments.behind]);
  if (typeof loads === 'string') return loads;
  const insertions = loads.flatMap((one) => insertion(source, one.target, undefined, one.added));
  return { edits: [...removal(source, top), ...insertions], isInPlace: false };
}

/** What goes with a member: the outermost of the groups that would be left empty, and the comments around it. */
function leaving(source: Source, steps: readonly Step[]) {
  const { tree } = source;
  const member = steps.at(-1)!.node as Member;
  let top = member;
  for (const step of steps.toReversed()) {
    top = step.node as Member;
    if ((step.literal as ts.ObjectLiteralExpression).properties.length > 1) break;
  }
  const own = extentOf(source, member);
  const all = extentOf(source, top);
  const above = [
    ...(top === member ? [] : commentsIn(source, all.start, own.start)),
    ...commentsIn(source, own.start, member.getStart(tree)),
  ];
  const behind = [
    ...commentsIn(source, member.end, own.end),
    ...(top === member ? [] : commentsIn(source, own.end, all.end)),
  ];
  return { top, comments: { above, behind } };
}

/** A member's value as it is written, for lines of another indentation. */
function valueIn(source: Source, member: Member): Value {
  const { tree } = source;
  if (!('initializer' in member)) return { start: member.end, write: () => member.name.text, isShorthand: true };
  const start = member.initializer.getStart(tree);
  const from = indentAt(tree.text, member.getStart(tree));
  return { start, write: (indent) => reindented(source, start, member.end, from, indent), isShorthand: false };
}

/** The object to move a definition into, as one of its groups is there already, or what has the object that it is to be part of. */
function groupFor(
  source: Source,
  literal: ts.ObjectLiteralExpression,
  rivals: readonly ts.ObjectLiteralElementLike[],
  names: readonly string[],
):
  | { readonly literal: ts.ObjectLiteralExpression; readonly names: readonly string[] }
  | { readonly into: ts.PropertyAssignment }
  | string {
  const { ts } = source;
  const [group, ...others] = rivals;
  const inner = group && ts.isPropertyAssignment(group) ? bare(source, group.initializer) : undefined;
  if (others.length || group!.parent !== literal || !inner || !ts.isObjectLiteralExpression(inner)) {
    return names.length === 1
      ? definedAlready(source, group!, names[0]!)
      : `'${names[0]}' is not written as one object here`;
  }
  const rest = names.slice(1);
  if (!rest.length) return { into: group as ts.PropertyAssignment };
  const next = definersOf(source, inner, rest[0]!);
  const unknown = next.find((one) => staticNameOf(source, one) === undefined);
  if (unknown) return mayDefine(source, unknown, rest[0]!);
  return next.length ? groupFor(source, inner, next, rest) : { literal: inner, names: rest };
}

function inWords({ ts, tree }: Source, { kind, node }: PassedNode): string {
  if (ts.isCallExpression(node)) return `${node.expression.getText(tree)}(…)`;
  if (kind === 'variable') return `the constant '${node.getText(tree)}'`;
  return kind === 'spread' ? `'${node.getText(tree)}'` : 'an expression that chooses';
}
