import { type Diagnostic, leafOf, type Position } from '../diagnostics';
import { type Definition, importedList, isExpr, type OptionsDeclaration } from '../module';
import {
  type AttrSet,
  apply,
  type Binding,
  binding,
  formals,
  freeVariables,
  type Item,
  ident,
  isGlobal,
  lambda,
  list,
  NixValueError,
  type Expr as Node,
  printFile,
  select,
} from '../nix';
import { withoutParens } from '../nix/walk';
import type { Context } from './context';
import { layerNode, layersOf, valueProblems } from './definitions';
import { declaredGroup, withOwnConfig } from './own-config';
import { settledDefinition } from './settled';
import type { Site } from './site';
import { variablesOf } from './variables';

/** What one file of the output says. */
export interface ModuleBody {
  readonly imports: readonly Node[];
  readonly disabled?: readonly Node[];
  readonly declarations?: readonly OptionsDeclaration[];
  readonly definitions: readonly Definition[];
}

/** The arguments that modules are given, in the order in which people write them. */
const commonArgs = ['config', 'lib', 'pkgs', 'options', 'modulesPath', 'inputs'];
const ownArgs = {
  nixos: ['utils'],
  darwin: [],
  home: ['osConfig', 'osClass', 'nixosConfig', 'darwinConfig'],
  flake: [],
} as const;

/**
 * The text of a module's file.
 *
 * A variable that nothing binds becomes a diagnostic.
 */
export function moduleFile(body: ModuleBody, site: Site, context: Context): string {
  try {
    return moduleText(body, site, context);
  } catch (error) {
    if (!(error instanceof NixValueError)) throw error;
    const problems = valueProblems(writtenIn(body), site.path);
    if (!problems.length) throw error;
    context.diagnostics.push(...problems);
    return '';
  }
}

/** What calls of `set` and `declare` were given. */
export function writtenIn({ definitions, declarations = [] }: Omit<ModuleBody, 'imports' | 'disabled'>): Definition[] {
  return [...definitions, ...declarations.map(({ options, position }) => ({ config: options, position }))];
}

function moduleText(body: ModuleBody, site: Site, context: Context): string {
  return wholeModule(body, site, context) ?? assembledModule(body, site, context);
}

/** The text of a file that is one module as it was written: a function, or a set. */
function wholeModule(body: ModuleBody, site: Site, context: Context): string | undefined {
  const [only, ...more] = body.imports;
  if (!only || more.length || body.disabled?.length || body.declarations?.length || body.definitions.length) {
    return undefined;
  }
  const code = withoutParens(only);
  if (code.kind === 'set') return printModule({ ...code, expanded: true }, body, site, context);
  // What it takes from around itself would need a function around it.
  return code.kind === 'lambda' && !argumentsOf(code, body, site, context).length ? printFile(code) : undefined;
}

function printModule(code: Node, body: ModuleBody, site: Site, context: Context): string {
  const names = argumentsOf(code, body, site, context);
  return printFile(lambda({ pattern: formals(names, { ellipsis: true }), bodyBelow: true }, code));
}

function assembledModule(body: ModuleBody, site: Site, context: Context): string {
  const variables = variablesOf(context.resolve);
  const at = { ...site, bind: variables.bind };
  const items: Item[] = [];
  if (body.disabled?.length) items.push(binding('disabledModules', list(body.disabled, { expanded: true })));
  if (body.imports.length) items.push(binding('imports', importsNode(body.imports)));
  const options = optionsItem(body, at, context);
  if (options) items.push(options);
  const definitions = body.definitions.flatMap((one) => {
    const config = settledDefinition(one.config, (node) => context.resolve(node, at));
    return config === undefined ? [] : [{ ...one, config }];
  });
  const layers = layersOf(definitions).map((layer) => context.resolve(layerNode(layer), at));
  const [only] = layers;
  if (layers.length === 1 && only?.kind === 'set' && !only.rec && !options) {
    items.push(...(items.length ? apart(only.items) : only.items));
  } else if (layers.length === 1) items.push(binding('config', only!));
  else if (layers.length > 1) {
    items.push(binding('config', apply(select(ident('lib'), 'mkMerge'), list(layers, { expanded: true }))));
  }
  const set: AttrSet = { kind: 'set', items: spaced(items), expanded: items.length > 0 };
  const code = variables.around(options ? withOwnConfig(set, declaredGroup(body.declarations ?? [])) : set);
  return printModule(code, body, site, context);
}

