import { failure, userPosition } from '../diagnostics';
import type { Expr as Node } from '../nix';
import { instead } from './instead';
import { insteadOfMember, isJsMember } from './js-members';
import { showExpr } from './show-expr';

/** What JavaScript asks `Symbol.toPrimitive` for. */
const kinds: Readonly<Record<string, 'text' | 'number'>> = { string: 'text', number: 'number' };
const names = { text: 'string', json: 'string', number: 'number', value: 'value' } as const;

/** @param hint the kind of value that JavaScript prefers (ECMA-262, "ToPrimitive") */
export function refusePrimitive(node: Node, hint: string): never {
  return refuse(node, kinds[hint] ?? 'value');
}

export function refuseJson(node: Node): never {
  return refuse(node, 'json');
}

function refuse(node: Node, as: 'text' | 'json' | 'number' | 'value'): never {
  throw failure({
    code: 'reference-in-text',
    message: `${showExpr(node)} is known to Nix only and cannot become a JavaScript ${names[as]}`,
    position: userPosition(),
    help: instead[as],
  });
}

export function refuseMembers(node: Node): never {
  throw failure({
    code: 'reference-in-text',
    message: `the members of ${showExpr(node)} are known to Nix only and cannot be listed`,
    position: userPosition(),
    help: instead.members,
  });
}

export function refuseMember(node: Node, name: string): never {
  throw failure({
    code: 'expression-member',
    message: `${showExpr(node)} is a Nix expression, and JavaScript finds no '${name}' in it`,
    position: userPosition(),
    help: isJsMember(name)
      ? insteadOfMember(name, isText(node) ? 'text' : undefined)
      : 'select it in Nix: nix`${value}.name`',
  });
}

export function refuseTest(node: Node, name: string): never {
  throw failure({
    code: 'reference-in-text',
    message: `whether ${showExpr(node)} has '${name}' is known to Nix only`,
    position: userPosition(),
    help: instead.has,
  });
}

export function refuseChange(node: Node, name: PropertyKey): never {
  throw failure({
    code: 'reference-assigned',
    message: `${showExpr(node)}.${String(name)} is a reference into Nix and cannot be assigned`,
    position: userPosition(),
    help: 'define options with set({ … })',
  });
}

const isText = ({ kind }: Node) => kind === 'str' || kind === 'indented';
