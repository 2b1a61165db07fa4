/** One parameter of a JavaScript function: a name, or the members that it takes apart. */
export type Parameter = string | readonly Member[];

/** `{ name }` or `{ name: local }`. */
export interface Member {
  readonly name: string;
  readonly local: string;
}

/** Why the parameters of a function have no counterpart in Nix. */
export class ParameterError extends Error {}

/**
 * The parameters of a function, read from its own text (`Function.prototype.toString`, ECMA-262).
 *
 * @throws ParameterError for what Nix functions do not have: default values, rest parameters, patterns of arrays or in one
 *   another, generators, async functions
 */
export function parametersOf(fn: (...args: never[]) => unknown): Parameter[] {
  const text = Function.prototype.toString.call(fn);
  const source = withoutComments(text);
  if (/\{\s*\[native code\]\s*\}\s*$/.test(source)) throw new ParameterError('it is not written in JavaScript');
  if (/^class\b/.test(source)) throw new ParameterError('it is a class');
  if (/^async\b(?!\s*(?:=>|\())|^async\s*\(.*?\)\s*=>/s.test(source) || isAsync(fn)) {
    throw new ParameterError('it is async, and Nix does not wait');
  }
  if (/^(?:function\s*)?\*/.test(source)) throw new ParameterError('it is a generator');
  const [, only] = /^([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=>/u.exec(source) ?? [];
  if (only !== undefined) return [only];
  const open = source.indexOf('(');
  const list = source.slice(open + 1, closing(source, open));
  return split(list).map((one) => parameter(one, /^function\b/.test(source)));
}

const isAsync = (fn: object) => Object.prototype.toString.call(fn) === '[object AsyncFunction]';

function parameter(text: string, isFunction: boolean): Parameter {
  if (text.startsWith('...')) throw new ParameterError(`it takes any number of arguments (${text})`);
  if (text.startsWith('[')) throw new ParameterError(`it takes a list apart (${text})`);
  if (text.startsWith('{')) return split(text.slice(1, closing(text, 0))).map(member);
  if (text.includes('=')) throw new ParameterError(`its parameter has a default value (${text})`);
  // What compilers make of a pattern for targets before ES2015: the names are in the body then.
  if (isFunction && /^_[a-z]$/.test(text)) {
    throw new ParameterError('its parameters were compiled away: compile for ES2015 or newer');
  }
  return text;
}

function member(text: string): Member {
  if (text.startsWith('...')) throw new ParameterError(`it takes the other members as one (${text})`);
  const [, bare, single, double, rest = ''] = /^(?:([^\s:='"[]+)|'([^']*)'|"([^"]*)")\s*(.*)$/s.exec(text) ?? [];
  const name = bare ?? single ?? double;
  if (name === undefined) throw new ParameterError(`it takes a member apart whose name is computed (${text})`);
  const local = rest === '' ? name : rest.startsWith(':') ? rest.slice(1).trim() : undefined;
  if (local === undefined || local.includes('=')) {
    throw new ParameterError(`its parameter '${name}' has a default value`);
  }
  if (/^[[{]/.test(local)) throw new ParameterError(`it takes '${name}' apart once more`);
  return { name, local };
}

/** The parts of a list, at its commas. */
function split(list: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let i = 0; i <= list.length; i++) {
    const char = list[i];
    if (char === undefined || char === ',') {
      parts.push(list.slice(start, i).trim());
      start = i + 1;
    } else i = skip(list, i);
  }
  return parts.filter((one) => one !== '');
}

/** The index of the bracket that closes the one at `open`. */
function closing(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === ')' || text[i] === ']' || text[i] === '}') return i;
    i = skip(text, i);
  }
  return text.length;
}

/** The index of the last character of what starts at `i`, if it is brackets or a string; else `i`. */
function skip(text: string, i: number): number {
  const char = text[i]!;
  if (char === '(' || char === '[' || char === '{') return closing(text, i);
  if (char !== "'" && char !== '"' && char !== '`') return i;
  for (let at = i + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === char) return at;
  }
  return text.length;
}

/** Comments as blanks, those in strings left alone; only as far as parameters may reach. */
function withoutComments(text: string): string {
  return text
    .trim()
    .replace(/("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '$1')
    .trim();
}
