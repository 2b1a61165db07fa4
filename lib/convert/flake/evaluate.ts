import { posix } from 'node:path';
import type { AttrSet, Binary, Expr, Formals, Interpolation, Item, Key, Text } from '../../nix';
import { isGlobal, select } from '../../nix';
import { attributeNames } from '../../nix/attribute-names';
import { applied, isLibraryFunction, machineOf } from './library';
import { type Env, type Evaluating, given, literal, type Source, type Thunk, unknown, type Value } from './value';

/** As many steps as the code of a flake may take. */
const mostSteps = 2_000_000;

/** As deep as calls may go: each takes some of JavaScript's own stack. */
const deepest = 400;

/**
 * Evaluates what the code of a flake alone tells: data, functions, files. Packages, modules and whatever inputs have stay
 * unknown, by the names that they have in the flake.
 */
export class Evaluator implements Evaluating {
  private steps = 0;
  private depth = 0;
  private readonly files = new Map<string, Value>();

  constructor(readonly source: Source) {}

  /** The value of an expression, found once. */
  force(thunk: Thunk): Value {
    if (thunk.value) return thunk.value;
    if (thunk.isOpen || this.depth > deepest || ++this.steps > mostSteps) return unknown;
    thunk.isOpen = true;
    this.depth++;
    try {
      const { make } = thunk;
      thunk.value = typeof make === 'function' ? make() : this.valueOf(make.expr, make.env);
      return thunk.value;
    } finally {
      this.depth--;
      thunk.isOpen = false;
    }
  }

  /** The value of an argument that a function is given. */
  call(fn: Value, argument: Thunk): Value {
    if (fn.kind === 'library') return applied(this, { ...fn, args: [...fn.args, argument] });
    if (fn.kind === 'set') {
      const functor = fn.members.get('__functor');
      return functor ? this.call(this.call(this.force(functor), given(fn)), argument) : unknown;
    }
    if (fn.kind !== 'function') return unknown;
    if (this.depth > deepest || ++this.steps > mostSteps) return unknown;
    const { expr: lambda, env } = fn.at;
    const names = new Map<string, Thunk>();
    const inner: Env = { folder: env.folder, names, outer: env };
    if (lambda.param !== undefined) names.set(lambda.param, argument);
    if (lambda.pattern && !this.takeApart(lambda.pattern, argument, names, inner)) return unknown;
    this.depth++;
    try {
      return this.valueOf(lambda.body, inner);
    } finally {
      this.depth--;
    }
  }

  /** The value of a file, as `import` gives it. */
  import(path: string): Value {
    const file = path.endsWith('.nix') ? path : posix.join(path, 'default.nix');
    const known = this.files.get(file);
    if (known) return known;
    const tree = this.source.parse(file);
    if (!tree) return unknown;
    this.files.set(file, unknown);
    const folder = posix.dirname(file);
    const value = this.valueOf(tree, { folder: folder === '.' ? '' : folder, names: new Map() });
    this.files.set(file, value);
    return value;
  }

  /** What a name selects from a value. */
  select(of: Value, name: string): Value | undefined {
    if (of.kind === 'set') {
      const member = of.members.get(name);
      if (member) return this.force(member);
      return undefined;
    }
    if (of.kind !== 'unknown') return unknown;
    const code = of.code && select(of.code, name);
    if (machineOf(name)) return { kind: 'library', name, args: [given({ kind: 'unknown', ...(code && { code }) })] };
    if (isLibraryFunction(name) && isLibrary(of.code)) return { kind: 'library', name, args: [] };
    return { kind: 'unknown', ...(code && { code }) };
  }

  private valueOf(expr: Expr, env: Env): Value {
    const value = this.evaluated(expr, env);
    return value.kind === 'unknown' && !value.at ? { ...value, at: { expr, env } } : value;
  }

