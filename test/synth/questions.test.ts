import { readFileSync } from 'node:fs';
import { Feature, Flake, HomeUser, Host, mkAfter, mkBefore, mkDefault, mkForce, mkIf, nix, path, pkgs } from 'cdknix';
import { Docker, Shell } from 'cdknix/features';
import type { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { fleetOf } from '../../lib/constructs/fleet';
import type { Position } from '../../lib/diagnostics';
import { showPath } from '../../lib/options/show-value';
import { planOf } from '../../lib/synth/plan';
import { type Answer, type DefinitionSite, PlanQueries, type Question } from '../../lib/synth/questions/questions';

const linux = { system: 'x86_64-linux' } as const;
const mac = { system: 'aarch64-darwin' } as const;

const inquiryOf = (flake: Flake) => new PlanQueries(planOf(fleetOf(flake)).planned);

/** What is at a position, since lines change with every edit. */
function at(position: Position | undefined): string {
  if (!position) return 'nowhere';
  const line = readFileSync(position.file, 'utf8').split('\n')[position.line - 1]!;
  const shown = line.slice(position.column - 1, position.column - 1 + (position.length ?? 9));
  return position.excerpt === undefined ? `‹${shown}›` : `veiled ${position.excerpt.trim()}`;
}

/** A definition in a line. */
function shown({
  option,
  origins,
  source,
  file,
  priority = 100,
  order = 1000,
  conditions,
  fate,
  code,
}: DefinitionSite): string {
  const who = [
    ...origins.map(({ construct, position, reason }) => `${construct} ${at(position)}${reason ? ` (${reason})` : ''}`),
    ...(source ? [`their own ${at(source)}`] : []),
  ];
  const around = [
    priority === 100 ? '' : ` at ${priority}`,
    order === 1000 ? '' : ` in ${order}`,
    conditions.length ? ` if ${conditions.join(' and ')}` : '',
  ].join('');
  const what = `${showPath(option)} = ${code.replace(/\s+/g, ' ')}${around}`;
  return `${what}; ${fate ? `${fate.is}; ` : ''}${who.join(' & ')}; ${file}`;
}

/** An answer in lines: each option with what it comes to, then its definitions. */
function lines({ options, definitions }: Answer): string[] {
  const explained = options.flatMap((one) => [
    `${showPath(one.option)} -> ${JSON.stringify(one.outcome)}`,
    ...one.definitions.map((told) => `  ${shown(told)}`),
  ]);
  return [...explained, ...definitions.map(shown)];
}

const names = (option: string) => (option ? option.split('.') : []);

/** The answer about an option. */
const ask = (flake: Flake, of: string, option: string) => inquiryOf(flake).answer({ of, option: names(option) });

/** The answer about a file, without the folder of the test in it. */
const askFile = (flake: Flake, question: Omit<Extract<Question, { file: string }>, 'option'>, option = '') =>
  inquiryOf(flake).answer({ ...question, option: names(option) });

class Web extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.nixos.set({ networking: { firewall: { allowedTCPPorts: [443] } }, services: { nginx: { enable: true } } });
    this.home.set({ home: { sessionVariables: { WEB: '1' } } });
  }
}

