import { toNode } from '../../module';
import { type Expr, exprOf } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import { pushChildren } from '../../nix/walk';
import { moduleBody } from '../module-body';
import type { Inside } from './code-in';

/** Names that something adds to a package set; `any` where only Nix can tell them. */
export type AddedPackages = ReadonlySet<string> | 'any';

/** What an overlay adds, as far as its code shows it. */
export function addedByOverlay(overlay: unknown, inside: Inside): AddedPackages {
  const names = new Set<string>();
  const stack = [exprOf(overlay) ?? toNode(overlay)];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const body = moduleBody(node);
    const held = body.kind === 'hole' ? inside(body.value) : undefined;
    if (held) stack.push(held);
    else if (body.kind === 'binary' && body.op === '//') stack.push(body.left, body.right);
    else if (body.kind === 'set') {
      for (const name of body.items.flatMap((item) =>
        attributeNames(item.kind === 'binding' ? item.path.slice(0, 1) : item.names),
      )) {
        if (name === undefined) return 'any';
        names.add(name);
      }
    } else return 'any';
  }
  return names;
}

/** Names of options and arguments by which a module changes the packages that it is given. */
const changing: ReadonlySet<string | undefined> = new Set(['overlays', 'packageOverrides', 'pkgs']);

/** Whether definitions or code may change the packages of the machine or home that they are for. */
export function changesPackages(said: unknown, inside: Inside): boolean {
  const seen = new Set<unknown>();
  const stack = [said];
  while (stack.length) {
    const one = stack.pop();
    if ((typeof one !== 'object' && typeof one !== 'function') || one === null || seen.has(one)) continue;
    seen.add(one);
    const node = exprOf(one);
    if (node) {
      if (codeChangesPackages(node, inside)) return true;
    } else if (typeof one === 'function') {
      if (codeChangesPackages(toNode(one), inside)) return true;
    } else {
      const members = Object.entries(one);
      if (!Array.isArray(one) && members.some(([name]) => changing.has(name))) return true;
      stack.push(...members.map(([, member]) => member));
    }
  }
  return false;
}

/** The same for code. */
export function codeChangesPackages(code: Expr, inside: Inside): boolean {
  const seen = new Set<Expr>();
  const stack = [code];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'set') {
      const names = node.items.flatMap((item) => attributeNames(item.kind === 'binding' ? item.path : item.names));
      if (names.some((name) => changing.has(name))) return true;
    }
    const held = node.kind === 'hole' ? inside(node.value) : undefined;
    if (held) stack.push(held);
    pushChildren(node, stack);
  }
  return false;
}
