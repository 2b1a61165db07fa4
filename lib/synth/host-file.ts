import type { Diagnostic } from '../diagnostics';
import { type Cause, type Definition, exprOf, isExpr } from '../module';
import { EXPR, type Expr as Node, path } from '../nix';
import { contributionsOfAccount } from './account';
import type { Context, Layout, SharedModules } from './context';
import { memberAt, soundDefinitions } from './definitions';
import type { HomeModel, HostModel, Part } from './fleet';
import { fileNode, importsOf, inlineDefinitions } from './imports';
import { moduleFile } from './module-file';
import { resolveValue } from './resolve';
import type { Site } from './site';
import { generatedDefinition, type SourcedContribution } from './sourced-contribution';

/** The text of a file, and what constructs say in it. */
export interface Written {
  readonly text: string;
  readonly contributions: readonly SourcedContribution[];
}

/** What imported files have a say in. */
export interface GivenOfHost {
  readonly stateVersion: string | number;
  /** What the host is called, unless somebody says it. */
  readonly hostName: readonly Definition[];
}

/** The file `hosts/<name>/default.nix`: what is the host's own, its features' files, its homes. */
export function hostFile(host: HostModel, given: GivenOfHost, layout: Layout, context: Context): Written {
  const { resolve, checkOptions, scopes, diagnostics } = context;
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
  const imports = importsOf(module.imports, parts, shared, site, resolve);
  const ofUsers = accounts(host, own, diagnostics);
  const ofHomes = homes(host, embedded, layout, context);
  const definitions = [...identity(host, given, [own, ...definitionsOf(host.parts)]), ...own];
  const body = {
    imports: imports.nodes,
    disabled: module.disabled.map((one) => resolveValue(one, site, resolve)),
    declarations: module.declarations,
    definitions: [...definitions, ...ofUsers.flatMap((one) => one.definitions), ...ofHomes],
  };
  const text = moduleFile(body, site, context);
  const here = () => [scopes.of(host)];
  diagnostics.push(...checkOptions(moduleClass, [...own, ...inlineDefinitions(module.imports)], host.path, here));
  for (const { definitions, path } of ofUsers) {
    const own = definitions.filter((one) => !one.reason);
    diagnostics.push(...checkOptions(moduleClass, own, path, here));
  }
  const ofHost = { path: host.path, definitions: [...definitions, ...ofHomes], imports: imports.sources };
  return { text, contributions: [ofHost, ...ofUsers] };
}

/** The paths of parts' files as seen from a module, each once. */
export function filesOf(parts: readonly Part[], shared: SharedModules): Node[] {
  const files = new Set(parts.filter((part) => !part.within).map((part) => shared.fileOf(part)));
  return [...files].filter((file) => file !== undefined).map(fileNode);
}

/** Why a host or home has its `stateVersion`. */
export function reasonOfState({ stateVersion }: HostModel | HomeModel): string {
  return stateVersion === undefined ? 'the stateVersion that cdk-like.state.json keeps' : 'its stateVersion';
}

/** What each feature says. */
export function definitionsOf(parts: readonly Part[]): (readonly Definition[])[] {
  return parts.map((part) => part.module.definitions);
}

/** What every host must say, unless it or a feature on it says it. */
function identity(host: HostModel, given: GivenOfHost, known: KnownDefinitions): Definition[] {
  const [firstUser] = host.module.moduleClass === 'darwin' ? host.users : [];
  return [
    ...given.hostName,
    ...unlessSet(known, ['nixpkgs', 'hostPlatform'], host.system, 'the system of the host', host),
    ...unlessSet(known, ['system', 'stateVersion'], given.stateVersion, reasonOfState(host), host),
    ...(firstUser
      ? unlessSet(known, ['system', 'primaryUser'], firstUser.name, 'the first user of the Mac', firstUser)
      : []),
  ];
}

