import {
  and,
  type CdknixError,
  Feature,
  type FeatureFunction,
  Flake,
  HomeUser,
  Host,
  lazy,
  mkIf,
  not,
  str,
} from 'cdknix';
import { synthToFiles } from 'cdknix/testing';
import type { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { renderAll } from '../../lib/diagnostics';

const linux = { system: 'x86_64-linux' } as const;

class Docker extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.nixos.set({ virtualisation: { docker: { enable: true } } });
    this.home.set({ home: { sessionVariables: { DOCKER: '1' } } });
  }
}

class Firewall extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.nixos.set({ networking: { firewall: { enable: true } } });
    this.nixos.set(mkIf(this.uses(Docker), { networking: { firewall: { trustedInterfaces: ['docker0'] } } }));
  }
}

function filesOf(fill: (flake: Flake) => void): Record<string, string> {
  const flake = new Flake();
  fill(flake);
  return synthToFiles(flake);
}

const featuresIn = (files: Record<string, string>) =>
  Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith('modules/')));

describe('a feature that asks whether another one is used', () => {
  it('says what holds for each host, whatever the order of use', () => {
    const files = featuresIn(
      filesOf((flake) => {
        flake.use(Firewall);
        new Host(flake, 'a', linux);
        new Host(flake, 'b', linux).use(Docker);
        new Host(flake, 'c', linux);
      }),
    );
    expect(Object.keys(files)).toEqual([
      'modules/nixos/docker.nix',
      'modules/nixos/firewall-b.nix',
      'modules/nixos/firewall.nix',
    ]);
    expect(files['modules/nixos/firewall.nix']).toMatchInlineSnapshot(`
      "{ ... }:
      {
        networking.firewall.enable = true;
      }
      "
    `);
    expect(files['modules/nixos/firewall-b.nix']).toMatchInlineSnapshot(`
      "{ ... }:
      {
        networking.firewall = {
          enable = true;
          trustedInterfaces = [ "docker0" ];
        };
      }
      "
    `);
  });

  it('is answered for a host by what a user on it uses', () => {
    const files = filesOf((flake) => {
      const host = new Host(flake, 'a', linux).use(Firewall);
      new HomeUser(host, 'anna').use(Docker);
    });
    expect(files['modules/nixos/firewall.nix']).toContain('docker0');
  });

  it('is answered for each home in the part for homes, also where a host brings it', () => {
    const files = filesOf((flake) => {
      const host = new Host(flake, 'a', linux).use(function prompt(feature) {
        feature.home.set({ home: { sessionVariables: { PROMPT: str`${'docker: '}x` } } });
        feature.home.set(mkIf(not(feature.uses(Docker)), { home: { sessionVariables: { PLAIN: '1' } } }));
      });
      new HomeUser(host, 'anna').use(Docker);
      new HomeUser(host, 'bob');
    });
    const prompts = Object.entries(files).filter(([path]) => path.startsWith('modules/home/prompt'));
    expect(prompts.map(([path, text]) => [path, text.includes('PLAIN')])).toEqual([
      ['modules/home/prompt-anna.nix', false],
      ['modules/home/prompt-bob.nix', true],
    ]);
    expect(files['home/anna/default.nix']).toContain('../../modules/home/prompt-anna.nix');
    expect(files['home/bob/default.nix']).toContain('../../modules/home/prompt-bob.nix');
  });

  it('knows functions, subclasses, features that are parts of others, and what is above a host', () => {
    class Rootless extends Docker {}
    const desktop: FeatureFunction = function desktop(feature) {
      feature.nixos.set({ services: { xserver: { enable: true } } });
    };
    class Workstation extends Feature {
      constructor(scope: Construct, id: string) {
        super(scope, id);
        this.use(desktop);
      }
    }
    const files = filesOf((flake) => {
      const host = new Host(flake, 'a', linux).use(Rootless, Workstation);
      host.set(mkIf(host.uses(Docker), { networking: { domain: 'docker' } }));
      host.set(mkIf(and(host.uses(desktop), host.uses(Workstation)), { users: { motd: 'desktop' } }));
      host.set(mkIf(host.uses(Firewall), { time: { timeZone: 'Europe/Berlin' } }));
      const user = new HomeUser(host, 'anna');
      user.set(mkIf(user.uses(Docker), { home: { sessionVariables: { D: '1' } } }));
    });
    expect(files['hosts/a/default.nix']).toMatchInlineSnapshot(`
      "{ ... }:
      {
        imports = [
          ../../modules/nixos/rootless.nix
          ../../modules/nixos/desktop.nix
          ../../modules/nixos/home-manager.nix
        ];

        networking = {
          hostName = "a";
          domain = "docker";
        };

        nixpkgs.hostPlatform = "x86_64-linux";
        system.stateVersion = "26.05";

        users = {
          motd = "desktop";
          users.anna.isNormalUser = true;
        };

        home-manager = {
          sharedModules = [ ../../modules/home/rootless.nix ];
          users.anna = ../../home/anna;
        };
      }
      "
    `);
    expect(files['home/anna/default.nix']).toContain('D = "1"');
  });

  it('is answered in the part for accounts for the host or home that the feature is used on', () => {
    class Developer extends Feature {
      constructor(scope: Construct, id: string) {
        super(scope, id);
        this.account.set({ extraGroups: mkIf(this.uses(Docker), ['docker']) });
      }
    }
    const files = filesOf((flake) => {
      const desk = new Host(flake, 'desk', linux);
      new HomeUser(desk, 'anna').use(Developer);
      new HomeUser(desk, 'tom').use(Developer, Docker);
      const nas = new Host(flake, 'nas', linux).use(Developer);
      new HomeUser(nas, 'anna');
      new HomeUser(nas, 'tom').use(Docker);
    });
    const groupsOf = (host: string) =>
      /users\.users = \{.*?\n {2}\}/s.exec(files[`hosts/${host}/default.nix`]!)![0].match(/anna|tom|docker/g);
    expect(groupsOf('desk')).toEqual(['anna', 'tom', 'docker']);
    expect(groupsOf('nas')).toEqual(['anna', 'docker', 'tom', 'docker']);
  });

  it('may stand in any value', () => {
    const files = filesOf((flake) => {
      const host = new Host(flake, 'a', linux).use(Docker);
      host.set({
        virtualisation: { podman: { dockerCompat: not(host.uses(Docker)) } },
        networking: { domain: lazy(() => mkIf(host.uses(Firewall), 'fire')) },
        users: { motd: mkIf(host.uses(Docker), 'docker') },
      });
    });
    expect(files['hosts/a/default.nix']).toMatchInlineSnapshot(`
      "{ ... }:
      {
        imports = [
          ../../modules/nixos/docker.nix
        ];

        networking = {
          hostName = "a";
        };

        nixpkgs.hostPlatform = "x86_64-linux";
        system.stateVersion = "26.05";
        virtualisation.podman.dockerCompat = false;
        users.motd = "docker";
      }
      "
    `);
  });

  it('is refused where nothing says of what it is asked, and for what is no feature', () => {
    const messageOf = (act: (flake: Flake) => void) => {
      try {
        filesOf(act);
        return '';
      } catch (error) {
        return renderAll((error as CdknixError).diagnostics).replaceAll(process.cwd(), '.');
      }
    };
    expect(
      messageOf((flake) => {
        new Host(flake, 'a', linux);
        flake.use(function asks(feature) {
          feature.nixos.set({});
          flake.output('docker', feature.uses(Docker));
        });
      }),
    ).toMatchInlineSnapshot(`
      "error[uses-unbound]: this asks what a machine or home uses, and nothing says which one
        in the flake
        at test/constructs/uses.test.ts:221:42
        221 |           flake.output('docker', feature.uses(Docker));
            |                                          ^
        help: ask in the part of the feature that it is for, or ask a host or a user: host.uses(…), user.uses(…)"
    `);
    expect(messageOf((flake) => new Host(flake, 'a', linux).use((flake as never as { x: never }).x))).toContain(
      'not-a-feature',
    );
    expect(messageOf((flake) => new Host(flake, 'a', linux).uses('docker' as never))).toMatchInlineSnapshot(`
      "error[not-a-feature]: uses was given 'docker'
        in a
        at test/constructs/uses.test.ts:235:61
        235 |     expect(messageOf((flake) => new Host(flake, 'a', linux).uses('docker' as never))).toMatchInlineSnapshot(\`
            |                                                             ^
        help: give it the class of a feature, or the function that the feature is"
    `);
  });
});
