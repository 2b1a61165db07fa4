import type { Apply, BinaryOp, Expr, Ident, List, Num } from '../ast';
import { setTables } from './duplicates';
import { formals, type Head, lambda } from './lambda';
import { lexer, type TokenKind } from './lexer';
import {
  breaksBetween,
  claimTrailing,
  commentsOf,
  type ExprFrame,
  expect,
  inner,
  innerBody,
  next,
  type OperatorFrame,
  type Parser,
  type Step,
  spanFrom,
  type TermFrame,
  takeComments,
  takeTrivia,
  tokenText,
  unexpected,
  withBefore,
} from './parser';
import { attrPath, legacyLet, letIn, setItems, takeLast } from './sets';
import { hole, indentedString, path, string } from './strings';

export interface ParseOptions {
  /** The values for the NUL characters of the source, in their order. Without it, a NUL is an error. */
  readonly holes?: readonly unknown[];
  /** `keep` notes which brackets and bodies the source lays out on several lines; else the layout is the compact one. */
  readonly layout?: 'keep' | 'compact';
  /** Whether attributes and arguments that are defined twice are refused, as Nix does when it parses. */
  readonly names?: 'check' | 'any';
}

/**
 * Parses Nix source (Nix manual, language). Takes and refuses what Nix does, but for the pipe operators, which are
 * taken, and for names: variables are not looked up, and whether one is defined twice is looked at on demand. No nesting
 * is too deep; the time is linear.
 *
 * Throws `NixSyntaxError`.
 */
export function parse(source: string, options: ParseOptions = {}): Expr {
  const p: Parser = {
    lx: lexer(source, options.holes),
    stack: [],
    value: NOTHING,
    pending: [],
    lineBreaks: options.layout === 'keep' ? lineBreaks(source) : undefined,
    tables: setTables(),
    checksNames: options.names === 'check',
    expression,
  };
  next(p);
  let step: Step | undefined = root(p);
  while (step !== undefined) step = step(p);
  return p.value;
}

const NOTHING: Expr = { kind: 'ident', name: '' };

function lineBreaks(source: string): number[] {
  const offsets: number[] = [];
  for (let i = source.indexOf('\n'); i >= 0; i = source.indexOf('\n', i + 1)) offsets.push(i);
  return offsets;
}

function root(p: Parser): Step {
  // A blank line at the start of a file is none.
  if (p.lx.leading?.[0] === null) p.lx.leading.shift();
  if (p.lx.leading?.length === 0) p.lx.leading = undefined;
  return innerBody(p, (value) => {
    if (p.lx.kind !== 'end') throw unexpected(p, 'an operator or the end of the source');
    const end = takeTrivia(p);
    if (end?.at(-1) === null) end.pop();
    p.value = end === undefined || end.length === 0 ? value : Object.assign(value, { end });
    return undefined;
  });
}

const expression: Step = (p) => {
  const { lx } = p;
  const { start } = lx;
  switch (lx.kind) {
    case 'id':
      return identifierOrLambda(p);
    case '{':
      return setOrLambda(p);
    case 'let':
      return next(p) === '{' ? letSet(p, start) : letIn(p, start, (node) => finish(p, node));
    case 'with':
      return withIn(p);
    case 'assert':
      return assertIn(p);
    case 'if':
      return ifThenElse(p);
    default:
      return operand;
  }
};

/** An expression that reaches as far as possible is complete. */
function finish(p: Parser, value: Expr): Step {
  p.value = value;
  return finishExpression;
}

const finishExpression: Step = (p) => {
  const frame = p.stack.pop() as ExprFrame;
  return frame.done(withBefore(p.value, frame.before));
};

function identifierOrLambda(p: Parser): Step {
  const { lx } = p;
  const { start } = lx;
  const name = tokenText(p);
  next(p);
  if (lx.kind === ':') return lambdaBody(p, start, { param: name });
  if (lx.kind === '@') {
    next(p);
    const open = lx.start;
    expect(p, '{');
    return formals(p, open, undefined, (pattern) => lambdaBody(p, start, { param: name, pattern, paramFirst: true }));
  }
  return term(p, { kind: 'ident', name, pos: spanFrom(p, start) } satisfies Ident);
}

function lambdaBody(p: Parser, start: number, head: Head): Step {
  return lambda(p, start, head, (node) => finish(p, node));
}

