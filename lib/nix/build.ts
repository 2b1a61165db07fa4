import type {
  Apply,
  Assert,
  AttrSet,
  Binary,
  BinaryOp,
  Binding,
  Comment,
  Expr,
  Formal,
  Formals,
  HasAttr,
  Hole,
  Ident,
  If,
  IndentedStr,
  Inherit,
  Interpolation,
  Item,
  Key,
  Lambda,
  Let,
  List,
  Paren,
  Select,
  Str,
  Text,
  Trivia,
  Unary,
  With,
} from './ast';
import { checkText, commentLines, isIdentifier, isVariable } from './encode';
import { type ExprLike, exprOf, unwrap } from './expr-symbol';
import { isRightAssociative } from './precedence';
import { NixValueError, showText } from './value-error';

/** A variable: `pkgs`. Throws `NixValueError` for what is no identifier. */
export function ident(name: string): Ident {
  if (!isIdentifier(name)) {
    throw new NixValueError(
      'name',
      [],
      `the variable ${showText(name)}`,
      "a variable is made of letters, digits, _, - and ', starts with a letter or _, and is no keyword",
    );
  }
  return { kind: 'ident', name };
}

/** A segment of an attribute path: a name, a segment, or an expression (`${…}`). */
export type KeyLike = string | Key | ExprLike;

/** A segment of an attribute path. A text is one name, whatever it holds. Throws `NixValueError`. */
export function key(like: KeyLike): Key {
  if (typeof like === 'string') {
    checkText(like);
    return { kind: 'name', name: like };
  }
  // A value that stands for an expression may refuse any other question.
  if (!exprOf(like) && isKey(like)) return like;
  const expr = unwrap(like as ExprLike);
  return expr.kind === 'str' ? strKey(expr) : { kind: 'dynamic', expr };
}

function isKey(like: Key | ExprLike): like is Key {
  return 'kind' in like && (like.kind === 'name' || like.kind === 'strKey' || like.kind === 'dynamic');
}

function strKey(str: Str): Key {
  const texts: string[] = [];
  for (const part of str.parts) {
    if (part.kind === 'interpolation') return { kind: 'strKey', str };
    texts.push(part.value);
  }
  return { kind: 'name', name: texts.join('') };
}

/** `of.a.b`. Selecting from a selection continues its path. */
export function select(of: ExprLike, ...path: readonly KeyLike[]): Expr {
  const from = unwrap(of);
  const keys = path.map(key);
  if (keys.length === 0) return from;
  if (from.kind === 'select' && from.orElse === undefined) return { ...from, path: [...from.path, ...keys] };
  return { kind: 'select', of: from, path: keys };
}

/** `of.a.b or orElse`. Throws `NixValueError` for an empty path. */
export function selectOr(of: ExprLike, path: KeyLike | readonly KeyLike[], orElse: ExprLike): Select {
  const keys = attributePath(path, 'a selection with a default');
  const from = unwrap(of);
  if (from.kind === 'select' && from.orElse === undefined) {
    return { kind: 'select', of: from.of, path: [...from.path, ...keys], orElse: unwrap(orElse) };
  }
  return { kind: 'select', of: from, path: keys, orElse: unwrap(orElse) };
}

/** `of ? a.b`. Throws `NixValueError` for an empty path. */
export function hasAttr(of: ExprLike, ...path: readonly KeyLike[]): HasAttr {
  return { kind: 'hasAttr', of: unwrap(of), path: attributePath(path, 'a test for an attribute') };
}

function attributePath(path: KeyLike | readonly KeyLike[], what: string): Key[] {
  const keys = isPath(path) ? path.map(key) : [key(path)];
  if (keys.length === 0) throw new NixValueError('empty', [], what, 'its path needs at least one name');
  return keys;
}

function isPath(path: KeyLike | readonly KeyLike[]): path is readonly KeyLike[] {
  return Array.isArray(path);
}

/** `fn a b`. Applying an application continues its arguments. */
export function apply(fn: ExprLike, ...args: readonly ExprLike[]): Expr {
  const head = unwrap(fn);
  if (args.length === 0) return head;
  const given = args.map(unwrap);
  if (head.kind === 'apply') return { ...head, args: [...head.args, ...given] };
  return { kind: 'apply', fn: head, args: given } satisfies Apply;
}

/** A `"…"` string. Throws `NixValueError` for NUL and halves of surrogate pairs. */
export function str(text: string): Str {
  checkText(text);
  return { kind: 'str', parts: text === '' ? [] : [{ kind: 'text', value: text }] };
}

