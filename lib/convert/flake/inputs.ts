import type { Expr } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import { withoutParens } from '../../nix/walk';
import { commentLines } from '../comments';
import { type SetMember, type SetTree, setTree } from '../set-tree';

/** An input as `flake.nix` declares it. */
export interface DeclaredInput {
  readonly name: string;
  readonly url: string;
  /** Which inputs of its own are taken from the flake: `a.inputs.b` → ours. */
  readonly follows: ReadonlyMap<string, string>;
  readonly isFlake: boolean;
  /** The input that it is, where it is another one by a second name. */
  readonly sameAs?: string;
  readonly above: readonly string[];
}

/**
 * The inputs in the set of a `flake.nix`, which is plain data (Nix manual, "Flake format").
 *
 * @param asked names that the outputs take: one that is not declared is looked for in the registry
 */
export function inputsOf(flake: SetTree, asked: readonly string[]): DeclaredInput[] {
  const declared = flake.members.get('inputs');
  const members = (declared && treeOf(declared)?.members) ?? new Map<string, SetMember>();
  const inputs = [...members].map(([name, member]) => inputOf(name, member));
  const others = asked.filter((name) => name !== 'self' && !members.has(name));
  return [
    ...inputs,
    ...others.map((name) => ({ name, url: `flake:${name}`, follows: new Map(), isFlake: true, above: [] })),
  ];
}

function inputOf(name: string, member: SetMember): DeclaredInput {
  const tree = treeOf(member) ?? { members: new Map<string, SetMember>() };
  const own = (key: string) => textIn(tree.members.get(key));
  const follows = new Map<string, string>();
  addFollows(tree.members.get('inputs'), [], follows);
  const sameAs = own('follows');
  return {
    name,
    url: own('url') ?? urlOf(own, name),
    follows,
    isFlake: wordIn(tree.members.get('flake')) !== 'false',
    ...(sameAs !== undefined && { sameAs }),
    above: [
      ...commentLines(member.before),
      ...[...tree.members.values()].flatMap(({ before }) => commentLines(before)),
    ].filter((line) => line !== ''),
  };
}

function addFollows(member: SetMember | undefined, path: readonly string[], to: Map<string, string>): void {
  for (const [name, inner] of (member && treeOf(member)?.members) ?? []) {
    const tree = treeOf(inner);
    const target = textIn(tree?.members.get('follows'));
    const at = [...path, name];
    if (target !== undefined) to.set(at.join('.inputs.'), target.replaceAll('/', '.inputs.'));
    addFollows(tree?.members.get('inputs'), at, to);
  }
}

/** The URL of an input that is given by its attributes (Nix manual, "Flake references"). */
function urlOf(own: (key: string) => string | undefined, name: string): string {
  const [type, owner, repo, ref, rev] = ['type', 'owner', 'repo', 'ref', 'rev'].map(own);
  if (type === 'github' || type === 'gitlab' || type === 'sourcehut') {
    const at = rev ?? ref;
    return `${type}:${owner}/${repo}${at === undefined ? '' : `/${at}`}`;
  }
  if (type === 'path') return `path:${own('path')}`;
  if (type === 'git') return `git+${own('url')}${ref === undefined ? '' : `?ref=${ref}`}`;
  return `flake:${own('id') ?? name}`;
}

function treeOf(member: SetMember): SetTree | undefined {
  if (member.is === 'set') return member.tree;
  const value = member.is === 'value' ? withoutParens(member.value) : undefined;
  return value?.kind === 'set' ? setTree(value) : undefined;
}

function textIn(member: SetMember | undefined): string | undefined {
  const value = member?.is === 'value' ? withoutParens(member.value) : undefined;
  if (value?.kind === 'uri') return value.uri;
  if (value?.kind === 'path') return value.parts.map((part) => (part.kind === 'text' ? part.value : '')).join('');
  if (value?.kind !== 'str' || value.parts.some((part) => part.kind !== 'text')) return undefined;
  return attributeNames([{ kind: 'strKey', str: value }])[0];
}

function wordIn(member: SetMember | undefined): string | undefined {
  const value: Expr | undefined = member?.is === 'value' ? withoutParens(member.value) : undefined;
  return value?.kind === 'ident' ? value.name : undefined;
}
