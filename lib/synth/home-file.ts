import type { Definition } from '../module';
import type { CommonParts, Context, SharedModules } from './context';
import { soundDefinitions } from './definitions';
import { type HomeModel, type HostModel, homesOf, type Part } from './fleet';
import { getOrInsert } from './get-or-insert';
import { definitionsOf, filesOf, reasonOfState, unlessSet, type Written } from './host-file';
import { importsOf, inlineDefinitions } from './imports';
import { moduleFile } from './module-file';
import { mostUsed } from './most-used';
import { resolveValue } from './resolve';
import type { Site } from './site';
import type { SourcedContribution } from './sourced-contribution';

/** The files under `home/`, and which home has which. */
export interface HomeFiles {
  readonly fileOf: ReadonlyMap<HomeModel, string>;
  readonly contributions: ReadonlyMap<HomeModel, readonly SourcedContribution[]>;
  /** Path → text. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Lays out the homes: `home/<user>/default.nix` for what most of a user's homes are, and `home/<user>/<host>.nix` for
 * each other kind, named by the first host that has it. Where no kind is what most are, none has the general name: it would
 * pass to another one when a host leaves.
 */
export function homeFiles(
  context: Context,
  shared: SharedModules,
  common: CommonParts,
  stateVersions: ReadonlyMap<HomeModel, string | number>,
): HomeFiles {
  const { fleet } = context;
  const byUser = new Map<string, Map<string, HomeModel[]>>();
  const contributionsOf = new Map<HomeModel, readonly SourcedContribution[]>();
  for (const home of homesOf(fleet)) {
    const { text, contributions } = homeFile(home, partsOf(home, common), shared, stateVersions.get(home)!, context);
    contributionsOf.set(home, contributions);
    const texts = getOrInsert(byUser, home.name, () => new Map<string, HomeModel[]>());
    getOrInsert(texts, text, () => []).push(home);
  }
  const fileOf = new Map<HomeModel, string>();
  const files = new Map<string, string>();
  const taken = new Set<string>();
  for (const [name, texts] of byUser) {
    const user = folderFor(name, taken);
    const main = mostUsed([...texts], ([, homes]) => homes.length);
    for (const [text, homes] of texts) {
      let file = text === main?.[0] ? 'default' : (homes[0]!.host?.name ?? 'standalone');
      while (files.has(`home/${user}/${file}.nix`)) file += '-home';
      const path = `home/${user}/${file}.nix`;
      files.set(path, text);
      for (const home of homes) fileOf.set(home, path);
    }
  }
  return { fileOf, contributions: contributionsOf, files };
}

/** A folder of a user's own: some file systems do not tell Bob from bob. */
function folderFor(user: string, taken: Set<string>): string {
  let folder = user;
  while (taken.has(folder.toLowerCase())) folder += '-2';
  taken.add(folder.toLowerCase());
  return folder;
}

/** The parts that a home's own file imports; for one that no host builds, the flake's as well. */
function partsOf(home: HomeModel, { nixpkgs }: CommonParts): Part[] {
  const own = home.embedded ? undefined : nixpkgs.get('home');
  return own ? [own, ...home.parts] : home.parts;
}

/**
 * The files `hosts/<host>/home.nix`: what every home on a host has, where homes that the host does not build need the
 * list as well.
 */
export function sharedHomeFiles(context: Context, shared: SharedModules) {
  const fileOf = new Map<HostModel, string>();
  const files = new Map<string, string>();
  for (const host of context.fleet.hosts) {
    const imports = filesOf(host.sharedParts, shared);
    if (!imports.length || !host.users.some((user) => user.standalone)) continue;
    const path = `hosts/${host.name}/home.nix`;
    const site: Site = { moduleClass: 'home', host, path: host.path };
    fileOf.set(host, path);
    files.set(path, moduleFile({ imports, definitions: [] }, site, context));
  }
  return { fileOf, files };
}

function homeFile(
  home: HomeModel,
  parts: readonly Part[],
  shared: SharedModules,
  stateVersion: string | number,
  context: Context,
): Written {
  const { resolve, checkOptions, scopes, diagnostics } = context;
  const { module, host } = home;
  const site: Site = { moduleClass: 'home', host, home, path: home.path };
  const own = soundDefinitions(module.definitions, home.path, diagnostics);
  const definitions = [...identity(home, stateVersion, [own, ...definitionsOf(home.parts)]), ...own];
  const imports = importsOf(module.imports, parts, shared, site, resolve);
  const body = {
    imports: imports.nodes,
    disabled: module.disabled.map((one) => resolveValue(one, site, resolve)),
    declarations: module.declarations,
    definitions,
  };
  const text = moduleFile(body, site, context);
  const set = [...own, ...inlineDefinitions(module.imports)];
  diagnostics.push(...checkOptions('home', set, home.path, () => [scopes.of(home)]));
  return { text, contributions: [{ path: home.path, definitions, imports: imports.sources }] };
}

/** What every home must say, unless it or a feature for it says it; whose it is, a host knows from the account. */
function identity(
  home: HomeModel,
  stateVersion: string | number,
  known: readonly (readonly Definition[])[],
): Definition[] {
  const { name: username, homeDirectory } = home;
  return [
    ...(home.embedded ? [] : unlessSet(known, ['home', 'username'], username, 'the id of the user', home)),
    ...(home.embedded
      ? []
      : unlessSet(known, ['home', 'homeDirectory'], homeDirectory, 'the home directory of the user', home)),
    ...unlessSet(known, ['home', 'stateVersion'], stateVersion, reasonOfState(home), home),
  ];
}
