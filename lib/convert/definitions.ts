import type { Expr } from '../nix';
import { withoutParens } from '../nix/walk';
import type { OptionPath, Options } from './lower/context';
import { type SetMember, type SetTree, setTree } from './set-tree';

/** Definitions whose options have a type, and the others. */
export interface Divided {
  readonly known: SetTree;
  readonly unknown: SetTree;
}

/** Divides definitions by what is known of their options, as deep as they are groups. */
export function divided(tree: SetTree, options: Options, at: OptionPath = []): Divided {
  const known: SetTree = { members: new Map(), computed: tree.computed, last: tree.last };
  const unknown: SetTree = { members: new Map(), computed: [], last: [] };
  for (const [name, member] of tree.members) {
    const path = [...at, name];
    const inner = groupIn(member);
    if (!options.takes(path)) unknown.members.set(name, member);
    else if (!inner || takesAll(inner, path, options)) known.members.set(name, member);
    else {
      const { before, after } = member;
      const parts = divided(inner, options, path);
      if (isFull(parts.known)) known.members.set(name, { is: 'set', tree: parts.known, before, after });
      if (isFull(parts.unknown)) unknown.members.set(name, { is: 'set', tree: parts.unknown });
    }
  }
  return { known, unknown };
}

export const isFull = ({ members, computed, last }: SetTree) => members.size + computed.length + last.length > 0;

function groupIn(member: SetMember): SetTree | undefined {
  if (member.is === 'set') return member.tree;
  if (member.is !== 'value') return undefined;
  const set: Expr = withoutParens(member.value);
  return set.kind === 'set' && !set.rec ? setTree(set) : undefined;
}

function takesAll(tree: SetTree, at: OptionPath, options: Options): boolean {
  return [...tree.members].every(([name, member]) => {
    const path = [...at, name];
    const inner = groupIn(member);
    return options.takes(path) && (!inner || takesAll(inner, path, options));
  });
}
