import type { AttrSet, Binding, Expr, Inherit, Item, Key, LegacyLet, Let } from '../ast';
import { findDuplicate, staticName } from './duplicates';
import {
  breaksBetween,
  type Comments,
  claimAfter,
  claimTrailing,
  expect,
  failure,
  inner,
  innerBody,
  next,
  type Parser,
  type Step,
  spanFrom,
  takeComments,
  takeTrivia,
  tokenText,
  tuckAfter,
  unexpected,
  withBefore,
} from './parser';
import { dynamic, hole, string } from './strings';

/** Reads the rest of an attribute path, which starts at this token, behind the keys read so far. */
export function attrPath(p: Parser, path: Key[], done: (path: readonly Key[]) => Step): Step {
  for (;;) {
    if (!isSimpleKey(p)) {
      return composedKey(p, (key) => {
        path.push(key);
        return restOfPath(p, path, done);
      });
    }
    path.push(simpleKey(p));
    if (p.lx.kind !== '.') return done(path);
    next(p);
  }
}

/** The same where a key was just read. */
export function restOfPath(p: Parser, path: Key[], done: (path: readonly Key[]) => Step): Step {
  if (p.lx.kind !== '.') return done(path);
  next(p);
  return attrPath(p, path, done);
}

function isSimpleKey(p: Parser): boolean {
  return p.lx.kind === 'id' || p.lx.kind === 'or' || p.lx.kind === 'hole';
}

function simpleKey(p: Parser): Key {
  const { start } = p.lx;
  if (p.lx.kind === 'hole') {
    const value = hole(p);
    const pos = spanFrom(p, start);
    return typeof value.value === 'string'
      ? { kind: 'name', name: value.value, pos }
      : { kind: 'dynamic', expr: value, pos };
  }
  const name = tokenText(p);
  next(p);
  return { kind: 'name', name, pos: spanFrom(p, start) };
}

function composedKey(p: Parser, done: (key: Key) => Step): Step {
  const { start } = p.lx;
  if (p.lx.kind === '${') return dynamic(p, (expr) => done({ kind: 'dynamic', expr, pos: spanFrom(p, start) }));
  if (p.lx.kind !== '"') throw unexpected(p, 'an attribute name');
  return string(p, (str) => {
    const { pos, parts } = str;
    if (parts.length > 1 || parts[0]?.kind === 'interpolation') return done({ kind: 'strKey', str, pos });
    const text = parts[0];
    const name = text?.value ?? '';
    const { raw } = text ?? {};
    return done(
      raw === undefined ? { kind: 'name', name, quoted: true, pos } : { kind: 'name', name, quoted: true, raw, pos },
    );
  });
}

/** A key that was read before it was clear that it is one. */
export interface FirstKey {
  readonly key: Key;
  readonly before: Comments;
}

/** Reads the items up to a closing token, which becomes this token. */
function items(p: Parser, close: '}' | 'in', first: FirstKey | undefined, done: (items: Item[]) => Step): Step {
  const { lx } = p;
  const read: Item[] = [];
  const add = (item: Item) => {
    read.push(item);
    return more;
  };
  const more: Step = () => {
    if (lx.kind === close) return done(read);
    const before = takeTrivia(p);
    const { start } = lx;
    if (lx.kind === 'inherit') return inherit(p, before, add);
    if (!isSimpleKey(p) && lx.kind !== '"' && lx.kind !== '${') throw unexpected(p, `an attribute or "${close}"`);
    return attrPath(p, [], (path) => bindingValue(p, start, before, path, add));
  };
  if (first === undefined) return more;
  const start = first.key.pos!.start;
  return restOfPath(p, [first.key], (path) => bindingValue(p, start, first.before, path, add));
}

function bindingValue(
  p: Parser,
  start: number,
  before: Comments,
  path: readonly Key[],
  done: (item: Binding) => Step,
): Step {
  if (p.lx.kind !== '=') throw unexpected(p, '"=" or "."');
  next(p);
  return inner(p, (value) => {
    const comments = takeComments(p);
    if (p.lx.kind !== ';') throw unexpected(p, '";"');
    next(p);
    const item: Binding = { kind: 'binding', path, value, pos: spanFrom(p, start) };
    withBefore(item, before);
    claimAfter(p, item);
    tuckAfter(p, item, comments);
    return done(item);
  });
}

