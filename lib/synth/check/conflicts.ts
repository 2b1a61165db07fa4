import type { Diagnostic } from '../../diagnostics';
import { type Definition, File } from '../../module';
import { EXPR, type Expr } from '../../nix';
import { pushChildren } from '../../nix/walk';
import type { ModuleClass } from '../../options/config';
import { isConflict, isPlainScalar, isScalar, type Leaf, leavesOf } from '../../options/leaves';
import type { Fill } from '../../options/shape';
import { showPath, showValue } from '../../options/show-value';
import { isCertain } from '../../options/table';
import { contributionsOfAccount } from '../account';
import type { Assets } from '../assets';
import type { SharedModules } from '../context';
import { type Fleet, type HomeModel, type HostModel, homesOf, type Part } from '../fleet';
import { getOrInsert } from '../get-or-insert';
import type { SourcedContribution } from '../sourced-contribution';
import type { OptionScope, OptionScopes } from './option-scopes';
import { shownLeaf } from './secret-option';

/** All that is said of one machine or home. */
interface Configuration {
  readonly of: ModuleClass;
  readonly scope: OptionScope;
  readonly contributions: readonly SourcedContribution[];
}

/** A definition of an option that takes one value. */
interface DefinedLeaf {
  /** The option in its module system, as a key. */
  readonly option: string;
  readonly leaf: Leaf;
  readonly by: SourcedContribution;
  readonly definition: Definition;
}

/** Conflicts between definitions that stand together in a machine or home, whichever constructs made them. */
export function checkConflicts(
  fleet: Fleet,
  shared: SharedModules,
  scopes: OptionScopes,
  assets: Assets,
  fill: Fill,
): Diagnostic[] {
  const configurations = configurationsOf(fleet, shared, scopes);
  const contested = contestedIn(configurations);
  if (!contested.size) return [];
  const contestedBy = new Map<OptionScope, Map<SourcedContribution, readonly DefinedLeaf[]>>();
  const diagnostics = new Map<string, Diagnostic>();
  configurations.forEach(addConflicts);
  return [...diagnostics.values()];

  /** The options that are somewhere defined as two different things, be it on two machines. Most often there are none. */
  function contestedIn(configurations: readonly Configuration[]): Set<string> {
    const seen = new Map<OptionScope, Set<SourcedContribution>>();
    const firsts = new Map<string, Leaf>();
    const contested = new Set<string>();
    for (const { of, scope, contributions } of configurations) {
      const seenHere = getOrInsert(seen, scope, () => new Set());
      for (const contribution of contributions) {
        if (seenHere.has(contribution)) continue;
        seenHere.add(contribution);
        for (const definition of contribution.definitions) {
          for (const leaf of leavesIn(definition, of, scope)) {
            if (!isPlainScalar(leaf)) continue;
            const option = keyOf(leaf, of);
            const first = getOrInsert(firsts, option, () => leaf);
            if (isConflict(first, leaf)) contested.add(option);
          }
        }
      }
    }
    return contested;
  }

  function leavesDefinedBy(by: SourcedContribution, of: ModuleClass, scope: OptionScope): DefinedLeaf[] {
    return by.definitions.flatMap((definition) =>
      leavesIn(definition, of, scope)
        .filter(({ type }) => isScalar(type))
        .map((leaf) => ({ option: keyOf(leaf, of), leaf, by, definition }))
        .filter(({ option }) => contested.has(option)),
    );
  }

  function leavesIn({ config }: Definition, of: ModuleClass, { optionsOf }: OptionScope): Leaf[] {
    const surroundings = { fill, optionsOf: (of: ModuleClass) => optionsOf(of).options };
    return leavesOf(config, optionsOf(of).options, surroundings);
  }

  function addConflicts({ of, scope, contributions }: Configuration): void {
    const byOption = new Map<string, DefinedLeaf[]>();
    for (const contribution of contributions) {
      const known = getOrInsert(contestedBy, scope, () => new Map());
      const all = getOrInsert(known, contribution, () => leavesDefinedBy(contribution, of, scope));
      for (const one of all) getOrInsert(byOption, one.option, () => []).push(one);
    }
    for (const all of byOption.values()) {
      // Whatever has another priority may decide it, as may what only Nix knows.
      if (all.some(({ leaf }) => leaf.priority !== 100)) continue;
      const [first, ...others] = all;
      const other = others.find((one) => isConflict(first!.leaf, one.leaf));
      if (!other) continue;
      const isError = isCertain(scope.optionsOf(of).table) && !contributions.some((one) => mayOverride(one, assets));
      add(conflict(first!, other, isError ? 'error' : 'warning'));
    }
  }

  function add(diagnostic: Diagnostic): void {
    const { code, message, path } = diagnostic;
    const key = `${code}\0${message}\0${path}`;
    if (!diagnostics.has(key)) diagnostics.set(key, diagnostic);
  }
}

