import type { AttrSet, Expr } from '../nix';
import { pushChildren, withoutParens } from '../nix/walk';
import type { ModuleClass } from '../options/config';
import { commentLines } from './comments';
import { letScope } from './constants';
import { type Counts, countDefinitions } from './count';
import { divided, isFull } from './definitions';
import { relativePath } from './file-holes';
import type { Context, Kept, OptionPath, Options, Why } from './lower/context';
import { withStrays } from './lower/lists';
import { lowerIn, withScope } from './lower/lower';
import { nixCode } from './lower/raw';
import { objectOf } from './lower/sets';
import { isNew, isOwn, isTyped, maySet, type OwnOptions } from './options';
import type { ModuleSource } from './read';
import type { Meaning, Scope } from './scope';
import { type SetMember, type SetTree, setOf, setTree } from './set-tree';
import type { Statement } from './statements';
import { type Code, call, member, object, text, word } from './typescript/code';

/** A module as a feature: values that are printed, or run. */
export interface FeatureCode {
  readonly of: ModuleClass;
  readonly imports: ReadonlySet<string>;
  readonly header: readonly string[];
  /** Constants that stand before it, since the options need them. */
  readonly constants: readonly Statement[];
  /** What `declare` is given, if the module declares options. */
  readonly options?: Code;
  /** Whether it declares options that no table knows, so that the compiler has to be told. */
  readonly isNew?: boolean;
  readonly statements: readonly Statement[];
  /** Comments that found no other place. */
  readonly remarks: readonly string[];
  readonly counts: Counts;
  readonly raws: readonly Why[];
}

/** Names the path of an option. */
export const optionKey = (path: OptionPath): string => JSON.stringify(path);

/** The variable for a feature's part, where it is needed several times. */
const variables = { nixos: 'os', darwin: 'os', home: 'home' } as const;

/**
 * Lowers a module.
 *
 * @param kept places of the source that have another form
 * @param untyped options that are no definitions of TypeScript, by `optionKey`
 * @returns nothing, where a part of it is computed that has to be written out
 */
export function featureOf(
  source: ModuleSource,
  of: ModuleClass,
  kept: Kept,
  untyped: ReadonlySet<string> = new Set(),
): FeatureCode | undefined {
  const own = ownOptions(source.body);
  const part = word(variables[of]);
  let isInside = false;
  let usesConfig = false;
  const options: Options = {
    takes: (path) => !untyped.has(optionKey(path)) && (maySet(of, path) ?? (own !== undefined && isOwn(own, path))),
    configFor(path) {
      if (!isInside) return undefined;
      if (!path.length) return undefined;
      const isInTable = isTyped(of, path);
      if (isInTable === false) return undefined;
      if (isInTable === undefined) return own && isOwn(own, path) ? member(word('this'), 'options') : undefined;
      usesConfig = true;
      return member(part, 'config');
    },
  };
  const context: Context = {
    lower: (expr, scope, at) => lowerIn(context, expr, scope, at),
    imports: new Set(),
    raws: [],
    strays: [],
    told: new Set(),
    followed: new Set(),
    kept,
    variables: new Set(['feature', variables[of], 'scope', 'id']),
    selected: selectedIn(source.tree),
    unused: unusedName(source.tree),
    options,
  };
  const constants: Statement[] = [];
  const inside: Statement[] = [];
  let target = constants;
  const scope = scopeOf(source, context, () => target);

  const parts = partsOf(source.body);
  if (!parts) return undefined;
  const declared = parts.options && declaredOptions(parts.options, scope, context);
  if (parts.options && !declared) return undefined;
  target = inside;
  isInside = true;
  const imports = parts.imports && modulesOf(parts.imports, scope, context);
  const disabled = parts.disabled && modulesOf(parts.disabled, scope, context);
  if ((parts.imports && !imports) || (parts.disabled && !disabled)) return undefined;
  const sets = parts.definitions.flatMap((one) => setsOf(one, scope, context));
  const calls: { above: readonly string[]; name: string; args: readonly Code[] }[] = [
    ...(disabled ?? []).map((one) => ({ ...one, name: 'disable' })),
    ...(imports ?? []).map((one) => ({ ...one, name: 'import' })),
    ...sets.map(({ above, code }) => ({ above, name: 'set', args: [code] })),
  ];
  const isShared = usesConfig || calls.length > 1;
  const on = isShared ? part : member(word(declared ? 'this' : 'feature'), of);
  const counts = [...(declared ? [countDefinitions(declared)] : []), ...sets.map((one) => one.counts)];
  return {
    of,
    imports: context.imports,
    header: source.header,
    constants,
    ...(declared && { options: declared, isNew: isNew(own ?? {}, of) }),
    statements: [
      ...(isShared ? [{ constant: variables[of], code: member(word(declared ? 'this' : 'feature'), of) }] : []),
      ...inside,
      ...calls.map(({ above, name, args }) => ({ above, code: call(member(on, name), ...args) })),
    ],
    remarks: [...source.remarks, ...context.strays],
    counts: {
      definitions: counts.reduce((sum, one) => sum + one.definitions, 0),
      raw: counts.reduce((sum, one) => sum + one.raw, 0),
    },
    raws: context.raws,
  };
}

