import { type Expr, type Interpolation, type Item, isGlobal, type Key, type Lambda, type Text } from '../nix';
import { type SetTree, setOf, setTree } from './set-tree';

/** Code whose meaning is too long to write down: what is bound once may be used very often. */
export class TooLarge extends Error {}

/** What a variable is bound to. */
type Binding =
  /** The argument of a function, by the name that it has in canonical trees. */
  | { readonly is: 'argument'; readonly name: string }
  | { readonly is: 'value'; readonly value: Expr; readonly scope: Names; open: boolean };

interface Names {
  readonly bound: ReadonlyMap<string, Binding>;
  readonly env?: Expr;
  readonly around?: Names;
}

/** As many nodes as trees may have. */
const largest = 2_000_000;

/**
 * A tree that is the same for all code that means the same by the rules below; positions are kept.
 *
 * Variables of `let` and recursive sets are replaced by their values, those of functions named by their depth, names from a
 * `with` selected from its set; sets are sorted, and paths in them nested; strings are of one notation; parentheses are gone.
 *
 * @param names variables that are bound around it, and are not looked for in the set of a `with`
 * @throws TooLarge
 */
export function canonical(expr: Expr, names: Iterable<string>): Expr {
  const top: Names = { bound: new Map([...names].map((name) => [name, { is: 'argument', name }])) };
  let size = 0;
  return visit(expr, top, 0);

  function visit(node: Expr, scope: Names, depth: number): Expr {
    if (++size > largest) throw new TooLarge();
    const at = (made: Expr): Expr => (node.pos ? { ...made, pos: node.pos } : made);
    const inside = (one: Expr) => visit(one, scope, depth);
    switch (node.kind) {
      case 'paren':
        return inside(node.expr);
      case 'num':
        return at({ kind: 'num', text: numberOf(node.text) });
      case 'uri':
        return at({ kind: 'str', parts: [{ kind: 'text', value: node.uri }] });
      case 'str':
      case 'indented':
        return at({ kind: 'str', parts: partsOf(node.parts, scope, depth) });
      case 'path':
        return at({ kind: 'path', parts: pathParts(partsOf(node.parts, scope, depth)) });
      case 'searchPath':
        return at({ kind: 'searchPath', path: node.path });
      case 'ident':
        return at(variable(node.name, scope, depth));
      case 'select': {
        const of = inside(node.of);
        const path = node.path.map((one) => keyOf(one, scope, depth));
        const made = select(of, path);
        // Where a variable stood for a selection, the other value is now for all of it: where Nix gave a value, it gives the same.
        return at(node.orElse && made.kind === 'select' ? { ...made, orElse: inside(node.orElse) } : made);
      }
      case 'hasAttr':
        return at({ kind: 'hasAttr', of: inside(node.of), path: node.path.map((one) => keyOf(one, scope, depth)) });
      case 'apply': {
        const fn = inside(node.fn);
        const args = node.args.map(inside);
        return at(fn.kind === 'apply' ? { ...fn, args: [...fn.args, ...args] } : { kind: 'apply', fn, args });
      }
      case 'unary':
        return at({ kind: 'unary', op: node.op, operand: inside(node.operand) });
      case 'binary':
        return at({ kind: 'binary', op: node.op, left: inside(node.left), right: inside(node.right) });
      case 'if':
        return at({
          kind: 'if',
          condition: inside(node.condition),
          then: inside(node.then),
          else: inside(node.else),
        });
      case 'assert':
        return at({ kind: 'assert', condition: inside(node.condition), body: inside(node.body) });
      case 'list':
        return at({ kind: 'list', items: node.items.map(inside) });
      case 'set': {
        const tree = setTree(node);
        const own = node.rec ? bind(tree, scope) : scope;
        return at({ kind: 'set', items: itemsOf(tree, own, scope, depth) });
      }
      case 'let':
        return at(visit(node.body, bind(setTree(node), scope), depth));
      case 'legacyLet':
        return at(variable('body', bind(setTree(node), scope), depth));
      case 'with':
        return at(visit(node.body, { bound: new Map(), env: node.env, around: scope }, depth));
      case 'lambda':
        return at(lambda(node, scope, depth));
      case 'hole':
        throw new Error('a hole is left');
    }
  }

  function variable(name: string, scope: Names, depth: number): Expr {
    const withs: Names[] = [];
    for (let at: Names | undefined = scope; at; at = at.around) {
      const binding = at.bound.get(name);
      if (binding?.is === 'argument') return { kind: 'ident', name: binding.name };
      if (binding?.is === 'value') return evaluated(name, binding, depth);
      if (at.env) withs.push(at);
    }
    if (!withs.length || isGlobal(name)) return { kind: 'ident', name };
    const key = { kind: 'name', name } as const;
    const envs = withs.map((one) => visit(one.env!, one.around!, depth));
    if (envs.length === 1) return select(envs[0]!, [key]);
    return { kind: 'apply', fn: { kind: 'ident', name: '#with' }, args: [...envs, { kind: 'ident', name }] };
  }

  function evaluated(name: string, binding: Binding & { is: 'value' }, depth: number): Expr {
    // What is defined by itself has no end.
    if (binding.open) return { kind: 'ident', name: `#rec ${name}` };
    binding.open = true;
    try {
      return visit(binding.value, binding.scope, depth);
    } finally {
      binding.open = false;
    }
  }

  function bind(tree: SetTree, around: Names): Names {
    const bound = new Map<string, Binding>();
    const scope: Names = { bound, around };
    for (const [name, member] of tree.members) {
      if (member.is === 'inherited') {
        const key = { kind: 'name', name } as const;
        const value: Expr = member.from ? { kind: 'select', of: member.from, path: [key] } : { kind: 'ident', name };
        bound.set(name, { is: 'value', value, scope: member.from ? scope : around, open: false });
      } else {
        const value = member.is === 'set' ? setOf(member.tree) : member.value;
        bound.set(name, { is: 'value', value, scope, open: false });
      }
    }
    return scope;
  }

  /** @param around the scope around a recursive set, from which it inherits */
  function itemsOf(tree: SetTree, scope: Names, around: Names, depth: number): Item[] {
    const named = new Map<string, Expr>();
    const computed: Item[] = [];
    for (const [name, member] of tree.members) {
      if (member.is === 'value') named.set(name, visit(member.value, scope, depth));
      else if (member.is === 'set') {
        named.set(name, { kind: 'set', items: itemsOf(member.tree, scope, scope, depth) });
      } else if (member.from) {
        const key = { kind: 'name', name } as const;
        named.set(name, select(visit(member.from, scope, depth), [key]));
      } else named.set(name, variable(name, around, depth));
    }
    for (const { key, value } of tree.computed) {
      const made = keyOf(key, scope, depth);
      const result = visit(value, scope, depth);
      if (made.kind === 'name' && !named.has(made.name)) named.set(made.name, result);
      else computed.push({ kind: 'binding', path: [made], value: result });
    }
    const sorted = [...named].sort(([a], [b]) => (a < b ? -1 : 1));
    return [
      ...sorted.map(([name, value]) => ({ kind: 'binding', path: [{ kind: 'name', name }], value }) as const),
      ...computed,
    ];
  }

  function lambda({ param, pattern, body }: Lambda, scope: Names, depth: number): Expr {
    const name = `#${depth}`;
    const bound = new Map<string, Binding>();
    const inner: Names = { bound, around: scope };
    if (param !== undefined) bound.set(param, { is: 'argument', name });
    for (const formal of pattern?.formals ?? [])
      bound.set(formal.name, { is: 'argument', name: `${name}.${formal.name}` });
    const formals = pattern?.formals
      .map((one) => ({ name: one.name, ...(one.default && { default: visit(one.default, inner, depth + 1) }) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return {
      kind: 'lambda',
      ...(pattern ? { pattern: { formals: formals!, ellipsis: pattern.ellipsis } } : { param: name }),
      body: visit(body, inner, depth + 1),
    };
  }

  function keyOf(key: Key, scope: Names, depth: number): Key {
    if (key.kind === 'name') return { kind: 'name', name: key.name };
    const expr = visit(key.kind === 'strKey' ? key.str : key.expr, scope, depth);
    if (expr.kind !== 'str') return { kind: 'dynamic', expr };
    const [only, ...more] = expr.parts;
    if (!only) return { kind: 'name', name: '' };
    return only.kind === 'text' && !more.length ? { kind: 'name', name: only.value } : { kind: 'dynamic', expr };
  }

  function partsOf(parts: readonly (Text | Interpolation)[], scope: Names, depth: number): (Text | Interpolation)[] {
    const all: (Text | Interpolation)[] = [];
    const add = (part: Text | Interpolation) => {
      const last = all.at(-1);
      if (part.kind === 'text' && last?.kind === 'text')
        all[all.length - 1] = { kind: 'text', value: last.value + part.value };
      else if (part.kind !== 'text') all.push(part);
      else if (part.value !== '') all.push({ kind: 'text', value: part.value });
    };
    for (const part of parts) {
      if (part.kind === 'text') {
        add(part);
        continue;
      }
      const expr = visit(part.expr, scope, depth);
      const text = textOf(expr);
      if (expr.kind === 'str') for (const one of expr.parts) add(one);
      else add(text === undefined ? { kind: 'interpolation', expr } : { kind: 'text', value: text });
    }
    return all;
  }
}

/** The text that `toString` makes of an integer. */
function textOf(expr: Expr): string | undefined {
  if (expr.kind !== 'apply' || expr.args.length !== 1) return undefined;
  const [arg] = expr.args as [Expr];
  const isToString = expr.fn.kind === 'ident' && expr.fn.name === 'toString';
  return isToString && arg.kind === 'num' && /^\d+$/.test(arg.text) ? arg.text : undefined;
}

function select(of: Expr, path: readonly Key[]): Expr {
  if (of.kind === 'select' && !of.orElse) return select(of.of, [...of.path, ...path]);
  const [first, ...rest] = path;
  // Nix's own functions are in `builtins` too.
  const isBuiltin = of.kind === 'ident' && of.name === 'builtins' && first?.kind === 'name' && isGlobal(first.name);
  if (!isBuiltin) return { kind: 'select', of, path };
  const fn: Expr = { kind: 'ident', name: first.name };
  return rest.length ? { kind: 'select', of: fn, path: rest } : fn;
}

const numberOf = (text: string) => (/^\d+$/.test(text) ? String(BigInt(text)) : `${Number(text)} as a float`);

/** A path without a dot in front is relative as well. */
function pathParts(parts: (Text | Interpolation)[]): (Text | Interpolation)[] {
  const [first, ...rest] = parts;
  if (first?.kind !== 'text' || /^[./~]/.test(first.value)) return parts;
  return [{ kind: 'text', value: `./${first.value}` }, ...rest];
}
