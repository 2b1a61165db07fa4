import {
  acknowledge,
  attrs,
  bind,
  comment,
  cond,
  eq,
  Feature,
  Flake,
  HomeUser,
  Host,
  lazy,
  lib,
  mkForce,
  mkIf,
  mkOption,
  nix,
  not,
  str,
  types,
} from 'cdknix';
import { diagnostics } from 'cdknix/testing';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { problemsOf } from '../support/problems';

const linux = { system: 'x86_64-linux' } as const;

// biome-ignore lint/suspicious/noExplicitAny: what the compiler refuses is tried too
type Any = any;

function said(make: (host: Any, home: Any, flake: Flake) => unknown): string[] {
  const flake = new Flake();
  const host = new Host(flake, 'desk', linux);
  make(host, new HomeUser(host, 'anna'), flake);
  return diagnostics(flake).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
}

const enable = 'warning reference-unused: config.services.openssh.enable is read here, and never reaches the output';

describe('an option that JavaScript decides by', () => {
  it.each<[string, (host: Any) => unknown]>([
    ['!', (host) => host.set({ programs: { zsh: { enable: !host.config.services.openssh.enable } } })],
    ['&&', (host) => host.set({ programs: { zsh: { enable: host.config.services.openssh.enable && true } } })],
    ['?:', (host) => host.set({ users: { motd: host.config.services.openssh.enable ? 'a' : 'b' } })],
    [
      'if',
      (host) => {
        if (host.config.services.openssh.enable) host.set({ users: { motd: 'a' } });
      },
    ],
    ['Boolean', (host) => host.set({ programs: { zsh: { enable: Boolean(host.config.services.openssh.enable) } } })],
    ['===', (host) => host.set({ programs: { zsh: { enable: host.config.services.openssh.enable === true } } })],
    ['== null', (host) => host.set({ programs: { zsh: { enable: host.config.services.openssh.enable == null } } })],
    ['typeof', (host) => host.set({ users: { motd: typeof host.config.services.openssh.enable } })],
    [
      '!, of what was taken apart',
      (host) => {
        const { openssh } = host.config.services;
        const { enable } = openssh;
        host.set({ programs: { zsh: { enable: !enable } } });
      },
    ],
    ['a list that is filtered', (host) => [host.config.services.openssh.enable].filter((one) => !one)],
    [
      '!, in a lazy',
      (host) => host.set({ programs: { zsh: { enable: lazy(() => !host.config.services.openssh.enable) } } }),
    ],
    [
      'if, though it reaches the output from another line',
      (host) => {
        if (host.config.services.openssh.enable) {
          host.set({ programs: { zsh: { enable: host.config.services.openssh.enable } } });
        }
      },
    ],
  ])('is warned of: %s', (_, make) => {
    expect(said(make)).toEqual([enable]);
  });

  it('is shown where it is read, with what to write', () => {
    const make = () => {
      const flake = new Flake();
      const host = new Host(flake, 'desk', linux);
      const { services } = host.config;
      if (services.openssh.enable) host.set({ networking: { firewall: { allowedTCPPorts: [22] } } });
      return flake;
    };
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "warning[reference-unused]: config.services.openssh.enable is read here, and never reaches the output
        in desk
        at test/synth/readings.test.ts:LINE:28
        LINE |       if (services.openssh.enable) host.set({ networking: { firewall: { allowedTCPPorts: [22] } } });
             |                            ^
        help: decide in Nix: mkIf(test, …) around definitions, cond(test, yes, no), not(…), and(…), or(…) and eq(…) for values"
    `);
  });

  it('may be acknowledged', () => {
    expect(
      said((host) => {
        if (host.config.services.openssh.enable) acknowledge(host, 'reference-unused');
      }),
    ).toEqual([]);
  });

  it('is said once, whoever uses the feature', () => {
    class Guard extends Feature {
      constructor(scope: Construct, id: string) {
        super(scope, id);
        if (this.nixos.config.services.openssh.enable) this.nixos.set({ users: { motd: 'a' } });
      }
    }
    const flake = new Flake();
    const hosts = ['one', 'two', 'three'].map((name) => new Host(flake, name, linux).use(Guard));
    acknowledge(hosts[0]!, 'reference-unused');
    expect(diagnostics(flake).map(({ message, path }) => [message, path])).toEqual([
      ['config.services.openssh.enable is read here, and never reaches the output', 'two/guard'],
    ]);
  });
});

describe('an option that is read is not warned of', () => {
  it.each<[string, (host: Any, home: Any, flake: Flake) => unknown]>([
    ['in a value', (host) => host.set({ programs: { zsh: { enable: host.config.services.openssh.enable } } })],
    ['in a condition', (host) => host.set(mkIf(host.config.services.openssh.enable, { users: { motd: 'a' } }))],
    ['in a text', (host) => host.set({ users: { motd: str`${host.config.networking.hostName}` } })],
    ['in raw Nix', (host) => host.set(nix`{ users.motd = ${host.config.networking.hostName}; }`)],
    ['in a list', (host) => host.set({ environment: { systemPackages: [host.config.services.nginx.package] } })],
    ['as an argument', (host) => host.set({ users: { motd: lib.toUpper(host.config.networking.hostName) } })],
    ['as a function', (host) => host.set({ users: { motd: host.config.lib.shout('a') } })],
    [
      'in operators',
      (host) => host.set({ programs: { zsh: { enable: not(eq(host.config.networking.hostName, 'a')) } } }),
    ],
    ['in cond', (host) => host.set({ users: { motd: cond(host.config.services.openssh.enable, 'a', 'b') } })],
    ['in attrs', (host) => host.set({ environment: { etc: attrs([host.config.networking.hostName, { text: 'a' }]) } })],
    [
      'in a function',
      (host) =>
        host.set({
          users: { motd: lib.concatMapStrings((one: Any) => str`${one}${host.config.networking.hostName}`, []) },
        }),
    ],
    ['in a bind', (host) => host.set({ users: { motd: bind('name', host.config.networking.hostName) } })],
    [
      'in a declaration',
      (host) =>
        host.use(function one(feature: Feature) {
          const { ours } = feature.nixos.declare({
            ours: { name: mkOption({ type: types.str, default: feature.nixos.config.networking.hostName }) },
          });
          feature.nixos.set({ users: { motd: ours.name } });
        }),
    ],
    [
      'in an import of a part that this platform does not have',
      (host) =>
        host.use(function one(feature: Feature) {
          feature.nixos.set({ users: { motd: 'a' } });
          feature.darwin.import(nix`{ users.motd = ${feature.darwin.config.networking.hostName}; }`);
        }),
    ],
    ['in a comment', (host) => host.set({ users: { motd: comment('why', host.config.networking.hostName) } })],
    ['with a priority', (host) => host.set({ users: { motd: mkForce(host.config.networking.hostName) } })],
    ['in a lazy', (host) => host.set({ users: { motd: lazy(() => host.config.networking.hostName) } })],
    ['in a lazy that nobody calls', (host) => lazy(() => !host.config.services.openssh.enable)],
    ['in an output', (host, _, flake) => flake.output('x', { a: host.config.networking.hostName })],
    ['in a home', (host, home) => home.set({ home: { sessionVariables: { HOST: host.config.networking.hostName } } })],
    ['in an account', (host, home) => home.account.set({ description: host.config.networking.hostName })],
    [
      'for what is in it',
      (host) => {
        const { services } = host.config;
        const { nginx, openssh } = services;
        host.set({ environment: { systemPackages: [nginx.package] } });
        return openssh;
      },
    ],
    [
      'kept in a constant, and used in one of two features',
      (host) => {
        const { hostName } = host.config.networking;
        host.use(function one(feature: Feature) {
          feature.nixos.set({ users: { motd: hostName } });
        });
        host.use(function two() {});
      },
    ],
    [
      'for a part that this platform does not have',
      (host) =>
        host.use(function both(feature: Feature) {
          feature.nixos.set({ users: { motd: 'a' } });
          feature.darwin.set({ environment: { variables: { A: feature.darwin.config.networking.hostName } } });
        }),
    ],
    [
      'for an account that nobody declares',
      (host, _, flake) =>
        new HomeUser(flake, 'bob', linux).account.optional().set({ description: host.config.networking.hostName }),
    ],
    [
      'for others, as a member of a construct',
      (host) => {
        class Web extends Construct {
          readonly port = host.config.services.prometheus.port;
          readonly names = { host: [host.config.networking.hostName] };
        }
        new Web(host, 'web');
      },
    ],
    ['by name only', (host) => host.config.services.openssh],
  ])('%s', (_, make) => {
    expect(said(make).filter((one) => one.includes('reference-unused'))).toEqual([]);
  });
});
