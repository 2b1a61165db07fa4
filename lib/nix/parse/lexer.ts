import { holeInside, syntaxError } from '../syntax-error';
import { floatEnd, numberProblem } from './lexer-numbers';
import { skipTrivia, type TriviaReader } from './lexer-trivia';

export type Keyword = 'if' | 'then' | 'else' | 'assert' | 'with' | 'let' | 'in' | 'rec' | 'inherit' | 'or';

/** What the lexer tells apart. A string or a path is only begun: the parser reads its parts. */
export type TokenKind =
  | Keyword
  | 'id'
  | 'int'
  | 'float'
  | 'path'
  | 'searchPath'
  | 'uri'
  | 'hole'
  | 'end'
  | '"'
  | "''"
  | '${'
  | '{'
  | '}'
  | '['
  | ']'
  | '('
  | ')'
  | ';'
  | ':'
  | ','
  | '.'
  | '...'
  | '='
  | '@'
  | '?'
  | '!'
  | '++'
  | '*'
  | '/'
  | '+'
  | '-'
  | '//'
  | '<'
  | '<='
  | '>'
  | '>='
  | '=='
  | '!='
  | '&&'
  | '||'
  | '->'
  | '|>'
  | '<|';

/** The state of a lexer, which is the token it stands on. */
export interface Lexer extends TriviaReader {
  kind: TokenKind;
  /** Where the token before ended. */
  previousEnd: number;
  /** Number of holes read. */
  holesRead: number;
  /** The run of path characters that was looked at last, so that no run is looked at twice. */
  readonly run: Run;
}

interface Run {
  start: number;
  end: number;
  /** The last `_` in it, which no URI scheme has. */
  underscore: number;
  path: boolean;
}

/** A lexer before the first token; call `advance`. */
export function lexer(source: string, holes?: readonly unknown[]): Lexer {
  const nul = holes === undefined ? source.indexOf('\0') : -1;
  if (nul >= 0) throw syntaxError(source, nul, 'unexpected character U+0000');
  return {
    source,
    holes,
    kind: 'end',
    start: 0,
    end: 0,
    previousEnd: -1,
    trailing: undefined,
    leading: undefined,
    holesRead: 0,
    run: { start: 0, end: 0, underscore: -1, path: false },
  };
}

const DOT = 46;
const SLASH = 47;
const UNDERSCORE = 95;

const PATH_CHAR = 1;
const ID_START = 2;
const ID_CHAR = 4;
const DIGIT = 8;
const SCHEME_CHAR = 16;
const URI_CHAR = 32;
const CLASSES = new Uint8Array(128);
mark('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', PATH_CHAR | ID_START | ID_CHAR | SCHEME_CHAR | URI_CHAR);
mark('0123456789', PATH_CHAR | ID_CHAR | DIGIT | SCHEME_CHAR | URI_CHAR);
mark('_', PATH_CHAR | ID_START | ID_CHAR | URI_CHAR);
mark('-', PATH_CHAR | ID_CHAR | SCHEME_CHAR | URI_CHAR);
mark('.+', PATH_CHAR | SCHEME_CHAR | URI_CHAR);
mark("'", ID_CHAR | URI_CHAR);
mark('%/?:@&=$,!~*', URI_CHAR);

function mark(characters: string, classes: number): void {
  for (const character of characters) CLASSES[character.charCodeAt(0)]! |= classes;
}

function is(source: string, index: number, classes: number): boolean {
  const code = source.charCodeAt(index);
  // Past the end, the code is NaN.
  return code < 128 && (CLASSES[code]! & classes) !== 0;
}

/** Whether a path goes on with this character. */
export function isPathChar(source: string, index: number): boolean {
  return is(source, index, PATH_CHAR);
}

/** Goes to the next token. Comments between the two are in `trailing` and `leading`. Throws `NixSyntaxError`. */
export function advance(lx: Lexer): void {
  const first = lx.previousEnd < 0;
  lx.previousEnd = lx.end;
  lx.trailing = undefined;
  lx.leading = undefined;
  skipTrivia(lx, first);
  scan(lx);
}

function scan(lx: Lexer): void {
  const { source, start } = lx;
  if (start >= source.length) {
    token(lx, 'end', source.length);
    return;
  }
  const code = source.charCodeAt(start);
  const classes = code < 128 ? CLASSES[code]! : 0;
  if ((classes & PATH_CHAR) !== 0 || code === SLASH) {
    if (startsPath(lx, start)) {
      token(lx, 'path', start);
      if (start > 0 && source.charCodeAt(start - 1) === 0) throw holeInside(source, start - 1, 'a path');
    } else if ((classes & ID_START) !== 0) {
      if (code === UNDERSCORE || !scanUri(lx)) scanIdentifier(lx);
    } else if ((classes & DIGIT) !== 0 || (code === DOT && is(source, start + 1, DIGIT))) {
      scanNumber(lx);
    } else {
      scanPunctuation(lx);
    }
  } else {
    scanPunctuation(lx);
  }
}

function token(lx: Lexer, kind: TokenKind, end: number): void {
  lx.kind = kind;
  lx.end = end;
}

