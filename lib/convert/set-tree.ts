import type { AttrSet, Comment, Expr, Inherit, Item, Key } from '../nix';
import { attributeNames } from '../nix/attribute-names';
import { withoutParens } from '../nix/walk';

/** The attributes of a set as Nix puts them together: `a.b` and `a.c` are members of one set. */
export interface SetTree {
  readonly members: Map<string, SetMember>;
  /** Attributes whose names only Nix knows. */
  readonly computed: (Source & { readonly key: Key; readonly value: Expr })[];
  /** Comments below the last attribute. */
  readonly last: (Comment | null)[];
}

/** The comments of an attribute. */
interface Source {
  readonly before?: readonly (Comment | null)[] | undefined;
  readonly after?: Comment | undefined;
}

export type SetMember = Source &
  (
    | { readonly is: 'value'; readonly value: Expr }
    | { readonly is: 'inherited'; readonly name: string; readonly from?: Expr | undefined }
    | { readonly is: 'set'; readonly tree: SetTree }
  );

const empty = (): SetTree => ({ members: new Map(), computed: [], last: [] });

/** The attributes of a set that is not recursive. */
export function setTree({ items, last }: Pick<AttrSet, 'items' | 'last'>): SetTree {
  const tree = empty();
  addItems(tree, items);
  tree.last.push(...(last ?? []));
  return tree;
}

function addItems(tree: SetTree, items: readonly Item[]): void {
  for (const item of items) {
    if (item.kind === 'inherit') addInherited(tree, item);
    else add(tree, item.path, item.value, { before: item.before, after: item.after });
  }
}

function addInherited(tree: SetTree, { names, from, before, after, last }: Inherit): void {
  names.forEach((key, i) => {
    const [name] = attributeNames([key]);
    const above = [...((i === 0 && before) || []), ...(key.before ?? []), ...((i === names.length - 1 && last) || [])];
    const behind = key.after ?? (i === names.length - 1 ? after : undefined);
    tree.members.set(name!, { is: 'inherited', name: name!, from, before: above, after: behind });
  });
}

function add(tree: SetTree, path: readonly Key[], value: Expr, source: Source): void {
  const [first, ...rest] = path;
  const [name] = attributeNames([first!]);
  if (name === undefined) {
    const inner = rest.length ? ({ kind: 'set', items: [{ kind: 'binding', path: rest, value }] } as const) : value;
    tree.computed.push({ key: first!, value: inner, ...source });
    return;
  }
  const there = tree.members.get(name);
  if (rest.length) {
    const group = opened(there) ?? empty();
    tree.members.set(name, { ...there, is: 'set', tree: group });
    add(group, rest, value, source);
    return;
  }
  const set = withoutParens(value);
  const group = opened(there);
  if (group && set.kind === 'set' && !set.rec) {
    tree.members.set(name, { ...there, is: 'set', tree: group });
    group.last.push(...(source.before ?? []), ...(set.last ?? []));
    addItems(group, set.items);
  } else tree.members.set(name, { is: 'value', value, ...source });
}

/** The members of what is a set already. */
function opened(member: SetMember | undefined): SetTree | undefined {
  if (member?.is === 'set') return member.tree;
  if (member?.is !== 'value') return undefined;
  const set = withoutParens(member.value);
  return set.kind === 'set' && !set.rec ? setTree(set) : undefined;
}

/** A set that paths make, as a person writes it: sets of one member are paths. */
export function setOf({ members, computed }: SetTree): AttrSet {
  return {
    kind: 'set',
    items: [
      ...[...members].map(([name, member]) => itemOf(name, member)),
      ...computed.map(
        ({ key, value, before, after }): Item => ({
          ...triviaOf({ before, after }),
          kind: 'binding',
          path: [key],
          value,
        }),
      ),
    ],
  };
}

function itemOf(name: string, member: SetMember): Item {
  const path: Key[] = [{ kind: 'name', name }];
  let at = member;
  while (at.is === 'set') {
    const [only, ...more] = at.tree.members;
    if (!only || more.length || at.tree.computed.length || only[1].before?.length || only[1].after) break;
    if (only[1].is === 'inherited') break;
    path.push({ kind: 'name', name: only[0] });
    at = only[1];
  }
  if (at.is === 'inherited') {
    return { ...triviaOf(at), kind: 'inherit', names: path, ...(at.from && { from: at.from }) };
  }
  const value = at.is === 'set' ? setOf(at.tree) : at.value;
  return { ...triviaOf(member), kind: 'binding', path, value };
}

const triviaOf = ({ before, after }: Source) => ({ ...(before?.length && { before }), ...(after && { after }) });
