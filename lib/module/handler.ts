import { inspect } from 'node:util';
import { EXPR, type Expr as Node } from '../nix';
import { refuseChange, refuseJson, refuseMember, refuseMembers, refusePrimitive, refuseTest } from './refuse';
import { showExpr } from './show-expr';

/** What the proxy of an expression is around. `util.inspect` looks behind proxies, so this says itself how it is shown. */
export class Target {
  constructor(readonly node: Node) {}

  [inspect.custom](): string {
    return shown.call(this as never);
  }

  /** With one of its own, `util.format` asks the proxy for a text, which refuses. */
  toString(): never {
    return refusePrimitive(this.node, 'string');
  }
}

/** How an expression is shown to who debugs; called on its proxy. */
export function shown(this: { readonly [EXPR]: Node }): string {
  return `Expr(${showExpr(this[EXPR])})`;
}

/**
 * What every expression answers to JavaScript: its syntax tree to those who know the symbol, an error wherever JavaScript would
 * make a text, a number or a copy of it, or look for members (ECMA-262, "Proxy Object Internal Methods").
 */
export const handler: ProxyHandler<{ readonly node: Node }> = {
  get: ({ node }, key) => (typeof key === 'symbol' ? symbolMember(node, key) : stringMember(node, key)),
  has({ node }, key) {
    if (typeof key === 'symbol') return key === EXPR;
    return refuseTest(node, key);
  },
  getOwnPropertyDescriptor({ node }, key) {
    return typeof key === 'symbol' ? undefined : refuseTest(node, key);
  },
  ownKeys: ({ node }) => refuseMembers(node),
  set: ({ node }, key) => refuseChange(node, key),
  defineProperty: ({ node }, key) => refuseChange(node, key),
  deleteProperty: ({ node }, key) => refuseChange(node, key),
  preventExtensions: () => false,
};

/** What any value is asked for by whoever awaits it, or logs it. */
const probes: ReadonlySet<string> = new Set(['then', 'constructor']);

/** What JavaScript itself looks for in a value. */
export function symbolMember(node: Node, key: symbol): unknown {
  switch (key) {
    case EXPR:
      return node;
    case Symbol.toPrimitive:
      return (hint: string) => refusePrimitive(node, hint);
    case Symbol.iterator:
    case Symbol.asyncIterator:
      return () => refuseMembers(node);
    case inspect.custom:
      return shown;
    default:
      return undefined;
  }
}

/** The methods by which JavaScript code makes texts and numbers of any value. */
export function conversionOf(node: Node, name: string): (() => never) | undefined {
  switch (name) {
    case 'toString':
    case 'toLocaleString':
      return () => refusePrimitive(node, 'string');
    case 'valueOf':
      return () => refusePrimitive(node, 'default');
    case 'toJSON':
      return () => refuseJson(node);
    default:
      return undefined;
  }
}

function stringMember(node: Node, name: string): unknown {
  if (probes.has(name)) return undefined;
  return conversionOf(node, name) ?? refuseMember(node, name);
}
