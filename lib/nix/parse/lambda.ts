import type { Expr, Formal, Formals, Lambda } from '../ast';
import {
  breaksBetween,
  type Comments,
  claimAfter,
  failure,
  inner,
  innerBody,
  next,
  type Parser,
  type Step,
  spanFrom,
  stash,
  takeTrivia,
  tokenText,
  unexpected,
  withBefore,
} from './parser';
import { takeLast } from './sets';

/** A name that was read before it was clear that it is a formal. */
export interface FirstName {
  readonly name: string;
  readonly start: number;
  readonly before: Comments;
}

/** Reads the rest of `{ a, b ? 1, ... }`, behind its brace or behind the first name. */
export function formals(
  p: Parser,
  start: number,
  first: FirstName | undefined,
  done: (formals: Formals) => Step,
): Step {
  const { lx } = p;
  const read: Formal[] = [];
  const names = new Set<string>();
  let ellipsis = false;
  if (first !== undefined) return formal(first);
  return more;

  function more(): Step {
    if (lx.kind === '}') return finish();
    if (lx.kind === '...') {
      stash(p);
      ellipsis = true;
      if (next(p) !== '}') throw unexpected(p, '"}"');
      return finish();
    }
    if (lx.kind !== 'id') throw unexpected(p, 'an argument name, "..." or "}"');
    const before = takeTrivia(p);
    const name = { name: tokenText(p), start: lx.start, before };
    next(p);
    return formal(name);
  }

  function formal({ name, start: nameStart, before }: FirstName): Step {
    if (p.checksNames && names.has(name)) throw failure(p, nameStart, `argument "${name}" is named twice`);
    names.add(name);
    if (lx.kind !== '?') return add({ name, pos: spanFrom(p, nameStart) }, before);
    next(p);
    return inner(p, (value) => add({ name, default: value, pos: spanFrom(p, nameStart) }, before));
  }

  function add(node: Formal, before: Comments): Step {
    withBefore(node, before);
    claimAfter(p, node);
    read.push(node);
    if (lx.kind === '}') return finish;
    if (lx.kind !== ',') throw unexpected(p, '"," or "}"');
    next(p);
    claimAfter(p, node);
    return more;
  }

  function finish(): Step {
    const last = takeLast(p, read);
    const expanded = (read.length > 0 || ellipsis) && breaksBetween(p, start, lx.start);
    next(p);
    return done({
      formals: read,
      ellipsis,
      pos: spanFrom(p, start),
      ...(last && { last }),
      ...(expanded && { expanded }),
    });
  }
}

/** What stands before the colon of a lambda. */
export type Head = Pick<Lambda, 'param' | 'pattern' | 'paramFirst'>;

/** Reads the rest of a lambda, whose colon must be this token. */
export function lambda(p: Parser, start: number, head: Head, done: (node: Expr) => Step): Step {
  const { lx } = p;
  if (lx.kind !== ':') throw unexpected(p, '":"');
  const { param, pattern } = head;
  if (p.checksNames && pattern?.formals.some(({ name }) => name === param)) {
    throw failure(p, start, `argument "${param}" is named twice`);
  }
  const colon = lx.start;
  next(p);
  const bodyBelow = pattern !== undefined && breaksBetween(p, colon, lx.start);
  return innerBody(p, (body) =>
    done({ kind: 'lambda', ...head, body, pos: spanFrom(p, start), ...(bodyBelow && { bodyBelow }) }),
  );
}
