import type { AttrSet, Expr, IndentedStr, Item, Key } from '../ast';
import { withoutParens } from '../walk';

/**
 * The names of a set: what is behind each is a nested table (`a.b = …` makes one), a literal set that was not looked
 * into yet, or nothing that could be merged.
 */
type Table = Map<string, Table | AttrSet | undefined>;

/** Tables of the sets parsed so far, and the strings that Nix does not take for constants. */
export interface SetTables {
  readonly tables: Map<AttrSet, Table>;
  readonly composed: Set<IndentedStr>;
}

/** Tables for a parse. */
export function setTables(): SetTables {
  return { tables: new Map(), composed: new Set() };
}

/** A name that is defined twice, by the key that defines it again. */
export interface Duplicate {
  readonly name: string;
  readonly key: Key;
}

/**
 * The first attribute that is defined twice. Nix merges a path into a literal set, and two literal sets if they share
 * no name (Nix manual, attribute sets).
 */
export function findDuplicate(
  set: AttrSet | undefined,
  items: readonly Item[],
  known: SetTables,
): Duplicate | undefined {
  const only = items.length === 1 ? items[0]! : undefined;
  if (items.length === 0 || (only?.kind === 'binding' && only.path.length === 1)) return undefined;
  const table: Table = new Map();
  const duplicate = addItems(table, items, known);
  // A table with tables in it may have been merged into; one without can be made anew from the items.
  if (set !== undefined && hasTables(table)) known.tables.set(set, table);
  return duplicate;
}

function hasTables(table: Table): boolean {
  for (const entry of table.values()) if (entry instanceof Map) return true;
  return false;
}

function addItems(table: Table, items: readonly Item[], known: SetTables): Duplicate | undefined {
  for (const item of items) {
    const duplicate =
      item.kind === 'inherit' ? addNames(table, item.names, known) : addBinding(table, item.path, item.value, known);
    if (duplicate !== undefined) return duplicate;
  }
  return undefined;
}

function addNames(table: Table, names: readonly Key[], known: SetTables): Duplicate | undefined {
  for (const key of names) {
    const name = staticName(key, known)!;
    if (table.has(name)) return { name, key };
    table.set(name, undefined);
  }
  return undefined;
}

function addBinding(root: Table, path: readonly Key[], value: Expr, known: SetTables): Duplicate | undefined {
  let table = root;
  for (let i = 0; i < path.length; i++) {
    const key = path[i]!;
    const name = staticName(key, known);
    // What is under a dynamic name is only known when it is evaluated, but a path below it is a set of its own.
    if (name === undefined) return undefined;
    const there = table.has(name) ? open(table, name, known) : undefined;
    if (i < path.length - 1) {
      if (there === undefined) {
        if (table.has(name)) return { name, key };
        const nested: Table = new Map();
        table.set(name, nested);
        table = nested;
      } else {
        table = there;
      }
    } else {
      const set = literalSet(value);
      if (!table.has(name)) table.set(name, set);
      else if (there === undefined || set === undefined) return { name, key };
      else return merge(there, tableOf(set, known), key);
    }
  }
  return undefined;
}

function open(table: Table, name: string, known: SetTables): Table | undefined {
  const entry = table.get(name);
  if (entry === undefined || entry instanceof Map) return entry;
  const opened = tableOf(entry, known);
  table.set(name, opened);
  return opened;
}

function tableOf(set: AttrSet, known: SetTables): Table {
  const before = known.tables.get(set);
  if (before !== undefined) return before;
  const table: Table = new Map();
  addItems(table, set.items, known);
  known.tables.set(set, table);
  return table;
}

function merge(into: Table, from: Table, key: Key): Duplicate | undefined {
  for (const [name, entry] of from) {
    if (into.has(name)) return { name, key };
    into.set(name, entry);
  }
  return undefined;
}

function literalSet(value: Expr): AttrSet | undefined {
  const inside = withoutParens(value);
  return inside.kind === 'set' ? inside : undefined;
}

/** The name of a key that Nix knows when it parses: also that of `${"constant"}`. */
export function staticName(key: Key, known?: SetTables): string | undefined {
  if (key.kind === 'name') return key.name;
  if (key.kind === 'strKey') return undefined;
  const expr = withoutParens(key.expr);
  if (expr.kind === 'uri') return expr.uri;
  if (expr.kind !== 'str' && expr.kind !== 'indented') return undefined;
  if (expr.kind === 'indented' && known?.composed.has(expr)) return undefined;
  let name = '';
  for (const part of expr.parts) {
    if (part.kind !== 'text') return undefined;
    name += part.value;
  }
  return name;
}