  private evaluated(expr: Expr, env: Env): Value {
    switch (expr.kind) {
      case 'paren':
        return this.valueOf(expr.expr, env);
      case 'num':
        return literal(Number(expr.text));
      case 'uri':
        return literal(expr.uri);
      case 'str':
      case 'indented': {
        const text = this.textOf(expr.parts, env);
        return text === undefined ? unknown : literal(text);
      }
      case 'path':
        return this.pathOf(expr.parts, env);
      case 'ident':
        return this.variable(expr.name, env);
      case 'select':
        return this.selection(expr, env);
      case 'hasAttr':
        return this.hasAttribute(expr, env);
      case 'apply':
        return expr.args.reduce<Value>(
          (fn, arg) => this.call(fn, { make: { expr: arg, env } }),
          this.valueOf(expr.fn, env),
        );
      case 'unary': {
        const operand = this.valueOf(expr.operand, env);
        if (operand.kind !== 'literal') return unknown;
        return literal(expr.op === '!' ? !operand.value : -Number(operand.value));
      }
      case 'binary':
        return this.binary(expr, env);
      case 'lambda':
        return { kind: 'function', at: { expr, env } };
      case 'let': {
        const names = new Map<string, Thunk>();
        const inner: Env = { folder: env.folder, names, outer: env };
        return this.addItems(expr.items, names, inner, env) ? this.valueOf(expr.body, inner) : unknown;
      }
      case 'with':
        return this.valueOf(expr.body, {
          folder: env.folder,
          names: new Map(),
          opened: { make: { expr: expr.env, env } },
          outer: env,
        });
      case 'assert':
        return this.valueOf(expr.body, env);
      case 'if': {
        const condition = this.valueOf(expr.condition, env);
        if (condition.kind !== 'literal') return unknown;
        return this.valueOf(condition.value === true ? expr.then : expr.else, env);
      }
      case 'list':
        return { kind: 'list', items: expr.items.map((item) => ({ make: { expr: item, env } })), at: { expr, env } };
      case 'set':
        return this.setOf(expr, env);
      default:
        return unknown;
    }
  }

  private setOf(expr: AttrSet, env: Env): Value {
    const members = new Map<string, Thunk>();
    const inner = expr.rec ? { folder: env.folder, names: members, outer: env } : env;
    return this.addItems(expr.items, members, inner, env) ? { kind: 'set', members, at: { expr, env } } : unknown;
  }

  /** Adds what items define; false, if a name is not known. */
  private addItems(items: readonly Item[], to: Map<string, Thunk>, inner: Env, outer: Env): boolean {
    const nested = new Map<string, Item[]>();
    for (const item of items) {
      if (item.kind === 'inherit') {
        for (const name of attributeNames(item.names)) {
          if (name === undefined) return false;
          const expr: Expr = item.from
            ? { kind: 'select', of: item.from, path: [{ kind: 'name', name }] }
            : { kind: 'ident', name };
          to.set(name, { make: { expr, env: item.from ? inner : outer } });
        }
        continue;
      }
      const [first, ...rest] = item.path;
      const name = this.keyName(first!, inner);
      if (name === undefined) return false;
      const { value } = item;
      if (!rest.length && (value.kind !== 'set' || value.rec || items.length === 1)) {
        to.set(name, { make: { expr: value, env: inner } });
        continue;
      }
      const inside = rest.length ? [{ ...item, path: rest }] : (value as AttrSet).items;
      nested.set(name, [...(nested.get(name) ?? []), ...inside]);
      // Keeps its place among the others.
      to.set(name, given(unknown));
    }
    for (const [name, inside] of nested) to.set(name, { make: { expr: { kind: 'set', items: inside }, env: inner } });
    return true;
  }

  private keyName(key: Key, env: Env): string | undefined {
    if (key.kind === 'name') return key.name;
    if (key.kind === 'strKey') return this.textOf(key.str.parts, env);
    const value = this.valueOf(key.expr, env);
    return value.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
  }

  private variable(name: string, env: Env): Value {
    const found = lookUp(name, env);
    if (found) return this.force(found);
    for (let at: Env | undefined = env; at; at = at.outer) {
      if (!at.opened) continue;
      const value = this.select(this.force(at.opened), name);
      if (value && !(value.kind === 'unknown' && isGlobal(name))) return value;
    }
    if (name === 'true' || name === 'false') return literal(name === 'true');
    if (name === 'null') return literal(null);
    if (isLibraryFunction(name) && isGlobal(name)) return { kind: 'library', name, args: [] };
    return { kind: 'unknown', ...(isGlobal(name) && { code: { kind: 'ident', name } }) };
  }

  private selection(expr: Extract<Expr, { kind: 'select' }>, env: Env): Value {
    let at: Value | undefined = this.valueOf(expr.of, env);
    for (const key of expr.path) {
      const name = this.keyName(key, env);
      if (name === undefined) return unknown;
      at = this.select(at, name);
      if (!at) return expr.orElse ? this.valueOf(expr.orElse, env) : unknown;
      if (at.kind === 'unknown' && expr.orElse) return unknown;
    }
    return at;
  }

