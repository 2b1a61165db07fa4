import { nearestNames } from '../../options/nearest';
import type { HomeSummary, HostSummary, Summary } from '../../synth/summary';
import { usageError } from '../terminal/usage-error';

/** What is evaluated: a host, or a home. */
export interface Target {
  /** `desk`, `anna@desk`, or `anna` for a home on no host; what people call it, and what questions to the app call it. */
  readonly name: string;
  readonly kind: 'host' | 'home';
  /** Where in the flake it is: the names on the way to its derivation. */
  readonly attribute: readonly string[];
}

/** All hosts, and all homes that have an output of their own; the other homes are parts of their hosts. */
export function targetsOf({ hosts, homes }: Summary): Target[] {
  return [...hosts.map(hostTarget), ...[...hosts.flatMap((host) => host.users), ...homes].flatMap(ownTarget)];
}

/**
 * The targets that names on the command line mean: hosts, users (all their homes), or homes.
 *
 * @throws UsageError `check-name`
 */
export function targetsNamed(summary: Summary, names: readonly string[]): Target[] {
  const known = namesIn(summary);
  const found = names.flatMap((name) => {
    const targets = known.get(name);
    if (targets) return targets;
    const near = nearestNames(name, [...known.keys()]);
    throw usageError({
      code: 'check-name',
      message: `there is no host, user or home '${name}'`,
      help: near.length ? `did you mean ${near.join(' or ')}?` : `there are ${[...known.keys()].join(', ')}`,
    });
  });
  return [...new Map(found.map((one) => [one.attribute.join('\0'), one])).values()];
}

function namesIn({ hosts, homes }: Summary): Map<string, Target[]> {
  const known = new Map<string, Target[]>();
  const add = (name: string, target: Target) => {
    const all = known.get(name) ?? [];
    known.set(name, [...all.filter((one) => one !== target), target]);
  };
  for (const host of hosts) {
    add(host.name, hostTarget(host));
    for (const user of host.users) {
      const [target = embeddedTarget(user, host)] = ownTarget(user);
      add(user.name, target);
      add(`${user.name}@${host.name}`, target);
    }
  }
  for (const home of homes) {
    for (const target of ownTarget(home)) {
      add(home.name, target);
      add(target.name, target);
    }
  }
  return known;
}

function hostTarget({ name, class: of }: HostSummary): Target {
  return { name, kind: 'host', attribute: [`${of}Configurations`, name, 'config', 'system', 'build', 'toplevel'] };
}

function ownTarget({ configuration }: HomeSummary): Target[] {
  if (configuration === undefined) return [];
  return [{ name: configuration, kind: 'home', attribute: ['homeConfigurations', configuration, 'activationPackage'] }];
}

function embeddedTarget({ name }: HomeSummary, host: HostSummary): Target {
  const home = ['config', 'home-manager', 'users', name, 'home', 'activationPackage'];
  return { name: `${name}@${host.name}`, kind: 'home', attribute: [`${host.class}Configurations`, host.name, ...home] };
}
