import { underAccount } from './account';
import type { Layout } from './context';
import { type Fleet, type HomeModel, type HostModel, homesOf, type Part } from './fleet';
import { isHome, type Model } from './questions-configurations';
import type { Source } from './questions-origins';

/**
 * The constructs whose definitions a file of the output holds: those of a configuration, or all. Each list stands in the
 * file as a whole; there are several where several constructs say the same.
 */
export type Sources = (file: string, model?: Model) => Source[][];

/** The sources of a planned fleet. */
export function sourcesOf(fleet: Fleet, { shared, homeFiles }: Layout): Sources {
  return (file, model) => {
    const host = model && (isHome(model) ? model.host : model);
    const hosts = model ? (host ? [host] : []) : fleet.hosts;
    const homes = model ? (isHome(model) ? [model] : []) : homesOf(fleet);
    const parts = [...hosts.flatMap((one) => [...one.parts, ...one.sharedParts]), ...homes.flatMap((one) => one.parts)];
    return [
      ...hosts.filter((one) => file === `hosts/${one.name}/default.nix`).map(ofHost),
      ...homes.filter((one) => file === homeFiles.get(one)).map((one) => [sourceOf(one)]),
      ...[...new Set(parts)].filter((one) => !one.common && file === shared.fileOf(one)).map((one) => [ofPart(one)]),
    ];
  };
}

function ofHost(host: HostModel): Source[] {
  const accounts = host.users.flatMap((user): Source[] =>
    user.account ? [{ path: user.path, definitions: underAccount(user, user.account.definitions), imports: [] }] : [],
  );
  return [sourceOf(host), ...accounts];
}

function sourceOf({ path, module: { definitions, imports } }: HostModel | HomeModel): Source {
  return { path, definitions, imports };
}

function ofPart({ path, module: { definitions, imports } }: Part): Source {
  return { path, definitions, imports };
}