/** `{` opens a set or the formals of a lambda; at most two tokens further on, it is clear which. */
function setOrLambda(p: Parser): Step {
  const { lx } = p;
  const { start } = lx;
  next(p);
  if (lx.kind === '...') return pattern(p, start);
  if (lx.kind === '}') return emptySetOrLambda(p, start);
  if (lx.kind !== 'id') return set(p, start, start, false);
  const before = takeTrivia(p);
  const name = { name: tokenText(p), start: lx.start, before };
  const following = next(p);
  if (following === ',' || following === '?' || following === '}') {
    return formals(p, start, name, (read) => afterPattern(p, start, read));
  }
  const key = { kind: 'name', name: name.name, pos: spanFrom(p, name.start) } as const;
  return setItems(p, start, start, false, { key, before }, (node) => term(p, node));
}

function pattern(p: Parser, start: number): Step {
  return formals(p, start, undefined, (read) => afterPattern(p, start, read));
}

function emptySetOrLambda(p: Parser, start: number): Step {
  const { lx } = p;
  const last = takeLast(p, []);
  next(p);
  const pos = spanFrom(p, start);
  if (lx.kind === ':' || lx.kind === '@') {
    return afterPattern(p, start, { formals: [], ellipsis: false, pos, ...(last && { last }) });
  }
  return term(p, { kind: 'set', items: [], pos, ...(last && { last }) });
}

function afterPattern(p: Parser, start: number, read: NonNullable<Head['pattern']>): Step {
  const { lx } = p;
  if (lx.kind !== '@') return lambdaBody(p, start, { pattern: read });
  if (next(p) !== 'id') throw unexpected(p, 'an argument name');
  const param = tokenText(p);
  next(p);
  return lambdaBody(p, start, { param, pattern: read });
}

function set(p: Parser, start: number, open: number, rec: boolean): Step {
  return setItems(p, start, open, rec, undefined, (node) => term(p, node));
}

function withIn(p: Parser): Step {
  const { start } = p.lx;
  next(p);
  return inner(p, (env) => {
    expect(p, ';');
    return innerBody(p, (body) => finish(p, { kind: 'with', env, body, pos: spanFrom(p, start) }));
  });
}

function assertIn(p: Parser): Step {
  const { start } = p.lx;
  next(p);
  return inner(p, (condition) => {
    expect(p, ';');
    return innerBody(p, (body) => finish(p, { kind: 'assert', condition, body, pos: spanFrom(p, start) }));
  });
}

function ifThenElse(p: Parser): Step {
  const { start } = p.lx;
  next(p);
  return inner(p, (condition) => {
    expect(p, 'then');
    return innerBody(p, (yes) => {
      const aboveElse = takeTrivia(p);
      expect(p, 'else');
      return innerBody(p, (no) => {
        // In a chain, what stands above `else` separates its members.
        withBefore(no, no.kind === 'if' ? aboveElse : commentsOf(aboveElse));
        return finish(p, { kind: 'if', condition, then: yes, else: no, pos: spanFrom(p, start) });
      });
    });
  });
}

const NOT = 7;
const HAS = 11;
const NEGATE = 12;

interface Operator {
  readonly op: BinaryOp;
  readonly precedence: number;
  readonly side: 'left' | 'right' | 'none';
}

// Nix manual, operators; the pipes as in Nix 2.24, where they cannot be mixed.
const OPERATORS: ReadonlyMap<TokenKind, Operator> = new Map(
  (
    [
      ['|>', 0, 'left'],
      ['<|', 0, 'right'],
      ['->', 1, 'right'],
      ['||', 2, 'left'],
      ['&&', 3, 'left'],
      ['==', 4, 'none'],
      ['!=', 4, 'none'],
      ['<', 5, 'none'],
      ['<=', 5, 'none'],
      ['>', 5, 'none'],
      ['>=', 5, 'none'],
      ['//', 6, 'right'],
      ['+', 8, 'left'],
      ['-', 8, 'left'],
      ['*', 9, 'left'],
      ['/', 9, 'left'],
      ['++', 10, 'right'],
    ] as const
  ).map(([op, precedence, side]) => [op, { op, precedence, side }]),
);

