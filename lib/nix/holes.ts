import type { Expr, Hole, IndentedStr, Interpolation, Item, Key, Select, Str, Text } from './ast';
import { mapChildren } from './children';
import { pushChildren } from './walk';

/** Whether a hole is left in a tree. */
export function hasHoles(expr: Expr): boolean {
  const seen = new Set<Expr>();
  const stack: Expr[] = [expr];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === 'hole') return true;
    const before = stack.length;
    pushChildren(node, stack);
    // A node that several trees share is looked into once.
    if (stack.length > before) {
      if (seen.has(node)) stack.length = before;
      else seen.add(node);
    }
  }
  return false;
}

/**
 * The tree with each hole replaced; the very same tree if it has none. What is unchanged is shared with the old tree.
 *
 * A string that takes the place of an interpolation of a string becomes text of it, and in a dynamic key it becomes the
 * name. Comments around a hole stay.
 *
 * @param resolve gives the replacement, of which holes are replaced as well; called once for each hole, from left to right
 * @param asText makes a text of the finished replacement of a hole that is an interpolation, or a name
 * @throws whatever `resolve` and `asText` throw
 */
export function resolveHoles(
  expr: Expr,
  resolve: (hole: Hole) => Expr,
  asText: (replaced: Expr, hole: Hole) => Expr = (replaced) => replaced,
): Expr {
  if (!hasHoles(expr)) return expr;
  const texts = new Set<Expr>();
  const resolved = new Map<Expr, Expr>();
  const replacements = new Map<Hole, Expr>();
  const stack: Expr[] = [expr];
  for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
    if (resolved.has(node)) {
      stack.pop();
    } else if (node.kind === 'hole') {
      const by = replacements.get(node) ?? resolve(node);
      if (by !== node && !resolved.has(by) && hasHoles(by)) {
        replacements.set(node, by);
        stack.push(by);
        continue;
      }
      stack.pop();
      const replaced = resolved.get(by) ?? by;
      resolved.set(node, placed(node, texts.has(node) ? asText(replaced, node) : replaced));
    } else {
      const before = stack.length;
      pushChildren(node, stack);
      noteTexts(node, texts);
      if (!drop(stack, before, resolved)) continue;
      stack.pop();
      resolved.set(
        node,
        inlined(
          node,
          mapChildren(node, (child) => resolved.get(child)!),
        ),
      );
    }
  }
  return resolved.get(expr)!;
}

/** Notes the holes directly inside of a node that Nix makes texts of: interpolations, and names. */
function noteTexts(node: Expr, into: Set<Expr>): void {
  switch (node.kind) {
    case 'str':
    case 'indented':
    case 'path':
      for (const part of node.parts) if (part.kind === 'interpolation') noteHole(part.expr, into);
      return;
    case 'select':
    case 'hasAttr':
      noteNames(node.path, into);
      return;
    case 'let':
    case 'legacyLet':
    case 'set':
      for (const item of node.items) if (item.kind === 'binding') noteNames(item.path, into);
  }
}

function noteNames(keys: readonly Key[], into: Set<Expr>): void {
  for (const key of keys) {
    if (key.kind === 'dynamic') noteHole(key.expr, into);
    else if (key.kind === 'strKey') noteTexts(key.str, into);
  }
}

function noteHole(node: Expr, into: Set<Expr>): void {
  if (node.kind === 'hole') into.add(node);
}

/** Takes what is resolved off the top of the stack; whether that was all. */
function drop(stack: Expr[], from: number, resolved: ReadonlyMap<Expr, Expr>): boolean {
  let kept = from;
  for (let i = from; i < stack.length; i++) {
    const node = stack[i]!;
    if (!resolved.has(node)) stack[kept++] = node;
  }
  stack.length = kept;
  return kept === from;
}

function placed(hole: Hole, by: Expr): Expr {
  const { before, after, end } = hole;
  if (before === undefined && after === undefined && end === undefined) return by;
  return {
    ...by,
    ...(before && { before: [...before, ...(by.before ?? [])] }),
    ...(after && { after }),
    ...(end && { end: [...(by.end ?? []), ...end] }),
  };
}