describe('an option of a host', () => {
  it('has its definitions in the order of the module system, with who wrote each', () => {
    const flake = new Flake();
    const desk = new Host(flake, 'desk', linux);
    desk.set({ networking: { firewall: { allowedTCPPorts: [80] } } });
    desk.use(Web);
    desk.set({ networking: { firewall: { allowedTCPPorts: mkBefore([22]) } } });
    expect(lines(ask(flake, 'desk', 'networking.firewall.allowedTCPPorts'))).toEqual([
      'networking.firewall.allowedTCPPorts -> {"is":"list","items":[{"is":"value","value":22},{"is":"value","value":443},{"is":"value","value":80}]}',
      '  networking.firewall.allowedTCPPorts = [ 22 ] in 500; counts; desk ‹allowedTCPPorts›; hosts/desk/default.nix',
      '  networking.firewall.allowedTCPPorts = [ 443 ]; counts; desk/web ‹allowedTCPPorts›; modules/nixos/web.nix',
      '  networking.firewall.allowedTCPPorts = [ 80 ]; counts; desk ‹allowedTCPPorts›; hosts/desk/default.nix',
    ]);
  });

  it('says which definition wins', () => {
    const flake = new Flake();
    const desk = new Host(flake, 'desk', linux);
    desk.set({ services: { nginx: { enable: mkForce(false) } } });
    desk.use(Web);
    expect(lines(ask(flake, 'desk', 'services.nginx.enable'))).toEqual([
      'services.nginx.enable -> {"is":"value","value":false}',
      '  services.nginx.enable = false at 50; counts; desk ‹enable›; hosts/desk/default.nix',
      '  services.nginx.enable = true; loses; desk/web ‹enable›; modules/nixos/web.nix',
    ]);
    const [option] = ask(flake, 'desk', 'services.nginx.enable').options;
    expect(option).toMatchObject({
      type: 'boolean',
      priority: 50,
      facts: { default: false, file: 'nixos/modules/services/web-servers/nginx/default.nix' },
      definitions: [{ value: false }, { fate: { is: 'loses', to: 50, at: ['services', 'nginx', 'enable'] } }],
    });
  });

  it('that nobody sets has its default', () => {
    const flake = new Flake();
    new Host(flake, 'desk', linux);
    expect(lines(ask(flake, 'desk', 'services.openssh.enable'))).toEqual([
      'services.openssh.enable -> {"is":"value","value":false,"weak":true}',
    ]);
    expect(lines(ask(flake, 'desk', 'services.openssh.sftpFlags'))).toEqual([
      'services.openssh.sftpFlags -> {"is":"list","items":[],"weak":true}',
    ]);
  });

  it('may be inside of another one', () => {
    const flake = new Flake();
    const desk = new Host(flake, 'desk', linux);
    desk.set({ services: { nginx: { virtualHosts: { a: { root: '/a' }, b: { root: '/b' } } } } });
    expect(lines(ask(flake, 'desk', 'services.nginx.virtualHosts.a.root'))).toEqual([
      'services.nginx.virtualHosts.a.root -> {"is":"value","value":"/a"}',
      '  services.nginx.virtualHosts.a.root = "/a"; counts; desk ‹root›; hosts/desk/default.nix',
    ]);
    expect(lines(ask(flake, 'desk', 'services.nginx.virtualHosts.a.forceSSL'))).toEqual([
      'services.nginx.virtualHosts.a.forceSSL -> {"is":"value","value":false,"weak":true}',
    ]);
  });

  it('gives way with the set that it is in', () => {
    const flake = new Flake();
    const desk = new Host(flake, 'desk', linux);
    desk.set({ systemd: { services: { a: { environment: mkDefault({ LEVEL: 'info' }) } } } });
    expect(lines(ask(flake, 'desk', 'systemd.services.a.environment.LEVEL'))).toEqual([
      'systemd.services.a.environment.LEVEL -> {"is":"value","value":"info","weak":true}',
      '  systemd.services.a.environment.LEVEL = "info"; counts; desk ‹LEVEL›; hosts/desk/default.nix',
    ]);
  });

  it('is shown with what it lies in, where a set around it decides', () => {
    const flake = new Flake();
    const desk = new Host(flake, 'desk', linux);
    desk.set({ environment: { etc: { motd: { text: 'a' } } } });
    desk.use(
      class Etc extends Feature {
        constructor(scope: Construct, id: string) {
          super(scope, id);
          this.nixos.set({ environment: { etc: mkForce({ issue: { text: 'b' } }) } });
        }
      },
    );
    expect(lines(ask(flake, 'desk', 'environment.etc.motd.text')).slice(1)).toEqual([
      '  environment.etc.motd.text = "a"; loses; desk ‹text›; hosts/desk/default.nix',
    ]);
  });

  it('is open where only Nix can tell', () => {
    const flake = new Flake();
    const desk = new Host(flake, 'desk', linux);
    desk.set({
      services: { nginx: mkIf(desk.config.services.openssh.enable, { enable: true }) },
      environment: { systemPackages: [pkgs.git] },
    });
    expect(lines(ask(flake, 'desk', 'services.nginx.enable'))).toEqual([
      'services.nginx.enable -> {"is":"open","because":"condition","code":"config.services.openssh.enable"}',
      '  services.nginx.enable = true if config.services.openssh.enable; may; desk ‹enable›; hosts/desk/default.nix',
    ]);
    expect(lines(ask(flake, 'desk', 'environment.systemPackages'))[0]).toBe(
      'environment.systemPackages -> {"is":"list","items":[{"is":"open","because":"expression","code":"pkgs.git"}]}',
    );
  });

  it('is open where code hides a whole group', () => {
    const flake = new Flake();
    const desk = new Host(flake, 'desk', linux);
    desk.set({ services: nix`import ./default.nix { inherit lib; }` });
    expect(lines(ask(flake, 'desk', 'services.nginx.enable'))).toEqual([
      'services.nginx.enable -> {"is":"open","because":"expression","code":"import ./default.nix { inherit lib; }"}',
      '  services = import ./default.nix { inherit lib; }; may; desk ‹services›; hosts/desk/default.nix',
    ]);
  });

  it('that no table has is shown as it is set', () => {
    const flake = new Flake();
    flake.input('sops-nix', { url: 'github:Mic92/sops-nix' });
    const desk = new Host(flake, 'desk', linux);
    desk.import(nix`inputs.sops-nix.nixosModules.sops`);
    desk.set(nix`{ sops.secrets.wifi.mode = "0400"; }`);
    const answer = ask(flake, 'desk', 'sops.secrets.wifi.mode');
    expect(lines(answer)).toEqual([
      'sops.secrets.wifi.mode -> {"is":"value","value":"0400"}',
      '  sops.secrets.wifi.mode = "0400"; counts; desk ‹nix`{ sops.secrets.wifi.mode = "0400"; }`›; hosts/desk/default.nix',
    ]);
    expect(answer.others).toEqual(['inputs.sops-nix.nixosModules.sops']);
  });

  it('has what is said under its old name, and answers to that', () => {
    const flake = new Flake();
    const desk = new Host(flake, 'desk', linux);
    desk.set(nix`{ services.openssh.passwordAuthentication = false; }`);
    const answer = ask(flake, 'desk', 'services.openssh.settings.PasswordAuthentication');
    expect(lines(answer)).toHaveLength(2);
    expect(lines(ask(flake, 'desk', 'services.openssh.passwordAuthentication'))).toEqual(lines(answer));
    expect(ask(flake, 'desk', 'services.openssh').options.map((one) => showPath(one.option))).toEqual([
      'services.openssh.settings',
    ]);
  });

  it('may be set by cdknix itself, which says why, and for which construct and call', () => {
    const flake = new Flake({ extraSpecialArgs: { a: 1 } });
    flake.allowUnfree('steam').allowInsecure('olm');
    flake.overlay('own', nix`final: prev: { }`);
    const desk = new Host(flake, 'desk', linux).use(Web);
    new HomeUser(desk, 'anna', { homeDirectory: '/data/anna' }).account.addGroups('audio');
    new HomeUser(desk, 'tom', { groups: ['video'], stateVersion: '26.05' }).use(Docker);
    new Host(flake, 'book', { system: 'aarch64-darwin', extraSpecialArgs: { b: 2 } });
    new HomeUser(flake.node.findChild('book') as Host, 'sam');
    const reasons = (of: string, option: string) =>
      ask(flake, of, option).options.flatMap((one) =>
        one.definitions.flatMap(({ origins }) =>
          origins.map(({ construct, position, reason }) => `${reason}: ${construct} ${at(position)}`),
        ),
      );
    expect(reasons('desk', 'networking.hostName')).toEqual(['the id of the host: desk ‹new Host(›']);
    expect(reasons('desk', 'nixpkgs.hostPlatform')).toEqual(['the system of the host: desk ‹new Host(›']);
    expect(reasons('desk', 'system.stateVersion')).toEqual([
      'the stateVersion that cdk-like.state.json keeps: desk ‹new Host(›',
    ]);
    expect(reasons('desk/tom', 'home.stateVersion')).toEqual(['its stateVersion: desk/tom ‹new HomeU›']);
    expect(reasons('book', 'system.primaryUser')).toEqual(['the first user of the Mac: book/sam ‹new HomeU›']);
    expect(reasons('desk', 'users.users.anna.isNormalUser')).toEqual([
      'the account of the user: desk/anna ‹new HomeU›',
    ]);
    expect(reasons('desk', 'users.users.anna.home')).toEqual(['the home directory of the user: desk/anna ‹new HomeU›']);
    expect(reasons('desk', 'users.users.anna.extraGroups')).toEqual(['the groups of the user: desk/anna ‹addGroups›']);
    expect(reasons('desk', 'users.users.tom.extraGroups')).toEqual([
      'the groups of the user: desk/tom ‹new HomeU›',
      'the groups of the user: desk/tom/docker ‹use(Docke›',
    ]);
    expect(reasons('desk', 'home-manager.users.anna')).toEqual(['the home of the user: desk/anna ‹new HomeU›']);
    expect(reasons('desk', 'home-manager.sharedModules')).toEqual([
      'what all homes on the host have: desk/web ‹set({ hom›',
    ]);
    expect(reasons('desk', 'home-manager.useGlobalPkgs')).toEqual(['the homes on hosts: the flake ‹new Flake›']);
    expect(reasons('book', 'home-manager.extraSpecialArgs.b')).toEqual([
      'the extraSpecialArgs of the host: book ‹new Host(›',
    ]);
    expect(reasons('desk', 'home-manager.extraSpecialArgs')).toEqual([
      'the arguments of modules for homes: the flake ‹new Flake›',
      'the arguments of modules for homes: the flake ‹new Flake›',
    ]);
    expect(reasons('desk', 'nixpkgs.overlays')).toEqual(["the overlays of the flake: the flake ‹overlay('›"]);
    expect(new Set(reasons('desk', 'nixpkgs.config'))).toEqual(
      new Set([
        'the packages that the flake allows: the flake ‹allowUnfr›',
        'the packages that the flake allows: the flake ‹allowInse›',
      ]),
    );
  });

  it('of an account is of the feature that says it', () => {
    const flake = new Flake();
    const anna = new HomeUser(new Host(flake, 'desk', linux), 'anna');
    anna.use(Shell).account.set({ description: 'Anna' });
    const told = (option: string) => ask(flake, 'desk', `users.users.anna.${option}`).options[0]!.definitions[0]!;
    expect(told('shell').origins[0]!.construct).toBe('desk/anna/shell');
    expect(told('description').origins[0]!.construct).toBe('desk/anna');
  });

  it('tells what cdknix defines from what others do, for one option', () => {
    const flake = new Flake();
    const desk = new Host(flake, 'desk', linux);
    const anna = new HomeUser(desk, 'anna').use(Docker);
    anna.account.set({ extraGroups: ['audio'] });
    desk.set({ users: { users: { anna: { extraGroups: ['video'] } } } });
    expect(lines(ask(flake, 'desk', 'users.users.anna.extraGroups')).slice(1)).toEqual([
      '  users.users.anna.extraGroups = [ "video" ]; counts; desk ‹extraGroups›; hosts/desk/default.nix',
      '  users.users.anna.extraGroups = [ "docker" ]; counts; desk/anna/docker ‹use(Docke› (the groups of the user); hosts/desk/default.nix',
      '  users.users.anna.extraGroups = [ "audio" ]; counts; desk/anna ‹extraGroups›; hosts/desk/default.nix',
    ]);
  });

  it('has the definitions of Nix files that are imported, at their own lines', () => {
    const flake = new Flake();
    const desk = new Host(flake, 'desk', linux);
    desk.import('./fixtures/own.nix', nix`{ lib, ... }: { services.nginx.enable = lib.mkForce false; }`);
    expect(lines(ask(flake, 'desk', 'services.nginx.enable'))).toEqual([
      'services.nginx.enable -> {"is":"value","value":false}',
      "  services.nginx.enable = false at 50; counts; desk ‹import('.›; hosts/desk/default.nix",
      '  services.nginx.enable = true at 1000; loses; their own ‹true›; assets/test/synth/fixtures/own.nix',
    ]);
    expect(lines(ask(flake, 'desk', 'time.timeZone'))[1]).toContain('their own ‹"UTC"›');
  });

  it('shows no secrets', () => {
    const flake = new Flake();
    const desk = new Host(flake, 'desk', linux);
    desk.set({ users: { users: { anna: { initialPassword: 'hunter2' } } } });
    const [option] = ask(flake, 'desk', 'users.users.anna.initialPassword').options;
    expect(option!.outcome).toEqual({ is: 'open', because: 'secret' });
    const [told] = option!.definitions;
    expect(told!.code).toBe('"<hidden>"');
    expect(at(told!.origins[0]!.position)).toBe('veiled initialPassword: ••••');
    expect(JSON.stringify(option)).not.toContain('hunter2');
  });

  it('names each construct that says the same', () => {
    const flake = new Flake();
    flake.use(Web);
    new Host(flake, 'a', linux);
    new Host(flake, 'b', linux).use(Web);
    expect(lines(ask(flake, 'b', 'services.nginx.enable'))[1]).toBe(
      '  services.nginx.enable = true; counts; web ‹enable› & b/web ‹enable›; modules/nixos/web.nix',
    );
    expect(lines(ask(flake, 'a', 'services.nginx.enable'))[1]).toBe(
      '  services.nginx.enable = true; counts; web ‹enable›; modules/nixos/web.nix',
    );
  });
});

