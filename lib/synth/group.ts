import { commentedIn, exprOf, isExpr } from '../module';
import { type AttrSet, type Binding, EXPR, type Expr as Node } from '../nix';
import { attributeNames } from '../nix/attribute-names';
import { withoutParens } from '../nix/walk';

export type Members = Record<string, unknown>;

/** A value that nests definitions. */
export interface Group {
  readonly members: Members;
  /** A comment above it. */
  readonly comment?: string;
}

/** Whether an object is one that a literal makes. */
export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * A value as a group of definitions: a plain object that is not empty, one below a comment, and a set literal of Nix whose
 * names can all be seen. Nothing for a value that is the definition of an option, or that only Nix sees into.
 */
export function groupOf(value: unknown): Group | undefined {
  if (!isExpr(value)) return groupInData(value);
  const comments: string[] = [];
  let at: unknown = value;
  while (isExpr(at)) {
    const commented = commentedIn(at);
    if (!commented) break;
    comments.push(commented.text);
    at = commented.value;
  }
  const group = isExpr(at) ? groupInCode(at[EXPR]) : groupInData(at);
  return group && comments.length ? { ...group, comment: comments.join('\n') } : group;
}

function groupInData(value: unknown): Group | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return isPlain(value) && Object.keys(value).length > 0 ? { members: value as Members } : undefined;
}

const known = new WeakMap<Node, Group | undefined>();

function groupInCode(node: Node): Group | undefined {
  const set = withoutParens(node);
  if (set.kind !== 'set' || node.before || set.before || set.after) return undefined;
  if (!known.has(set)) known.set(set, groupOfSet(set));
  return known.get(set);
}

function groupOfSet({ items, rec, last }: AttrSet): Group | undefined {
  if (rec || last || !items.length) return undefined;
  const members: Members = {};
  for (const item of items) {
    if (item.kind === 'inherit' || attributeNames(item.path).includes(undefined)) return undefined;
    const [name, ...rest] = attributeNames(item.path) as string[];
    // Nix itself puts `a.b` and `a.c` together.
    if (Object.hasOwn(members, name!)) return undefined;
    Object.defineProperty(members, name!, { value: exprOf(below(item, rest.length)), enumerable: true });
  }
  return { members };
}

/** The value of a binding, with the names behind the first one around it, and with its comments. */
function below(item: Binding, rest: number): Node {
  const { before, after, path, value } = item;
  if (rest) return { kind: 'set', items: [{ ...item, path: path.slice(1) }] };
  return { ...value, ...(before && { before: [...before, ...(value.before ?? [])] }), ...(after && { after }) };
}