/** Whether a path starts here: path characters, a slash, and then a path character or an interpolation. */
function startsPath(lx: Lexer, start: number): boolean {
  const { source, run } = lx;
  if (start >= run.end || start < run.start) {
    run.start = start;
    run.underscore = -1;
    let i = start;
    while (is(source, i, PATH_CHAR)) {
      if (source.charCodeAt(i) === UNDERSCORE) run.underscore = i;
      i++;
    }
    run.end = i;
    run.path = source.charCodeAt(i) === SLASH && continuesPath(source, i + 1);
  }
  return run.path;
}

/** A hole counts too: the parser refuses it, while a path that ended before it would be read as a division. */
function continuesPath(source: string, index: number): boolean {
  return is(source, index, PATH_CHAR) || source.charCodeAt(index) === 0 || source.startsWith('${', index);
}

/** The run that ends in a colon was looked at by `startsPath`. */
function scanUri(lx: Lexer): boolean {
  const { source, start, run } = lx;
  if (source.charCodeAt(run.end) !== 58 || run.underscore >= start || !is(source, run.end + 1, URI_CHAR)) return false;
  let i = run.end + 1;
  while (is(source, i, URI_CHAR)) i++;
  if (source.charCodeAt(i) === 0) throw holeInside(source, i, 'a URI');
  token(lx, 'uri', i);
  return true;
}

const KEYWORDS: ReadonlyMap<string, Keyword> = new Map(
  (['if', 'then', 'else', 'assert', 'with', 'let', 'in', 'rec', 'inherit', 'or'] as const).map((word) => [word, word]),
);
const LONGEST_KEYWORD = 7;

function scanIdentifier(lx: Lexer): void {
  const { source, start } = lx;
  let i = start + 1;
  while (is(source, i, ID_CHAR)) i++;
  const keyword = i - start <= LONGEST_KEYWORD ? KEYWORDS.get(source.slice(start, i)) : undefined;
  token(lx, keyword ?? 'id', i);
  if (keyword === undefined) refuseHoleBeside(lx, 'a name');
}

/** What is glued together in a template would come apart in Nix: `pkgs.foo_${version}` would be an application. */
function refuseHoleBeside(lx: Lexer, what: string): void {
  const { source, start, end } = lx;
  if (lx.holes === undefined) return;
  const before = start > 0 && source.charCodeAt(start - 1) === 0;
  if (before || source.charCodeAt(end) === 0) throw holeInside(source, before ? start - 1 : end, what);
}

function scanNumber(lx: Lexer): void {
  const { source, start } = lx;
  let i = start;
  while (is(source, i, DIGIT)) i++;
  const end = source.charCodeAt(i) === DOT ? floatEnd(source, start) : undefined;
  token(lx, end === undefined ? 'int' : 'float', end ?? i);
  refuseHoleBeside(lx, 'a number');
  const problem = numberProblem(source.slice(start, lx.end), end !== undefined);
  if (problem !== undefined) throw syntaxError(source, start, problem);
}

const PUNCTUATION = new Map<number, readonly TokenKind[]>();
for (const kind of [
  ...(['${', '...', '++', '//', '<=', '>=', '==', '!=', '&&', '||', '->', '|>', '<|', "''"] as const),
  ...(['"', '{', '}', '[', ']', '(', ')', ';', ':', ',', '.', '=', '@', '?', '!'] as const),
  ...(['*', '/', '+', '-', '<', '>'] as const),
]) {
  const code = kind.charCodeAt(0);
  PUNCTUATION.set(code, [...(PUNCTUATION.get(code) ?? []), kind]);
}

const SEARCH_PATH = /<[A-Za-z0-9._+-]+(?:\/[A-Za-z0-9._+-]+)*(>)?/y;

function scanPunctuation(lx: Lexer): void {
  const { source, start } = lx;
  const code = source.charCodeAt(start);
  if (code === 60 && scanSearchPath(lx)) return;
  if (code === 126 && startsHomePath(source, start)) {
    token(lx, 'path', start);
    return;
  }
  if (code === 0) {
    token(lx, 'hole', start + 1);
    return;
  }
  for (const kind of PUNCTUATION.get(code) ?? []) {
    if (kind.length === 1 || source.startsWith(kind, start)) {
      token(lx, kind, start + kind.length);
      return;
    }
  }
  throw syntaxError(source, start, `unexpected character ${showCharacter(source, start)}`);
}

function scanSearchPath(lx: Lexer): boolean {
  SEARCH_PATH.lastIndex = lx.start;
  const match = SEARCH_PATH.exec(lx.source);
  if (match === null) return false;
  if (match[1] === undefined) {
    const end = lx.start + match[0].length;
    const behindSlash = lx.source.charCodeAt(end) === SLASH ? end + 1 : end;
    if (lx.source.charCodeAt(behindSlash) === 0) throw holeInside(lx.source, behindSlash, 'a search path');
    return false;
  }
  token(lx, 'searchPath', lx.start + match[0].length);
  return true;
}

function startsHomePath(source: string, start: number): boolean {
  return source.charCodeAt(start + 1) === SLASH && continuesPath(source, start + 2);
}

function showCharacter(source: string, index: number): string {
  const character = String.fromCodePoint(source.codePointAt(index)!);
  const code = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character) ? `"${character}" (${code})` : code;
}
