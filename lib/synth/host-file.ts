import type { Diagnostic } from '../diagnostics';
import { type Definition, exprOf, isExpr } from '../module';
import { EXPR, type Expr as Node, path } from '../nix';
import { underAccount } from './account';
import type { Context, Layout, SharedModules } from './context';
import { memberAt, soundDefinitions } from './definitions';
import type { HomeModel, HostModel, Part } from './fleet';
import { moduleFile } from './module-file';
import { resolveValue } from './resolve';
import type { Site } from './site';

/** The text of `hosts/<name>/default.nix`: what is the host's own, its features' files, its homes. */
export function hostFile(host: HostModel, stateVersion: string | number, layout: Layout, context: Context): string {
  const { resolve, checkOptions, diagnostics } = context;
  const { shared } = layout;
  const { module } = host;
  const site: Site = { moduleClass: module.moduleClass, host, path: host.path };
  const own = soundDefinitions(module.definitions, host.path, diagnostics);
  const { moduleClass } = module;
  const embedded = host.users.filter((user) => user.embedded);
  const common = [
    layout.common.nixpkgs.get(moduleClass),
    embedded.length ? layout.common.homeManager.get(moduleClass) : undefined,
  ];
  const parts = [...common.filter((part) => part !== undefined), ...host.parts];
  const imports = [...module.imports.map((one) => resolveValue(one.module, site, resolve)), ...filesOf(parts, shared)];
  const ofUsers = accounts(host, own, diagnostics);
  const definitions: Definition[] = [
    ...identity(host, stateVersion, [own, ...definitionsOf(host.parts)]),
    ...own,
    ...ofUsers,
    ...(embedded.length ? [defined(homes(host, embedded, layout, context))] : []),
  ];
  const body = {
    imports,
    disabled: module.disabled.map((one) => resolveValue(one, site, resolve)),
    definitions,
  };
  const text = moduleFile(body, site, context);
  diagnostics.push(...checkOptions(moduleClass, own, host.path));
  for (const user of host.users) {
    const own = ofUsers.filter(({ position, within }) => position && within?.at(-1) === user.name);
    diagnostics.push(...checkOptions(moduleClass, own, user.path));
  }
  return text;
}

/** The paths of parts' files as seen from a module, each once. */
export function filesOf(parts: readonly Part[], shared: SharedModules): Node[] {
  const files = new Set(parts.map((part) => shared.fileOf(part)));
  return [...files].filter((file) => file !== undefined).map((file) => path(`../../${file}`));
}

type Members = Readonly<Record<string, unknown>>;

/** What each feature says. */
export function definitionsOf(parts: readonly Part[]): (readonly Definition[])[] {
  return parts.map((part) => part.module.definitions);
}

const defined = (config: unknown): Definition => ({ config, position: undefined });

/** What every host must say, unless it or a feature on it says it. */
function identity(host: HostModel, stateVersion: string | number, said: Said): Definition[] {
  const [firstUser] = host.module.moduleClass === 'darwin' ? host.users : [];
  return [
    ...unlessSet(said, ['networking', 'hostName'], host.name),
    ...unlessSet(said, ['nixpkgs', 'hostPlatform'], host.system),
    ...unlessSet(said, ['system', 'stateVersion'], stateVersion),
    ...(firstUser ? unlessSet(said, ['system', 'primaryUser'], firstUser.name) : []),
  ];
}

/** The homes that are part of the host's system, and what all of them share. */
function homes(host: HostModel, embedded: readonly HomeModel[], layout: Layout, { resolve }: Context): Members {
  const { shared, homeFiles, sharedHomeFiles } = layout;
  const site: Site = { moduleClass: host.module.moduleClass, host, path: host.path };
  const listed = sharedHomeFiles.has(host) ? [path('./home.nix')] : filesOf(host.sharedParts, shared);
  const sharedModules = listed.map((node) => exprOf(node));
  const args = Object.entries(host.extraSpecialArgs);
  return {
    'home-manager': {
      ...(args.length && {
        extraSpecialArgs: Object.fromEntries(
          args.map(([name, value]) => [name, exprOf(resolveValue(value, site, resolve))]),
        ),
      }),
      ...(sharedModules.length && { sharedModules }),
      users: Object.fromEntries(
        embedded.map((user) => [user.name, exprOf(path(`../../${withoutDefault(homeFiles.get(user)!)}`))]),
      ),
    },
  };
}

/** A module's path as people import it: a folder for its `default.nix`. */
export function withoutDefault(file: string): string {
  return file.replace(/\/default\.nix$/, '');
}

/** The accounts of the host's users: what every account must say, unless somebody says it, and what is said of them. */
function accounts(host: HostModel, own: readonly Definition[], diagnostics: Diagnostic[]): Definition[] {
  const darwin = host.module.moduleClass === 'darwin';
  return host.users.flatMap((user) => {
    if (!user.account) return [];
    const { groups, definitions } = user.account;
    const extraGroups = [...new Set(groups)];
    const usual = user.name === 'root' ? '/root' : `/home/${user.name}`;
    const ofAccount = underAccount(user, soundDefinitions(definitions, user.path, diagnostics));
    const at = (option: string) => ['users', 'users', user.name, option];
    const said = [own, ofAccount];
    return [
      ...(!darwin && user.name !== 'root' ? unlessSet(said, at('isNormalUser'), true) : []),
      ...(darwin || user.homeDirectory !== usual ? unlessSet(said, at('home'), user.homeDirectory) : []),
      ...(!darwin && extraGroups.length ? [defined(nested(at('extraGroups'), extraGroups))] : []),
      ...ofAccount,
    ];
  });
}

/** What constructs say, each its own. */
type Said = readonly (readonly Definition[])[];

/** A definition at an option's path, unless there is a plain one among what constructs say. */
export function unlessSet(said: Said, option: readonly string[], value: unknown): Definition[] {
  const isSet = said.some((definitions) =>
    definitions.some(({ config }) => {
      const at = memberAt(config, option);
      return at !== undefined && !(isExpr(at) && isProperty(at[EXPR]));
    }),
  );
  return isSet ? [] : [defined(nested(option, value))];
}

/** A value at an option's path. */
function nested(option: readonly string[], value: unknown): unknown {
  return option.reduceRight((inner, key) => ({ [key]: inner }), value);
}

/** Whether an expression is a call of `lib.mkIf` or its kin: a definition that Nix weighs against another one. */
function isProperty(node: Node): boolean {
  if (node.kind !== 'apply' || node.fn.kind !== 'select') return false;
  const last = node.fn.path.at(-1);
  return last?.kind === 'name' && last.name.startsWith('mk');
}
