import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeRealworld, realworld } from '../support/realworld';
import { cdknix, projectWith } from './support';

const app = `class Web extends cdknix.Feature {
  constructor(scope, id) {
    super(scope, id);
    this.nixos.set({
      networking: { firewall: { allowedTCPPorts: [443] } },
      services: { nginx: { enable: true } },
    });
  }
}
const { Flake, Host, HomeUser, mkBefore, mkDefault, mkForce, mkIf, mkMerge, nix, pkgs } = cdknix;
const flake = new Flake();
const desk = new Host(flake, 'desk', { system: 'x86_64-linux' });
desk.use(Web);
desk.set({
  services: { nginx: { enable: mkForce(false) } },
  networking: { firewall: { allowedTCPPorts: mkBefore([22]) } },
  environment: { systemPackages: [pkgs.git, pkgs.vim] },
});
desk.set({ services: { openssh: mkIf(desk.config.services.nginx.enable, { enable: true }) } });
new HomeUser(desk, 'anna').set({ programs: { git: { enable: mkDefault(true) } } });
new HomeUser(flake, 'sam', { system: 'aarch64-darwin' });
`;

const project = projectWith(app);

/** What the command prints about an option. */
async function explained(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await cdknix(project, 'explain', ...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

describe('explain', () => {
  it('shows the value, and each definition with its line, the winner first', async () => {
    expect(await explained('desk', 'services.nginx.enable')).toMatchInlineSnapshot(`
      "services.nginx.enable on desk
        type: boolean
        declared in nixos/modules/services/web-servers/nginx/default.nix

      value: false

      counts with mkForce: false
        in desk
        at app.js:17:24
        17 |   services: { nginx: { enable: mkForce(false) } },
           |                        ^^^^^^
        in the output hosts/desk/default.nix:22

      loses to mkForce: true
        in desk/web
        at app.js:8:28
        8 |       services: { nginx: { enable: true } },
          |                            ^^^^^^
        in the output modules/nixos/web.nix:4
      "
    `);
  });

  it('shows lists in the order in which they are joined', async () => {
    expect(await explained('desk', 'networking.firewall.allowedTCPPorts')).toMatchInlineSnapshot(`
      "networking.firewall.allowedTCPPorts on desk
        type: list of integer between 0 and 65535 (both inclusive)
        declared in nixos/modules/services/networking/firewall.nix

      value: [ 22 443 ]
        modules of NixOS may add to it

      counts with mkBefore: [ 22 ]
        in desk
        at app.js:18:29
        18 |   networking: { firewall: { allowedTCPPorts: mkBefore([22]) } },
           |                             ^^^^^^^^^^^^^^^
        in the output hosts/desk/default.nix:15

      counts: [ 443 ]
        in desk/web
        at app.js:7:33
        7 |       networking: { firewall: { allowedTCPPorts: [443] } },
          |                                 ^^^^^^^^^^^^^^^
        in the output modules/nixos/web.nix:3
      "
    `);
  });

  it('says what only Nix can tell, and under which condition', async () => {
    expect(await explained('desk', 'services.openssh.enable')).toMatchInlineSnapshot(`
      "services.openssh.enable on desk
        type: boolean
        declared in nixos/modules/services/networking/ssh/sshd.nix

      only Nix can tell its value: it depends on config.services.nginx.enable

      counts if config.services.nginx.enable: true
        in desk
        at app.js:21:75
        21 | desk.set({ services: { openssh: mkIf(desk.config.services.nginx.enable, { enable: true }) } });
           |                                                                           ^^^^^^
        in the output hosts/desk/default.nix:23
      "
    `);
  });

  it('shows a default, and where it is declared', async () => {
    expect(await explained('desk', 'time.timeZone')).toMatchInlineSnapshot(`
      "time.timeZone on desk
        type: null or string
        declared in nixos/modules/config/locale.nix

      value: null
        the default; modules of NixOS may set it
      "
    `);
  });

  it('says what cdknix itself defines, and why', async () => {
    expect(await explained('desk', 'networking.hostName')).toMatchInlineSnapshot(`
      "networking.hostName on desk
        type: string matching the pattern ^$|^[[:alnum:]]([[:alnum:]_-]{0,61}[[:alnum:]])?$
        declared in nixos/modules/tasks/network-interfaces.nix

      value: "desk"

      counts: "desk"
        by cdknix, for the id of the host
        in desk
        at app.js:14:14
        14 | const desk = new Host(flake, 'desk', { system: 'x86_64-linux' });
           |              ^
        in the output hosts/desk/default.nix:14
      "
    `);
  });

  it('explains the options of homes, by any of their names', async () => {
    const shown = await explained('desk/anna', 'programs.git.enable');
    expect(shown).toMatchInlineSnapshot(`
      "programs.git.enable on anna@desk
        type: boolean
        declared in modules/programs/git.nix

      value: true
        unless a module of Home Manager sets it

      counts with mkDefault: true
        in desk/anna
        at app.js:22:53
        22 | new HomeUser(desk, 'anna').set({ programs: { git: { enable: mkDefault(true) } } });
           |                                                     ^^^^^^
        in the output home/anna/default.nix:4
      "
    `);
    expect(await explained('anna', 'config.programs.git.enable')).toBe(shown);
    expect(await explained('anna@desk', 'programs.git.enable')).toBe(shown);
    expect(await explained('sam', 'programs.git.enable')).toContain('programs.git.enable on sam');
  });

  it('lists what is set in a group, or all that is', async () => {
    expect(await explained('desk', 'services')).toMatchInlineSnapshot(`
      "services.nginx.enable = false
      services.openssh.enable = …
      "
    `);
    expect(await explained('desk', 'programs')).toMatchInlineSnapshot(`
      "nothing below programs is set on desk
      "
    `);
    expect((await explained('desk')).split('\n')).toContain('networking.hostName = "desk"');
  });

  it('takes names with dots for one, where a shell took their quotes', async () => {
    const folder = projectWith(`const host = new cdknix.Host(new cdknix.Flake(), 'desk', { system: 'x86_64-linux' });
host.set({ services: { caddy: { virtualHosts: { 'a.example.org': { extraConfig: 'respond hello' } } } } });
`);
    const ask = (option: string) => cdknix(folder, 'explain', 'desk', option);
    const { code, stdout, stderr } = await ask('services.caddy.virtualHosts.a.example.org.extraConfig');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^services\.caddy\.virtualHosts\."a\.example\.org"\.extraConfig on desk\n/);
    expect(stdout).toContain('value: "respond hello"');
    expect(stderr).toMatchInlineSnapshot(`
      "taken for 'services.caddy.virtualHosts."a.example.org".extraConfig': a shell takes quotes away, unless they stand in others
      "
    `);
    expect((await ask('services.caddy.virtualHosts.a.example.org.hostNam')).stderr).toMatchInlineSnapshot(`
      "taken for 'services.caddy.virtualHosts."a.example.org".hostNam': a shell takes quotes away, unless they stand in others
      error[explain-option]: NixOS has no option services.caddy.virtualHosts."a.example.org".hostNam
        help: did you mean services.caddy.virtualHosts."a.example.org".hostName?

      1 error
      "
    `);
  });

  it('says that nobody defines an attribute, and what would stand in it', async () => {
    const said = async (option: string) => (await explained('desk', option)).split('\n\n').slice(1);
    expect(await said('services.nginx.virtualHosts.a.forceSSL')).toMatchInlineSnapshot(`
      [
        "nobody defines services.nginx.virtualHosts.a
        modules of NixOS may; the default in it: false
      ",
      ]
    `);
    expect(await said('environment.variables.EDITOR')).toMatchInlineSnapshot(`
      [
        "nobody defines environment.variables.EDITOR
        modules of NixOS may
      ",
      ]
    `);
  });

  it('says where a Nix file of the user declares an option, and its type if that is spelled there', async () => {
    const folder = projectWith(`const host = new cdknix.Host(new cdknix.Flake(), 'desk', { system: 'x86_64-linux' });
host.import('./own.nix');
host.set(JSON.parse('{ "my": { "share": "/srv", "more": { "a": 1 } } }'));
`);
    writeFileSync(
      join(folder, 'own.nix'),
      `{ lib, ... }:
{
  options.my = {
    share = lib.mkOption { type = lib.types.str; };
    more = lib.mkOption { type = import ./type.nix; };
  };
}
`,
    );
    writeFileSync(join(folder, 'type.nix'), 'null');
    const known = async (option: string) => (await cdknix(folder, 'explain', 'desk', option)).stdout.split('\n\n')[0];
    expect(await known('my.share')).toMatchInlineSnapshot(`
      "my.share on desk
        type: string
        declared in own.nix:4"
    `);
    expect(await known('my.more.a')).toMatchInlineSnapshot(`
      "my.more.a on desk
        its type is worked out by Nix
        declared in own.nix:5"
    `);
  });

  it('says that an option was asked for by its old name', async () => {
    expect(
      (await explained('desk', 'services.openssh.permitRootLogin')).split('\n').slice(0, 5),
    ).toMatchInlineSnapshot(`
      [
        "services.openssh.settings.PermitRootLogin on desk",
        "  type: null or one of "yes", "without-password", "prohibit-password", "forced-commands-only", "no"",
        "  the new name of services.openssh.permitRootLogin",
        "  declared in nixos/modules/services/networking/ssh/sshd.nix",
        "",
      ]
    `);
  });

  it('prints JSON', async () => {
    const { configuration, options } = JSON.parse(await explained('desk', 'services.nginx.enable', '--json'));
    expect(configuration).toEqual({ class: 'nixos', output: 'nixosConfigurations', name: 'desk', host: 'desk' });
    expect(options).toMatchObject([
      {
        option: ['services', 'nginx', 'enable'],
        type: 'boolean',
        facts: { default: false, file: 'nixos/modules/services/web-servers/nginx/default.nix' },
        outcome: { is: 'value', value: false },
        priority: 50,
        definitions: [
          { origins: [{ construct: 'desk' }], fate: { is: 'counts' }, priority: 50, value: false, code: 'false' },
          { origins: [{ construct: 'desk/web' }], fate: { is: 'loses', to: 50 }, file: 'modules/nixos/web.nix' },
        ],
      },
    ]);
  });

  it('counts the warnings of the project, which are no part of the answer', async () => {
    const folder = projectWith(`const host = new cdknix.Host(new cdknix.Flake(), 'desk', { system: 'x86_64-linux' });
host.set({ time: { timeZon: 'UTC' } });
`);
    const { code, stderr } = await cdknix(folder, 'explain', 'desk', 'time.timeZone');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '1 warning, which cdknix synth shows\n' });
  });

  it('shows no secret, and not the line that it stands on', async () => {
    const folder = projectWith(`const host = new cdknix.Host(new cdknix.Flake(), 'desk', { system: 'x86_64-linux' });
host.set({ users: { users: { anna: { initialPassword: 'correct-horse' } } } });
`);
    const { stdout, stderr } = await cdknix(folder, 'explain', 'desk', 'users.users.anna.initialPassword');
    expect(stdout).toMatchInlineSnapshot(`
      "users.users.anna.initialPassword on desk
        type: null or string
        declared in nixos/modules/config/users-groups.nix

      its value may be a secret, and is not shown

      counts: "<hidden>"
        in desk
        at app.js:4:38
        4 |                                      initialPassword: ••••
          |                                      ^^^^^^^^^^^^^^^
        in the output hosts/desk/default.nix:6
      "
    `);
    expect(stdout + stderr).not.toContain('correct-horse');
  });
});