/** A `"…"` string of texts and interpolated expressions. Throws `NixValueError`. */
export function interpolated(parts: readonly (string | ExprLike)[]): Str {
  return { kind: 'str', parts: stringParts(parts) };
}

/** A `''…''` string; its text is given without indentation, which the printer adds. Throws `NixValueError`. */
export function indented(parts: string | readonly (string | ExprLike)[]): IndentedStr {
  return { kind: 'indented', parts: stringParts(typeof parts === 'string' ? [parts] : parts) };
}

function stringParts(parts: readonly (string | ExprLike)[]): (Text | Interpolation)[] {
  const out: (Text | Interpolation)[] = [];
  for (const part of parts) {
    if (part === '') continue;
    if (typeof part === 'string') {
      checkText(part);
      out.push({ kind: 'text', value: part });
    } else {
      out.push({ kind: 'interpolation', expr: unwrap(part) });
    }
  }
  return out;
}

/** How a list, a set, formals or an `inherit` is laid out. */
export interface Layout {
  /** One item a line, even where all would fit on one: adding an item then changes one line. */
  readonly expanded?: boolean;
}

/** `[ a b ]`. */
export function list(items: readonly ExprLike[], layout: Layout = {}): List {
  return { kind: 'list', items: items.map(unwrap), ...expandedIf(layout.expanded === true && items.length > 0) };
}

function expandedIf(expanded: boolean): Layout {
  return expanded ? { expanded } : {};
}

/** `{ a = 1; inherit b; }`, `rec { … }`. A record gives one binding a member. */
export function attrs(
  items: readonly Item[] | Readonly<Record<string, ExprLike>>,
  layout: Layout & { readonly rec?: boolean } = {},
): AttrSet {
  const all = Array.isArray(items) ? (items as readonly Item[]) : Object.entries(items).map(([k, v]) => binding(k, v));
  return {
    kind: 'set',
    ...(layout.rec === true ? { rec: true } : {}),
    items: all,
    ...expandedIf(layout.expanded === true && all.length > 0),
  };
}

/** `a.b = value;`. A text is one name (dots in it are quoted); a list is a path. Throws `NixValueError`. */
export function binding(path: KeyLike | readonly KeyLike[], value: ExprLike): Binding {
  return { kind: 'binding', path: attributePath(path, 'a binding'), value: unwrap(value) };
}

/** `inherit a b;`, or `inherit (from) a b;`. Throws `NixValueError`. */
export function inherit(names: string | readonly string[], from?: ExprLike, layout: Layout = {}): Inherit {
  const keys = attributePath(names, 'an inherit');
  return {
    kind: 'inherit',
    ...(from === undefined ? {} : { from: unwrap(from) }),
    names: keys,
    ...expandedIf(layout.expanded === true),
  };
}

/** What a lambda takes: a name, a set pattern, or both. */
export interface LambdaParts {
  readonly param?: string;
  readonly pattern?: Formals;
  /** `args@{ … }` instead of `{ … }@args`. */
  readonly paramFirst?: boolean;
  /** The body starts on a line of its own (set patterns only). */
  readonly bodyBelow?: boolean;
}