describe('names with dots that have lost their quotes', () => {
  const flake = new Flake();
  const desk = new Host(flake, 'desk', linux);
  desk.set({
    services: { nginx: { virtualHosts: { a: { root: '/a' }, 'a.b': { root: '/ab' }, 'a.b.c': { root: '/abc' } } } },
    boot: { kernel: { sysctl: { 'net.ipv4.ip_forward': 1 } } },
  });
  const taken = (path: string) => {
    const { meant, options } = ask(flake, 'desk', path);
    return [meant && showPath(meant), options.map(({ option }) => showPath(option)).join()];
  };

  it('are what is defined, by the longest of them', () => {
    expect(taken('boot.kernel.sysctl.net.ipv4.ip_forward')).toEqual([
      'boot.kernel.sysctl."net.ipv4.ip_forward"',
      'boot.kernel.sysctl."net.ipv4.ip_forward"',
    ]);
    expect(taken('services.nginx.virtualHosts.a.b.root')[0]).toBe('services.nginx.virtualHosts."a.b".root');
    expect(taken('services.nginx.virtualHosts.a.b.c.root')[0]).toBe('services.nginx.virtualHosts."a.b.c".root');
    expect(taken('services.nginx.virtualHosts.a.b')[0]).toBe('services.nginx.virtualHosts."a.b"');
  });

  it('are no matter where the path leads to definitions as it is', () => {
    expect(taken('services.nginx.virtualHosts.a.root')).toEqual([undefined, 'services.nginx.virtualHosts.a.root']);
    expect(taken('services.nginx.virtualHosts."a.b".root')[0]).toBeUndefined();
  });

  it('are not made up', () => {
    expect(taken('services.nginx.virtualHosts.x.y.root')).toEqual([undefined, '']);
    expect(taken('services.nginx.virtualHosts.a.forceSSL')[0]).toBeUndefined();
  });
});

