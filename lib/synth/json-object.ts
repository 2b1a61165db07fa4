import { createRequire } from 'node:module';
import type { Node, ParseError } from 'jsonc-parser';

/** A member of a JSON object, with where it stands in the text. */
export interface JsonMember {
  readonly key: string;
  readonly value: unknown;
  /** Offset of the key. */
  readonly keyAt: number;
  /** Offset of the value. */
  readonly valueAt: number;
  /** Offset of what follows the value. */
  readonly valueEnd: number;
  /** What is in the value, if it is an object. */
  readonly members?: readonly JsonMember[];
}

/** Where a text stops being JSON. */
export class JsonError extends Error {
  /** @param at offset of what is wrong */
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

/** What the parser's codes mean to a person. */
const meanings: Record<string, string> = {
  InvalidSymbol: 'there is something that is not JSON (names and strings have double quotes)',
  InvalidNumberFormat: 'there is a number that is not JSON',
  PropertyNameExpected: 'a name in double quotes has to stand here (and no comma before the end)',
  ValueExpected: 'a value has to stand here',
  ColonExpected: "a ':' has to stand here",
  CommaExpected: "a ',' has to stand here",
  CloseBraceExpected: "a '}' has to stand here",
  CloseBracketExpected: "a ']' has to stand here",
  EndOfFileExpected: 'the file has to end here',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfString: 'a string does not end in its line',
};

/**
 * Reads a JSON object with the places of its members, which `JSON.parse` does not keep.
 *
 * @throws JsonError if the text is not JSON, or something else than an object
 */
export function parseJsonObject(text: string): JsonMember[] {
  // Most apps never have to know where something stands in JSON, and loading it takes time.
  const { parseTree, printParseErrorCode } = createRequire(__filename)('jsonc-parser') as typeof import('jsonc-parser');
  const errors: ParseError[] = [];
  // A byte order mark is no error, and offsets count it.
  const tree = parseTree(text.replace(/^\uFEFF/, ' '), errors, { disallowComments: true });
  const [first] = errors;
  if (first) {
    const code = printParseErrorCode(first.error);
    throw new JsonError(meanings[code] ?? code, first.offset);
  }
  if (tree?.type !== 'object') throw new JsonError('it has to be an object', 0);
  return membersOf(tree);
}

function membersOf({ children = [] }: Node): JsonMember[] {
  return children.map(({ children }) => {
    const [key, value] = children!;
    return {
      key: key!.value as string,
      value: plainValue(value!),
      keyAt: key!.offset,
      valueAt: value!.offset,
      valueEnd: value!.offset + value!.length,
      ...(value!.type === 'object' && { members: membersOf(value!) }),
    };
  });
}

function plainValue(node: Node): unknown {
  if (node.type === 'array') return node.children!.map(plainValue);
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(node.children!.map(({ children }) => [children![0]!.value, plainValue(children![1]!)]));
}