/** `x: body`, `{ a, ... }: body`, `{ … }@args: body`. Throws `NixValueError` for a name that cannot be bound. */
export function lambda(takes: string | Formals | LambdaParts, body: ExprLike): Lambda {
  const parts: LambdaParts =
    typeof takes === 'string' ? { param: takes } : 'formals' in takes ? { pattern: takes } : takes;
  const { param, pattern, paramFirst, bodyBelow } = parts;
  if (param === undefined && pattern === undefined) {
    throw new NixValueError('empty', [], 'a lambda', 'it needs a name or a set pattern for what it takes');
  }
  if (param !== undefined) checkVariable(param);
  if (param !== undefined && pattern?.formals.some((formal) => formal.name === param)) {
    throw new NixValueError('duplicate', [], `the lambda argument ${param}`, 'one of its formals has the same name');
  }
  return {
    kind: 'lambda',
    ...(param === undefined ? {} : { param }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(paramFirst === true && pattern !== undefined && param !== undefined ? { paramFirst } : {}),
    body: unwrap(body),
    ...(bodyBelow === true && pattern !== undefined ? { bodyBelow } : {}),
  };
}

/**
 * `{ a, b ? 1, ... }`. `'...'` as the last name, or the option, leaves the pattern open.
 *
 * Throws `NixValueError` for a name that cannot be bound or comes twice.
 */
export function formals(
  names: readonly (string | Formal)[],
  options: Layout & { readonly ellipsis?: boolean } = {},
): Formals {
  const open = names.at(-1) === '...';
  const all = (open ? names.slice(0, -1) : names).map((name) => (typeof name === 'string' ? formal(name) : name));
  const seen = new Set<string>();
  for (const { name } of all) {
    checkVariable(name);
    if (seen.has(name)) throw new NixValueError('duplicate', [], `the formal ${name}`, 'the pattern has it already');
    seen.add(name);
  }
  return {
    formals: all,
    ellipsis: open || options.ellipsis === true,
    ...expandedIf(options.expanded === true && all.length > 0),
  };
}

/** One formal of a set pattern: `name`, or `name ? value`. Throws `NixValueError`. */
export function formal(name: string, value?: ExprLike): Formal {
  checkVariable(name);
  return value === undefined ? { name } : { name, default: unwrap(value) };
}

function checkVariable(name: string): void {
  if (isVariable(name)) return;
  const hint = name.startsWith('__')
    ? 'names that start with __ are what Nix calls for its operators; choose another'
    : "a variable is made of letters, digits, _, - and ', starts with a letter or _, and is no keyword";
  throw new NixValueError('name', [], `the variable ${showText(name)}`, hint);
}

/** `let … in body`. */
export function letIn(items: readonly Item[] | Readonly<Record<string, ExprLike>>, body: ExprLike): Let {
  return { kind: 'let', items: attrs(items).items, body: unwrap(body) };
}

/** `with env; body`. */
export function withIn(env: ExprLike, body: ExprLike): With {
  return { kind: 'with', env: unwrap(env), body: unwrap(body) };
}

/** `if condition then yes else no`. */
export function ifThenElse(condition: ExprLike, yes: ExprLike, no: ExprLike): If {
  return { kind: 'if', condition: unwrap(condition), then: unwrap(yes), else: unwrap(no) };
}

/** `assert condition; body`. */
export function assertThat(condition: ExprLike, body: ExprLike): Assert {
  return { kind: 'assert', condition: unwrap(condition), body: unwrap(body) };
}

/**
 * `left op right`, `a op b op c`. More than two operands group as Nix groups them. The printer adds the parentheses
 * that the operands need.
 */
export function binary(op: BinaryOp, left: ExprLike, right: ExprLike, ...more: readonly ExprLike[]): Binary {
  const [first, second, ...rest] = [left, right, ...more].map(unwrap) as [Expr, Expr, ...Expr[]];
  const join = (a: Expr, b: Expr): Binary => ({ kind: 'binary', op, left: a, right: b });
  if (!isRightAssociative(op)) return rest.reduce<Binary>(join, join(first, second));
  return join(
    first,
    [second, ...rest].reduceRight((tail, operand) => join(operand, tail)),
  );
}

/** `!operand`. */
export function not(operand: ExprLike): Unary {
  return { kind: 'unary', op: '!', operand: unwrap(operand) };
}

/** `-operand`. */
export function negate(operand: ExprLike): Unary {
  return { kind: 'unary', op: '-', operand: unwrap(operand) };
}

/** `(inner)`. Never needed: the printer adds the parentheses that a tree needs. */
export function paren(inner: ExprLike): Paren {
  return { kind: 'paren', expr: unwrap(inner) };
}

/** A value that becomes an expression later; the printer refuses one that is left. */
export function hole(value: unknown): Hole {
  return { kind: 'hole', value };
}

/** The lines of a text as `#` comments. What would end a comment early is taken out. */
export function comment(text: string): Comment[] {
  return commentLines(text).map((line) => ({ style: 'line', text: line === '' ? '' : ` ${line}` }));
}

/**
 * A node, binding or formal with comments and blank lines (`null`) on lines of their own before it. They are put
 * before those that it has.
 */
export function before<T extends Trivia>(node: T, ...lines: readonly (string | Comment | null)[]): T {
  const all = lines.flatMap((line) => (typeof line === 'string' ? comment(line) : [line]));
  return { ...node, before: [...all, ...(node.before ?? [])] };
}

/** A node, binding or formal with a comment of one line behind it. */
export function after<T extends Trivia>(node: T, text: string): T {
  return { ...node, after: { style: 'line', text: ` ${commentLines(text).join(' ')}` } };
}
