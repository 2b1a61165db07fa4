import { posix } from 'node:path';
import { type Expr, freeVariables, type Item, isGlobal, mapTree } from '../../nix';
import { namesBound, substitute } from '../substitute';
import { lookUp } from './evaluate';
import type { Closure, Env, Evaluating, Thunk, Value } from './value';

/** Code that cannot be written where nothing is around it. */
export class Unquotable extends Error {}

/** As many nodes as one piece of code may have. */
const largest = 50_000;

/**
 * Writes values as code that stands in the root of the flake and needs nothing from around itself but `inputs` and what
 * Nix has.
 */
export class Quoter {
  private size = 0;

  constructor(private readonly evaluator: Evaluating) {}

  /** @throws Unquotable */
  code(thunk: Thunk): Expr {
    this.size = 0;
    return this.thunk(thunk);
  }

  private thunk(thunk: Thunk): Expr {
    const value = this.evaluator.force(thunk);
    return short(value) ?? (typeof thunk.make === 'function' ? this.value(value) : this.closure(thunk.make));
  }

  private value(value: Value): Expr {
    const code = short(value);
    if (code) return code;
    if ('at' in value && value.at) return this.closure(value.at);
    if (value.kind === 'list') return { kind: 'list', items: value.items.map((item) => this.thunk(item)) };
    if (value.kind === 'set') {
      return { kind: 'set', items: [...value.members].map(([name, member]) => bound(name, this.thunk(member))) };
    }
    throw new Unquotable();
  }

  private closure({ expr, env }: Closure): Expr {
    let body = relocated(expr, env.folder);
    this.size += sizeOf(body);
    if (this.size > largest) throw new Unquotable();
    for (let at: Env | undefined = env; at; at = at.outer) {
      if (at.opened) {
        if (needsWith(body, at)) body = { kind: 'with', env: this.thunk(at.opened), body };
      } else if (at.names.size) body = this.within(body, at);
    }
    const { free, maybe } = freeVariables(body);
    for (const name of free.keys()) if (!isKnown(name)) throw new Unquotable();
    for (const name of maybe.keys()) if (lookUp(name, env)) throw new Unquotable();
    return body;
  }

  /** Code with the variables of an environment that it uses. */
  private within(body: Expr, env: Env): Expr {
    const values = new Map<string, Expr>();
    const items: { readonly name: string; readonly value: Expr }[] = [];
    const done = new Set<string>();
    let open = usedIn(body, env);
    while (open.length) {
      const next: string[] = [];
      for (const name of open) {
        if (done.has(name)) continue;
        done.add(name);
        const thunk = env.names.get(name)!;
        const direct = thunk.isOpen ? undefined : short(this.evaluator.force(thunk));
        if (direct) {
          if (direct.kind !== 'ident' || direct.name !== name) values.set(name, direct);
          continue;
        }
        const isOwn = typeof thunk.make !== 'function' && thunk.make.env === env;
        const value = isOwn ? relocated((thunk.make as Closure).expr, env.folder) : this.thunk(thunk);
        if (isOwn) next.push(...usedIn(value, env));
        items.push({ name, value });
      }
      open = next;
    }
    const put = (code: Expr) => (values.size ? safely(code, values) : code);
    if (!items.length) return put(body);
    const inside = items.map(({ name, value }) => ({ name, value: put(value) }));
    const [only, more] = inside;
    if (!more && body.kind === 'ident' && !usedIn(only!.value, env).length) return only!.value;
    return { kind: 'let', items: inside.map((one) => bound(one.name, one.value)), body: put(body) };
  }
}

/** What is short enough to stand wherever it is used. */
function short(value: Value): Expr | undefined {
  if (value.kind === 'literal') return literalOf(value.value);
  if (value.kind === 'path') return pathLiteral(value.path);
  if (value.kind === 'unknown' || value.kind === 'set') return value.code;
  return undefined;
}

function literalOf(value: string | number | boolean | null): Expr | undefined {
  if (typeof value === 'string') return { kind: 'str', parts: [{ kind: 'text', value }] };
  if (typeof value === 'number')
    return Number.isInteger(value) && value >= 0 ? { kind: 'num', text: String(value) } : undefined;
  return { kind: 'ident', name: String(value) };
}

/** A path in the flake, from its root. */
export function pathLiteral(path: string): Expr {
  const text = path === '' || path === '.' ? './.' : path.startsWith('../') ? path : `./${path}`;
  return { kind: 'path', parts: [{ kind: 'text', value: text }] };
}

const bound = (name: string, value: Expr): Item => ({ kind: 'binding', path: [{ kind: 'name', name }], value });

/** The variables of an environment that some code uses. */
function usedIn(code: Expr, env: Env): string[] {
  const { free, maybe } = freeVariables(code);
  return [...new Set([...free.keys(), ...maybe.keys()])].filter((name) => env.names.has(name));
}

const isKnown = (name: string) => name === 'inputs' || isGlobal(name);

function needsWith(code: Expr, env: Env): boolean {
  const { free, maybe } = freeVariables(code);
  return [...free.keys(), ...maybe.keys()].some((name) => !isKnown(name) && !(env.outer && lookUp(name, env.outer)));
}

/** Puts values in the place of variables; refuses where something inside would take their names for its own. */
function safely(code: Expr, values: ReadonlyMap<string, Expr>): Expr {
  const names = new Set<string>();
  for (const value of values.values()) for (const name of freeVariables(value).free.keys()) names.add(name);
  mapTree(code, (node) => {
    const own =
      node.kind === 'lambda'
        ? [node.param, ...(node.pattern?.formals.map(({ name }) => name) ?? [])]
        : node.kind === 'let' || (node.kind === 'set' && node.rec)
          ? namesBound(node.items)
          : [];
    if (own.some((name) => name !== undefined && names.has(name))) throw new Unquotable();
    return node;
  });
  return mapTree(
    substitute(code, (name) => values.get(name)),
    joined,
  );
}

/** `(a.b).c` as `a.b.c`. */
function joined(node: Expr): Expr {
  if (node.kind !== 'select' || node.of.kind !== 'select' || node.of.orElse) return node;
  return { ...node, of: node.of.of, path: [...node.of.path, ...node.path] };
}

/** Code of a file in a folder as it stands in the root. */
function relocated(code: Expr, folder: string): Expr {
  if (folder === '') return code;
  return mapTree(code, (node) => {
    if (node.kind !== 'path') return node;
    const [first, ...rest] = node.parts;
    if (first?.kind !== 'text' || first.value.startsWith('/') || first.value.startsWith('~')) return node;
    const ends = first.value.endsWith('/') ? '/' : '';
    const moved = posix.join(folder, first.value);
    const text = moved.startsWith('../') || moved === '..' ? moved : `./${moved}`;
    return { ...node, parts: [{ kind: 'text', value: ends && !text.endsWith('/') ? text + ends : text }, ...rest] };
  });
}

function sizeOf(code: Expr): number {
  let size = 0;
  mapTree(code, (node) => {
    size++;
    return node;
  });
  return size;
}