describe('a group', () => {
  it('has all options that are set in it', () => {
    const flake = new Flake();
    const desk = new Host(flake, 'desk', linux);
    desk.set({ services: { nginx: { enable: true, recommendedTlsSettings: mkDefault(true) } } });
    expect(ask(flake, 'desk', 'services.nginx').options.map((one) => showPath(one.option))).toEqual([
      'services.nginx.enable',
      'services.nginx.recommendedTlsSettings',
    ]);
    expect(ask(flake, 'desk', 'services').options).toHaveLength(2);
    expect(ask(flake, 'desk', 'programs')).toMatchObject({ options: [] });
    expect(ask(flake, 'desk', 'programs').unknown).toBeUndefined();
  });

  it('with no name is all that a configuration sets', () => {
    const flake = new Flake();
    new Host(flake, 'desk', linux);
    expect(
      ask(flake, 'desk', '')
        .options.map((one) => showPath(one.option))
        .sort(),
    ).toEqual(['networking.hostName', 'nixpkgs.hostPlatform', 'system.stateVersion']);
  });
});

describe('an option of a home', () => {
  const both = () => {
    const flake = new Flake();
    const desk = new Host(flake, 'desk', linux);
    desk.use(Web);
    const anna = new HomeUser(desk, 'anna');
    anna.set({ home: { sessionVariables: { A: 'b' } } });
    const tom = new HomeUser(desk, 'tom', { standalone: true });
    tom.set({ programs: { git: { enable: true } } });
    const sam = new HomeUser(flake, 'sam', mac);
    sam.set({ programs: { git: { enable: mkDefault(true) } } });
    return { flake, desk };
  };

  it('is that of the modules which its host gives it', () => {
    const { flake, desk } = both();
    desk.set(nix`{ home-manager.users.anna.home.sessionVariables.HOST = "desk"; }`);
    expect(lines(ask(flake, 'desk/anna', 'home.sessionVariables'))).toEqual([
      'home.sessionVariables -> {"is":"set","members":[["WEB",{"is":"value","value":"1"}],["A",{"is":"value","value":"b"}],["HOST",{"is":"value","value":"desk"}]],"more":false}',
      '  home.sessionVariables.WEB = "1"; counts; desk/web ‹WEB›; modules/home/web.nix',
      '  home.sessionVariables.A = "b"; counts; desk/anna ‹A›; home/anna/default.nix',
      '  home.sessionVariables.HOST = "desk"; counts; desk ‹nix`{ home-manager.users.anna.home.sessionVariables.HOST = "desk"; }`›; hosts/desk/default.nix',
    ]);
  });

  it('may be asked for by several names', () => {
    const { flake } = both();
    const configurations = (of: string) => ask(flake, of, 'programs.git.enable').configurations;
    const [anna] = configurations('anna');
    expect(anna).toEqual({ class: 'home', output: 'nixosConfigurations', name: 'desk', host: 'desk', user: 'anna' });
    expect(configurations('anna@desk')).toEqual([anna]);
    expect(configurations('desk/anna')).toEqual([anna]);
    expect(configurations('~sam')).toEqual([{ class: 'home', output: 'homeConfigurations', name: 'sam', user: 'sam' }]);
    expect(configurations('sam')).toEqual(configurations('~sam'));
    expect(configurations('nobody')).toEqual([]);
  });

  it('may be asked for by its name on the host', () => {
    const { flake } = both();
    const answer = ask(flake, 'desk', 'home-manager.users.anna.home.sessionVariables.A');
    expect(answer.configurations).toEqual(ask(flake, 'anna', '').configurations);
    expect(lines(answer)).toEqual(lines(ask(flake, 'anna', 'home.sessionVariables.A')));
    expect(ask(flake, 'desk', 'home-manager.users.anna').configurations[0]).toMatchObject({ class: 'nixos' });
  });

  it('is that of the flake where the home is one of its own', () => {
    const { flake } = both();
    expect(lines(ask(flake, 'sam', 'programs.git.enable'))[1]).toBe(
      '  programs.git.enable = true at 1000; counts; sam ‹enable›; home/sam/default.nix',
    );
    expect(ask(flake, 'sam', 'home.username').options[0]!.definitions).toMatchObject([
      { origins: [{ construct: 'sam', reason: 'the id of the user' }] },
    ]);
  });

  it('is not answered where several homes have the name', () => {
    const flake = new Flake();
    for (const name of ['a', 'b']) new HomeUser(new Host(flake, name, linux), 'anna');
    const { configurations, options } = ask(flake, 'anna', 'programs.git.enable');
    expect(configurations.map((one) => one.host)).toEqual(['a', 'b']);
    expect(options).toEqual([]);
  });
});

