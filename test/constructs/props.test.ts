import { acknowledge, checkProps, Feature, Flake, HomeUser, Host, type PropNames } from 'cdknix';
import { Docker, Git, OpenSsh, Shell, Tailscale } from 'cdknix/features';
import { diagnostics } from 'cdknix/testing';
import type { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { problemsOf } from '../support/problems';

const linux = { system: 'x86_64-linux' } as const;

// biome-ignore lint/suspicious/noExplicitAny: what the compiler refuses is tried too
type Any = any;

function said(make: (flake: Any, host: Any, home: Any) => unknown): string[] {
  const flake = new Flake();
  const host = new Host(flake, 'desk', linux);
  make(flake, host, new HomeUser(host, 'anna'));
  return diagnostics(flake)
    .filter(({ code }) => code === 'prop-unknown')
    .map(({ severity, message, help }) => `${severity}: ${message}: ${help}`);
}

interface WebProps {
  readonly domain: string;
  readonly port?: number;
}

const webNames: PropNames<WebProps> = { domain: true, port: true };

class Web extends Feature {
  constructor(scope: Construct, id: string, props: WebProps) {
    super(scope, id);
    checkProps(this, Web, props, webNames);
  }
}

describe('a prop that is not known', () => {
  it.each<[string, (flake: Any, host: Any, home: Any) => unknown, string]>([
    [
      'of a home',
      (_, host) => new HomeUser(host, 'bob', { grups: ['wheel'] } as Any),
      "HomeUser takes no 'grups': did you mean groups?",
    ],
    [
      'of a host',
      (flake) => new Host(flake, 'web', { ...linux, stateVerson: '26.05' } as Any),
      "Host takes no 'stateVerson': did you mean stateVersion?",
    ],
    [
      'of an input',
      (flake) => flake.input('sops', { url: 'github:Mic92/sops-nix', folows: ['nixpkgs'] }),
      "the input 'sops' takes no 'folows': did you mean follows?",
    ],
    ['of git', (_, __, home) => home.use(Git.with({ nam: 'Anna' } as Any)), "Git takes no 'nam': did you mean name?"],
    [
      'of what git signs with',
      (_, __, home) => home.use(Git.with({ signing: { keys: 'A' } } as Any)),
      "'signing' of Git takes no 'keys': did you mean key?",
    ],
    [
      'of docker',
      (_, host) => host.use(Docker.with({ rootles: true } as Any)),
      "Docker takes no 'rootles': did you mean rootless?",
    ],
    [
      'of the shell',
      (_, __, home) => home.use(Shell.with({ loginn: true } as Any)),
      "Shell takes no 'loginn': did you mean login?",
    ],
    [
      'of OpenSSH',
      (_, host) => host.use(OpenSsh.with({ port: [22] } as Any)),
      "OpenSsh takes no 'port': did you mean ports?",
    ],
    [
      'of Tailscale',
      (_, host) => host.use(Tailscale.with({ trust: true } as Any)),
      "Tailscale takes no 'trust': did you mean trusted?",
    ],
    [
      "of a feature of the user's own",
      (_, host) => host.use(Web.with({ domain: 'a.org', prt: 80 } as Any)),
      "Web takes no 'prt': did you mean port?",
    ],
    [
      'that is like none of the others',
      (_, host) => host.use(Web.with({ domain: 'a.org', whatever: 80 } as Any)),
      "Web takes no 'whatever': it takes domain, port",
    ],
  ])('is a warning: %s', (_, make, message) => {
    expect(said(make)).toEqual([`warning: ${message}`]);
  });

  it('is a warning: of the flake', () => {
    const flake = new Flake({ chanel: 'unstable' } as Any);
    expect(diagnostics(flake).map(({ code, help }) => [code, help])).toContainEqual([
      'prop-unknown',
      'did you mean channel?',
    ]);
  });

  it('is shown where it is given', () => {
    const make = () => {
      const flake = new Flake();
      const props = { ...linux, stateVerson: '26.05' };
      new Host(flake, 'web', props);
      return flake;
    };
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "warning[prop-unknown]: Host takes no 'stateVerson'
        in web
        at test/constructs/props.test.ts:LINE:33
        LINE |       const props = { ...linux, stateVerson: '26.05' };
             |                                 ^^^^^^^^^^^
        help: did you mean stateVersion?"
    `);
  });

  it('may be acknowledged', () => {
    expect(
      said((_, host) => {
        acknowledge(host, 'prop-unknown');
        new HomeUser(host, 'bob', { grups: ['wheel'] } as Any);
      }),
    ).toEqual([]);
  });
});

describe('a prop that is known', () => {
  class Box extends Host {
    constructor(scope: Construct, id: string, props: Any) {
      super(scope, id, props);
    }
  }

  it.each<[string, (flake: Any, host: Any, home: Any) => unknown]>([
    ['though it is undefined', (flake) => new Host(flake, 'web', { ...linux, stateVersion: undefined } as Any)],
    ['to a subclass, which hands all on', (flake) => new Box(flake, 'web', { ...linux, disks: ['a'] })],
    [
      'of whatever git is given',
      (_, __, home) => home.use(Git.with({ name: 'Anna', email: 'a@b.org', signing: { key: 'A', format: 'ssh' } })),
    ],
  ])('is taken in silence: %s', (_, make) => {
    expect(said(make)).toEqual([]);
  });
});
