import type { Expr, Item } from '../../nix';
import type { Argument, MachineModel, ModuleModel, UserModel } from './model';
import { Quoter, Unquotable } from './quote';
import type { Evaluating, Machine, Thunk, Value } from './value';

/** Why a machine cannot be read. */
interface Unread {
  readonly because: string;
}

/** What the functions that make machines may be given. */
const understood = ['modules', 'specialArgs', 'extraSpecialArgs', 'system', 'pkgs', 'lib', 'inputs'];

/** Reads a machine from the call that makes it. */
export function machineModel(name: string, thunk: Thunk, evaluator: Evaluating): MachineModel | Unread {
  const machine = evaluator.force(thunk);
  if (machine.kind !== 'machine') return { because: 'no function makes it whose name is known' };
  const args = evaluator.force(machine.args);
  if (args.kind !== 'set') return { because: 'its arguments are computed' };
  const other = [...args.members.keys()].find((one) => !understood.includes(one));
  if (other !== undefined) return { because: `it is given ${other}` };
  const quoter = new Quoter(evaluator);
  try {
    const own = args.members.get(machine.of === 'home' ? 'extraSpecialArgs' : 'specialArgs');
    const pkgs = args.members.get('pkgs');
    const listed = args.members.get('modules');
    const users: UserModel[] = [];
    const given = pkgs ? packages(machine, pkgs, evaluator, quoter) : { modules: [] };
    const modules = listed ? modulesOf(listed, evaluator, quoter) : [];
    return {
      kind: machine.of,
      name,
      input: machine.input,
      system: given.system ?? literalText(args.members.get('system'), evaluator),
      modules: [...given.modules, ...modules.flatMap((one) => withoutUsers(one, users, evaluator, quoter))],
      specialArgs: own ? argumentsOf(own, evaluator, quoter) : [],
      users,
    };
  } catch (error) {
    if (error instanceof Unquotable) return { because: 'it needs what stands around it' };
    throw error;
  }
}

/** A module, with the value that the evaluation has of it. */
type Read = ModuleModel & { readonly value?: Value };

function modulesOf(thunk: Thunk, evaluator: Evaluating, quoter: Quoter): Read[] {
  const value = evaluator.force(thunk);
  if (value.kind !== 'list') return [{ is: 'list', code: quoter.code(thunk) }];
  return value.items.map((item) => moduleOf(item, evaluator, quoter));
}

function moduleOf(thunk: Thunk, evaluator: Evaluating, quoter: Quoter): Read {
  const value = evaluator.force(thunk);
  if (value.kind === 'path') return { is: 'file', path: value.path };
  const imported = importedFile(thunk, evaluator);
  if (imported !== undefined) return { is: 'file', path: imported };
  const code = quoter.code(thunk);
  if ((value.kind === 'set' && !value.code) || value.kind === 'function') return { is: 'definitions', code, value };
  return { is: 'code', code };
}

/** The file of a module that is `import ./file.nix` and nothing more. */
function importedFile({ make }: Thunk, evaluator: Evaluating): string | undefined {
  if (typeof make === 'function') return undefined;
  let expr: Expr = make.expr;
  while (expr.kind === 'paren') expr = expr.expr;
  if (expr.kind !== 'apply' || expr.args.length !== 1) return undefined;
  if (expr.fn.kind !== 'ident' || expr.fn.name !== 'import') return undefined;
  const value = evaluator.force({ make: { expr: expr.args[0]!, env: make.env } });
  return value.kind === 'path' ? value.path : undefined;
}

function literalText(thunk: Thunk | undefined, evaluator: Evaluating): string | undefined {
  const value = thunk && evaluator.force(thunk);
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
}

function argumentsOf(thunk: Thunk, evaluator: Evaluating, quoter: Quoter): Argument[] {
  const value = evaluator.force(thunk);
  if (value.kind !== 'set') throw new Unquotable();
  return [...value.members].map(([name, member]) => ({ name, code: quoter.code(member) }));
}