describe('a name that no option has', () => {
  it('comes with the nearest ones', () => {
    const flake = new Flake();
    new Host(flake, 'desk', linux);
    const unknown = (option: string) => {
      const { nearest, classes } = ask(flake, 'desk', option).unknown!;
      return [...nearest.map(showPath), ...classes];
    };
    expect(unknown('services.ngnix.enable')).toEqual(['services.nginx', 'services.guix']);
    expect(unknown('services.nginx.virtualHosts.a.rooot')).toEqual(['services.nginx.virtualHosts.a.root']);
    new HomeUser(flake.node.findChild('desk') as Host, 'anna');
    expect(unknown('users.users.anna.extraGruops')).toEqual(['users.users.anna.extraGroups']);
    expect(unknown('programs.kitty.enable')).toContain('home');
    expect(unknown('networking.xyzzy')).toEqual([]);
  });
});

describe('a file of the output', () => {
  it('has all that it defines, whoever uses it', () => {
    const flake = new Flake();
    new Host(flake, 'a', linux).use(Web);
    new Host(flake, 'b', linux).use(Web);
    expect(lines(askFile(flake, { file: 'modules/nixos/web.nix' }))).toEqual([
      'networking.firewall.allowedTCPPorts = [ 443 ]; a/web ‹allowedTCPPorts› & b/web ‹allowedTCPPorts›; modules/nixos/web.nix',
      'services.nginx.enable = true; a/web ‹enable› & b/web ‹enable›; modules/nixos/web.nix',
    ]);
    expect(lines(askFile(flake, { file: 'modules/nixos/web.nix' }, 'services'))).toHaveLength(1);
    expect(lines(askFile(flake, { file: 'modules/nixos/none.nix' }))).toEqual([]);
  });

  it('is mapped place by place: elements of lists, conditions and imports', () => {
    const flake = new Flake();
    flake.input('x', { url: 'github:a/x' });
    const desk = new Host(flake, 'desk', linux);
    desk.import(nix`inputs.x.nixosModules.y`);
    desk.set({
      environment: { systemPackages: [pkgs.git, pkgs.ripgrepp] },
      services: { nginx: mkIf(nix`config.nope`, { enable: true }) },
      users: { users: { anna: { packages: mkAfter([pkgs.vim]) } } },
    });
    const file = 'hosts/desk/default.nix';
    const text = planOf(fleetOf(flake)).files.get(file) as string;
    const find = (part: string) => {
      const before = text.slice(0, text.indexOf(part)).split('\n');
      const answer = askFile(flake, { file, at: { line: before.length, column: before.at(-1)!.length + 1 } });
      for (const { range, code } of answer.definitions) {
        const line = text.split('\n')[range!.line - 1]!;
        const end = range!.endLine === range!.line ? range!.endColumn - 1 : undefined;
        expect(code.startsWith(line.slice(range!.column - 1, end))).toBe(true);
      }
      return lines(answer);
    };
    expect(find('ripgrepp')).toEqual([
      'environment.systemPackages = [ pkgs.git pkgs.ripgrepp ]; desk ‹pkgs.ripgrepp›; hosts/desk/default.nix',
    ]);
    expect(find('nope')).toEqual([
      'services.nginx.enable = true if config.nope; desk ‹enable›; hosts/desk/default.nix',
    ]);
    expect(find('inputs.x')).toEqual([' = inputs.x.nixosModules.y; desk ‹import(ni›; hosts/desk/default.nix']);
    expect(find('x86_64')).toEqual([
      'nixpkgs.hostPlatform = "x86_64-linux"; desk ‹new Host(› (the system of the host); hosts/desk/default.nix',
    ]);
  });

  it('may be a copy of one of the user', () => {
    const flake = new Flake();
    new Host(flake, 'desk', linux).import('./fixtures/own.nix');
    expect(lines(askFile(flake, { file: 'assets/test/synth/fixtures/own.nix' }))).toEqual([
      'services.nginx.enable = true at 1000; their own ‹true›; assets/test/synth/fixtures/own.nix',
      'time.timeZone = "UTC"; their own ‹"UTC"›; assets/test/synth/fixtures/own.nix',
    ]);
  });
});

describe('answers', () => {
  it('are plain data', () => {
    const flake = new Flake();
    const desk = new Host(flake, 'desk', linux);
    desk.set({ environment: { etc: { x: { source: path('./fixtures/tmux.conf') } }, systemPackages: [pkgs.git] } });
    const answer = ask(flake, 'desk', '');
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
  });

  it('account for everything in the output: what nobody wrote has a reason', () => {
    const flake = new Flake();
    const desk = new Host(flake, 'desk', linux);
    desk.use(Web);
    new HomeUser(desk, 'anna').use(Shell);
    for (const of of ['desk', 'desk/anna']) {
      for (const { definitions } of ask(flake, of, '').options) {
        for (const told of definitions) {
          expect(told.origins.length, JSON.stringify(told)).toBeGreaterThan(0);
          for (const { position } of told.origins) expect(position, JSON.stringify(told)).toBeDefined();
        }
      }
    }
  });
});