/** The variables that something is selected from, or that are called. */
function selectedIn(tree: Expr): Set<string> {
  const names = new Set<string>();
  const stack: Expr[] = [tree];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const of = node.kind === 'select' ? node.of : node.kind === 'apply' ? node.fn : undefined;
    if (of?.kind === 'ident') names.add(of.name);
    pushChildren(node, stack);
  }
  return names;
}

/** Names that no variable of the source starts with. */
function unusedName(tree: Expr): string {
  const source = JSON.stringify(tree);
  let name = 'hole_';
  while (source.includes(name)) name = `hole_${name}`;
  return name;
}

function scopeOf({ names, frames }: ModuleSource, context: Context, constants: () => Statement[]): Scope {
  const lowered = { code: word('args'), is: 'reference' } as const;
  const argument: Meaning = { kind: 'code', lowered, isArgument: true };
  let scope: Scope = { names: new Map(names.map((name) => [name, argument])) };
  for (const frame of frames) {
    scope = frame.kind === 'with' ? withScope(frame, scope) : letScope(frame, scope, context, constants);
  }
  return scope;
}

/** What stands in the set of a module, by the calls that say it. */
interface Parts {
  readonly imports?: Given;
  readonly disabled?: Given;
  readonly options?: SetTree;
  readonly definitions: readonly Definitions[];
}

interface Definitions {
  readonly value: Expr | SetTree;
  readonly above: readonly string[];
}

interface Given {
  readonly value: Expr;
  readonly above: readonly string[];
}

function partsOf(body: AttrSet): Parts | undefined {
  const tree = setTree(body);
  const { imports, disabledModules, options, config } = Object.fromEntries(tree.members) as Record<
    string,
    SetMember | undefined
  >;
  const optionsTree = options && treeIn(options);
  if (options && !optionsTree) return undefined;
  const others = new Map([...tree.members].filter(([name]) => !structural.has(name)));
  const configValue = config && (treeIn(config) ?? valueIn(config));
  const [importsValue, disabledValue] = [imports && valueIn(imports), disabledModules && valueIn(disabledModules)];
  if ((imports && !importsValue) || (disabledModules && !disabledValue) || (config && !configValue)) return undefined;
  const rest: SetTree = { ...tree, members: others };
  const definitions = [...(configValue ? [{ value: configValue, above: aboveOf(config!) }] : [])];
  if (isFull(rest)) definitions.push({ value: rest, above: [] });
  return {
    ...(importsValue && { imports: { value: importsValue, above: aboveOf(imports!) } }),
    ...(disabledValue && { disabled: { value: disabledValue, above: aboveOf(disabledModules!) } }),
    ...(optionsTree && { options: optionsTree }),
    definitions,
  };
}

const structural: ReadonlySet<string> = new Set(['imports', 'disabledModules', 'options', 'config']);

function aboveOf({ before, after }: SetMember): string[] {
  return [...commentLines(before), ...commentLines(after && [after])].filter((line) => line !== '');
}

