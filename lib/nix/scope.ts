import type { AttrSet, Binding, Expr, Ident, Item, Key, LegacyLet, Let, Span } from './ast';
import { staticName } from './parse/duplicates';
import { pushChildren, pushKeys, withoutParens } from './walk';

/** Variables that a tree uses and does not bind, each with its first place. */
export interface FreeVariables {
  readonly free: ReadonlyMap<string, Span | undefined>;
  /** Those used inside a `with`, which may bind them. */
  readonly maybe: ReadonlyMap<string, Span | undefined>;
  /** Where the free ones are used first. */
  readonly uses: ReadonlyMap<string, Ident | Key>;
}

/**
 * The free variables of a tree (Nix manual, scoping rules): also Nix's own, such as `builtins` and `true`. What a hole
 * will use is not known.
 */
export function freeVariables(expr: Expr): FreeVariables {
  const free = new Map<string, Span | undefined>();
  const maybe = new Map<string, Span | undefined>();
  const uses = new Map<string, Ident | Key>();
  const bound = new Map<string, number>();
  let withs = 0;
  const work: (Expr | Attributes | Mark)[] = [expr];
  const exprs = work as Expr[];

  for (let node = work.pop(); node !== undefined; node = work.pop()) {
    switch (node.kind) {
      case 'leave':
        for (const name of node.names) count(name, -1);
        break;
      case 'with mark':
        withs += node.by;
        break;
      case 'attributes':
        visitAttributes(node);
        break;
      case 'ident':
        if (node.name !== '__curPos') use(node.name, node);
        break;
      case 'lambda': {
        const names = node.pattern?.formals.map((formal) => formal.name) ?? [];
        if (node.param !== undefined) names.push(node.param);
        enter(names);
        pushChildren(node, exprs);
        break;
      }
      case 'with':
        work.push(LEAVE_WITH, node.body, ENTER_WITH, node.env);
        break;
      case 'set':
        visitAttributes(attributesOf(node));
        break;
      case 'legacyLet':
      case 'let': {
        const attributes = attributesOf(node);
        for (const key of attributes.inherited) useKey(key);
        enter([...attributes.entries.keys()]);
        if (node.kind === 'let') work.push(node.body);
        pushAttributes(attributes, work);
        break;
      }
      default:
        pushChildren(node, exprs);
    }
  }
  return { free, maybe, uses };

  function visitAttributes(attributes: Attributes): void {
    // What is inherited comes from around the set, even around a recursive one.
    for (const key of attributes.inherited) useKey(key);
    if (attributes.rec) enter([...attributes.entries.keys()]);
    pushAttributes(attributes, work);
  }

  function enter(names: readonly string[]): void {
    if (names.length === 0) return;
    for (const name of names) count(name, 1);
    work.push({ kind: 'leave', names });
  }

  function count(name: string, by: number): void {
    bound.set(name, (bound.get(name) ?? 0) + by);
  }

  function useKey(key: Key): void {
    const name = staticName(key);
    if (name !== undefined) use(name, key);
  }

  function use(name: string, node: Ident | Key): void {
    if ((bound.get(name) ?? 0) > 0) return;
    const { pos } = node;
    const into = withs > 0 ? maybe : free;
    const first = into.get(name);
    if (!into.has(name) || (first !== undefined && pos !== undefined && pos.start < first.start)) {
      into.set(name, pos);
      if (into === free) uses.set(name, node);
    }
  }
}

/** What is still to be done when the nodes above are. */
type Mark =
  | { readonly kind: 'leave'; readonly names: readonly string[] }
  | { readonly kind: 'with mark'; readonly by: 1 | -1 };

const ENTER_WITH: Mark = { kind: 'with mark', by: 1 };
const LEAVE_WITH: Mark = { kind: 'with mark', by: -1 };

/**
 * The attributes of a set as Nix takes them: a path makes nested sets, and literal sets of one name become one, which is
 * recursive if the first one is.
 */
interface Attributes {
  readonly kind: 'attributes';
  readonly rec: boolean;
  /** `undefined` for an inherited name. */
  readonly entries: Map<string, Attributes | Expr | undefined>;
  /** Keys that are inherited from the scope around. */
  readonly inherited: Key[];
  /** Dynamic keys, values below them, and what is inherited from. */
  readonly others: Expr[];
}

function attributes(rec: boolean): Attributes {
  return { kind: 'attributes', rec, entries: new Map(), inherited: [], others: [] };
}

function attributesOf(node: AttrSet | Let | LegacyLet): Attributes {
  const all = attributes(node.kind !== 'set' || node.rec === true);
  addItems(all, node.items);
  return all;
}

function addItems(to: Attributes, items: readonly Item[]): void {
  for (const item of items) {
    if (item.kind === 'binding') {
      addBinding(to, item);
      continue;
    }
    for (const key of item.names) {
      const name = staticName(key);
      if (name !== undefined) to.entries.set(name, undefined);
    }
    if (item.from === undefined) for (const key of item.names) to.inherited.push(key);
    else to.others.push(item.from);
  }
}

function addBinding(root: Attributes, { path, value }: Binding): void {
  let to = root;
  for (let i = 0; i < path.length; i++) {
    const name = staticName(path[i]!);
    if (name === undefined) {
      // Whatever is below a dynamic name is a set of its own, and not a recursive one.
      pushKeys(path.slice(i), to.others);
      to.others.push(value);
      return;
    }
    if (i === path.length - 1) {
      addValue(to, name, value);
      return;
    }
    const there = opened(to, name);
    if (there === undefined) {
      const nested = attributes(false);
      to.entries.set(name, nested);
      to = nested;
    } else {
      to = there;
    }
  }
}

function addValue(to: Attributes, name: string, value: Expr): void {
  if (!to.entries.has(name)) {
    to.entries.set(name, value);
    return;
  }
  const there = opened(to, name);
  const set = withoutParens(value);
  if (there !== undefined && set.kind === 'set') addItems(there, set.items);
  else to.others.push(value);
}

/** The attributes of a literal set that is there already. */
function opened(to: Attributes, name: string): Attributes | undefined {
  const entry = to.entries.get(name);
  if (entry === undefined || entry.kind === 'attributes') return entry;
  const set = withoutParens(entry);
  if (set.kind !== 'set') return undefined;
  const all = attributesOf(set);
  to.entries.set(name, all);
  return all;
}

function pushAttributes({ entries, others }: Attributes, work: (Expr | Attributes | Mark)[]): void {
  for (const other of others) work.push(other);
  for (const entry of entries.values()) if (entry !== undefined) work.push(entry);
}
