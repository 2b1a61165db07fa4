import { isDeepStrictEqual } from 'node:util';
import type { ModuleClass } from '../../options/config';
import type { Assets } from '../assets';
import { type Fleet, type HomeModel, type HostModel, homesOf, type Part } from '../fleet';
import { getOrInsert } from '../get-or-insert';
import { withDeclared } from './declared-options';
import type { KnownOptions, OptionsOf, Tables } from './known-options';
import { declaredBy, type OptionSource, sourceReader } from './option-sources';

/**
 * The options that may be set in a machine or home, with those of the configurations around it and inside of it: one object
 * for all where the same may be set.
 */
export interface OptionScope {
  readonly optionsOf: OptionsOf;
}

/** The options that may be set in a fleet: what a machine or home does not import, it does not have. */
export interface OptionScopes {
  /** Those of tables alone: what is right by them is right everywhere. */
  readonly tables: OptionsOf;
  /** Those of the whole fleet, wherever they may be set. */
  readonly fleet: OptionsOf;
  of(model: HostModel | HomeModel): OptionScope;
  /** The scopes of all that have one of some features, or one of their parts, each once. */
  having(any: Iterable<object>): readonly OptionScope[];
  /** What a machine or home brings to the options of its own module system. */
  sourcesOf(model: HostModel | HomeModel): readonly OptionSource[];
}

/** The scopes of a fleet, worked out when they are first asked for. */
export function optionScopes(fleet: Fleet, tables: Tables, assets: Assets): OptionScopes {
  const read = sourceReader(assets);
  const known = new Map<string, KnownOptions>();
  const scopes = new Map<HostModel | HomeModel, OptionScope>();
  const sources = new Map<HostModel | HomeModel, readonly OptionSource[]>();
  const all = new Map<ModuleClass, readonly OptionSource[]>();
  const byKey = new Map<string, OptionScope>();
  let users: Map<object, Set<OptionScope>> | undefined;
  // Whoever imports a module that is exported may import all of them.
  const scopeOfExports: OptionScope = { optionsOf: (of) => getOrInsert(known, `${of}\0exports`, () => exported(of)) };

  const inFleet = (of: ModuleClass) => getOrInsert(all, of, () => allSources(of));
  return {
    tables: (of) => getOrInsert(known, of, () => optionsFrom(of, [])),
    fleet: (of) => getOrInsert(known, `${of}\0fleet`, () => optionsFrom(of, inFleet(of))),
    of: scopeOf,
    having: (any) => {
      users ??= scopesOfUsers();
      const found = [...any].flatMap((one) => [...(users!.get(one) ?? [])]);
      return [...new Set(found)];
    },
    sourcesOf,
  };

  function scopeOf(model: HostModel | HomeModel): OptionScope {
    return getOrInsert(scopes, model, () => {
      const host = 'users' in model ? model : model.host;
      const homes = 'users' in model ? model.users : [model];
      const ofHomes = homes.length ? homes.flatMap(sourcesOf) : (host?.sharedParts.flatMap(sourcesOfPart) ?? []);
      return scopeWith(host?.module.moduleClass, host ? sourcesOf(host) : [], ofHomes);
    });
  }

  function scopeWith(
    system: ModuleClass | undefined,
    ofHost: readonly OptionSource[],
    ofHomes: readonly OptionSource[],
  ): OptionScope {
    const keys = { host: keyOf(ofHost), homes: keyOf(ofHomes) };
    return getOrInsert(byKey, [system, keys.host, keys.homes].join('\0'), () => ({
      optionsOf: (of) => {
        const [own, key] = of === 'home' ? [ofHomes, keys.homes] : of === system ? [ofHost, keys.host] : [[], ''];
        return getOrInsert(known, `${of}\0${key}`, () => ({ ...optionsFrom(of, own), elsewhere: elsewhere(of, own) }));
      },
    }));
  }

  function optionsFrom(of: ModuleClass, all: readonly OptionSource[]): KnownOptions {
    const sources = distinct(all);
    const table = tables(of);
    const declared = sources.flatMap((one) => one.options);
    const inputs = new Set(sources.flatMap(({ input }) => input ?? []));
    for (const one of table.modules ?? []) inputs.delete(one);
    return {
      table,
      channel: fleet.channel,
      options: declared.length ? withDeclared(table.options, declared) : table.options,
      ...(declared.length && { declaredAt: (option: readonly string[]) => declaredAt(option, sources) }),
      unknown: [...inputs],
      isOpen: sources.some((one) => one.isOpen),
    };
  }

  function exported(of: ModuleClass): KnownOptions {
    const own = sourcesOfExports(of);
    return { ...optionsFrom(of, own), elsewhere: elsewhere(of, own) };
  }

  function sourcesOfExports(of: ModuleClass): readonly OptionSource[] {
    const parts = fleet.exports.flatMap((one) => one.parts);
    return parts.filter(({ module }) => module.moduleClass === of).flatMap(sourcesOfPart);
  }

  function elsewhere(of: ModuleClass, own: readonly OptionSource[]) {
    return (option: readonly string[]) => {
      // What is wrong inside of an option that is declared here is nobody else's.
      if (own.some((one) => declaredBy(one, option))) return undefined;
      return inFleet(of).find((one) => declaredBy(one, option));
    };
  }

  function sourcesOf(model: HostModel | HomeModel): readonly OptionSource[] {
    return getOrInsert(sources, model, () => {
      const shared = 'users' in model ? [] : (model.host?.sharedParts ?? []);
      return [...read(model.module, model.path), ...[...model.parts, ...shared].flatMap(sourcesOfPart)];
    });
  }

  function sourcesOfPart(part: Part): readonly OptionSource[] {
    return read(part.module, part.path, part);
  }

  function allSources(of: ModuleClass): OptionSource[] {
    const found: OptionSource[] = [];
    for (const host of fleet.hosts) {
      if (host.module.moduleClass === of) found.push(...sourcesOf(host));
      if (of === 'home') found.push(...host.sharedParts.flatMap(sourcesOfPart));
    }
    if (of === 'home') found.push(...homesOf(fleet).flatMap(sourcesOf));
    return distinct([...found, ...sourcesOfExports(of)]);
  }

  function scopesOfUsers(): Map<object, Set<OptionScope>> {
    const found = new Map<object, Set<OptionScope>>();
    const add = ({ module, feature }: Part, scope: OptionScope) => {
      for (const one of [module, feature]) getOrInsert(found, one, () => new Set()).add(scope);
    };
    for (const host of fleet.hosts) {
      for (const part of host.parts) add(part, scopeOf(host));
      for (const part of host.sharedParts) {
        for (const one of host.users.length ? host.users : [host]) add(part, scopeOf(one));
      }
    }
    for (const home of homesOf(fleet)) for (const part of home.parts) add(part, scopeOf(home));
    for (const { parts } of fleet.exports) for (const part of parts) add(part, scopeOfExports);
    return found;
  }
}

const keyOf = (sources: readonly OptionSource[]) =>
  distinct(sources)
    .map((one) => one.key)
    .join('\n');

/** Of those that bring the same, the first. */
function distinct(all: readonly OptionSource[]): OptionSource[] {
  const byKey = new Map<string, OptionSource>();
  for (const one of all) if (!byKey.has(one.key)) byKey.set(one.key, one);
  return [...byKey.values()];
}

function declaredAt(option: readonly string[], sources: readonly OptionSource[]) {
  for (const source of sources) {
    const found = source.options.find(({ names }) => isDeepStrictEqual(names, option));
    if (found) return source.positionOf(found);
  }
  return undefined;
}
