import type * as ts from 'typescript';
import type { Source } from '../../diagnostics/source';
import { choicesOf, constantOf, staticName, withinSyntax } from '../../diagnostics/syntax-path';
import { shortened } from '../../redaction';

/** A member with a value, as it can be given another name or place. */
export type Member = ts.PropertyAssignment | ts.ShorthandPropertyAssignment;

/** A member as a message shows it. */
export function shown({ tree }: Source, member: ts.ObjectLiteralElementLike): string {
  const text = (member.name ?? member).getText(tree).replace(/\s+/g, ' ');
  return `'${shortened(text, 40)}'`;
}

/** Why a name cannot be given, where a member may be one of that name. */
export function mayDefine(source: Source, member: ts.ObjectLiteralElementLike, name: string): string {
  return `${shown(source, member)} may define '${name}' too`;
}

/** Why a name cannot be given, where something has it. */
export function definedAlready({ tree }: Source, by: ts.Node, name: string): string {
  const { line } = tree.getLineAndCharacterOfPosition(by.getStart(tree));
  return `'${name}' is defined already, in line ${line + 1}`;
}

/** The members of an object that define a name, through spreads, and those of which it cannot be seen. */
export function definersOf(
  source: Source,
  literal: ts.ObjectLiteralExpression,
  name: string,
  open: readonly ts.Node[] = [],
): readonly ts.ObjectLiteralElementLike[] {
  const { ts } = source;
  return literal.properties.flatMap((member) => {
    if (ts.isSpreadAssignment(member)) return spread(member, member.expression);
    const own = staticName(ts, member.name);
    return own === name || own === undefined ? [member] : [];
  });

  function spread(member: ts.SpreadAssignment, value: ts.Expression): readonly ts.ObjectLiteralElementLike[] {
    const inner = bare(source, value);
    if (ts.isObjectLiteralExpression(inner)) return definersOf(source, inner, name, open);
    const choices = choicesOf(ts, inner);
    if (choices) return choices.flatMap((choice) => spread(member, choice));
    const constant = ts.isIdentifier(inner) ? constantOf(ts, inner) : undefined;
    const known = constant && bare(source, constant);
    if (!known || !ts.isObjectLiteralExpression(known) || open.includes(known)) return [member];
    return definersOf(source, known, name, [...open, known]);
  }
}

/** The name of a member, if it can be read. */
export function staticNameOf({ ts }: Source, member: ts.ObjectLiteralElementLike): string | undefined {
  return member.name && staticName(ts, member.name);
}

/** An expression without what changes nothing at run time. */
export function bare(source: Source, value: ts.Expression): ts.Expression {
  const inner = withinSyntax(source.ts, value);
  return inner ? bare(source, inner) : value;
}
