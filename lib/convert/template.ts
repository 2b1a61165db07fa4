import { type Expr, mapTree, parse, print } from '../nix';
import { allComments } from './all-comments';
import { commentLines } from './comments';
import type { Code, Template } from './typescript/code';

/** A variable of Nix in whose place a value of JavaScript stands. */
export interface Hole {
  readonly name: string;
  readonly code: Code;
}

/** A tree as a `nix` template; its holes are variables of names that nothing else has. */
export function nixTemplate(tree: Expr, holes: readonly Hole[]): Template {
  const bare = withoutOuterTrivia(tree);
  const printed = print(bare).trimEnd();
  const source = isFaithful(printed) ? printed : withoutBackslashes(bare);
  const lines = source.split('\n');
  const indents = lines.length > 1 && mayIndent(source);
  const shown = indents ? `\n${source}\n` : source;
  const { chunks, values } = split(shown, holes);
  const comments = commentLines(allComments(bare));
  return {
    kind: 'template',
    tag: 'nix',
    chunks: chunks.map(escaped),
    values,
    indents,
    ...(comments.length && { comments }),
  };
}

/** The comments around it are kept where it stands. */
function withoutOuterTrivia(tree: Expr): Expr {
  const { before, after, end, ...bare } = tree;
  return bare as Expr;
}

/** A backslash takes the meaning of what follows it, in JavaScript and in the template. */
const takesMeaning = /(?<!\\)((?:\\\\)*\\)(`|\$\{)/g;

const isFaithful = (source: string) => source.search(takesMeaning) < 0;

/** The code with strings in the notation that has no single backslashes; in comments they are apart from what follows. */
const withoutBackslashes = (tree: Expr) => print(mapTree(tree, plainlyQuoted)).trimEnd().replace(takesMeaning, '$1 $2');

const escaped = (chunk: string) => chunk.replaceAll('`', '\\`').replaceAll('${', '\\${');

function plainlyQuoted(node: Expr): Expr {
  if (node.kind !== 'str' && node.kind !== 'indented') return node;
  const { before, after } = node;
  const parts = node.parts.map((part) =>
    part.kind === 'text' ? { kind: 'text' as const, value: part.value, raw: quoted(part.value) } : part,
  );
  return { kind: 'str', parts, ...(before && { before }), ...(after && { after }) };
}

function quoted(value: string): string {
  return value
    .replace(/[\\"]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll('${', '\\$\\{');
}

/** Whether the lines may stand further to the right: a string in quotes may go on over several. */
function mayIndent(source: string): boolean {
  const moved = source.replace(/^(?=.)/gm, '  ');
  return print(parse(moved)) === print(parse(source));
}

function split(source: string, holes: readonly Hole[]): { chunks: string[]; values: Code[] } {
  if (!holes.length) return { chunks: [source], values: [] };
  const byName = new Map(holes.map((hole) => [hole.name, hole.code]));
  const names = [...byName.keys()].join('|');
  const pieces = source.split(new RegExp(`\\$\\{(${names})\\}|\\b(${names})\\b`));
  const chunks: string[] = [pieces[0]!];
  const values: Code[] = [];
  for (let i = 1; i < pieces.length; i += 3) {
    values.push(byName.get(pieces[i] ?? pieces[i + 1]!)!);
    chunks.push(pieces[i + 2]!);
  }
  return { chunks, values };
}
