import { type Fleet, type HomeModel, homeName, type Part } from './fleet';

/** What a flake holds, for `cdknix list` and for what to run next. */
export interface Summary {
  readonly hosts: readonly HostSummary[];
  readonly homes: readonly HomeSummary[];
}

export interface HostSummary {
  readonly name: string;
  readonly system: string;
  readonly class: 'nixos' | 'darwin';
  readonly features: readonly string[];
  readonly users: readonly HomeSummary[];
}

export interface HomeSummary {
  readonly name: string;
  readonly system: string;
  /** The name of its `homeConfigurations` entry, if it has one. */
  readonly configuration?: string;
  readonly features: readonly string[];
}

/** What a fleet holds, by name. */
export function summaryOf(fleet: Fleet): Summary {
  return {
    hosts: fleet.hosts.map((host) => ({
      name: host.name,
      system: host.system,
      class: host.module.moduleClass as 'nixos' | 'darwin',
      features: names([...host.parts, ...host.sharedParts]),
      users: host.users.map(homeSummary),
    })),
    homes: fleet.homes.map(homeSummary),
  };
}

function homeSummary(home: HomeModel): HomeSummary {
  // What all homes of a host have is the host's, as long as they are switched with it.
  const shared = home.standalone && home.host ? home.host.sharedParts : [];
  return {
    name: home.name,
    system: home.system,
    ...(home.standalone && { configuration: homeName(home) }),
    features: names([...shared, ...home.parts]),
  };
}

const names = (parts: readonly Part[]) => [...new Set(parts.map((part) => part.name))];
