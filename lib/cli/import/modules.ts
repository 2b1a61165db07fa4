import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { type AttrSet, type Expr, type Item, NixSyntaxError, parse, print, relativeReferences } from '../../nix';
import type { Copy } from '../../synth/output';

/** Something that a module imports, or that a file says in a way that is not looked into: what options may come from. */
export interface Source {
  /** The same for the same thing. */
  readonly id: string;
  /** The Nix code that decides what it is: where it names an argument of the modules, that has a say too. */
  readonly text: string;
}

/** What a module and all that it imports bring, as far as the files of the output tell. */
export interface Brought {
  readonly sources: ReadonlySet<Source>;
  /** What `disabledModules` takes away. */
  readonly disabled: ReadonlySet<Source>;
  /** The modules of `home-manager.users.<name>`. */
  readonly users: ReadonlyMap<string, Brought>;
  /** What else is defined below `home-manager`: modules for all homes among them. */
  readonly homeManager: ReadonlySet<Source>;
  /** The code of `home-manager.extraSpecialArgs` by name; that of a set whose names are not known has an empty one. */
  readonly homeArgs: ReadonlyMap<string, string>;
}

const nothing: Brought = {
  sources: new Set(),
  disabled: new Set(),
  users: new Map(),
  homeManager: new Set(),
  homeArgs: new Map(),
};

/** Looks into modules of an output; each file is read once. */
export type ModuleReader = (module: Expr, folder: string) => Brought;

/** What looks into the modules of planned files. */
export function moduleReader(files: ReadonlyMap<string, string | Copy>): ModuleReader {
  const known = new Map<string, Brought>();

  function fromFile(path: string): Brought {
    const old = known.get(path);
    if (old) return old;
    // Files that import each other bring no more than each of them.
    known.set(path, nothing);
    const brought = read(path);
    known.set(path, brought);
    return brought;
  }

  function read(path: string): Brought {
    const content = files.get(path)!;
    const whole = source(path, textOf(content));
    try {
      return fromModule(parse(whole.text), { path, folder: posix.dirname(path), prefix: '', whole });
    } catch (error) {
      if (error instanceof NixSyntaxError) return { ...nothing, sources: new Set([whole]) };
      throw error;
    }
  }

  function fromModule(module: Expr, at: Place): Brought {
    switch (module.kind) {
      case 'paren':
        return fromModule(module.expr, at);
      case 'lambda':
        return fromModule(module.body, at);
      case 'with':
      case 'assert':
      case 'let':
        return fromModule(module.body, within(at));
      case 'set':
        return fromSet(module, module.rec ? within(at) : at);
      case 'list':
        return joined(module.items.map((one) => fromModule(one, at)));
      case 'path': {
        const file = fileOf(module, at.folder, files);
        return file === undefined ? other(module, at) : fromFile(file);
      }
      case 'apply':
        return isProperty(module) ? joined(module.args.map((one) => fromModule(one, at))) : other(module, at);
      default:
        return other(module, at);
    }
  }

  function other(module: Expr, at: Place): Brought {
    return { ...nothing, sources: new Set([sourceOf(module, at)]) };
  }

  function fromSet(set: AttrSet, at: Place): Brought {
    const parts: Brought[] = [];
    for (const item of set.items) {
      const [name, ...rest] = item.kind === 'binding' ? namesOf(item) : [];
      if (item.kind === 'inherit') {
        const names = item.names.map((key) => (key.kind === 'name' ? key.name : undefined));
        if (names.some((one) => one === undefined || special.has(one))) parts.push(whole(at));
      } else if (name === undefined || name === 'options') parts.push(whole(at));
      else if (name === 'imports') parts.push(fromModule(item.value, at));
      else if (name === 'disabledModules') parts.push({ ...nothing, disabled: new Set([sourceOf(item.value, at)]) });
      else if (name === 'config' && !rest.length) parts.push(fromDefinitions(item.value, at));
      else parts.push(fromDefinition(name === 'config' ? rest : [name, ...rest], item.value, at));
    }
    return joined(parts);
  }

  /** What `home-manager` is given in definitions, which may be joined by `lib.mkMerge` and its kin. */
  function fromDefinitions(value: Expr, at: Place): Brought {
    if (value.kind === 'paren') return fromDefinitions(value.expr, at);
    if (value.kind === 'list') return joined(value.items.map((one) => fromDefinitions(one, at)));
    if (value.kind === 'apply') return joined(value.args.map((one) => fromDefinitions(one, at)));
    if (value.kind !== 'set') return nothing;
    const bindings = value.items.filter((item) => item.kind === 'binding');
    return joined(bindings.map((item) => fromDefinition(namesOf(item), item.value, at)));
  }

  function fromDefinition(path: readonly (string | undefined)[], value: Expr, at: Place): Brought {
    if (path[0] !== undefined && path[0] !== 'home-manager') return nothing;
    const [, option, user] = path;
    if (path.length < 2 || (option === 'users' && path.length < 3)) {
      if (value.kind !== 'set') return { ...nothing, homeManager: new Set([sourceOf(value, at)]) };
      return joined(
        value.items.map((item) =>
          item.kind === 'binding'
            ? fromDefinition([...path, ...namesOf(item)], item.value, at)
            : { ...nothing, homeManager: new Set([at.whole]) },
        ),
      );
    }
    if (option === 'users' && user !== undefined && path.length === 3) {
      return { ...nothing, users: new Map([[user, fromModule(value, at)]]) };
    }
    // Below a user's name there are definitions only.
    if (option === 'users' && user !== undefined && !special.has(path[3] ?? '')) return nothing;
    if (option === 'extraSpecialArgs') return { ...nothing, homeArgs: argsIn(value, path.slice(2), at) };
    if (option === 'sharedModules') {
      const { sources, disabled } = fromModule(value, at);
      return { ...nothing, homeManager: new Set([...sources, ...disabled]) };
    }
    const one = sourceOf(value, at);
    return { ...nothing, homeManager: new Set([{ ...one, id: `${path.join('.')} = ${one.id}` }]) };
  }

  function argsIn(value: Expr, [name]: readonly (string | undefined)[], at: Place): Map<string, string> {
    const { text } = sourceOf(value, at);
    if (name !== undefined) return new Map([[name, text]]);
    if (value.kind !== 'set') return new Map([['', text]]);
    return new Map(
      value.items.flatMap((item): [string, string][] =>
        item.kind === 'binding'
          ? [[namesOf(item)[0] ?? '', sourceOf(item.value, at).text]]
          : item.names.map((key) => [key.kind === 'name' ? key.name : '', 'inherited']),
      ),
    );
  }

  const interned = new Map<string, Source>();

  function source(id: string, text: string): Source {
    const one = interned.get(id) ?? { id, text };
    interned.set(id, one);
    return one;
  }

  /** Code that is not looked into; where it refers to files, what is in them counts. */
  function sourceOf(expr: Expr, at: Place): Source {
    const text = print(expr).trim();
    const references = relativeReferences(expr);
    const place = references.length ? `${at.folder}: ` : '';
    const others = references.map(({ path }) => filesBelow(posix.join(at.folder, path)));
    return source(`${at.prefix}${place}${text}`, [text, ...others].join('\n'));
  }

  function filesBelow(path: string): string {
    const content = files.get(path) ?? files.get(posix.join(path, 'default.nix'));
    return content === undefined ? '' : textOf(content);
  }

  function whole(at: Place): Brought {
    return { ...nothing, sources: new Set([at.whole]) };
  }

  return (module, folder) => fromModule(module, { path: folder, folder, prefix: '', whole: source(folder, '') });
}