describe('explain refuses', () => {
  const refusal = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await cdknix(project, 'explain', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    return stderr;
  };

  it('a host or user that is not there, with the nearest names', async () => {
    expect(await refusal('desc', 'time.timeZone')).toMatchInlineSnapshot(`
      "error[explain-name]: the flake has no host and no user desc
        help: did you mean desk?

      1 error
      "
    `);
    expect(await refusal('nobody', 'time.timeZone')).toMatchInlineSnapshot(`
      "error[explain-name]: the flake has no host and no user nobody
        help: cdknix list shows those that it has

      1 error
      "
    `);
  });

  it('an option that is not there, with the nearest names', async () => {
    expect(await refusal('desk', 'services.nginx.enabel')).toMatchInlineSnapshot(`
      "error[explain-option]: NixOS has no option services.nginx.enabel
        help: did you mean services.nginx.enable?

      1 error
      "
    `);
    expect(await refusal('desk', 'services.nginx.virtualHosts."a.b".rooot')).toMatchInlineSnapshot(`
      "error[explain-option]: NixOS has no option services.nginx.virtualHosts."a.b".rooot
        help: did you mean services.nginx.virtualHosts."a.b".root?

      1 error
      "
    `);
    expect(await refusal('desk', 'home-manager.users.anna.programs.gti')).toMatchInlineSnapshot(`
      "error[explain-option]: Home Manager has no option programs.gti
        help: did you mean programs.git?

      1 error
      "
    `);
    expect(await refusal('desk', 'networking.xyzzy')).toMatchInlineSnapshot(`
      "error[explain-option]: NixOS has no option networking.xyzzy
        help: if a module of your inputs declares it, cdknix import reads its options

      1 error
      "
    `);
  });

  it('a name in an option that holds no such names, which may be a part of one with dots', async () => {
    expect(await refusal('desk', 'services.nginx.virtualHosts.a.example.org.root')).toMatchInlineSnapshot(`
      "error[explain-option]: NixOS has no option services.nginx.virtualHosts.a.example.org.root
        help: a name that holds dots is written in quotes, and the whole in those of the shell: 'services.nginx.virtualHosts."example.org".root'

      1 error
      "
    `);
  });

  it('an option of another module system', async () => {
    expect(await refusal('desk', 'programs.kitty.enable')).toMatchInlineSnapshot(`
      "error[explain-option]: NixOS has no option programs.kitty.enable
        help: it is one of Home Manager: name a user

      1 error
      "
    `);
    expect(await refusal('anna', 'networking.hostName')).toMatchInlineSnapshot(`
      "error[explain-option]: Home Manager has no option networking.hostName
        help: it is one of NixOS: name a host

      1 error
      "
    `);
  });

  it('what is no name', async () => {
    expect(await refusal('desk', 'a..b')).toMatchInlineSnapshot(`
      "error[explain-option]: 'a..b' is not the name of an option: unexpected ".", expected an attribute name
        help: write it as Nix does, with names that hold dots in quotes: 'services.nginx.virtualHosts."example.org".root'

      1 error
      "
    `);
    expect(await refusal('desk', 'a or b')).toMatchInlineSnapshot(`
      "error[explain-option]: 'a or b' is not the name of an option: it is an expression
        help: write it as Nix does, with names that hold dots in quotes: 'services.nginx.virtualHosts."example.org".root'

      1 error
      "
    `);
    expect(await refusal('desk', 'a.$'.concat('{x}'))).toMatchInlineSnapshot(`
      "error[explain-option]: 'a.\${x}' is not the name of an option: a name is an expression
        help: write it as Nix does, with names that hold dots in quotes: 'services.nginx.virtualHosts."example.org".root'

      1 error
      "
    `);
  });

  it('a user with several homes', async () => {
    const folder = projectWith(`const flake = new cdknix.Flake();
for (const name of ['a', 'b']) new cdknix.HomeUser(new cdknix.Host(flake, name, { system: 'x86_64-linux' }), 'anna');
`);
    const { code, stderr } = await cdknix(folder, 'explain', 'anna', 'home.packages');
    expect(code).toBe(2);
    expect(stderr).toMatchInlineSnapshot(`
      "error[explain-name]: there are 2 homes of anna
        help: name one of them: anna@a or anna@b

      1 error
      "
    `);
  });
});

