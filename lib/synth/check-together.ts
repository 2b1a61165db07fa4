import { type Diagnostic, leafOf } from '../diagnostics';
import { type Definition, File } from '../module';
import { EXPR, type Expr } from '../nix';
import { pushChildren } from '../nix/walk';
import { showPath, showValue } from '../options/check-show';
import type { ModuleClass } from '../options/config';
import { isConflict, isScalar, type Leaf, leavesOf } from '../options/leaves';
import type { Fill } from '../options/shape';
import { underAccount } from './account';
import type { Assets } from './assets';
import type { OptionsOf } from './check-options';
import type { SharedModules } from './context';
import { type Fleet, type HomeModel, type HostModel, homesOf, type Part } from './fleet';
import { getOrInsert } from './get-or-insert';
import type { Saying } from './saying';

/** All that is said of one machine or home. */
interface Configuration {
  readonly of: ModuleClass;
  readonly sayings: readonly Saying[];
}

/** An option that a saying defines. */
interface Said {
  readonly leaf: Leaf;
  readonly by: Saying;
  readonly definition: Definition;
}

/** What a saying says of options that take one value. */
type Scalars = ReadonlyMap<string, readonly Said[]>;

/** Conflicts between definitions that stand together in a machine or home, whichever constructs made them. */
export function checkTogether(
  fleet: Fleet,
  shared: SharedModules,
  optionsOf: OptionsOf,
  assets: Assets,
  fill: Fill,
): Diagnostic[] {
  const surroundings = { fill, optionsOf: (of: ModuleClass) => optionsOf(of).options };
  const known = new Map<Saying, Scalars>();
  const configurations = configurationsOf(fleet, shared);
  const firsts = new Map<string, Said>();
  const contested = new Set<string>();
  for (const { of, sayings } of configurations) {
    for (const saying of sayings) {
      if (known.has(saying)) continue;
      const scalars = scalarsOf(saying, of);
      known.set(saying, scalars);
      for (const [option, all] of scalars) for (const said of all) contest(`${of}\0${option}`, said);
    }
  }
  const diagnostics = new Map<string, Diagnostic>();
  if (contested.size) configurations.forEach(addConflicts);
  return [...diagnostics.values()];

  function scalarsOf(saying: Saying, of: ModuleClass): Scalars {
    const { options } = optionsOf(of);
    const scalars = new Map<string, Said[]>();
    for (const definition of saying.definitions) {
      for (const leaf of leavesOf(definition.config, options, surroundings)) {
        if (!isScalar(leaf.type)) continue;
        getOrInsert(scalars, leaf.option.join('\0'), () => []).push({ leaf, by: saying, definition });
      }
    }
    return scalars;
  }

  /** Notes an option that is somewhere defined as two different things. */
  function contest(option: string, said: Said): void {
    if (!isPlain(said.leaf)) return;
    const first = getOrInsert(firsts, option, () => said);
    if (isConflict(first.leaf, said.leaf)) contested.add(option);
  }

  function addConflicts({ of, sayings }: Configuration): void {
    const { source } = optionsOf(of).table;
    const together = new Map<string, Said[]>();
    for (const saying of sayings) {
      for (const [option, all] of known.get(saying)!) {
        if (contested.has(`${of}\0${option}`)) getOrInsert(together, option, () => []).push(...all);
      }
    }
    for (const all of together.values()) {
      // Whatever has another priority may decide it, as may what only Nix knows.
      if (all.some(({ leaf }) => leaf.priority !== 100)) continue;
      const [first, ...others] = all;
      const other = others.find((one) => isConflict(first!.leaf, one.leaf));
      if (!other) continue;
      const isCertain = source === 'import' && !sayings.some((one) => mayOverride(one, assets));
      add(conflict(first!, other, isCertain ? 'error' : 'warning'));
    }
  }

  function add(diagnostic: Diagnostic): void {
    const { code, message, path } = diagnostic;
    const key = `${code}\0${message}\0${path}`;
    if (!diagnostics.has(key)) diagnostics.set(key, diagnostic);
  }
}

function conflict(first: Said, second: Said, severity: Diagnostic['severity']): Diagnostic {
  const { option } = second.leaf;
  const placeOf = ({ leaf, definition }: Said) =>
    leafOf(definition.position, leaf.place.slice(definition.within?.length ?? 0));
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

/** Whether a definition would not stand beside a different one. */
function isPlain(leaf: Leaf): boolean {
  return isConflict(leaf, { ...leaf, shape: leaf.shape === '' ? null : '' });
}

/** Every machine and home of a fleet; what many share is one object in all of them. */
function configurationsOf(fleet: Fleet, shared: SharedModules): Configuration[] {
  const ofParts = (parts: readonly Part[]): Saying[] => parts.flatMap((part) => shared.sayingOf(part) ?? []);
  const hosts = fleet.hosts.map((host) => ({
    of: host.module.moduleClass,
    sayings: [sayingOf(host), ...host.users.flatMap(accountOf), ...ofParts(host.parts)],
  }));
  const homes = homesOf(fleet).map((home) => ({
    of: 'home' as const,
    sayings: [sayingOf(home), ...ofParts(home.parts), ...ofParts(home.host?.sharedParts ?? [])],
  }));
  return [...hosts, ...homes];
}

function sayingOf({ module, path }: HostModel | HomeModel): Saying {
  return { definitions: module.definitions, imports: module.imports, path };
}

function accountOf(user: HomeModel): Saying[] {
  return user.account
    ? [{ definitions: underAccount(user, user.account.definitions), imports: [], path: user.path }]
    : [];
}

/** Whether a construct brings Nix that may give priorities: then what two others say need not meet. */
function mayOverride({ imports, path }: Saying, assets: Assets): boolean {
  return imports.some(({ module }) =>
    module instanceof File ? assets.treesOf(module, path).some(hasOverride) : hasOverride(module[EXPR]),
  );
}

const overrides = new Set(['mkForce', 'mkOverride', 'mkVMOverride', 'mkImageMediaOverride']);

function hasOverride(tree: Expr): boolean {
  const stack = [tree];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.kind === 'ident' && overrides.has(node.name)) return true;
    if (node.kind === 'select' && node.path.some((key) => key.kind === 'name' && overrides.has(key.name))) return true;
    pushChildren(node, stack);
  }
  return false;
}
