/** A member of a JSON object, with where it stands in the text. */
export interface JsonMember {
  readonly key: string;
  readonly value: unknown;
  /** Offset of the key. */
  readonly keyAt: number;
  /** Offset of the value. */
  readonly valueAt: number;
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

const token =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: strings of JSON hold none of them
  /[ \t\r\n]+|[{}[\],:]|"(?:[^"\\\0-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * Reads a JSON object. `JSON.parse` cannot be used where a message has to name the line: it keeps no positions, and its
 * errors have none in some versions of Node.
 *
 * @throws JsonError if the text is not JSON, or something else than an object
 */
export function parseJsonObject(text: string): JsonMember[] {
  let at = 0;
  let current = '';
  advance(text.startsWith('\uFEFF') ? 1 : 0);
  if (!sees('{')) throw unexpected('an object');
  const members = readObject();
  if (!sees('')) throw unexpected('the end of the file');
  return members;

  /** Moves to the next token; at the end of the text to the empty one. */
  function advance(from = at + current.length): void {
    token.lastIndex = from;
    const found = token.exec(text)?.[0];
    if (found && /^\s/.test(found)) {
      advance(from + found.length);
      return;
    }
    at = from;
    current = found ?? '';
    if (!found && from < text.length) throw new JsonError(unreadable(text.slice(from)), from);
  }

  function sees(expected: string): boolean {
    return current === expected;
  }

  function readObject(): JsonMember[] {
    const read: JsonMember[] = [];
    advance();
    while (!sees('}')) {
      if (read.length) takeComma('}');
      if (!current.startsWith('"')) throw unexpected('a name in double quotes');
      const keyAt = at;
      const key = JSON.parse(current) as string;
      advance();
      take(':', "':'");
      const valueAt = at;
      read.push({ key, keyAt, value: readValue(), valueAt });
    }
    advance();
    return read;
  }

  function readArray(): unknown[] {
    const read: unknown[] = [];
    advance();
    while (!sees(']')) {
      if (read.length) takeComma(']');
      read.push(readValue());
    }
    advance();
    return read;
  }

  function readValue(): unknown {
    if (sees('{')) return Object.fromEntries(readObject().map(({ key, value }) => [key, value]));
    if (sees('[')) return readArray();
    if (/^[\]},:]?$/.test(current)) throw unexpected('a value');
    const value: unknown = JSON.parse(current);
    advance();
    return value;
  }

  function takeComma(end: string): void {
    const comma = at;
    take(',', `',' or '${end}'`);
    if (sees(end)) throw new JsonError(`there is a comma before '${end}'`, comma);
  }

  function take(expected: string, name: string): void {
    if (!sees(expected)) throw unexpected(name);
    advance();
  }

  function unexpected(expected: string): JsonError {
    return new JsonError(`expected ${expected}, not ${current ? shown(current) : 'the end of the file'}`, at);
  }
}

/** Why some text cannot be read on. */
function unreadable(text: string): string {
  if (text.startsWith('"')) return 'a string that does not end in its line, or has an escape that JSON does not know';
  if (text.startsWith('//') || text.startsWith('/*')) return 'JSON has no comments';
  if (text.startsWith("'")) return 'strings of JSON have double quotes';
  return `unexpected ${shown(text)}`;
}

/** The beginning of some text, short enough for a message. */
function shown(text: string): string {
  const start = /^[^\s,:{}[\]]{1,20}/.exec(text)?.[0] ?? text.slice(0, 1);
  return start.startsWith('"') ? start : `'${start}'`;
}