function inherit(p: Parser, before: Comments, done: (item: Inherit) => Step): Step {
  const { lx } = p;
  const { start } = lx;
  const names: Key[] = [];
  let from: Expr | undefined;
  next(p);
  if (lx.kind !== '(') return more;
  next(p);
  return inner(p, (expr) => {
    from = expr;
    expect(p, ')');
    return more;
  });

  function more(): Step {
    for (;;) {
      if (lx.kind === ';') return finish();
      const above = takeTrivia(p);
      if (!isSimpleKey(p)) return composedKey(p, (key) => add(key, above));
      add(simpleKey(p), above);
    }
  }

  function add(key: Key, above: Comments): Step {
    if (p.checksNames && staticName(key, p.tables) === undefined) {
      throw failure(p, key.pos!.start, 'the names of an inherit cannot be dynamic');
    }
    withBefore(key, above);
    claimTrailing(p, key);
    if (lx.kind === ';') claimAfter(p, key);
    names.push(key);
    return more;
  }

  function finish(): Step {
    const last = takeComments(p);
    const expanded = breaksBetween(p, start, lx.start);
    next(p);
    const item: Inherit = {
      kind: 'inherit',
      ...(from && { from }),
      names,
      pos: spanFrom(p, start),
      ...(last && { last }),
      ...(expanded && { expanded }),
    };
    withBefore(item, before);
    claimAfter(p, item);
    return done(item);
  }
}

/** Reads the rest of a set, behind its opening brace. */
export function setItems(
  p: Parser,
  start: number,
  open: number,
  rec: boolean,
  first: FirstKey | undefined,
  done: (set: AttrSet) => Step,
): Step {
  return items(p, '}', first, (read) => {
    const last = takeLast(p, read);
    const expanded = read.length > 0 && breaksBetween(p, open, p.lx.start);
    next(p);
    const set: AttrSet = {
      kind: 'set',
      ...(rec && { rec }),
      items: read,
      pos: spanFrom(p, start),
      ...(last && { last }),
      ...(expanded && { expanded }),
    };
    refuseDuplicates(p, set, read);
    return done(set);
  });
}

/** Reads the rest of `let { … }`, behind its opening brace. */
export function legacyLet(p: Parser, start: number, done: (node: LegacyLet) => Step): Step {
  return items(p, '}', undefined, (read) => {
    const last = takeLast(p, read);
    next(p);
    refuseDuplicates(p, undefined, read);
    return done({ kind: 'legacyLet', items: read, pos: spanFrom(p, start), ...(last && { last }) });
  });
}

/** Reads the rest of `let … in body`, behind `let`. */
export function letIn(p: Parser, start: number, done: (node: Let) => Step): Step {
  return items(p, 'in', undefined, (read) => {
    const last = takeLast(p, read);
    next(p);
    refuseDuplicates(p, undefined, read);
    refuseDynamic(p, read);
    return innerBody(p, (body) =>
      done({ kind: 'let', items: read, body, pos: spanFrom(p, start), ...(last && { last }) }),
    );
  });
}

/** What stands before a closing bracket. A blank line alone does not fill empty brackets. */
export function takeLast(p: Parser, content: readonly unknown[]): Comments {
  const last = takeTrivia(p);
  return content.length === 0 && last?.every((comment) => comment === null) ? undefined : last;
}

function refuseDuplicates(p: Parser, set: AttrSet | undefined, read: readonly Item[]): void {
  const duplicate = p.checksNames ? findDuplicate(set, read, p.tables) : undefined;
  if (duplicate === undefined) return;
  throw failure(p, duplicate.key.pos!.start, `attribute ${JSON.stringify(duplicate.name)} is defined twice`);
}

function refuseDynamic(p: Parser, read: readonly Item[]): void {
  if (!p.checksNames) return;
  for (const item of read) {
    if (item.kind !== 'binding') continue;
    const key = item.path[0]!;
    if (staticName(key, p.tables) === undefined) {
      throw failure(p, key.pos!.start, 'the names of a let cannot be dynamic');
    }
  }
}
