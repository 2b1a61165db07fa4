import type * as ts from 'typescript';
import type { Place, Position } from './position';
import { callOfSet, type Source } from './source';
import { syntaxPathsOf } from './syntax-path';

/** The place of a leaf in a source that has been parsed; nothing where the call is as far as it leads. */
export function leafIn(source: Source, call: Position, place: Place): Position | undefined {
  const argument = callOfSet(source, call)?.arguments[call.argument ?? 0];
  const end = argument && syntaxPathsOf(source.ts, argument, place)[0]?.end;
  return end && placeOf(source, call.file, end);
}

/** The place of a node, as far as it is on one line. */
function placeOf({ ts, tree }: Source, file: string, node: ts.Node): Position {
  const shown = (ts.isObjectLiteralElementLike(node) && node.name) || node;
  const start = shown.getStart(tree);
  const { line, character } = tree.getLineAndCharacterOfPosition(start);
  const lineEnd = tree.text.slice(start, shown.end).search(/[\r\n\u2028\u2029]/);
  const length = lineEnd < 0 ? shown.end - start : lineEnd;
  return { file, line: line + 1, column: character + 1, length, isSource: true };
}
