import { failure, leafOf, type Position, userPosition } from '../diagnostics';
import { EXPR, type FromJsOptions, fromJs, hole, NixValueError, type Expr as Node, type ValuePath } from '../nix';
import type { Expr, VALUE } from '../options/values';
import { noteCopy } from './copies';
import { handler, Target } from './handler';

/** Whether a value is a Nix expression. */
export function isExpr(value: unknown): value is Expr {
  return (typeof value === 'object' || typeof value === 'function') && value !== null && EXPR in value;
}

/** An expression around a syntax tree. */
// biome-ignore lint/suspicious/noExplicitAny: a tree does not say what it evaluates to
export function exprOf<T = any>(node: Node): Expr<T> {
  return new Proxy(new Target(node), handler) as unknown as Expr<T>;
}

/**
 * The syntax tree of a value that the user has just written.
 *
 * @throws CdknixError `value` at the user's line, for what Nix cannot hold
 */
export const nodeOf = (value: unknown): Node => nodeGiven(value, userPosition());

/** As `nodeOf`, for a value that a call is given whose position is known. */
export function nodeGiven(value: unknown, position: Position): Node {
  try {
    return toNode(value, position);
  } catch (error) {
    if (!(error instanceof NixValueError)) throw error;
    throw failure({ code: 'value', message: error.message, position: leafOf(position, error.path) });
  }
}

/**
 * The syntax tree of a value, in which JavaScript functions are holes for Nix ones.
 *
 * @param position the call that is given the value, if there is one: what is wrong with a function in it is shown there
 * @throws NixValueError for what Nix cannot hold
 */
export function toNode(value: unknown, position?: Position, options: FromJsOptions = {}): Node {
  return fromJs(value, {
    dotted: true,
    ...options,
    convert: (value, path) => {
      if (typeof value !== 'function' || EXPR in value) return undefined;
      return hole(new Arrow(value as NixFunction, [...path], position));
    },
  });
}

/** A value that becomes an expression at synth: its tree is a hole that holds the value itself. */
export abstract class Deferred<T = unknown> implements Expr<T> {
  declare readonly [VALUE]?: T;
  constructor() {
    noteCopy(this);
  }
  get [EXPR](): Node {
    return { kind: 'hole', value: this };
  }
  /** How a message shows it. */
  get shown(): string {
    return '…';
  }
}

/** What is given to users: an expression that holds a value which is known later, and nothing beside. */
export function deferred<T>(value: Deferred<T>): Expr<T> {
  return exprOf<T>(value[EXPR]);
}

/** The value that an expression is to be known by later, if it is one. */
export function deferredIn(expression: Expr): Deferred | undefined {
  const node = expression[EXPR];
  return node.kind === 'hole' && !node.before && node.value instanceof Deferred ? node.value : undefined;
}

/** A JavaScript function that stands for a Nix one. */
export type NixFunction = (...args: never[]) => unknown;

/** A function that becomes Nix where it is written: its parameters are references, and what it returns is the body. */
export class Arrow extends Deferred {
  constructor(
    readonly fn: NixFunction,
    /** Where it stands in the value that it came with. */
    readonly path: ValuePath,
    /** The call that it was given to, where that made an expression of it at once. */
    readonly position: Position | undefined,
  ) {
    super();
  }
}