/** A list that is all there is to import needs no module of its own around it. */
function importsNode(imports: readonly Node[]): Node {
  const [only, ...more] = imports;
  return (!more.length && only && importedList(only)) || list(imports, { expanded: true });
}

/** `options.… = { … };` */
function optionsItem({ declarations = [] }: ModuleBody, site: Site, { resolve }: Context): Item | undefined {
  if (!declarations.length) return undefined;
  const [tree] = layersOf(declarations.map(({ options, position }) => ({ config: { options }, position })));
  const node = resolve(layerNode(tree), site);
  return node.kind === 'set' ? node.items[0] : undefined;
}

/** The items, the first one after a blank line. */
function apart(items: readonly Item[]): Item[] {
  return items.map((item, i) => (i === 0 ? { ...item, before: [null, ...(item.before ?? [])] } : item));
}

/** A blank line around whatever takes several lines, and above a comment. */
function spaced(items: readonly Item[]): Item[] {
  return items.map((item, i) => {
    const previous = items[i - 1];
    if (!previous || item.before?.[0] === null) return item;
    if (item.before) return { ...item, before: [null, ...item.before] };
    return isTall(item) || isTall(previous) ? { ...item, before: [null] } : item;
  });
}

function isTall(item: Item): boolean {
  const value = (item as Binding).value as Node | undefined;
  if (!value) return false;
  if (value.kind === 'list') return value.expanded === true || value.items.length > 1;
  return (value.kind === 'set' && value.items.length > 0) || value.kind === 'indented' || value.kind === 'lambda';
}

function argumentsOf(code: Node, body: ModuleBody, site: Site, { args, diagnostics, resolve }: Context): string[] {
  const { free, maybe } = freeVariables(code);
  if (!free.size && !maybe.size) return [];
  const special = site.moduleClass === 'home' ? args.home : args.host;
  const known = new Set([...commonArgs, ...ownArgs[site.moduleClass], ...[...special].sort()]);
  for (const name of free.keys()) {
    if (known.has(name) || isGlobal(name)) continue;
    const uses = (value: unknown) => freeVariables(resolve(layerNode(value), site)).free.has(name);
    const culprit = writtenIn(body).find(({ config }) => uses(config));
    const position = culprit && leafOf(culprit.position, placeOf(culprit.config, uses));
    diagnostics.push(undefinedVariable(name, site.path, position, [...known]));
  }
  return [...known].filter((name) => free.has(name) || maybe.has(name));
}

/** The way through data to what something holds for; as far as data leads. */
function placeOf(data: unknown, holds: (value: unknown) => boolean): string[] {
  const place: string[] = [];
  for (let at: unknown = data; typeof at === 'object' && at !== null && !Array.isArray(at) && !isExpr(at); ) {
    const found = Object.entries(at).find(([, value]) => value !== undefined && holds(value));
    if (!found) break;
    place.push(found[0]);
    at = found[1];
  }
  return place;
}

/** The problem of a name that nothing binds. */
export function undefinedVariable(
  name: string,
  path: string,
  position: Position | undefined,
  known: readonly string[],
): Diagnostic {
  return {
    code: 'undefined-variable',
    severity: 'error',
    message: `the Nix variable '${name}' is not defined here`,
    path,
    position,
    help: `in scope are ${known.join(', ')}, and Nix's own; specialArgs brings more`,
  };
}