const operand: Step = (p) => {
  const { lx } = p;
  while (lx.kind === '!' || lx.kind === '-') {
    const op = lx.kind;
    const frame: OperatorFrame = {
      level: 'unary',
      op,
      precedence: op === '!' ? NOT : NEGATE,
      start: lx.start,
      before: undefined,
    };
    p.stack.push(frame);
    next(p);
    frame.before = takeComments(p);
  }
  return startTerm;
};

const NEVER_AN_ARGUMENT: ReadonlySet<TokenKind> = new Set<TokenKind>(['if', 'with', 'assert']);

/** An operand is complete: an operator may follow. */
const afterOperand: Step = (p) => {
  const { lx } = p;
  if (lx.kind === '?') {
    reduce(p, HAS + 1);
    const of = p.value;
    next(p);
    return attrPath(p, [], (keys) => {
      p.value = { kind: 'hasAttr', of, path: keys, pos: spanFrom(p, of.pos!.start) };
      claimTrailing(p, p.value);
      return afterOperand;
    });
  }
  const operator = OPERATORS.get(lx.kind);
  if (operator === undefined) {
    if (NEVER_AN_ARGUMENT.has(lx.kind)) throw unexpected(p, 'an operator; an argument like this needs parentheses');
    reduce(p, 0);
    return finishExpression;
  }
  const { op, precedence, side } = operator;
  reduce(p, side === 'left' ? precedence : precedence + 1);
  const below = p.stack[p.stack.length - 1]!;
  if (below.level === 'binary' && below.precedence === precedence && (side === 'none' || below.op !== op)) {
    if (side === 'none' || precedence === 0) throw unexpected(p, `parentheses around the "${below.op}" before it`);
  }
  // A blank line above an operator separates operands; one behind it means nothing.
  const above = takeTrivia(p);
  next(p);
  const behind = takeComments(p);
  const before = above && behind ? [...above, ...behind] : (above ?? behind);
  p.stack.push({ level: 'binary', op, precedence, left: p.value, before });
  return operand;
};

/** Completes the waiting operators that bind at least as strongly as `precedence`. */
function reduce(p: Parser, precedence: number): void {
  for (;;) {
    const frame = p.stack[p.stack.length - 1]!;
    if (frame.level === 'expr' || frame.level === 'term' || frame.precedence < precedence) return;
    p.stack.pop();
    const right = withBefore(p.value, frame.before);
    const end = right.pos!.end;
    p.value =
      frame.level === 'unary'
        ? { kind: 'unary', op: frame.op, operand: right, pos: { start: frame.start, end } }
        : { kind: 'binary', op: frame.op, left: frame.left, right, pos: { start: frame.left.pos!.start, end } };
  }
}

const STARTS_TERM: ReadonlySet<TokenKind> = new Set<TokenKind>([
  ...(['id', 'int', 'float', 'path', 'searchPath', 'uri', 'hole'] as const),
  ...(['"', "''", '(', '[', '{', 'rec', 'let'] as const),
]);

const startTerm: Step = (p) => {
  const { lx } = p;
  const { start } = lx;
  switch (lx.kind) {
    case 'id': {
      const name = tokenText(p);
      next(p);
      return term(p, { kind: 'ident', name, pos: spanFrom(p, start) });
    }
    case 'int':
    case 'float': {
      const text = tokenText(p);
      next(p);
      return term(p, { kind: 'num', text, pos: spanFrom(p, start) } satisfies Num);
    }
    case '"':
      return string(p, (node) => term(p, node));
    case "''":
      return indentedString(p, (node) => term(p, node));
    case 'path':
      return path(p, (node) => term(p, node));
    case 'searchPath': {
      const text = lx.source.slice(start + 1, lx.end - 1);
      next(p);
      return term(p, { kind: 'searchPath', path: text, pos: spanFrom(p, start) });
    }
    case 'uri': {
      const uri = tokenText(p);
      next(p);
      return term(p, { kind: 'uri', uri, pos: spanFrom(p, start) });
    }
    case 'hole':
      return term(p, hole(p));
    case '(':
      return parentheses(p);
    case '[':
      return list(p);
    case '{':
      next(p);
      return set(p, start, start, false);
    case 'rec': {
      next(p);
      const open = lx.start;
      expect(p, '{');
      return set(p, start, open, true);
    }
    case 'let':
      if (next(p) !== '{') throw unexpected(p, '"{"; a let inside an operation needs parentheses');
      return letSet(p, start);
    case 'if':
    case 'with':
    case 'assert':
      throw unexpected(p, 'an operand; here it needs parentheses');
    default:
      throw unexpected(p, 'an expression');
  }
};

