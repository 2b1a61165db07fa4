import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import {
  acknowledge,
  builtins,
  type Expr,
  Feature,
  Flake,
  HomeUser,
  Host,
  lazy,
  lib,
  mkIf,
  mkMerge,
  nix,
  path,
  pkgs,
  str,
} from 'cdknix';
import { Git } from 'cdknix/features';
import { diagnostics } from 'cdknix/testing';
import { Construct, RootConstruct } from 'constructs';
import { afterAll, describe, expect, it } from 'vitest';
import { problemsOf } from '../support/problems';

const linux = { system: 'x86_64-linux' } as const;
const mac = { system: 'aarch64-darwin' } as const;

/** A flake with one host, given to a function. */
function onHost(change: (host: Host<'x86_64-linux'>, flake: Flake) => void) {
  return () => {
    const flake = new Flake();
    change(new Host(flake, 'elitebook', linux), flake);
    return flake;
  };
}

class NixosOnly extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.nixos.set({ services: { printing: { enable: true } } });
  }
}

class Mixed extends NixosOnly {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.home.set({ programs: { bat: { enable: true } } });
  }
}

class Chicken extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.use(Egg);
  }
}

class Egg extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.use(Chicken);
  }
}

describe('names and scopes', () => {
  it('refuses two constructs of one id, with both places', () => {
    const make = onHost((_, flake) => {
      new Host(flake, 'elitebook', linux);
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[id-taken]: there is already 'elitebook' in the flake
        in the flake
        at test/constructs/bad-input.test.ts:LINE:7
        LINE |       new Host(flake, 'elitebook', linux);
             |       ^
        the first one was made here:
        at test/constructs/bad-input.test.ts:LINE:12
        LINE |     change(new Host(flake, 'elitebook', linux), flake);
             |            ^
        help: ids are unique within their scope: choose another one"
    `);
  });

  it('refuses a host without a system', () => {
    const make = () => {
      const flake = new Flake();
      // @ts-expect-error: what JavaScript lets through
      new Host(flake, 'elitebook', {});
      return flake;
    };
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[system-missing]: host 'elitebook' has no system
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:7
        LINE |       new Host(flake, 'elitebook', {});
             |       ^
        help: say which platform it runs on, for example { system: 'x86_64-linux' }"
    `);
  });

  it.each([
    ['x86-linux', 'x86_64-linux'],
    ['x86_64', 'x86_64-linux'],
    ['linux', 'x86_64-linux'],
    ['amd64-linux', 'x86_64-linux'],
    ['linux/amd64', 'x86_64-linux'],
    ['x86-64-linux', 'x86_64-linux'],
    ['x86_64-unknown-linux-gnu', 'x86_64-linux'],
    ['X86_64-Linux', 'x86_64-linux'],
    ['i386-linux', 'i686-linux'],
    ['aarch64', 'aarch64-linux'],
    ['arm64-linux', 'aarch64-linux'],
    ['arm64-darwin', 'aarch64-darwin'],
    ['aarch64-apple-darwin', 'aarch64-darwin'],
    ['aarch64-drawin', 'aarch64-darwin'],
    ['macos', 'aarch64-darwin'],
    ['darwin', 'aarch64-darwin'],
    ['x86-darwin', 'x86_64-darwin'],
  ])('proposes the system that people call %s', (system, meant) => {
    const flake = new Flake();
    // @ts-expect-error: what JavaScript lets through
    new Host(flake, 'elitebook', { system });
    expect(diagnostics(flake).map((one) => one.help)).toEqual([expect.stringContaining(`did you mean '${meant}'?`)]);
  });

  it('refuses an unknown system, and names the nearest one', () => {
    const make = () => {
      const flake = new Flake();
      // @ts-expect-error: what JavaScript lets through
      new Host(flake, 'elitebook', { system: 'x86_64-linx' });
      return flake;
    };
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[system-unknown]: host 'elitebook' has the unknown system 'x86_64-linx'
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:38
        LINE |       new Host(flake, 'elitebook', { system: 'x86_64-linx' });
             |                                      ^^^^^^
        help: did you mean 'x86_64-linux'? known: x86_64-linux, aarch64-linux, i686-linux, armv6l-linux, armv7l-linux, riscv64-linux, powerpc64le-linux, loongarch64-linux, aarch64-darwin, x86_64-darwin"
    `);
  });

  it('refuses ids that are no host or user names, all at once', () => {
    const make = () => {
      const flake = new Flake();
      const host = new Host(flake, '../../etc', linux);
      new HomeUser(host, 'two words');
      return flake;
    };
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[host-name]: '../../etc' is not a host name
        in ..--..--etc
        at test/constructs/bad-input.test.ts:LINE:20
        LINE |       const host = new Host(flake, '../../etc', linux);
             |                    ^
        help: use 1 to 63 letters, digits, "-" and "_", with a letter or digit at both ends; a domain may follow, as in web1.example.org

      error[user-name]: 'two words' is not a user name
        in ..--..--etc/two words
        at test/constructs/bad-input.test.ts:LINE:7
        LINE |       new HomeUser(host, 'two words');
             |       ^
        help: use up to 31 letters, digits, ".", "-" and "_", starting with a letter or "_""
    `);
  });

  it('refuses a feature id that cannot name a file', () => {
    const make = onHost((host) => new Feature(host, '../../../etc/passwd'));
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[feature-id]: '../../../etc/passwd' cannot name a module's file
        in elitebook/..--..--..--etc--passwd
        at test/constructs/bad-input.test.ts:LINE:35
        LINE |     const make = onHost((host) => new Feature(host, '../../../etc/passwd'));
             |                                   ^
        help: use letters, digits, ".", "-" and "_", starting with a letter or digit"
    `);
  });

  it('refuses a user under a user', () => {
    const make = onHost((host) => {
      new HomeUser(new HomeUser(host, 'marcus'), 'anna');
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[user-scope]: user 'anna' is inside user 'marcus'
        in elitebook/marcus/anna
        at test/constructs/bad-input.test.ts:LINE:7
        LINE |       new HomeUser(new HomeUser(host, 'marcus'), 'anna');
             |       ^
        help: make it in the host or in the flake: new HomeUser(host, 'anna')"
    `);
  });

  it('refuses a host under a host', () => {
    const make = onHost((host) => new Host(host, 'inner', linux));
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[host-scope]: host 'inner' is inside host 'elitebook'
        in elitebook/inner
        at test/constructs/bad-input.test.ts:LINE:35
        LINE |     const make = onHost((host) => new Host(host, 'inner', linux));
             |                                   ^
        help: make it in the flake: new Host(flake, 'inner', …)"
    `);
  });

  it('refuses one host name in two groups', () => {
    const make = onHost((_, flake) => {
      new Host(new Construct(flake, 'office'), 'elitebook', linux);
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[name-taken]: host 'elitebook' is made twice, in elitebook and in office/elitebook
        in office/elitebook
        at test/constructs/bad-input.test.ts:LINE:7
        LINE |       new Host(new Construct(flake, 'office'), 'elitebook', linux);
             |       ^
        the first one was made here:
        at test/constructs/bad-input.test.ts:LINE:12
        LINE |     change(new Host(flake, 'elitebook', linux), flake);
             |            ^
        help: make it once, or rename one: the names of hosts are unique in the flake, whatever groups they are in"
    `);
  });

  it('refuses one user in two groups of a host', () => {
    const make = onHost((host) => {
      new HomeUser(host, 'bob');
      new HomeUser(new Construct(host, 'guests'), 'bob');
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[name-taken]: user 'bob' on host 'elitebook' is made twice, in elitebook/bob and in elitebook/guests/bob
        in elitebook/guests/bob
        at test/constructs/bad-input.test.ts:LINE:7
        LINE |       new HomeUser(new Construct(host, 'guests'), 'bob');
             |       ^
        the first one was made here:
        at test/constructs/bad-input.test.ts:LINE:7
        LINE |       new HomeUser(host, 'bob');
             |       ^
        help: make it once, or rename one: the names of users are unique on a host, whatever groups they are in"
    `);
  });

  it('refuses a host in a tree without a flake', () => {
    const root = new RootConstruct();
    new Host(root, 'elitebook', linux);
    expect(root.node.findAll().flatMap((one) => one.node.metadata.map((entry) => entry.data.message))).toEqual([
      "host 'elitebook' belongs to no flake",
    ]);
  });

  it('refuses a standalone home without a system', () => {
    const make = () => {
      const flake = new Flake();
      new HomeUser(flake, 'marcus');
      return flake;
    };
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[system-missing]: the standalone home of 'marcus' has no system
        in marcus
        at test/constructs/bad-input.test.ts:LINE:7
        LINE |       new HomeUser(flake, 'marcus');
             |       ^
        help: say which platform it runs on, for example { system: 'x86_64-linux' }"
    `);
  });

  it('refuses a channel that is none', () => {
    // @ts-expect-error: what JavaScript lets through
    const make = () => new Flake({ channel: 'latest' });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[channel]: 'latest' is not a channel
        in the flake
        at test/constructs/bad-input.test.ts:LINE:36
        LINE |     const make = () => new Flake({ channel: 'latest' });
             |                                    ^^^^^^^
        help: write a release such as '26.05', or 'unstable'"
    `);
  });
});

describe('features', () => {
  it('refuses a feature where none of its parts applies', () => {
    const make = () => {
      const flake = new Flake();
      new Host(flake, 'macbook', mac).use(NixosOnly);
      return flake;
    };
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[feature-unserved]: the feature 'nixos-only' (NixosOnly) has the parts nixos, none of which applies to host macbook (nix-darwin)
        in macbook/nixos-only
        at test/constructs/bad-input.test.ts:LINE:39
        LINE |       new Host(flake, 'macbook', mac).use(NixosOnly);
             |                                       ^
        help: use it where it can be served, or give it a part for this platform"
    `);
  });

  it('warns of a host part under a standalone home', () => {
    const make = () => {
      const flake = new Flake();
      new HomeUser(flake, 'marcus', linux).use(Mixed);
      return flake;
    };
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "warning[feature-part-rests]: the feature 'mixed' (Mixed) has the parts nixos, home; not all of them apply to the standalone home 'marcus'
        in marcus/mixed
        at test/constructs/bad-input.test.ts:LINE:44
        LINE |       new HomeUser(flake, 'marcus', linux).use(Mixed);
             |                                            ^
        help: mark the part as optional in the feature, or acknowledge(construct, 'feature-part-rests')"
    `);
  });

  it('is silent about a part that is optional', () => {
    const flake = new Flake();
    new HomeUser(flake, 'marcus', linux).use(function zsh(feature) {
      feature.nixos.optional().set({ programs: { zsh: { enable: true } } });
      feature.home.set({ programs: { zsh: { enable: true } } });
    });
    expect(diagnostics(flake)).toEqual([]);
  });

  it('is silent about a warning that is acknowledged, there and below', () => {
    const flake = new Flake();
    const user = new HomeUser(flake, 'marcus', linux).use(Mixed);
    acknowledge(user, 'feature-part-rests');
    expect(diagnostics(flake)).toEqual([]);
  });

  it('refuses a feature that uses itself', () => {
    const make = onHost((host) => host.use(Chicken));
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[feature-cycle]: the feature Chicken uses itself: Chicken → Egg → Chicken
        in elitebook/chicken/egg
        at test/constructs/bad-input.test.ts:LINE:10
        LINE |     this.use(Chicken);
             |          ^
        help: take what both need into a feature of its own"
    `);
  });

  it('refuses what is no feature', () => {
    // @ts-expect-error: what JavaScript lets through
    const make = onHost((host) => host.use('docker'));
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[not-a-feature]: 'docker' is not a feature
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:40
        LINE |     const make = onHost((host) => host.use('docker'));
             |                                        ^
        help: give it a feature class, Feature.with(props), or a named function that takes a feature; modules are for import(…)"
    `);
  });

  it('refuses a function without a name', () => {
    const make = onHost((host) => host.use(() => {}));
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[feature-unnamed]: a function without a name was used as a feature
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:40
        LINE |     const make = onHost((host) => host.use(() => {}));
             |                                        ^
        help: give the function a name: the files of the feature are named by it"
    `);
  });

  it('refuses a feature that is used twice in one place', () => {
    const make = onHost((host) => host.use(NixosOnly).use(NixosOnly));
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[id-taken]: there is already 'nixos-only' in elitebook
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:55
        LINE |     const make = onHost((host) => host.use(NixosOnly).use(NixosOnly));
             |                                                       ^
        the first one was made here:
        at test/constructs/bad-input.test.ts:LINE:40
        LINE |     const make = onHost((host) => host.use(NixosOnly).use(NixosOnly));
             |                                        ^
        help: ids are unique within their scope: choose another one"
    `);
  });
});

describe('inputs and outputs', () => {
  it('refuses two URLs for one input, with both places', () => {
    const make = onHost((_, flake) => {
      flake.input('sops-nix', { url: 'github:Mic92/sops-nix' });
      flake.input('sops-nix', { url: 'github:someone/sops-nix' });
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[input-url]: the input 'sops-nix' has two URLs: 'github:Mic92/sops-nix' and 'github:someone/sops-nix'
        in the flake
        at test/constructs/bad-input.test.ts:LINE:13
        LINE |       flake.input('sops-nix', { url: 'github:someone/sops-nix' });
             |             ^
        first declared here:
        at test/constructs/bad-input.test.ts:LINE:13
        LINE |       flake.input('sops-nix', { url: 'github:Mic92/sops-nix' });
             |             ^
        help: agree on one of them, or give the second input a name of its own"
    `);
  });

  it('refuses an input that cannot be named so', () => {
    const make = onHost((_, flake) => flake.input('self', { url: 'github:a/b' }));
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[input-name]: 'self' cannot name an input
        in the flake
        at test/constructs/bad-input.test.ts:LINE:45
        LINE |     const make = onHost((_, flake) => flake.input('self', { url: 'github:a/b' }));
             |                                             ^
        help: use letters, digits, "-" and "_", starting with a letter; "self" and "inputs" have a meaning of their own"
    `);
  });

  it('refuses an output that the tree makes', () => {
    const make = onHost((_, flake) => flake.output('nixosConfigurations', {}));
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[output-taken]: the output 'nixosConfigurations' is made from the tree
        in the flake
        at test/constructs/bad-input.test.ts:LINE:45
        LINE |     const make = onHost((_, flake) => flake.output('nixosConfigurations', {}));
             |                                             ^
        help: add hosts, users and overlays as constructs, or give this output another name"
    `);
  });

  it('refuses an output that stands beside the outputs of a flake, or is what Nix says of it', () => {
    const names = ['nixConfig', 'description', 'inputs', 'outputs', 'sourceInfo', 'narHash'];
    const said = names.map((name) => {
      const lines = problemsOf(onHost((_, flake) => flake.output(name, {}))).split('\n');
      return [lines[0], lines.at(-1)!.trim()];
    });
    expect(said.flat()).toMatchInlineSnapshot(`
      [
        "error[output-reserved]: 'nixConfig' stands beside the outputs of a flake, not among them",
        "help: say it of the flake: new Flake({ nixConfig: { … } })",
        "error[output-reserved]: 'description' stands beside the outputs of a flake, not among them",
        "help: say it of the flake: new Flake({ description: '…' })",
        "error[output-reserved]: 'inputs' stands beside the outputs of a flake, not among them",
        "help: declare each by its name: flake.input('name', { url: '…' })",
        "error[output-reserved]: 'outputs' stands beside the outputs of a flake, not among them",
        "help: give each output by its own name: flake.output('devShells', …)",
        "error[output-reserved]: 'sourceInfo' is what Nix says of a flake by itself",
        "help: give the output another name",
        "error[output-reserved]: 'narHash' is what Nix says of a flake by itself",
        "help: give the output another name",
      ]
    `);
    expect(
      problemsOf(onHost((_, flake) => flake.output('nixConfig', { 'extra-substituters': [] }))),
    ).toMatchInlineSnapshot(`
      "error[output-reserved]: 'nixConfig' stands beside the outputs of a flake, not among them
        in the flake
        at test/constructs/bad-input.test.ts:LINE:45
        LINE |       problemsOf(onHost((_, flake) => flake.output('nixConfig', { 'extra-substituters': [] }))),
             |                                             ^
        help: say it of the flake: new Flake({ nixConfig: { … } })"
    `);
  });

  it('refuses what flake.nix cannot have beside its outputs', () => {
    const told = (props: object) => problemsOf(() => new Flake(props).output('lib', {}));
    const firsts = [
      { description: str`of ${pkgs.git}` },
      { nixConfig: nix`{ }` },
      { nixConfig: ['extra-substituters'] },
      { nixConfig: { 'bash-prompt': lazy(() => 'x') } },
      { nixConfig: { 'extra-substituters': ['https://a.example', path('./x')] } },
      { nixConfig: { 'max-jobs': 1.5 } },
      { nixConfig: { cores: null } },
      { nixConfig: { 'access-tokens': { 'github.com': 'x' } } },
    ].map((props) => told(props).split('\n')[0]);
    expect(firsts).toMatchInlineSnapshot(`
      [
        "error[description]: the description of the flake is a Nix expression, which flake.nix cannot have there",
        "error[nix-config]: nixConfig is a Nix expression, which flake.nix cannot have there",
        "error[nix-config]: nixConfig is a list, which flake.nix cannot have there",
        "error[nix-config]: the setting 'bash-prompt' of nixConfig is a Nix expression, which flake.nix cannot have there",
        "error[nix-config]: the setting 'extra-substituters' of nixConfig is a Nix expression, which flake.nix cannot have there",
        "error[nix-config]: the setting 'max-jobs' of nixConfig is 1.5, which flake.nix cannot have there",
        "error[nix-config]: the setting 'cores' of nixConfig is null, which flake.nix cannot have there",
        "error[nix-config]: the setting 'access-tokens' of nixConfig is a JavaScript object, which flake.nix cannot have there",
      ]
    `);
    // @ts-expect-error: no literal
    const make = () => new Flake({ nixConfig: { 'extra-substituters': [str`${pkgs.git}`] } }).output('lib', {});
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[nix-config]: the setting 'extra-substituters' of nixConfig is a Nix expression, which flake.nix cannot have there
        in the flake
        at test/constructs/bad-input.test.ts:LINE:49
        LINE |     const make = () => new Flake({ nixConfig: { 'extra-substituters': [str\`\${pkgs.git}\`] } }).output('lib', {});
             |                                                 ^^^^^^^^^^^^^^^^^^^^
        help: write strings, whole numbers, booleans or lists of strings as they are"
    `);
  });

  it('refuses two values at one place of an output', () => {
    const make = onHost((_, flake) => {
      flake.output('templates', { a: { path: 1 } });
      flake.output('templates', { a: { path: 2 }, b: {} });
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[output-taken]: the output 'templates' is given two values at one place
        in the flake
        at test/constructs/bad-input.test.ts:LINE:13
        LINE |       flake.output('templates', { a: { path: 2 }, b: {} });
             |             ^
        the first one is given here:
        at test/constructs/bad-input.test.ts:LINE:13
        LINE |       flake.output('templates', { a: { path: 1 } });
             |             ^
        help: a flake does not merge its outputs: give each value a name of its own"
    `);
  });

  it('refuses a variable that nothing binds', () => {
    const make = onHost((host, flake) => {
      host.set({ networking: { hostName: nix`hostname` } });
      flake.output('devShells', { 'x86_64-linux': { default: pkgs.hello } });
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[undefined-variable]: the Nix variable 'pkgs' is not defined here
        in the flake
        at test/constructs/bad-input.test.ts:LINE:13
        LINE |       flake.output('devShells', { 'x86_64-linux': { default: pkgs.hello } });
             |             ^
        help: in scope are inputs, self, nixpkgs, and Nix's own; specialArgs brings more

      error[undefined-variable]: the Nix variable 'hostname' is not defined here
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:46
        LINE |       host.set({ networking: { hostName: nix\`hostname\` } });
             |                                              ^^^^^^^^
        help: in scope are config, lib, pkgs, options, modulesPath, inputs, utils, and Nix's own; specialArgs brings more"
    `);
  });
});

describe('values', () => {
  it('refuses what Nix cannot hold, at the call that has it', () => {
    const make = onHost((host) => {
      host.set({ services: { nginx: { defaultHTTPListenPort: Number.NaN } } });
      host.set({ users: { motd: 'a\0b' } });
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[value]: cannot write NaN in Nix at services.nginx.defaultHTTPListenPort: Nix has no such number; write null or leave it out
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:39
        LINE |       host.set({ services: { nginx: { defaultHTTPListenPort: Number.NaN } } });
             |                                       ^^^^^^^^^^^^^^^^^^^^^

      error[value]: cannot write the text "a\\u0000b" in Nix at users.motd: a Nix string cannot hold U+0000, here at index 1; take the character out
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:27
        LINE |       host.set({ users: { motd: 'a\\0b' } });
             |                           ^^^^"
    `);
  });

  it('refuses data that contains itself', () => {
    const make = onHost((host) => {
      const settings: Record<string, unknown> = {};
      settings.self = settings;
      host.set({ virtualisation: { docker: { daemon: { settings } } } });
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[value]: cannot write a value that contains itself in Nix at virtualisation.docker.daemon.settings.self: Nix data is a tree; break the cycle, or refer to the value by an expression
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:56
        LINE |       host.set({ virtualisation: { docker: { daemon: { settings } } } });
             |                                                        ^^^^^^^^"
    `);
  });

  it('refuses a lazy value that depends on itself', () => {
    const make = onHost((host) => {
      const settings: Expr = lazy(() => ({ again: settings }));
      host.set({ programs: { foot: { settings } } });
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[lazy-cycle]: a lazy value depends on itself
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:30
        LINE |       const settings: Expr = lazy(() => ({ again: settings }));
             |                              ^
        help: compute it from values that do not contain it"
    `);
  });

  it('refuses members that JavaScript does not list, wherever a value is given', () => {
    const hidden = () => ({ [Symbol('port')]: 80 });
    const inherited = () => Object.create(Object.assign(Object.create(null), { port: 80 }));
    const found = 'abc'.match(/b/)!;
    class Twice extends Feature {
      constructor(scope: Construct, id: string, value: object) {
        super(scope, id);
        this.nixos.set({ environment: { etc: { x: { text: 'x', ...value } } } });
      }
    }
    const places: Record<string, (host: Host<'x86_64-linux'>, flake: Flake) => unknown> = {
      set: (host) => host.set(hidden()),
      'set inside': (host) => host.set({ environment: { etc: hidden() } }),
      'set beside': (host) =>
        host.set({ environment: { etc: { a: { text: '' } }, variables: { A: '1', ...hidden() } } }),
      'set beside nothing': (host) => host.set({ environment: { etc: { ...hidden(), a: undefined } } }),
      'set inherited': (host) => host.set({ environment: { etc: inherited() } }),
      'set not enumerable': (host) =>
        host.set({ environment: { etc: Object.defineProperty({}, 'motd', { value: { text: '' } }) } }),
      'set an array': (host) => host.set({ environment: { systemPackages: found as never } }),
      'set in a list': (host) => host.set({ swapDevices: [{ device: '/dev/sda', ...hidden() }] }),
      'set twice': (host) => host.set({ environment: { etc: hidden() } }).set({ environment: { etc: {} } }),
      mkIf: (host) => host.set(mkIf(true, { environment: { etc: hidden() } })),
      'an argument': (host) => host.set({ environment: { etc: lib.id!(hidden()) } }),
      nix: (host) => host.set({ environment: { etc: nix`${hidden()} // { }` } }),
      lazy: (host) => host.set({ environment: { etc: lazy(hidden) } }),
      'a second feature': (host, flake) => {
        host.use(Twice.with({}));
        new Host(flake, 'other', linux).use(Twice.with(hidden()));
      },
      account: (host) => new HomeUser(host, 'anna').account.set({ ...hidden() }),
      specialArgs: (_, flake) => new Host(flake, 'other', { ...linux, specialArgs: { a: hidden() } }),
      output: (_, flake) => flake.output('x', { a: hidden() }),
    };
    for (const [place, change] of Object.entries(places)) {
      const problems = problemsOf(onHost((host, flake) => void change(host, flake)));
      expect(problems, place).toMatch(/error\[value\]: cannot write the (inherited )?member .* in Nix/);
      expect(problems, place).toContain('bad-input.test.ts:LINE');
    }
  });

  it('refuses a reference in a JavaScript string', () => {
    const make = onHost((host) => host.set({ users: { motd: `${pkgs.git}/bin/git` } }));
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[reference-in-text]: pkgs.git is known to Nix only and cannot become a JavaScript string
        at test/constructs/bad-input.test.ts:LINE:69
        LINE |     const make = onHost((host) => host.set({ users: { motd: \`\${pkgs.git}/bin/git\` } }));
             |                                                                     ^
        help: write str\`…\${value}…\` (or lines\`…\`) to interpolate it in Nix"
    `);
  });

  it('refuses data in the text of a string', () => {
    const make = onHost((host) => host.set({ users: { motd: str`${{ b: 1 }}` } }));
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[text-value]: an object cannot be interpolated in a string
        at test/constructs/bad-input.test.ts:LINE:64
        LINE |     const make = onHost((host) => host.set({ users: { motd: str\`\${{ b: 1 }}\` } }));
             |                                                                ^
        help: interpolate strings, numbers, paths or expressions; builtins.toJSON(…) turns data into text"
    `);
  });

  it('refuses parts of a module among the options', () => {
    // @ts-expect-error: what JavaScript lets through
    const make = onHost((host) => host.set({ imports: [] }));
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[not-an-option]: 'imports' is not an option but a part of a module
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:40
        LINE |     const make = onHost((host) => host.set({ imports: [] }));
             |                                        ^
        help: call import(…) instead"
    `);
  });

  it('refuses definitions that are no object', () => {
    // @ts-expect-error: what JavaScript lets through
    const make = onHost((host) => host.set('on'));
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[not-definitions]: set was given "on"
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:40
        LINE |     const make = onHost((host) => host.set('on'));
             |                                        ^
        help: give it an object: set({ option: value })"
    `);
  });

  it.each([
    [`ghp_${'aB3dE6gH9kL2'.repeat(3)}`, 'a string'],
    [['x'], 'a list'],
    [() => ({}), 'a function'],
    [undefined, 'undefined'],
    [new Date(0), 'an instance of Date'],
  ])('says what it was given instead, and shows no token: %#', (value, shown) => {
    const problems = problemsOf(onHost((host) => host.set(value as object)));
    expect(problems).toContain(`set was given ${shown}\n`);
    expect(problems).not.toContain('ghp_');
  });

  it('shows no part of a password that Nix cannot hold', () => {
    const make = onHost((host) => {
      host.set({
        users: { users: { bob: { password: 'hunter2\0' } } },
      });
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[value]: cannot write the text in Nix at users.users.bob.password: a Nix string cannot hold U+0000, here at index 7; take the character out
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:34
        LINE |                                  password: ••••
             |                                  ^^^^^^^^"
    `);
  });

  it('refuses arguments of modules that Nix cannot hold', () => {
    const make = () => {
      const flake = new Flake({ specialArgs: { tools: { double: (x: number) => 2 * x } } });
      new Host(flake, 'elitebook', { ...linux, specialArgs: { when: new Date(0) } });
      return flake;
    };
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[value]: cannot write the date 1970-01-01T00:00:00.000Z in Nix at specialArgs.when: Nix has no dates; write a string, for example date.toISOString()
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:63
        LINE |       new Host(flake, 'elitebook', { ...linux, specialArgs: { when: new Date(0) } });
             |                                                               ^^^^

      error[reference-in-text]: x is known to Nix only and cannot become a JavaScript number
        at test/constructs/bad-input.test.ts:LINE:80
        LINE |       const flake = new Flake({ specialArgs: { tools: { double: (x: number) => 2 * x } } });
             |                                                                                ^
        help: calculate and compare in Nix: add(value, 1), gt(value, 1)"
    `);
  });

  it('refuses an assignment to a reference', () => {
    const make = onHost((host) => {
      Object.assign(host.config.networking, { hostName: 'x' });
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[reference-assigned]: config.networking.hostName is a reference into Nix and cannot be assigned
        at test/constructs/bad-input.test.ts:LINE:14
        LINE |       Object.assign(host.config.networking, { hostName: 'x' });
             |              ^
        help: define options with set({ … })"
    `);
  });

  it('refuses raw Nix that is no Nix, at its place in the template', () => {
    const make = onHost((host) => {
      host.set({
        environment: nix`{
          etc = [ 1 2;
        }`,
      });
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[nix-syntax]: unexpected ";", expected a list element or "]"
        at test/constructs/bad-input.test.ts:LINE:22
        LINE |           etc = [ 1 2;
             |                      ^
        help: correct the Nix in the template"
    `);
  });

  it('refuses a reference to the host of a feature that many hosts use', () => {
    const make = onHost((host, flake) => {
      const feature = new Feature(flake, 'motd');
      feature.home.set({ home: { file: { motd: { text: feature.darwin.config.networking.hostName } } } });
      feature.nixos.set({ users: { motd: feature.home.config.home.username } });
      new HomeUser(host, 'marcus');
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[reference-unbound]: this refers to the home configuration of whatever uses the feature, and that is more than one
        in motd
        at test/constructs/bad-input.test.ts:LINE:55
        LINE |       feature.nixos.set({ users: { motd: feature.home.config.home.username } });
             |                                                       ^
        help: refer to the config of the part that the value is for, or use the feature on one host or home"
    `);
  });
});

describe('files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdknix-files-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const clean = (text: string) => text.replaceAll(folder, 'TMP').replaceAll(join(__dirname, '..', '..'), 'REPO');

  it('refuses a missing file to import', () => {
    const make = onHost((host) => host.import('./hardware.nix'));
    expect(clean(problemsOf(make))).toMatchInlineSnapshot(`
      "error[file-missing]: there is no './hardware.nix'
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:40
        LINE |     const make = onHost((host) => host.import('./hardware.nix'));
             |                                        ^
        help: looked for REPO/test/constructs/hardware.nix"
    `);
  });

  it.each<[string, string, string, string]>([
    [
      'docker.ts',
      'export {};',
      'is TypeScript, and import takes Nix',
      "import it in your code, import { … } from './docker', and use(…) the feature that it has",
    ],
    [
      'docker.mjs',
      '',
      'is JavaScript, and import takes Nix',
      "import it in your code, import { … } from './docker', and use(…) the feature that it has",
    ],
    [
      'users.json',
      '{ "users": {} }',
      'is JSON, and import takes Nix',
      "set(lib.importJSON(path('./users.json'))) defines what it says",
    ],
    [
      'users.toml',
      '',
      'is TOML, and import takes Nix',
      "set(lib.importTOML(path('./users.toml'))) defines what it says",
    ],
    [
      'motd.txt',
      'Hello, world!',
      'is no Nix: unexpected ",", expected an operator or the end of the source, at 1:6',
      'give import the path of a Nix module; path(…) is for other files, as values of options',
    ],
    [
      'flake.nix',
      '{ outputs = _: { }; }',
      'is a flake, and no module',
      "declare it as an input, flake.input('name', { url: 'path:…' }), and import a module of it",
    ],
  ])('refuses to import %s', (name, text, message, help) => {
    const beside = mkdtempSync(join(__dirname, 'fixtures', 'import-'));
    try {
      writeFileSync(join(beside, name), text);
      const written = `./${join('fixtures', basename(beside), name)}`;
      const make = onHost((host) => host.import(written));
      expect(problemsOf(make).replaceAll(`./fixtures/${basename(beside)}/`, './')).toBe(
        `error[not-a-module]: './${name}' ${message}
  in elitebook
  at test/constructs/bad-input.test.ts:LINE:42
  LINE |       const make = onHost((host) => host.import(written));
       |                                          ^
  help: ${help}`,
      );
    } finally {
      rmSync(beside, { recursive: true });
    }
  });

  it('imports Nix by whatever name', () => {
    const beside = mkdtempSync(join(__dirname, 'fixtures', 'import-'));
    try {
      writeFileSync(join(beside, 'module'), '{ ... }: { }');
      expect(problemsOf(onHost((host) => host.import(`./fixtures/${basename(beside)}/module`)))).toBe('');
    } finally {
      rmSync(beside, { recursive: true });
    }
  });

  it('refuses a file outside the project', () => {
    writeFileSync(join(folder, 'secret.txt'), 'x');
    const make = onHost((host) =>
      host.set({ environment: { etc: { x: { source: path(join(folder, 'secret.txt')) } } } }),
    );
    expect(clean(problemsOf(make))).toMatchInlineSnapshot(`
      "error[file-outside]: 'TMP/secret.txt' is outside the project
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:53
        LINE |       host.set({ environment: { etc: { x: { source: path(join(folder, 'secret.txt')) } } } }),
             |                                                     ^
        help: copy it into a folder below the one with cdk-like.json or package.json"
    `);
  });

  it('refuses a link that leads out of the project', () => {
    const project = join(folder, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{}');
    symlinkSync('/etc/passwd', join(project, 'passwd'));
    const make = onHost((host) => host.set({ environment: { etc: { x: { source: path(join(project, 'passwd')) } } } }));
    expect(clean(problemsOf(make))).toMatchInlineSnapshot(`
      "error[file-outside]: 'TMP/project/passwd' is outside the project
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:81
        LINE |     const make = onHost((host) => host.set({ environment: { etc: { x: { source: path(join(project, 'passwd')) } } } }));
             |                                                                                 ^
        help: it is a link to somewhere else; copy the file into the project"
    `);
  });

  it('refuses a Nix file that refers to a missing one, at its own line', () => {
    const project = join(__dirname, 'fixtures', 'missing-reference');
    const make = onHost((host) => host.import(join(project, 'a.nix')));
    expect(clean(problemsOf(make))).toMatchInlineSnapshot(`
      "error[file-missing]: 'REPO/test/constructs/fixtures/missing-reference/b.nix' does not exist
        in elitebook
        at test/constructs/fixtures/missing-reference/a.nix:1:15
        LINE | { imports = [ ./b.nix ../state/none ]; x = if builtins.pathExists ./local.nix then 1 else 2; }
             |               ^
        help: correct the reference, or make the file

      error[file-missing]: 'REPO/test/constructs/fixtures/state/none' does not exist
        in elitebook
        at test/constructs/fixtures/missing-reference/a.nix:1:23
        LINE | { imports = [ ./b.nix ../state/none ]; x = if builtins.pathExists ./local.nix then 1 else 2; }
             |                       ^
        help: correct the reference, or make the file"
    `);
  });

  it('refuses a Nix file with a syntax error, at its own line', () => {
    const project = join(__dirname, 'fixtures', 'syntax-error');
    const make = onHost((host) => host.import(join(project, 'a.nix')));
    expect(clean(problemsOf(make))).toMatchInlineSnapshot(`
      "error[nix-syntax]: unexpected ";", expected a list element or "]"
        in elitebook
        at test/constructs/fixtures/syntax-error/a.nix:2:12
        LINE |   a = [ 1 2;
             |            ^
        help: correct the Nix file"
    `);
  });
});

describe('what JavaScript lets through', () => {
  it('is refused where an input, an overlay, an output or an import is incomplete', () => {
    const messages = [
      // @ts-expect-error: no URL
      onHost((_, flake) => flake.input('sops-nix', {})),
      // @ts-expect-error: no name
      onHost((_, flake) => flake.overlay(nix`final: prev: { }`)),
      // @ts-expect-error: a text
      onHost((_, flake) => flake.overlay('own', './overlay.nix')),
      onHost((_, flake) => flake.output('', {})),
      onHost((host) => host.import('')),
      // @ts-expect-error: no module
      onHost((host) => host.import(3)),
    ].map((make) => problemsOf(make).split('\n')[0]);
    expect(messages).toMatchInlineSnapshot(`
      [
        "error[input-url]: the input 'sops-nix' has no URL",
        "error[overlay-name]: overlay(…) needs a name and a value",
        "error[overlay-value]: the overlay 'own' is a JavaScript string, not a Nix function",
        "error[output-name]: output(…) needs a name and a value",
        "error[not-a-module]: import was given an empty path",
        "error[not-a-module]: import was given 3",
      ]
    `);
  });

  it('is refused where a reference is listed or turned into JSON', () => {
    const messages = [
      onHost((host) => host.set({ virtualisation: { docker: { daemon: { settings: { ...pkgs.git } } } } })),
      onHost((host) => host.set({ users: { motd: JSON.stringify({ git: pkgs.git }) } })),
    ].map((make) => problemsOf(make).split('\n')[0]);
    expect(messages).toMatchInlineSnapshot(`
      [
        "error[reference-in-text]: the members of pkgs.git are known to Nix only and cannot be listed",
        "error[reference-in-text]: pkgs.git is known to Nix only and cannot become a JavaScript string",
      ]
    `);
    const make = onHost((host) => host.set({ users: { motd: builtins.toJSON({ git: pkgs.git }) } }));
    expect(diagnostics(make())).toEqual([]);
  });

  it('is refused where names are written with dots', () => {
    // @ts-expect-error: what JavaScript lets through
    const make = onHost((host) => host.set({ 'networking.firewall.enable': true }));
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[dotted-option]: 'networking.firewall.enable' is one name, not a path
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:40
        LINE |     const make = onHost((host) => host.set({ 'networking.firewall.enable': true }));
             |                                        ^
        help: nest the names: { networking: { firewall: { enable: … } } }"
    `);
  });

  it('is refused where a lazy or an output has no value', () => {
    const make = onHost((host, flake) => {
      host.set({ services: { nginx: { defaultHTTPListenPort: lazy(() => Number.NaN) } } });
      flake.output('b', { c: Number.NaN });
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[value]: cannot write NaN in Nix at c: Nix has no such number; write null or leave it out
        in the flake
        at test/constructs/bad-input.test.ts:LINE:13
        LINE |       flake.output('b', { c: Number.NaN });
             |             ^

      error[value]: cannot write NaN in Nix: Nix has no such number; write null or leave it out
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:62
        LINE |       host.set({ services: { nginx: { defaultHTTPListenPort: lazy(() => Number.NaN) } } });
             |                                                              ^"
    `);
  });
});

const flakeInput = new Flake().input('nixpkgs', { url: 'github:a/b' });

describe('an input', () => {
  it('cannot follow one that is not there', () => {
    const make = onHost((_, flake) => {
      flake.input('sops-nix', { url: 'github:Mic92/sops-nix', follows: ['nixpgks'] });
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[input-follows]: the input 'sops-nix' follows 'nixpgks', which the flake does not have
        in the flake
        at test/constructs/bad-input.test.ts:LINE:13
        LINE |       flake.input('sops-nix', { url: 'github:Mic92/sops-nix', follows: ['nixpgks'] });
             |             ^
        help: follow one of nixpkgs, sops-nix, or declare 'nixpgks' with flake.input(…)"
    `);
  });

  it('is told what it may let follow what', () => {
    const url = 'github:a/b';
    const firsts = [
      { 'a..b': 'nixpkgs' },
      { '': 'nixpkgs' },
      { 'a.b': 'nixpkgs' },
      { 'inputs.a': 'nixpkgs' },
      { 'a.inputs.': 'nixpkgs' },
      { a: 'nix pkgs' },
      { a: flakeInput },
      { a: { b: 'nixpkgs' } },
      { 'a.inputs.b': 'nixpkgs', 'a/b': '' },
      { a: 'nixpkgs', 'a.inputs.b': 'nixpkgs' },
      { 'a.inputs.b.inputs.c': 'nixpgks' },
      [3],
    ].map((follows) => {
      const [first] = problemsOf(onHost((_, flake) => flake.input('x', { url, follows: follows as never }))).split(
        '\n',
      );
      return first;
    });
    expect(firsts).toMatchInlineSnapshot(`
      [
        "error[input-follows]: 'a..b' does not name an input of the input 'x'",
        "error[input-follows]: '' does not name an input of the input 'x'",
        "error[input-follows]: 'a.b' does not name an input of the input 'x'",
        "error[input-follows]: 'inputs.a' does not name an input of the input 'x'",
        "error[input-follows]: 'a.inputs.' does not name an input of the input 'x'",
        "error[input-follows]: 'a' of the input 'x' follows 'nix pkgs', which is not the name of an input",
        "error[input-follows]: 'a' of the input 'x' follows a Nix expression, which is not the name of an input",
        "error[input-follows]: 'a' of the input 'x' follows an object, which is not the name of an input",
        "error[input-follows]: 'a/b' of the input 'x' follows 'nixpkgs' and ''",
        "error[input-follows]: 'a/b' of the input 'x' is to follow 'nixpkgs', but all of 'a' follows 'nixpkgs'",
        "error[input-follows]: the input 'x' follows 'nixpgks', which the flake does not have",
        "error[input-follows]: 3 does not name an input of the input 'x'",
      ]
    `);
    const make = onHost((_, flake) => flake.input('x', { url, follows: { 'a.b': 'nixpkgs' } }));
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[input-follows]: 'a.b' does not name an input of the input 'x'
        at test/constructs/bad-input.test.ts:LINE:63
        LINE |     const make = onHost((_, flake) => flake.input('x', { url, follows: { 'a.b': 'nixpkgs' } }));
             |                                                               ^^^^^^^
        help: write 'b' for an input of it, and 'a.inputs.b' for an input of its input 'a'"
    `);
  });

  it('that is declared twice has to be the same', () => {
    const url = 'github:a/b';
    const make = onHost((_, flake) => {
      flake.input('x', { url, follows: { nixpkgs: 'nixpkgs' } });
      flake.input('x', { url, follows: { nixpkgs: '' } });
      flake.input('y', { url });
      flake.input('y', { url, flake: false });
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[input-follows]: 'nixpkgs' of the input 'x' follows 'nixpkgs' in one place, and '' in another
        in the flake
        at test/constructs/bad-input.test.ts:LINE:13
        LINE |       flake.input('x', { url, follows: { nixpkgs: '' } });
             |             ^
        first declared here:
        at test/constructs/bad-input.test.ts:LINE:13
        LINE |       flake.input('x', { url, follows: { nixpkgs: 'nixpkgs' } });
             |             ^
        help: agree on one of them, or give the second input a name of its own

      error[input-flake]: the input 'y' is a flake in one place, and none in another
        in the flake
        at test/constructs/bad-input.test.ts:LINE:13
        LINE |       flake.input('y', { url, flake: false });
             |             ^
        first declared here:
        at test/constructs/bad-input.test.ts:LINE:13
        LINE |       flake.input('y', { url });
             |             ^
        help: agree on one of them, or give the second input a name of its own"
    `);
  });

  it('with a relative path is warned of', () => {
    const make = onHost((_, flake) => flake.input('mine', { url: 'path:./flakes/mine' }));
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "warning[input-relative]: the URL 'path:./flakes/mine' of the input 'mine' is relative to the output folder
        in the flake
        at test/constructs/bad-input.test.ts:LINE:45
        LINE |     const make = onHost((_, flake) => flake.input('mine', { url: 'path:./flakes/mine' }));
             |                                             ^
        help: give an absolute path; or, for Nix files of the project, import(…) them or use path(…)"
    `);
  });
});

describe('a feature for homes', () => {
  it('is warned of on a host without any', () => {
    const make = onHost((host) => host.use(Git));
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "warning[feature-part-rests]: the feature 'git' (Git) is for homes, and there is none where it is used
        in elitebook/git
        at test/constructs/bad-input.test.ts:LINE:40
        LINE |     const make = onHost((host) => host.use(Git));
             |                                        ^
        help: add a user, or use it on one: new HomeUser(host, 'name').use(…)"
    `);
  });
});

describe('an account', () => {
  it('that is declared elsewhere or nowhere is warned of where something is said of it', () => {
    const make = onHost((host, flake) => {
      new HomeUser(host, 'anna', { account: false, groups: ['wheel'] });
      new HomeUser(flake, 'ben', { ...linux }).account.set({ description: 'Ben' });
    });
    expect(diagnostics(make()).map((one) => one.message)).toEqual([
      "the account of user 'anna' is declared elsewhere (account: false), so its groups and options go nowhere",
      "the account of user 'ben' is on no host here, so its groups and options go nowhere",
      "nothing on host 'elitebook' declares users.users.anna, which the home of 'anna' needs (account: false)",
    ]);
  });
});

describe('an account that is declared elsewhere', () => {
  const elsewhere = { account: false } as const;
  const onMac = (change: (host: Host<'aarch64-darwin'>) => void) => () => {
    const flake = new Flake();
    change(new Host(flake, 'macbook', mac));
    return flake;
  };

  it('is said to be missing where nothing declares it', () => {
    const onLinux = onHost((host) => new HomeUser(host, 'anna', elsewhere));
    expect(problemsOf(onLinux)).toMatchInlineSnapshot(`
      "warning[account-missing]: nothing on host 'elitebook' declares users.users.anna, which the home of 'anna' needs (account: false)
        in elitebook/anna
        at test/constructs/bad-input.test.ts:LINE:38
        LINE |     const onLinux = onHost((host) => new HomeUser(host, 'anna', elsewhere));
             |                                      ^
        help: set it there to { isNormalUser: true }, or leave account: false out"
    `);
    const onDarwin = onMac((host) => new HomeUser(host, 'anna', elsewhere));
    expect(problemsOf(onDarwin)).toMatchInlineSnapshot(`
      "warning[account-missing]: nothing on host 'macbook' declares users.users.anna, which the home of 'anna' needs (account: false)
        in macbook/anna
        at test/constructs/bad-input.test.ts:LINE:38
        LINE |     const onDarwin = onMac((host) => new HomeUser(host, 'anna', elsewhere));
             |                                      ^
        help: set it there to { home: '/Users/anna' }, or leave account: false out"
    `);
  });

  it('has to be of one of the kinds that NixOS has', () => {
    const make = onHost((host) => {
      host.set({ users: { users: { anna: { description: 'Anna' } } } });
      new HomeUser(host, 'anna', elsewhere);
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "warning[account-missing]: users.users.anna on host 'elitebook' has neither isNormalUser nor isSystemUser, which the home of 'anna' needs (account: false)
        in elitebook/anna
        at test/constructs/bad-input.test.ts:LINE:7
        LINE |       new HomeUser(host, 'anna', elsewhere);
             |       ^
        help: set it there to { isNormalUser: true }, or leave account: false out"
    `);
  });

  it('has to have a home on a Mac', () => {
    const make = onMac((host) => {
      host.set({ users: { users: { anna: { description: 'Anna' } } } });
      new HomeUser(host, 'anna', elsewhere);
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "warning[account-missing]: users.users.anna on host 'macbook' has no home, which the home of 'anna' needs (account: false)
        in macbook/anna
        at test/constructs/bad-input.test.ts:LINE:7
        LINE |       new HomeUser(host, 'anna', elsewhere);
             |       ^
        help: set it there to { home: '/Users/anna' }, or leave account: false out"
    `);
  });

  it.each<[string, () => Flake]>([
    [
      'by the host',
      onHost((host) => {
        host.set({ users: { users: { anna: { isNormalUser: true } } } });
        new HomeUser(host, 'anna', elsewhere);
      }),
    ],
    [
      'by a file',
      onHost((host) => {
        host.import('./fixtures/accounts.nix');
        new HomeUser(host, 'anna', elsewhere);
      }),
    ],
    [
      'by a feature',
      onHost((host) => {
        host.use(function people(feature) {
          feature.nixos.set({ users: { users: mkMerge([{ anna: mkIf(builtins.x, { isNormalUser: true }) }]) } });
        });
        new HomeUser(host, 'anna', elsewhere);
      }),
    ],
    [
      'by what only Nix knows',
      onHost((host) => {
        host.set({ users: nix`builtins.fromJSON (builtins.readFile "/x")` });
        new HomeUser(host, 'anna', elsewhere);
      }),
    ],
    [
      'by a module of an input',
      onHost((host, flake) => {
        host.import(flake.input('own', { url: 'github:a/b' }).nixosModules.people);
        new HomeUser(host, 'anna', elsewhere);
      }),
    ],
    ['by NixOS', onHost((host) => new HomeUser(host, 'root', elsewhere))],
    [
      'by the host, on a Mac',
      onMac((host) => {
        host.set({ users: { users: { anna: { home: '/Users/anna' } } } });
        new HomeUser(host, 'anna', elsewhere);
      }),
    ],
    [
      'in part, by where its home is',
      onMac((host) => new HomeUser(host, 'anna', { ...elsewhere, homeDirectory: '/x' })),
    ],
    [
      'for a home that is not part of the host',
      onHost((host) => new HomeUser(host, 'anna', { ...elsewhere, standalone: 'only' })),
    ],
  ])('may be declared %s', (_, make) => {
    expect(diagnostics(make())).toEqual([]);
  });

  it('has no place for what a feature says of it', () => {
    const make = onHost((host) => {
      host.set({ users: { users: { anna: { isNormalUser: true } } } });
      new HomeUser(host, 'anna', elsewhere).use(function admin(feature) {
        feature.account.addGroups('wheel');
        feature.home.set({ programs: { bat: { enable: true } } });
      });
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "warning[feature-part-rests]: the feature 'admin' (Feature) has the parts account, home; not all of them apply to the account of 'anna', which is declared elsewhere (account: false)
        in elitebook/anna/admin
        at test/constructs/bad-input.test.ts:LINE:45
        LINE |       new HomeUser(host, 'anna', elsewhere).use(function admin(feature) {
             |                                             ^
        help: mark the part as optional in the feature, or acknowledge(construct, 'feature-part-rests')"
    `);
  });
});

describe('names that differ in case only', () => {
  it('are refused on one host, for users', () => {
    const make = onHost((host) => {
      new HomeUser(host, 'bob');
      new HomeUser(host, 'Bob');
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[name-taken]: the users 'bob' and 'Bob' on host 'elitebook' have names that differ in case only
        in elitebook/Bob
        at test/constructs/bad-input.test.ts:LINE:7
        LINE |       new HomeUser(host, 'Bob');
             |       ^
        the first one was made here:
        at test/constructs/bad-input.test.ts:LINE:7
        LINE |       new HomeUser(host, 'bob');
             |       ^
        help: their files would have one name on a file system that does not tell a from A, as that of a Mac: rename one of them"
    `);
  });

  it('are refused for hosts', () => {
    const make = onHost((_, flake) => {
      new Host(flake, 'EliteBook', linux);
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[name-taken]: the hosts 'elitebook' and 'EliteBook' have names that differ in case only
        in EliteBook
        at test/constructs/bad-input.test.ts:LINE:7
        LINE |       new Host(flake, 'EliteBook', linux);
             |       ^
        the first one was made here:
        at test/constructs/bad-input.test.ts:LINE:12
        LINE |     change(new Host(flake, 'elitebook', linux), flake);
             |            ^
        help: their files would have one name on a file system that does not tell a from A, as that of a Mac: rename one of them"
    `);
  });
});

describe('a folder', () => {
  it('is no module without a default.nix', () => {
    const make = onHost((host) => host.import('./fixtures'));
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[file-missing]: the folder './fixtures' has no default.nix
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:40
        LINE |     const make = onHost((host) => host.import('./fixtures'));
             |                                        ^
        help: import a file of it, or make one"
    `);
  });
});

describe('stateVersion', () => {
  it('refuses one that differs from what was first synthesised', () => {
    const folder = join(__dirname, 'fixtures', 'state');
    class Pinned extends Flake {
      constructor() {
        super();
        Object.assign(this, { position: { file: join(folder, 'main.ts'), line: 1, column: 1 } });
      }
    }
    const make = () => {
      const flake = new Pinned();
      new Host(flake, 'elitebook', { ...linux, stateVersion: '26.05' });
      return flake;
    };
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[state-version-changed]: the stateVersion of 'elitebook' is '26.05' now and was '25.05' when it was first synthesised
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:7
        LINE |       new Host(flake, 'elitebook', { ...linux, stateVersion: '26.05' });
             |       ^
        help: set it once at install and never update it: it tells which data formats the machine has, not which release it runs; to correct a mistake, or to take over a machine that was installed with '26.05', change 'elitebook' in cdk-like.state.json as well"
    `);
  });
});

describe('a construct of the user', () => {
  it('reports what its own validation says', () => {
    const make = onHost((host) => {
      host.node.addValidation({ validate: () => ['the disk is too small'] });
    });
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[validation]: the disk is too small
        in elitebook
        at test/constructs/bad-input.test.ts:LINE:12
        LINE |     change(new Host(flake, 'elitebook', linux), flake);
             |            ^"
    `);
  });

  it('gets every problem of a run at once', () => {
    const make = onHost((host, flake) => {
      host.import('./a.nix', './b.nix');
      host.set({ services: { nginx: { defaultHTTPListenPort: Number.NaN } } });
      flake.input('self', { url: 'x' });
    });
    expect(diagnostics(make()).map((one) => one.code)).toEqual(['input-name', 'value', 'file-missing', 'file-missing']);
  });
});

describe('a variable that nothing binds', () => {
  it.each<[string, (host: Host<'x86_64-linux'>, flake: Flake) => unknown]>([
    [
      'a value',
      (host) =>
        host.set({
          users: {
            motd: nix`let one = 1; in
              one + ${1 + 1} + two`,
          },
        }),
    ],
    [
      'an inherited name',
      (host) =>
        host.set(nix`{
          users = { inherit two; }; }`),
    ],
    [
      'an import',
      (host) =>
        host.import(nix`{ lib, ... }: {
          users.motd = two; }`),
    ],
    [
      'an output',
      (_, flake) =>
        flake.output(
          'x',
          nix`{ a = ${{
            // On a line of its own.
            b: 1,
          }}; c = "\${two}"; }`,
        ),
    ],
    ['an overlay', (_, flake) => flake.overlay('x', nix`final: prev: { a = two; }`)],
  ])('is shown at its place in the template, in %s', (_, make) => {
    const all = problemsOf(onHost(make)).split('\n\n');
    const text = all.find((one) => one.startsWith('error[undefined-variable]'))!;
    const [, column, line, marks] = /LINE:(\d+)\n {2}LINE \| (.*)\n {7}\| ( *\^+)/.exec(text)!;
    expect(text).toMatch(/^error\[undefined-variable\]: the Nix variable 'two' is not defined here\n/);
    expect(line!.slice(Number(column) - 1)).toMatch(/^two\b/);
    expect(marks).toBe(`${' '.repeat(Number(column) - 1)}^^^`);
  });

  it('is shown at its place behind values of several lines, where the Nix is wrong', () => {
    const make = onHost((host) =>
      host.set({
        users: {
          motd: nix`[ ${[
            // On a line of its own.
            1,
          ]} ] ++ )`,
        },
      }),
    );
    expect(problemsOf(make)).toMatchInlineSnapshot(`
      "error[nix-syntax]: unexpected ")", expected an expression
        at test/constructs/bad-input.test.ts:LINE:19
        LINE |           ]} ] ++ )\`,
             |                   ^
        help: correct the Nix in the template"
    `);
  });
});