const keyOf = ({ option }: Leaf, of: ModuleClass) => `${of}\0${option.join('\0')}`;

function conflict(first: DefinedLeaf, second: DefinedLeaf, severity: Diagnostic['severity']): Diagnostic {
  const { option } = second.leaf;
  const placeOf = ({ leaf, definition }: DefinedLeaf) =>
    shownLeaf(definition.position, leaf.place.slice(definition.within?.length ?? 0), option);
  const [here, there] = [second, first].map(({ leaf }) => showValue(leaf.shape, option));
  const where = first.by.path === second.by.path ? 'the other one:' : `the other one, in ${first.by.path}:`;
  const position = placeOf(first);
  return {
    code: 'option-conflict',
    severity,
    message: `${showPath(option)} is defined as ${here}${here === there ? ', and as another one' : ` and as ${there}`}`,
    path: second.by.path,
    position: placeOf(second),
    related: [{ message: where, ...(position && { position }) }],
    help: 'keep one of them, or say which one wins: mkDefault(…) gives way, mkForce(…) wins',
  };
}

/** Every machine and home of a fleet; what many share is one object in all of them. */
function configurationsOf(fleet: Fleet, shared: SharedModules, scopes: OptionScopes): Configuration[] {
  const ofParts = (parts: readonly Part[]): SourcedContribution[] =>
    parts.flatMap((part) => shared.contributionOf(part) ?? []);
  const hosts = fleet.hosts.map((host) => ({
    of: host.module.moduleClass,
    scope: scopes.of(host),
    contributions: [contributionOf(host), ...host.users.flatMap(contributionsOfAccount), ...ofParts(host.parts)],
  }));
  const homes = homesOf(fleet).map((home) => ({
    of: 'home' as const,
    scope: scopes.of(home),
    contributions: [contributionOf(home), ...ofParts(home.parts), ...ofParts(home.host?.sharedParts ?? [])],
  }));
  return [...hosts, ...homes];
}

function contributionOf({ module, path }: HostModel | HomeModel): SourcedContribution {
  return { definitions: module.definitions, imports: module.imports, path };
}

/** Whether a construct brings Nix that may give priorities: then what two others say need not meet. */
function mayOverride({ imports, path }: SourcedContribution, assets: Assets): boolean {
  return imports.some(({ module }) => {
    if (!module) return false;
    return module instanceof File ? assets.findIn(module, path, findOverride) : findOverride(module[EXPR]);
  });
}

const overrides = new Set(['mkForce', 'mkOverride', 'mkVMOverride', 'mkImageMediaOverride']);

function findOverride(tree: Expr): Expr | undefined {
  const stack = [tree];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.kind === 'ident' && overrides.has(node.name)) return node;
    if (node.kind === 'select' && node.path.some((key) => key.kind === 'name' && overrides.has(key.name))) return node;
    pushChildren(node, stack);
  }
  return undefined;
}