describeRealworld('explain --eval', () => {
  const overrides = ['nixpkgs', 'nixpkgs-darwin', 'home-manager'].flatMap((name) => [
    name,
    `path:${realworld}/${name.replace('-darwin', '')}`,
  ]);
  const inputs = ['--eval', '--offline', '--override-input', ...overrides];

  it('shows what Nix says, and where else it is defined', { timeout: 120_000 }, async () => {
    const { code, stdout } = await cdknix(project, 'explain', 'desk', 'networking.firewall.allowedTCPPorts', ...inputs);
    expect(code).toBe(0);
    expect(stdout.split('\n\n')[1]).toMatchInlineSnapshot(`
      "value: [ 22 443 ]
        modules of NixOS may add to it
      Nix says: [ 22 443 ]
        modules of NixOS define it too: nixos/modules/virtualisation/podman/network-socket.nix, nixos/modules/services/networking/udp-over-tcp.nix"
    `);
    const open = await cdknix(project, 'explain', 'desk', 'services.openssh.enable', ...inputs);
    expect(open.stdout.split('\n\n')[1]).toMatchInlineSnapshot(`
      "only Nix can tell its value: it depends on config.services.nginx.enable
      Nix says: false"
    `);
  });

  it('leads to check where Nix cannot evaluate', { timeout: 120_000 }, async () => {
    const folder = projectWith(`const host = new cdknix.Host(new cdknix.Flake(), 'desk', { system: 'x86_64-linux' });
host.set({ time: { timeZon: 'UTC' } });
`);
    const { code, stderr } = await cdknix(folder, 'explain', 'desk', 'time.timeZone', ...inputs);
    expect(code).toBe(1);
    expect(stderr).toContain('help: cdknix check desk shows where it comes from, at your own lines');
  });

  it('says what options make of their definitions by functions of their own', { timeout: 240_000 }, async () => {
    const folder = projectWith(`${app}
desk.set({
  systemd: { services: { a: { startAt: 'daily', serviceConfig: { User: 'a' } } } },
  environment: { variables: { A: ['x', 'y'], EDITOR: mkForce('vi') } },
});
`);
    const nix = async (option: string, ...flags: string[]) => {
      const { code, stdout, stderr } = await cdknix(folder, 'explain', 'desk', option, ...flags, ...inputs);
      expect(code, stderr).toBe(0);
      return stdout;
    };
    const said = async (option: string) => (await nix(option)).split('\n\n')[1];
    expect(await said('systemd.services.a.startAt')).toMatchInlineSnapshot(`
      "value: "daily"
      Nix says: [ "daily" ]
        made of "daily" by the option's own apply function"
    `);
    expect(await said('systemd.services.a')).toMatchInlineSnapshot(`
      "value: { startAt = "daily"; serviceConfig = { User = "a"; }; }
        modules of NixOS may add to it
      Nix says: { startAt = [ "daily" ]; serviceConfig = { User = "a"; }; … }
        systemd.services.a.startAt is made of "daily" by the option's own apply function"
    `);
    expect(await said('environment.variables.A')).toMatchInlineSnapshot(`
      "value: [ "x" "y" ]
        modules of NixOS may add to it
      Nix says: "x:y"
        made of [ "x" "y" ] by the option's own apply function"
    `);
    expect(await said('home-manager.users')).toMatchInlineSnapshot(`
      "value: { anna = ../../home/anna; }
        modules of NixOS may add to it
      Nix says: { anna = <configuration>; }"
    `);
    const { options } = JSON.parse(await nix('systemd.services.a', '--json'));
    expect(options[0].nix).toMatchObject({
      value: { startAt: ['daily'] },
      applied: [{ at: ['startAt'], defined: 'daily' }],
      differences: [],
    });
  });

  it('says the same as the definitions, for options of every kind', { timeout: 240_000 }, async () => {
    const folder = projectWith(`${app}
desk.set({
  time: { timeZone: 'Europe/Berlin' },
  boot: { kernel: { sysctl: { 'vm.swappiness': 10 } }, kernelParams: ['quiet'], loader: { timeout: 3 } },
  networking: { hosts: { '10.0.0.1': ['a', 'b'] }, extraHosts: '10.0.0.2 c' },
  services: {
    nginx: { virtualHosts: { 'a.b': { root: '/a', locations: { '/': { index: 'x', extraConfig: 'one;' } } } } },
    openssh: { settings: { PermitRootLogin: 'no', Macs: ['x'] }, ports: [2222] },
  },
  environment: { etc: { motd: { text: 'hi' } }, variables: { A: mkForce('1') }, shellAliases: { ll: null } },
  systemd: { services: { a: { wantedBy: ['x.target'], serviceConfig: { User: 'a', Restart: 'always' } } } },
  users: { users: { root: { extraGroups: ['b'] } } },
  security: { sudo: { extraConfig: 'two' } },
});
desk.set({
  boot: { kernelParams: mkBefore(['first']) },
  networking: { hosts: { '10.0.0.1': ['c'] }, extraHosts: mkBefore('10.0.0.3 d') },
  services: { nginx: { virtualHosts: { 'a.b': { locations: { '/': { extraConfig: 'two;' } } } } } },
  systemd: { services: { a: mkMerge([{ wantedBy: ['y.target'] }, { serviceConfig: { User: mkForce('b') } }]) } },
  users: { users: { root: { extraGroups: ['c'] } } },
});
`);
    const options = [
      ...['time.timeZone', 'boot.kernel.sysctl', 'boot.kernelParams', 'boot.loader.timeout', 'networking.hosts'],
      ...[
        'networking.extraHosts',
        'services.nginx.virtualHosts',
        'services.openssh.settings',
        'services.openssh.ports',
      ],
      ...['environment.etc.motd', 'environment.variables', 'environment.shellAliases', 'systemd.services.a'],
      ...['users.users.root.extraGroups', 'security.sudo.extraConfig', 'networking.hostName'],
    ];
    for (const option of options) {
      const { code, stdout, stderr } = await cdknix(folder, 'explain', 'desk', option, '--json', ...inputs);
      expect(code, stderr).toBe(0);
      const [explanation] = JSON.parse(stdout).options;
      expect(explanation.nix.value, option).toBeDefined();
      expect(explanation.nix.differences, option).toEqual([]);
    }
    const both = await cdknix(
      folder,
      'explain',
      'desk',
      'services.nginx.virtualHosts."a.b".locations."/".extraConfig',
      ...inputs,
    );
    expect(both.stdout.split('\n\n')[1]).toMatchInlineSnapshot(`
      "value: "one;\\ntwo;"
        modules of NixOS may add to it
      Nix says: "one;\\ntwo;""
    `);
  });
});