function treeIn(member: SetMember): SetTree | undefined {
  if (member.is === 'set') return member.tree;
  const value = member.is === 'value' ? withoutParens(member.value) : undefined;
  return value?.kind === 'set' && !value.rec ? setTree(value) : undefined;
}

const valueIn = (member: SetMember) => (member.is === 'value' ? member.value : undefined);

/** The options that a module declares, by their names. */
function ownOptions(body: AttrSet): OwnOptions | undefined {
  const options = setTree(body).members.get('options');
  const tree = options && treeIn(options);
  return tree && namesIn(tree);
}

function namesIn(tree: SetTree): OwnOptions {
  return Object.fromEntries(
    [...tree.members].map(([name, member]) => {
      const inner = treeIn(member);
      return [name, inner ? namesIn(inner) : (true as const)];
    }),
  );
}

function declaredOptions(tree: SetTree, scope: Scope, context: Context): Code | undefined {
  if (hasComputed(tree)) return undefined;
  return objectOf(tree, scope, context);
}

const hasComputed = (tree: SetTree): boolean =>
  tree.computed.length > 0 ||
  [...tree.members.values()].some((one) => {
    const inner = treeIn(one);
    return !!inner && hasComputed(inner);
  });

/** Modules in a list, a call for each group of them below a comment. */
function modulesOf(
  { value, above }: Given,
  scope: Scope,
  context: Context,
): { above: string[]; args: Code[] }[] | undefined {
  const list = withoutParens(value);
  if (list.kind !== 'list') return undefined;
  const calls: { above: string[]; args: Code[] }[] = [];
  for (const item of list.items) {
    const { before, after, ...bare } = item;
    const { value, strays } = withStrays(context, () => moduleOf(bare as Expr, scope, context));
    const said = [...commentLines(before), ...commentLines(after && [after]), ...strays].filter((line) => line !== '');
    const last = calls.at(-1);
    if (last && !said.length) last.args.push(value);
    else calls.push({ above: last ? said : [...above, ...said], args: [value] });
  }
  context.strays.push(...commentLines(list.last).filter((line) => line !== ''));
  return calls;
}

/** A file by its path, or whatever else is a module. */
function moduleOf(expr: Expr, scope: Scope, context: Context): Code {
  const item = withoutParens(expr);
  const path = item.kind === 'path' ? relativePath(item) : undefined;
  if (path !== undefined) return text(path);
  const lowered = context.lower(expr, scope, item.kind === 'set' ? [] : undefined);
  // A function would be taken for a JavaScript one.
  return lowered.code.kind === 'arrow' || lowered.code.kind === 'object' ? nixCode(expr, scope, context) : lowered.code;
}

interface DefinitionSet {
  readonly above: readonly string[];
  readonly code: Code;
  readonly counts: Counts;
}

function setsOf({ value, above }: Definitions, scope: Scope, context: Context): DefinitionSet[] {
  if ('kind' in value) {
    const { value: lowered, strays } = withStrays(context, () => context.lower(value, scope, []));
    return [{ above: [...above, ...strays], code: lowered.code, counts: countDefinitions(lowered.code) }];
  }
  const { known, unknown } = divided(value, context.options);
  const sets: DefinitionSet[] = [];
  if (isFull(known)) {
    const code = known.computed.length ? nixCode(setOf(known), scope, context) : objectOf(known, scope, context, []);
    sets.push({ above, code, counts: countDefinitions(code) });
  }
  if (isFull(unknown)) {
    const { definitions } = countDefinitions(object(namesOf(unknown)));
    for (let i = 0; i < definitions; i++) context.raws.push('unknown option');
    const code = nixCode(setOf(unknown), scope, context);
    sets.push({ above: known.members.size ? [] : above, code, counts: { definitions, raw: definitions } });
  }
  return sets;
}

/** The shape of a set, to be counted. */
function namesOf(tree: SetTree): { name: string; value: Code }[] {
  return [...tree.members].map(([name, member]) => {
    const inner = treeIn(member);
    return { name, value: inner ? object(namesOf(inner)) : word('null') };
  });
}