/** Takes the homes of users out of the definitions that a flake holds. */
function withoutUsers(module: Read, users: UserModel[], evaluator: Evaluating, quoter: Quoter): ModuleModel[] {
  const { value, ...plain } = module;
  if (plain.is !== 'definitions' || value?.kind !== 'set') return [plain as ModuleModel];
  const homeManager = value.members.get('home-manager');
  const inner = homeManager && evaluator.force(homeManager);
  const all = inner?.kind === 'set' && !inner.code ? inner.members.get('users') : undefined;
  const found = all && evaluator.force(all);
  if (inner?.kind !== 'set' || found?.kind !== 'set' || found.code) return [plain];
  for (const [name, home] of found.members) users.push({ name, modules: homeModules(home, evaluator, quoter) });
  const rest = [...value.members]
    .filter(([name]) => name !== 'home-manager')
    .map(([name, one]) => binding(name, quoter.code(one)));
  const wiring = [...inner.members]
    .filter(([name]) => name !== 'users')
    .map(([name, one]) => binding(name, quoter.code(one)));
  const items = [...(wiring.length ? [binding('home-manager', { kind: 'set', items: wiring })] : []), ...rest];
  return items.length ? [{ is: 'definitions', code: { kind: 'set', items } }] : [];
}

/** The modules of a home that is defined as one: those that it does nothing but import. */
function homeModules(home: Thunk, evaluator: Evaluating, quoter: Quoter): ModuleModel[] {
  const value = evaluator.force(home);
  const imports = value.kind === 'set' && value.members.size === 1 ? value.members.get('imports') : undefined;
  const listed = imports && evaluator.force(imports);
  const modules =
    listed?.kind === 'list'
      ? listed.items.map((item) => moduleOf(item, evaluator, quoter))
      : [moduleOf(home, evaluator, quoter)];
  return modules.map(({ value, ...module }) => module as ModuleModel);
}

/** The platform of packages, and what is said of them that is not said by default. */
function packages(
  machine: Machine,
  thunk: Thunk,
  evaluator: Evaluating,
  quoter: Quoter,
): { system?: string; modules: ModuleModel[] } {
  const value = evaluator.force(thunk);
  if (machine.of !== 'home') {
    const code: Expr = {
      kind: 'set',
      items: [binding('nixpkgs', { kind: 'set', items: [binding('pkgs', quoter.code(thunk))] })],
    };
    return { modules: [{ is: 'definitions', code }] };
  }
  if (value.kind !== 'unknown') throw new Unquotable();
  const system = value.code && legacySystem(value.code);
  if (system !== undefined) return { system, modules: [] };
  const set = importArguments(value, evaluator);
  if (set?.kind !== 'set') throw new Unquotable();
  const own = literalText(set.members.get('system'), evaluator);
  const said = ['overlays', 'config'].flatMap((name) => {
    const member = set.members.get(name);
    return member ? [binding(name, quoter.code(member))] : [];
  });
  if (own === undefined) throw new Unquotable();
  const code: Expr = { kind: 'set', items: [binding('nixpkgs', { kind: 'set', items: said })] };
  return { system: own, modules: said.length ? [{ is: 'definitions', code }] : [] };
}

/** What `import nixpkgs` is given. */
function importArguments({ at }: Extract<Value, { kind: 'unknown' }>, evaluator: Evaluating): Value | undefined {
  if (at?.expr.kind !== 'apply' || at.expr.args.length !== 2) return undefined;
  if (at.expr.fn.kind !== 'ident' || at.expr.fn.name !== 'import') return undefined;
  return evaluator.force({ make: { expr: at.expr.args[1]!, env: at.env } });
}

/** The platform in `inputs.nixpkgs.legacyPackages.x86_64-linux`. */
function legacySystem(code: Expr): string | undefined {
  if (code.kind !== 'select') return undefined;
  const [, kind, system, more] = code.path.map((key) => (key.kind === 'name' ? key.name : undefined));
  return kind === 'legacyPackages' && more === undefined ? system : undefined;
}

const binding = (name: string, value: Expr): Item => ({ kind: 'binding', path: [{ kind: 'name', name }], value });
