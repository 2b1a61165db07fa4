/**
 * Says which module files of configurations can be said in cdknix without raw Nix, and what stands in the way of the others:
 *
 *     npx ts-node --swc scripts/classify.ts <git directory>...
 *
 * The files are those of each repository's HEAD. What is read is their syntax: `docs/module-language.md` says which parts of
 * Nix have a counterpart.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type AttrSet, type Expr, type Lambda, NixSyntaxError, parse } from '../lib/nix';
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
  const found = files
    .filter((file) => file.endsWith('.nix') && file !== 'flake.nix')
    .flatMap((file) => {
      const tree = parsed(git('show', `HEAD:${file}`));
      return tree && isModule(tree) ? [{ file: join(repository, file), left: leftIn(tree) }] : [];
    });
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
    return name === 'imports' && !isListOfImports(item.value) ? ['imports that are computed'] : [];
  });
}

/** Lists, one after the other, each of which may depend on what is known before Nix runs. */
function isListOfImports(code: Expr): boolean {
  const at = withoutParens(code);
  if (at.kind === 'list') return true;
  if (at.kind === 'with') return isListOfImports(at.body);
  return at.kind === 'binary' && at.op === '++' && isListOfImports(at.left) && isListOfImports(at.right);
}

function leftOf(node: Expr, isRoot: boolean): string | undefined {
  switch (node.kind) {
    case 'searchPath':
      return 'a search path (<nixpkgs>)';
    case 'legacyLet':
      return 'let { … }';
    case 'assert':
      return 'assert';
    case 'path':
      return node.parts.some((part) => part.kind === 'interpolation') ? 'a path with an expression in it' : undefined;
    case 'ident':
      if (node.name === '__curPos') return '__curPos';
      return node.name === 'import' || node.name === 'scopedImport' ? 'import of a file as a value' : undefined;
    case 'binary':
      if (node.op === '|>' || node.op === '<|') return 'pipes';
      return node.op === '+' ? leftOfSum(node.left, node.right) : undefined;
    case 'lambda':
      return leftOfLambda(node, isRoot);
    default:
      return undefined;
  }
}

function leftOfSum(left: Expr, right: Expr): string | undefined {
  return [left, right].some((one) => withoutParens(one).kind === 'path') ? 'a path + a text' : undefined;
}

function leftOfLambda({ pattern, param }: Lambda, isRoot: boolean): string | undefined {
  if (pattern?.formals.some((formal) => formal.default)) return 'a default of an argument';
  if (pattern && param !== undefined && !isRoot) return 'a name for all arguments (@)';
  if (pattern && param !== undefined) return 'a name for all arguments of the module (@)';
  return undefined;
}
