import type { Diagnostic } from '../diagnostics';
import { type Definition, exprOf, isExpr, mkDefault } from '../module';
import { ident, type Expr as Node, path, select } from '../nix';
import type { Definitions } from '../options/config';
import { argsNode } from './args';
import type { Context, Layout } from './context';
import { soundDefinitions } from './definitions';
import type { HostModel } from './fleet';
import { moduleFile } from './module-file';
import type { SharedModules } from './parts';
import { resolveValue } from './resolve';
import type { Site } from './site';

/** The text of `hosts/<name>/default.nix`: what is the host's own, its features' files, its homes. */
export function hostFile(host: HostModel, stateVersion: string | number, layout: Layout, context: Context): string {
  const { resolve, diagnostics } = context;
  const { shared } = layout;
  const { module } = host;
  const site: Site = { moduleClass: module.moduleClass, host, path: host.path };
  const own = soundDefinitions(module.definitions, host.path, diagnostics);
  const homeManager = host.users.some((user) => user.embedded);
  const imports: Node[] = [];
  if (homeManager) {
    imports.push(select(ident('inputs'), 'home-manager', `${module.moduleClass}Modules`, 'home-manager'));
  }
  imports.push(...module.imports.map((one) => resolveValue(one.module, site, resolve)));
  const nixpkgs = layout.nixpkgs.get(module.moduleClass);
  imports.push(...filesOf(nixpkgs ? [nixpkgs, ...host.parts] : host.parts, shared));
  const definitions: Definition[] = [
    defined(identity(host, stateVersion, own)),
    ...accounts(host, diagnostics),
    ...(homeManager ? [defined(homes(host, own, layout, context))] : []),
    ...own,
  ];
  const body = {
    imports,
    disabled: module.disabled.map((one) => resolveValue(one, site, resolve)),
    definitions,
  };
  return moduleFile(body, site, context);
}

/** The paths of parts' files as seen from a module, each once. */
export function filesOf(parts: HostModel['parts'], shared: SharedModules): Node[] {
  const files = new Set(parts.map((part) => shared.fileOf(part)));
  return [...files].filter((file) => file !== undefined).map((file) => path(`../../${file}`));
}

const defined = (config: unknown): Definition => ({ config, position: undefined });

/** What every host must say; what the host's own plain definitions would override anyway is left out. */
function identity(host: HostModel, stateVersion: string | number, own: readonly Definition[]): Definitions {
  const darwin = host.module.moduleClass === 'darwin';
  return {
    ...unlessSet(own, ['networking', 'hostName'], host.name),
    ...unlessSet(own, ['nixpkgs', 'hostPlatform'], host.system),
    system: {
      stateVersion,
      ...(darwin && host.users.length
        ? (unlessSet(own, ['system', 'primaryUser'], host.users[0]!.name).system as object)
        : {}),
    },
  };
}

function homes(
  host: HostModel,
  own: readonly Definition[],
  { shared, homeFiles }: Layout,
  { fleet, resolve }: Context,
): Definitions {
  const site: Site = { moduleClass: host.module.moduleClass, host, path: host.path };
  const defaults = Object.entries({ useGlobalPkgs: true, useUserPackages: true, backupFileExtension: 'backup' });
  const sharedModules = filesOf(host.sharedParts, shared).map((node) => exprOf(node));
  return {
    'home-manager': {
      ...Object.assign(
        {},
        ...defaults.map(([name, value]) => unlessSet(own, ['home-manager', name], value)['home-manager']),
      ),
      extraSpecialArgs: exprOf(argsNode({ ...fleet.extraSpecialArgs, ...host.extraSpecialArgs }, site, resolve)),
      ...(sharedModules.length ? { sharedModules } : {}),
      users: Object.fromEntries(
        host.users
          .filter((user) => user.embedded)
          .map((user) => [user.name, exprOf(path(`../../${homeFiles.get(user)!.replace(/\/default\.nix$/, '')}`))]),
      ),
    },
  };
}

function accounts(host: HostModel, diagnostics: Diagnostic[]): Definition[] {
  const darwin = host.module.moduleClass === 'darwin';
  return host.users.flatMap((user) => {
    if (!user.account) return [];
    const { groups, definitions } = user.account;
    const extraGroups = [...new Set(groups)];
    const usual = user.name === 'root' ? '/root' : `/home/${user.name}`;
    const account: Definitions = {
      ...(!darwin && user.name !== 'root' ? { isNormalUser: true } : {}),
      ...(darwin || user.homeDirectory !== usual ? { home: user.homeDirectory } : {}),
      ...(!darwin && extraGroups.length ? { extraGroups } : {}),
    };
    const under = (config: unknown): unknown => ({ users: { users: { [user.name]: config } } });
    return [
      ...(Object.keys(account).length ? [defined(under(account))] : []),
      ...soundDefinitions(definitions, user.path, diagnostics).map(({ config, position }) => ({
        config: under(config),
        position,
      })),
    ];
  });
}

/** A default at an option's path, unless a plain definition there overrides it for certain. */
function unlessSet(own: readonly Definition[], option: readonly string[], value: unknown): Definitions {
  const isSet = own.some(({ config }) => {
    let at = config;
    for (const key of option) {
      if (typeof at !== 'object' || at === null || isExpr(at)) return false;
      at = (at as Definitions)[key];
    }
    return at !== undefined && !isExpr(at);
  });
  return isSet
    ? {}
    : (option.reduceRight<unknown>((inner, key) => ({ [key]: inner }), mkDefault(value)) as Definitions);
}