/** What became strings inside of strings and keys becomes part of them. */
function inlined(old: Expr, node: Expr): Expr {
  if (node === old) return node;
  switch (node.kind) {
    case 'str':
    case 'indented':
      return inlinedString(old as typeof node, node);
    case 'select':
      return joinedSelect(old as Select, { ...node, path: inlinedKeys((old as Select).path, node.path) });
    case 'hasAttr':
      return { ...node, path: inlinedKeys((old as typeof node).path, node.path) };
    case 'let':
    case 'legacyLet':
    case 'set':
      return { ...node, items: inlinedItems((old as typeof node).items, node.items) };
    default:
      return node;
  }
}

/** A selection from a selection that took the place of a hole is one selection. */
function joinedSelect(old: Select, node: Select): Select {
  const { of } = node;
  if (old.of.kind !== 'hole' || of.kind !== 'select' || of.orElse || of.before || of.after) return node;
  return { ...node, of: of.of, path: [...of.path, ...node.path] };
}

function inlinedString<T extends Str | IndentedStr>(old: T, node: T): T {
  const parts: (Text | Interpolation)[] = [];
  let changed = false;
  for (const [index, part] of node.parts.entries()) {
    const string = part.kind === 'interpolation' ? stringFor(old.parts[index]!, part) : undefined;
    for (const piece of string?.parts ?? [part]) addPart(parts, piece);
    changed ||= string !== undefined;
  }
  if (!changed) return node;
  // The spelling of a text depends on its neighbours, which are others now.
  return { ...node, parts: parts.map((part) => (part.kind === 'text' ? textOf(part.value) : part)) };
}

/** The string that took the place of a hole, unless it carries comments. */
function stringFor(old: Text | Interpolation, { expr }: Interpolation): Str | undefined {
  if (old.kind === 'text' || old.expr.kind !== 'hole' || expr.kind !== 'str') return undefined;
  return expr.before === undefined && expr.after === undefined ? expr : undefined;
}

function addPart(parts: (Text | Interpolation)[], part: Text | Interpolation): void {
  const last = parts.at(-1);
  if (part.kind !== 'text' || last?.kind !== 'text') parts.push(part);
  else parts[parts.length - 1] = textOf(last.value + part.value);
}

function textOf(value: string): Text {
  return { kind: 'text', value };
}

function inlinedItems(old: readonly Item[], items: readonly Item[]): Item[] {
  return items.map((item, index) => {
    const before = old[index]!;
    if (item === before || item.kind === 'inherit') return item;
    return { ...item, path: inlinedKeys((before as typeof item).path, item.path) };
  });
}

function inlinedKeys(old: readonly Key[], keys: readonly Key[]): readonly Key[] {
  return keys.map((key, index) => {
    const before = old[index]!;
    return key === before ? key : inlinedKey(before, key);
  });
}

function inlinedKey(old: Key, key: Key): Key {
  const { before, after, pos } = key;
  const rest = { ...(before && { before }), ...(after && { after }), ...(pos && { pos }) };
  if (key.kind === 'strKey' && old.kind === 'strKey') {
    const str = inlinedString(old.str, key.str);
    const name = constant(str);
    return name === undefined ? { ...key, str } : { kind: 'name', name, quoted: true, ...rest };
  }
  if (key.kind !== 'dynamic' || old.kind !== 'dynamic' || old.expr.kind !== 'hole') return key;
  if (key.expr.kind !== 'str' || key.expr.before !== undefined || key.expr.after !== undefined) return key;
  const name = constant(key.expr);
  return name === undefined ? { kind: 'strKey', str: key.expr, ...rest } : { kind: 'name', name, ...rest };
}

function constant({ parts }: Str): string | undefined {
  let value = '';
  for (const part of parts) {
    if (part.kind !== 'text') return undefined;
    value += part.value;
  }
  return value;
}
