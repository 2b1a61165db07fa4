/**
 * Says which module files of configurations can be said in cdknix without raw Nix, and what stands in the way of the others:
 *
 *     npx ts-node --swc scripts/classify.ts <git directory>...
 *
 * The files are those of each repository's HEAD. What is read is their syntax: `docs/module-language.md` says which parts of
 * Nix have a counterpart. A file that a module imports as a value is judged with it.
 */
import { execFileSync } from 'node:child_process';
import { join, posix } from 'node:path';
import { type AttrSet, type Expr, type Lambda, NixSyntaxError, parse, relativeReferences } from '../lib/nix';
import { attributeNames } from '../lib/nix/attribute-names';
import { pushChildren, withoutParens } from '../lib/nix/walk';
import { bundledTable } from '../lib/options/bundled';
import { moduleBody } from '../lib/synth/module-body';

interface Classified {
  readonly file: string;
  /** What cannot be said without raw Nix. */
  readonly left: ReadonlySet<string>;
}

/** The names that stand at the top of modules. */
const tops = new Set([
  ...['imports', 'options', 'config', 'disabledModules', '_module'],
  ...(['nixos', 'darwin', 'home'] as const).flatMap((of) => Object.keys(bundledTable(of).options)),
]);

/** Arguments that only modules are given. */
const moduleArguments = new Set([
  'config',
  'options',
  'modulesPath',
  'osConfig',
  'utils',
  'inputs',
  'hostname',
  'username',
]);

const all = process.argv.slice(2).flatMap(classifiedIn);
const whole = all.filter(({ left }) => !left.size);
const percent = (count: number) => `${((100 * count) / all.length).toFixed(1)} %`;
console.log(`${all.length} module files; ${whole.length} need no raw Nix (${percent(whole.length)})`);
const counts = new Map<string, { any: number; only: number }>();
for (const { left } of all) {
  for (const one of left) {
    const { any, only } = counts.get(one) ?? { any: 0, only: 0 };
    counts.set(one, { any: any + 1, only: only + (left.size === 1 ? 1 : 0) });
  }
}
for (const [what, { any, only }] of [...counts].sort(([, a], [, b]) => b.any - a.any)) {
  console.log(`${percent(any).padStart(7)}  ${what} (in ${any} files, alone in ${only})`);
}
if (process.env.FILES) for (const { file, left } of all) if (left.size) console.log(`${file}: ${[...left].join('; ')}`);

function classifiedIn(repository: string): Classified[] {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const files = git('ls-tree', '-r', '-z', '--name-only', 'HEAD').split('\0');
  const trees = new Map<string, Expr>();
  for (const file of files.filter((one) => one.endsWith('.nix'))) {
    const tree = parsed(git('show', `HEAD:${file}`));
    if (tree) trees.set(file, tree);
  }
  const found = [...trees].flatMap(([file, tree]) =>
    file !== 'flake.nix' && isModule(tree)
      ? [{ file: join(repository, file), left: leftWithImports(file, trees, new Set()) }]
      : [],
  );
  const said = found.filter(({ left }) => !left.size).length;
  console.log(`${repository}: ${said} of ${found.length}`);
  return found;
}

function parsed(text: string): Expr | undefined {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof NixSyntaxError) return undefined;
    throw error;
  }
}

/** Whether a file is a module, by its arguments or by the names that it sets. */
function isModule(tree: Expr): boolean {
  const root = withoutParens(tree);
  const body = moduleBody(root);
  if (root.kind === 'lambda') {
    if (!root.pattern?.ellipsis || body.kind === 'lambda') return false;
    if (root.pattern.formals.some(({ name }) => moduleArguments.has(name))) return true;
  }
  return body.kind === 'set' && body.items.length > 0 && topNames(body).every((name) => tops.has(name));
}

function topNames({ items }: AttrSet): string[] {
  return items.flatMap((item) =>
    attributeNames(item.kind === 'binding' ? item.path.slice(0, 1) : item.names),
  ) as string[];
}

/** What is left in a module, and in files that it imports as values: in TypeScript they are modules that export them. */
function leftWithImports(file: string, trees: ReadonlyMap<string, Expr>, seen: Set<string>): Set<string> {
  seen.add(file);
  const tree = trees.get(file)!;
  const left = leftIn(tree);
  for (const path of valueImports(tree)) {
    const at = posix.join(posix.dirname(file), path);
    const other = [at, posix.join(at, 'default.nix')].find((one) => trees.has(one));
    if (other === undefined || seen.has(other)) continue;
    for (const one of leftWithImports(other, trees, seen)) left.add(one);
  }
  return left;
}

/** The files that `import` is given by their paths. */
function valueImports(tree: Expr): string[] {
  const found: string[] = [];
  const stack = [tree];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.kind === 'apply' && isImport(node.fn))
      found.push(...relativeReferences(node.args[0]!).map(({ path }) => path));
    pushChildren(node, stack);
  }
  return found;
}

function isImport(fn: Expr): boolean {
  const at = withoutParens(fn);
  return at.kind === 'ident' && at.name === 'import';
}

/** The parts of a module that have no counterpart. */
function leftIn(tree: Expr): Set<string> {
  const left = new Set<string>();
  const root = withoutParens(tree);
  const body = moduleBody(root);
  if (body.kind === 'set') for (const one of leftAtTop(body)) left.add(one);
  const stack: Expr[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const what = leftOf(node, node === root);
    if (what) left.add(what);
    pushChildren(node, stack);
  }
  return left;
}

/** What a module says of itself that no call of `import`, `declare` or `set` does. */
function leftAtTop(body: AttrSet): string[] {
  return body.items.flatMap((item) => {
    if (item.kind === 'inherit') return [];
    const [name] = attributeNames(item.path);
    if (name === undefined) return ['a name at the top that only Nix knows'];
    if (name === 'freeformType' || name === 'key' || name === '_file' || name === '_class')
      return [`${name} at the top`];
    return [];
  });
}

function leftOf(node: Expr, isRoot: boolean): string | undefined {
  switch (node.kind) {
    case 'searchPath':
      return 'a search path (<nixpkgs>)';
    case 'legacyLet':
      return 'let { … }';
    case 'assert':
      return 'assert';
    case 'ident':
      return node.name === '__curPos' ? '__curPos' : undefined;
    case 'binary':
      return node.op === '|>' || node.op === '<|' ? 'pipes' : undefined;
    case 'lambda':
      return leftOfLambda(node, isRoot);
    default:
      return undefined;
  }
}

function leftOfLambda({ pattern, param }: Lambda, isRoot: boolean): string | undefined {
  if (pattern?.formals.some((formal) => formal.default)) return 'a default of an argument';
  if (pattern && param !== undefined && !isRoot) return 'a name for all arguments (@)';
  if (pattern && param !== undefined) return 'a name for all arguments of the module (@)';
  return undefined;
}