/** Where code stands. */
interface Place {
  readonly path: string;
  readonly folder: string;
  /** Tells code that variables around it have a say in from the same words elsewhere. */
  readonly prefix: string;
  /** The file. */
  readonly whole: Source;
}

const within = (at: Place): Place => ({ ...at, prefix: `${at.path}: ` });

/** The members of a module that bring others. */
const special: ReadonlySet<string> = new Set(['imports', 'options', 'disabledModules']);

/** The names of a binding; absent where one is computed. */
function namesOf(item: Extract<Item, { kind: 'binding' }>): (string | undefined)[] {
  return item.path.map((key) => (key.kind === 'name' ? key.name : undefined));
}

/** The output's file that a path leads to. */
function fileOf(path: Extract<Expr, { kind: 'path' }>, folder: string, files: ReadonlyMap<string, unknown>) {
  const [reference] = relativeReferences(path);
  if (!reference || reference.dynamic) return undefined;
  const file = posix.join(folder, reference.path);
  return [file, posix.join(file, 'default.nix')].find((one) => files.has(one));
}

function textOf(content: string | Copy): string {
  return typeof content === 'string' ? content : readFileSync(content.source, 'utf8');
}

/** Whether an expression is a call of `lib.mkIf` or its kin. */
function isProperty({ fn }: Extract<Expr, { kind: 'apply' }>): boolean {
  const last = fn.kind === 'select' ? fn.path.at(-1) : undefined;
  const name = fn.kind === 'ident' ? fn.name : last?.kind === 'name' ? last.name : '';
  return name.startsWith('mk');
}

function joined(all: readonly Brought[]): Brought {
  const some = all.filter((one) => one !== nothing);
  if (some.length <= 1) return some[0] ?? nothing;
  const users = new Map<string, Brought>();
  const homeArgs = new Map<string, string>();
  for (const one of some) {
    for (const [name, home] of one.users) {
      const before = users.get(name);
      users.set(name, before ? joined([before, home]) : home);
    }
    for (const [name, text] of one.homeArgs) homeArgs.set(name, `${homeArgs.get(name) ?? ''}\n${text}`);
  }
  const union = (of: (one: Brought) => ReadonlySet<Source>) => new Set(some.flatMap((one) => [...of(one)]));
  return {
    sources: union((one) => one.sources),
    disabled: union((one) => one.disabled),
    users,
    homeManager: union((one) => one.homeManager),
    homeArgs,
  };
}