/** The homes that are part of the host's system, and what all of them share. */
function homes(host: HostModel, embedded: readonly HomeModel[], layout: Layout, { resolve }: Context): Definition[] {
  if (!embedded.length) return [];
  const { shared, homeFiles, sharedHomeFiles } = layout;
  const site: Site = { moduleClass: host.module.moduleClass, host, path: host.path };
  const listed = sharedHomeFiles.has(host) ? [path('./home.nix')] : filesOf(host.sharedParts, shared);
  const sharedModules = listed.map((node) => exprOf(node));
  const args = Object.entries(host.extraSpecialArgs);
  const extraSpecialArgs = Object.fromEntries(
    args.map(([name, value]) => [name, exprOf(resolveValue(value, site, resolve))]),
  );
  const at = (...option: readonly string[]) => ['home-manager', ...option];
  return [
    ...(args.length
      ? [
          generatedDefinition(nested(at('extraSpecialArgs'), extraSpecialArgs), 'the extraSpecialArgs of the host', [
            host,
          ]),
        ]
      : []),
    ...(sharedModules.length
      ? [
          generatedDefinition(
            nested(at('sharedModules'), sharedModules),
            'what all homes on the host have',
            host.sharedParts.map(causeOf),
          ),
        ]
      : []),
    ...embedded.map((user) => {
      const file = path(`../../${withoutDefault(homeFiles.get(user)!)}`);
      return generatedDefinition(nested(at('users', user.name), exprOf(file)), 'the home of the user', [user]);
    }),
  ];
}

/** A feature, where it first says something. */
function causeOf({ path, module: { definitions, imports } }: Part): Cause {
  return { path, position: (definitions[0] ?? imports[0])?.position };
}

/** A module's path as people import it: a folder for its `default.nix`. */
export function withoutDefault(file: string): string {
  return file.replace(/\/default\.nix$/, '');
}

/** The accounts of the host's users: what each must say, unless somebody says it, and what is said of them. */
function accounts(host: HostModel, own: readonly Definition[], diagnostics: Diagnostic[]): SourcedContribution[] {
  const darwin = host.module.moduleClass === 'darwin';
  return host.users.flatMap((user) => {
    const { groups = [] } = user.account ?? {};
    const extraGroups = [...new Set(groups.map((group) => group.name))];
    const ofAccount = contributionsOfAccount(user).map((one) => {
      return { ...one, definitions: soundDefinitions(one.definitions, one.path, diagnostics) };
    });
    const at = (option: string) => ['users', 'users', user.name, option];
    const known = [own, ...definitionsOf(host.parts), ...ofAccount.map((one) => one.definitions)];
    const isDeclared = user.account !== undefined;
    const isSystemUser = known.flat().some(({ config }) => memberAt(config, at('isSystemUser')) === true);
    // Home Manager takes a home on a host to be where the account has it, whoever declares that.
    const hasHome = user.hasOwnDirectory ? isDeclared || user.embedded : darwin && isDeclared;
    const definitions = [
      ...(isDeclared && !darwin && user.name !== 'root' && !isSystemUser
        ? unlessSet(known, at('isNormalUser'), true, 'the account of the user', user)
        : []),
      ...(hasHome ? unlessSet(known, at('home'), user.homeDirectory, 'the home directory of the user', user) : []),
      ...(!darwin && extraGroups.length
        ? [generatedDefinition(nested(at('extraGroups'), extraGroups), 'the groups of the user', groups)]
        : []),
    ];
    const all = [{ path: user.path, definitions, imports: [] }, ...ofAccount];
    return all.filter((one) => one.definitions.length);
  });
}

/** What constructs say, each its own. */
type KnownDefinitions = readonly (readonly Definition[])[];

/**
 * A definition at an option's path, unless there is a plain one among what constructs say.
 *
 * @param reason what it is for
 * @param cause the construct that asks for it
 */
export function unlessSet(
  known: KnownDefinitions,
  option: readonly string[],
  value: unknown,
  reason: string,
  cause: Cause,
): Definition[] {
  const isSet = known.some((definitions) =>
    definitions.some(({ config }) => {
      const at = memberAt(config, option);
      return at !== undefined && !(isExpr(at) && isProperty(at[EXPR]));
    }),
  );
  return isSet ? [] : [generatedDefinition(nested(option, value), reason, [cause])];
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