function letSet(p: Parser, start: number): Step {
  next(p);
  return legacyLet(p, start, (node) => term(p, node));
}

function parentheses(p: Parser): Step {
  const { start } = p.lx;
  next(p);
  return inner(p, (expr) => {
    if (p.lx.kind !== ')') throw unexpected(p, '")"');
    const last = takeComments(p);
    next(p);
    return term(p, { kind: 'paren', expr, pos: spanFrom(p, start), ...(last && { last }) });
  });
}

function list(p: Parser): Step {
  const { lx } = p;
  const { start } = lx;
  const items: Expr[] = [];
  const frame: TermFrame = {
    level: 'term',
    before: undefined,
    done: (item) => {
      items.push(withBefore(item, frame.before));
      claimTrailing(p, item);
      return more;
    },
  };
  next(p);
  p.stack.push(frame);
  return more;

  function more(): Step {
    if (STARTS_TERM.has(lx.kind)) {
      frame.before = takeTrivia(p);
      return startTerm;
    }
    if (lx.kind !== ']') {
      throw unexpected(
        p,
        OPERATORS.has(lx.kind) ? 'a list element; an operation needs parentheses' : 'a list element or "]"',
      );
    }
    p.stack.pop();
    const last = takeLast(p, items);
    const expanded = items.length > 0 && breaksBetween(p, start, lx.start);
    next(p);
    const pos = spanFrom(p, start);
    return term(p, { kind: 'list', items, pos, ...(last && { last }), ...(expanded && { expanded }) } satisfies List);
  }
}

/** A term is read; a selection may follow. */
function term(p: Parser, value: Expr): Step {
  const { lx } = p;
  p.value = value;
  if (lx.kind === '.') {
    next(p);
    return attrPath(p, [], (keys) => select(p, value, keys));
  }
  if (lx.kind !== 'or') return afterTerm;
  // Nix takes `f or` for an application of `f` to a variable of that name, wherever a selection may stand.
  const { start } = lx;
  next(p);
  const pos = spanFrom(p, start);
  p.value = {
    kind: 'apply',
    fn: value,
    args: [{ kind: 'ident', name: 'or', pos }],
    pos: spanFrom(p, value.pos!.start),
  };
  return afterTerm;
}

function select(p: Parser, of: Expr, keys: Parameters<Parameters<typeof attrPath>[2]>[0]): Step {
  const start = of.pos!.start;
  if (p.lx.kind !== 'or') {
    p.value = { kind: 'select', of, path: keys, pos: spanFrom(p, start) };
    return afterTerm;
  }
  next(p);
  p.stack.push({
    level: 'term',
    before: takeComments(p),
    done: (orElse) => {
      const frame = p.stack.pop() as TermFrame;
      withBefore(orElse, frame.before);
      p.value = { kind: 'select', of, path: keys, orElse, pos: { start, end: orElse.pos!.end } };
      return afterTerm;
    },
  });
  return startTerm;
}

/** A term with its selection is complete: it is a list element, an argument, or the start of an operand. */
const afterTerm: Step = (p) => {
  const frame = p.stack[p.stack.length - 1]!;
  if (frame.level === 'term') return frame.done(p.value);
  claimTrailing(p, p.value);
  return STARTS_TERM.has(p.lx.kind) ? application(p) : afterOperand;
};

function application(p: Parser): Step {
  const fn = p.value;
  const args: Expr[] = [];
  const frame: TermFrame = {
    level: 'term',
    before: takeComments(p),
    done: (arg) => {
      args.push(withBefore(arg, frame.before));
      claimTrailing(p, arg);
      if (STARTS_TERM.has(p.lx.kind)) {
        frame.before = takeComments(p);
        return startTerm;
      }
      p.stack.pop();
      p.value = applied(fn, args);
      return afterOperand;
    },
  };
  p.stack.push(frame);
  return startTerm;
}

function applied(fn: Expr, args: readonly Expr[]): Apply {
  const pos = { start: fn.pos!.start, end: args[args.length - 1]!.pos!.end };
  // `f or x` is one application; every other one comes in parentheses.
  if (fn.kind === 'apply') return { ...fn, args: [...fn.args, ...args], pos };
  return { kind: 'apply', fn, args, pos };
}