  private hasAttribute(expr: Extract<Expr, { kind: 'hasAttr' }>, env: Env): Value {
    let at: Value = this.valueOf(expr.of, env);
    for (const key of expr.path) {
      const name = this.keyName(key, env);
      if (name === undefined || at.kind !== 'set') return at.kind === 'unknown' ? unknown : literal(false);
      const member = at.members.get(name);
      if (!member) return literal(false);
      at = this.force(member);
    }
    return literal(true);
  }

  private binary({ op, left, right }: Binary, env: Env): Value {
    const a = this.valueOf(left, env);
    if (a.kind === 'literal' && typeof a.value === 'boolean') {
      if ((op === '&&' && !a.value) || (op === '||' && a.value)) return a;
      if (op === '->' && !a.value) return literal(true);
      if (op === '&&' || op === '||' || op === '->') return this.valueOf(right, env);
    }
    const b = this.valueOf(right, env);
    if (op === '++')
      return a.kind === 'list' && b.kind === 'list' ? { kind: 'list', items: [...a.items, ...b.items] } : unknown;
    if (op === '//') {
      if (a.kind === 'set' && b.kind === 'set') return { kind: 'set', members: new Map([...a.members, ...b.members]) };
      if (a.kind !== 'unknown' || b.kind !== 'unknown' || !a.code || !b.code) return unknown;
      return { kind: 'unknown', code: { kind: 'binary', op, left: a.code, right: b.code } };
    }
    if (op === '+' && a.kind === 'path' && b.kind === 'literal' && typeof b.value === 'string')
      return { kind: 'path', path: posix.normalize(a.path + b.value) };
    if (a.kind !== 'literal' || b.kind !== 'literal') return unknown;
    switch (op) {
      case '==':
        return literal(a.value === b.value);
      case '!=':
        return literal(a.value !== b.value);
      case '+':
        if (typeof a.value === 'string' && typeof b.value === 'string') return literal(a.value + b.value);
        return typeof a.value === 'number' && typeof b.value === 'number' ? literal(a.value + b.value) : unknown;
      default:
        return unknown;
    }
  }

  private textOf(parts: readonly (Text | Interpolation)[], env: Env): string | undefined {
    let text = '';
    for (const part of parts) {
      if (part.kind === 'text') text += part.value;
      else {
        const value = this.valueOf(part.expr, env);
        if (value.kind !== 'literal' || typeof value.value !== 'string') return undefined;
        text += value.value;
      }
    }
    return text;
  }

  private pathOf(parts: readonly (Text | Interpolation)[], env: Env): Value {
    const text = this.textOf(parts, env);
    if (text === undefined || text.startsWith('/') || text.startsWith('~')) return unknown;
    return { kind: 'path', path: posix.join(env.folder, text).replace(/\/\.?$/, '') };
  }

  private takeApart(pattern: Formals, argument: Thunk, names: Map<string, Thunk>, inner: Env): boolean {
    const value = this.force(argument);
    if (value.kind !== 'set' && value.kind !== 'unknown') return false;
    for (const { name, default: otherwise } of pattern.formals) {
      const member = value.kind === 'set' ? value.members.get(name) : undefined;
      if (member) names.set(name, member);
      else if (value.kind === 'unknown') names.set(name, given(this.select(value, name)!));
      else if (otherwise) names.set(name, { make: { expr: otherwise, env: inner } });
      else return false;
    }
    return true;
  }
}

/** What a variable is bound to, unless only a `with` may have it. */
export function lookUp(name: string, env: Env): Thunk | undefined {
  for (let at: Env | undefined = env; at; at = at.outer) {
    const found = at.names.get(name);
    if (found) return found;
  }
  return undefined;
}

/** Whether some code is a library of functions: `builtins`, `inputs.nixpkgs.lib`, or a part of one. */
function isLibrary(code: Expr | undefined): boolean {
  if (code?.kind === 'ident') return code.name === 'builtins' || code.name === 'lib';
  if (code?.kind === 'binary') return isLibrary(code.left) || isLibrary(code.right);
  if (code?.kind !== 'select') return false;
  return attributeNames(code.path).some((name) => name === 'lib');
}
