import type { Diagnostic } from '../diagnostics';
import type { Contribution } from '../module';
import type { HomeModel, HostModel } from '../synth/fleet';
import { getOrInsert } from '../synth/get-or-insert';
import type { Kinds } from './kind';
import { isDarwin } from './names';
import { pathOf } from './report';

type Feature = Kinds['feature'];

interface Record {
  served: boolean;
  /** Hosts whose platform the feature has no part for, though it has one for the other platform. */
  readonly unserved: Set<string>;
  /** Homes on no host, where the feature has host or account parts. */
  readonly hostless: Set<string>;
  /** Homes whose account is declared elsewhere, where the feature has a part for it. */
  readonly accountless: Set<string>;
}

/** Records what each feature serves, so that no part of one rests in silence. */
export class Placement {
  private readonly records = new Map<Feature, Record>();

  /** A host that a feature is used on; `here` is its part for the host's platform, `there` that for the other. */
  host(feature: Feature, host: HostModel, here: Contribution | undefined, there: Contribution | undefined): void {
    const record = this.record(feature);
    if (here) record.served = true;
    else if (there && !there.isOptional) {
      record.unserved.add(`${host.name} (${isDarwin(host.system) ? 'nix-darwin' : 'NixOS'})`);
    }
  }

  /** A home that a feature is used on. */
  home(feature: Feature, home: HomeModel): void {
    const record = this.record(feature);
    const { nixos, darwin, account, home: own } = feature.declared;
    if (own || (account && home.account)) record.served = true;
    const needsHost = [nixos, darwin].some((part) => part && !part.isOptional) || (account && !account.isOptional);
    if (needsHost && !home.host) record.hostless.add(home.name);
    else if (account && !account.isOptional && !home.account) record.accountless.add(home.name);
  }

  /** An error for each feature that serves nothing, a warning for each of which a part rests. */
  diagnostics(): Diagnostic[] {
    return [...this.records].flatMap(([feature, record]) => {
      const { unserved, hostless, accountless, served } = record;
      if (!unserved.size && !hostless.size && !accountless.size) return served ? [] : homeless(feature);
      const where = [
        ...[...unserved].map((name) => `host ${name}`),
        ...[...hostless].map((name) => `the standalone home '${name}'`),
        ...[...accountless].map((name) => `the account of '${name}', which is declared elsewhere (account: false)`),
      ];
      const parts = Object.keys(feature.declared).join(', ');
      const shown =
        where.length > 3 ? `${where.slice(0, 3).join(', ')} and ${where.length - 3} more` : where.join(', ');
      const what = `the feature '${feature.node.id}' (${feature.constructor.name}) has the parts ${parts}`;
      return [
        {
          code: served ? 'feature-part-rests' : 'feature-unserved',
          severity: served ? 'warning' : 'error',
          message: served ? `${what}; not all of them apply to ${shown}` : `${what}, none of which applies to ${shown}`,
          path: pathOf(feature),
          position: feature.position,
          help: served
            ? `mark the part as optional in the feature, or acknowledge(construct, 'feature-part-rests')`
            : 'use it where it can be served, or give it a part for this platform',
        } satisfies Diagnostic,
      ];
    });
  }

  private record(feature: Feature): Record {
    return getOrInsert(this.records, feature, () => ({
      served: false,
      unserved: new Set(),
      hostless: new Set(),
      accountless: new Set(),
    }));
  }
}

/** A feature for homes, used where there are none. */
function homeless(feature: Feature): Diagnostic[] {
  const { home, account } = feature.declared;
  if (!home && !account) return [];
  return [
    {
      code: 'feature-part-rests',
      severity: 'warning',
      message: `the feature '${feature.node.id}' (${feature.constructor.name}) is for homes, and there is none where it is used`,
      path: pathOf(feature),
      position: feature.position,
      help: `add a user, or use it on one: new HomeUser(host, 'name').use(…)`,
    },
  ];
}
