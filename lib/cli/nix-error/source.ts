import type * as ts from 'typescript';
import type { Position } from '../../diagnostics';
import { nodesOf, type Source, sourceOf } from '../../diagnostics/source';
import { staticName, syntaxPathsOf } from '../../diagnostics/syntax-path';
import type { OptionPlace, Spot } from './node-at';
import { inTemplate, isNixTemplate, type Range } from './template';

/** What is looked for in the user's source. */
export interface Sought {
  /** The expression of the output, if that is known. */
  readonly spot?: Spot;
  /** Names in it that are meant, the likeliest first; without one, all of it. */
  readonly names: readonly string[];
}

/**
 * The place in the user's source of what stands at a place of the output, inside of a template too.
 *
 * @param at the definition that it is in: a name in an argument of `set`, an element, or a call
 * @param rest the way from there to what is meant
 */
export function sourceSpot(at: Position, rest: OptionPlace, sought: Sought): Position {
  const source = sourceOf(at.file);
  const nodes = source ? nodesAt(source, at) : [];
  for (const node of nodes) {
    const found = inNode(source!, node, rest, sought);
    if (found) return positionOf(source!, at.file, found);
  }
  return at;
}

/** The values at a place, the likeliest first: of the member that has its name there, the expression there, the arguments of the call. */
function nodesAt(source: Source, { line, column, length }: Position): ts.Node[] {
  const { ts, tree, calls } = source;
  const lineStart = tree.getLineStarts()[line - 1];
  if (lineStart === undefined) return [];
  const offset = lineStart + column - 1;
  const around = [...nodesOf(ts, tree, ({ pos, end }) => pos <= offset && offset < end)];
  for (const node of around) {
    const isMember = ts.isPropertyAssignment(node) && node.name.getStart(tree) === offset;
    if (isMember) return [node.initializer];
    if (ts.isShorthandPropertyAssignment(node) && node.getStart(tree) === offset) return [node.name];
  }
  const exact = around.find((node) => node.getStart(tree) === offset && rangeLength(source, node) === length);
  if (exact && length !== undefined) return [exact];
  // The engine's place for a call is the name of what is called, or its bracket.
  const bracket = (node: ts.Node) => ts.isCallExpression(node) && node.expression.end === offset;
  const call = calls.get(offset) ?? (around.findLast(bracket) as ts.CallExpression | undefined);
  // The name of what is made stands before what it is.
  return [...(call?.arguments ?? [])].reverse();
}

function rangeLength({ tree }: Source, node: ts.Node): number {
  const start = node.getStart(tree);
  const lineEnd = tree.text.slice(start, node.end).search(/[\r\n\u2028\u2029]/);
  return lineEnd < 0 ? node.end - start : lineEnd;
}

function inNode(source: Source, node: ts.Node, rest: OptionPlace, sought: Sought): Range | undefined {
  const { ts } = source;
  if (!ts.isExpression(node)) return undefined;
  // One step further than there is leads through `mkIf` and its kin, and to the template that the value is.
  const paths = syntaxPathsOf(ts, node, [...rest, '\0']);
  for (const { end } of paths) {
    const value = end === undefined ? node : ts.isPropertyAssignment(end) ? end.initializer : end;
    const found = inValue(source, value, sought);
    if (found) return found;
  }
  // A longer way than the source shows: what is left of it is in an expression.
  const [furthest] = paths;
  const last = furthest?.end;
  if (!last || furthest.steps.length === 0) return undefined;
  const shown = ts.isPropertyAssignment(last) ? last.name : last;
  return { start: shown.getStart(source.tree), end: shown.end };
}

function inValue(source: Source, value: ts.Node, { spot, names }: Sought): Range | undefined {
  if (spot && isNixTemplate(source, value)) {
    const found = inTemplate(source, value, spot, names);
    if (found && 'value' in found) {
      return (
        inValue(source, found.value, { names }) ?? { start: found.value.getStart(source.tree), end: found.value.end }
      );
    }
    if (found) return found;
  }
  for (const name of names) {
    const found = named(source, value, name);
    if (found) return found;
  }
  return undefined;
}

/** Where a name is first written in a part of a source: as a name, or as a word of a text. */
function named({ ts, tree }: Source, root: ts.Node, name: string): Range | undefined {
  const word = new RegExp(`(?<![\\w'-])${name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\w'-])`);
  for (const node of nodesOf(ts, root)) {
    const start = node.getStart(tree);
    if (ts.isIdentifier(node) && node.text === name) return { start, end: node.end };
    if (!ts.isStringLiteralLike(node) && !ts.isTemplateLiteralToken(node)) continue;
    const at = word.exec(node.getText(tree))?.index;
    if (at !== undefined) return { start: start + at, end: start + at + name.length };
  }
  return undefined;
}

function positionOf({ tree }: Source, file: string, { start, end }: Range): Position {
  const { line, character } = tree.getLineAndCharacterOfPosition(start);
  const lineEnd = tree.text.slice(start, end).search(/[\r\n\u2028\u2029]/);
  const length = Math.max(1, lineEnd < 0 ? end - start : lineEnd);
  return { file, line: line + 1, column: character + 1, length, isSource: true };
}

/** The place of a name in the template at a place; where there is no template, the place itself. */
export function nameInTemplate(at: Position, name: string): Position {
  const source = sourceOf(at.file);
  const template = source && nodesAt(source, at).find((node) => isNixTemplate(source, node));
  const found = template && named(source, template, name);
  return found ? positionOf(source, at.file, found) : at;
}

/** The place of a member around a place, by its name: the group that a definition is in. */
export function memberAbove(at: Position, name: string): Position {
  const source = sourceOf(at.file);
  const start = source?.tree.getLineStarts()[at.line - 1];
  if (!source || start === undefined) return at;
  const { ts, tree } = source;
  const offset = start + at.column - 1;
  const around = nodesOf(ts, tree, ({ pos, end }) => pos <= offset && offset < end);
  const member = [...around].findLast((node) => ts.isPropertyAssignment(node) && staticName(ts, node.name) === name) as
    | ts.PropertyAssignment
    | undefined;
  if (!member) return at;
  return positionOf(source, at.file, { start: member.name.getStart(tree), end: member.name.end });
}
