import {
  type Channel,
  comment,
  Feature,
  Flake,
  HomeUser,
  Host,
  lazy,
  lib,
  lines,
  mkDefault,
  mkForce,
  mkIf,
  mkMerge,
  nix,
  path,
  pkgs,
  str,
} from 'cdknix';
import { Docker, Git, OpenSsh, Shell, Tailscale } from 'cdknix/features';
import { type FlakeMatchers, matchers, synthToFiles } from 'cdknix/testing';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';

declare module 'vitest' {
  interface Matchers<T> extends FlakeMatchers<T> {}
}

const linux = { system: 'x86_64-linux' } as const;
const mac = { system: 'aarch64-darwin' } as const;

function filesOf(make: (flake: Flake) => void, flake = new Flake()): Record<string, string> {
  make(flake);
  return synthToFiles(flake);
}

class Motd extends Feature {
  constructor(scope: Construct, id: string, props: { text: string }) {
    super(scope, id);
    this.nixos.set({ users: { motd: props.text } });
  }
}

describe('files of features', () => {
  it('are one for all who say the same', () => {
    const files = filesOf((flake) => {
      for (let i = 0; i < 100; i++) new Host(flake, `host${i}`, linux).use(Motd.with({ text: 'hello' }));
    });
    expect(Object.keys(files).filter((path) => path.startsWith('modules/'))).toEqual(['modules/nixos/motd.nix']);
    expect(files['hosts/host99/default.nix']).toContain('../../modules/nixos/motd.nix');
  });

  it('are named by the host where only hosts tell them apart', () => {
    const files = filesOf((flake) => {
      new Host(flake, 'a', linux).use(Motd.with({ text: 'a' }));
      new Host(flake, 'b', linux).use(Motd.with({ text: 'b' }));
    });
    expect(Object.keys(files)).toContain('modules/nixos/motd-a.nix');
    expect(Object.keys(files)).toContain('modules/nixos/motd-b.nix');
  });

  it('are named by the user where users tell them apart', () => {
    const files = filesOf((flake) => {
      for (const name of ['a', 'b']) {
        const host = new Host(flake, name, linux);
        new HomeUser(host, 'anna').use(Git.with({ name: 'Anna' }));
        new HomeUser(host, 'marcus').use(Git.with({ name: 'Marcus' }));
      }
    });
    expect(Object.keys(files).filter((path) => path.startsWith('modules/home/git'))).toEqual([
      'modules/home/git-anna.nix',
      'modules/home/git-marcus.nix',
    ]);
  });

  it('are named by the id that the user gives', () => {
    const files = filesOf((flake) => {
      new Host(flake, 'a', linux).use(Motd.with({ text: 'a' }, 'welcome'));
    });
    expect(files).toHaveProperty(['modules/nixos/welcome.nix']);
  });

  it('keep their names when a host of another kind comes', () => {
    const make = (names: string[]) =>
      Object.keys(
        filesOf((flake) => {
          for (const name of names) new Host(flake, name, linux).use(Motd.with({ text: name[0]! }));
        }),
      ).filter((path) => path.startsWith('modules/'));
    expect(make(['a1', 'a2', 'b1'])).toEqual(['modules/nixos/motd-b1.nix', 'modules/nixos/motd.nix']);
    expect(make(['c1', 'a1', 'a2', 'b1'])).toEqual([
      'modules/nixos/motd-b1.nix',
      'modules/nixos/motd-c1.nix',
      'modules/nixos/motd.nix',
    ]);
  });
});

describe('features', () => {
  it('of the flake serve every host by its platform, and every home', () => {
    const files = filesOf((flake) => {
      flake.use(Docker);
      new HomeUser(new Host(flake, 'linux', linux), 'anna');
      new HomeUser(new Host(flake, 'mac', mac), 'anna');
      new HomeUser(flake, 'ben', linux);
    });
    expect(files['hosts/linux/default.nix']).toContain('modules/nixos/docker.nix');
    expect(files['hosts/linux/default.nix']).toContain('extraGroups = [ "docker" ]');
    expect(files['hosts/linux/default.nix']).toContain('sharedModules = [ ../../modules/home/docker.nix ]');
    expect(files['hosts/mac/default.nix']).toContain('modules/darwin/docker.nix');
    expect(files['hosts/mac/default.nix']).not.toContain('extraGroups');
    expect(files['home/ben/default.nix']).toContain('modules/home/docker.nix');
  });

  it('of a group serve what is in it', () => {
    const files = filesOf((flake) => {
      const office = new Construct(flake, 'office');
      new Motd(office, 'motd', { text: 'office' });
      new Host(office, 'desk', linux);
      new Host(flake, 'laptop', linux);
    });
    expect(files['hosts/desk/default.nix']).toContain('motd.nix');
    expect(files['hosts/laptop/default.nix']).not.toContain('motd.nix');
  });

  it('can be made of other features', () => {
    class Workstation extends Feature {
      constructor(scope: Construct, id: string) {
        super(scope, id);
        this.use(Docker, Motd.with({ text: 'work' }));
      }
    }
    const files = filesOf((flake) => {
      new HomeUser(new Host(flake, 'desk', linux), 'anna').use(Workstation);
    });
    expect(files['hosts/desk/default.nix']).toMatch(/docker\.nix[\s\S]*motd\.nix/);
    expect(files['home/anna/default.nix']).toContain('docker.nix');
  });

  it('can be functions', () => {
    const files = filesOf((flake) => {
      new Host(flake, 'desk', linux).use(function noSleep(feature) {
        feature.nixos.set({ services: { logind: { lidSwitch: 'ignore' } } });
      });
    });
    expect(files['modules/nixos/no-sleep.nix']).toBe('{ ... }:\n{\n  services.logind.lidSwitch = "ignore";\n}\n');
  });

  it('speak the mixin protocol of constructs', () => {
    const files = filesOf((flake) => {
      const host = new Host(flake, 'desk', linux);
      new HomeUser(host, 'anna');
      host.with(Docker, Motd.with({ text: 'x' }));
      expect(host.node.findAll().map((one) => one.node.path)).toEqual([
        'desk',
        'desk/anna',
        'desk/docker',
        'desk/motd',
      ]);
    });
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['modules/nixos/docker.nix', 'modules/nixos/motd.nix']));
  });
});

describe('definitions', () => {
  const hostFile = (change: (host: Host<'x86_64-linux'>, flake: Flake) => void) =>
    filesOf((flake) => change(new Host(flake, 'desk', linux), flake))['hosts/desk/default.nix'];

  it('of different options share a set; a second one of an option is a definition of its own', () => {
    expect(
      hostFile((host) => {
        host.set({ services: { printing: { enable: true } }, networking: { firewall: { allowedTCPPorts: [22] } } });
        host.set({ services: { openssh: { enable: true } } });
        host.set({ networking: { firewall: { allowedTCPPorts: [80] } } });
      }),
    ).toMatchInlineSnapshot(`
      "{ lib, ... }:
      {
        networking = {
          hostName = "desk";
          firewall.allowedTCPPorts = lib.mkMerge [
            [ 22 ]
            [ 80 ]
          ];
        };

        nixpkgs.hostPlatform = "x86_64-linux";
        system.stateVersion = "26.05";

        services = {
          printing.enable = true;
          openssh.enable = true;
        };
      }
      "
    `);
  });

  it('keep priorities, conditions and order for Nix', () => {
    expect(
      hostFile((host) => {
        host.set({
          services: { nginx: { defaultHTTPListenPort: mkDefault(8080) } },
          environment: {
            shells: mkForce([pkgs.bash, pkgs.fish]),
            variables: mkMerge([
              { EDITOR: 'vim' },
              mkIf(host.config.services.openssh.enable, { GIT_SSH: lib.getExe(pkgs.openssh) }),
            ]),
          },
        });
      }),
    ).toMatchInlineSnapshot(`
      "{
        config,
        lib,
        pkgs,
        ...
      }:
      {
        networking.hostName = "desk";
        nixpkgs.hostPlatform = "x86_64-linux";
        system.stateVersion = "26.05";
        services.nginx.defaultHTTPListenPort = lib.mkDefault 8080;

        environment = {
          shells = lib.mkForce [
            pkgs.bash
            pkgs.fish
          ];
          variables = lib.mkMerge [
            { EDITOR = "vim"; }
            (lib.mkIf config.services.openssh.enable { GIT_SSH = lib.getExe pkgs.openssh; })
          ];
        };
      }
      "
    `);
  });

  it('of a whole set by an expression stand beside the others', () => {
    expect(
      hostFile((host) => {
        host.set(mkIf(host.config.services.openssh.enable, { users: { motd: 'hello' } }));
        host.set({ time: { timeZone: 'UTC' } });
      }),
    ).toMatchInlineSnapshot(`
      "{ config, lib, ... }:
      {
        config = lib.mkMerge [
          {
            networking.hostName = "desk";
            nixpkgs.hostPlatform = "x86_64-linux";
            system.stateVersion = "26.05";
          }
          (lib.mkIf config.services.openssh.enable { users.motd = "hello"; })
          { time.timeZone = "UTC"; }
        ];
      }
      "
    `);
  });

  it('leave out what is undefined, and keep what is empty', () => {
    expect(
      hostFile((host) => {
        host.set({
          services: { nginx: { enable: undefined, virtualHosts: { localhost: { root: undefined } } } },
          environment: { etc: {} },
          users: { groups: { wheel: { members: [] } } },
          time: { timeZone: null },
        });
      }),
    ).toMatchInlineSnapshot(`
      "{ ... }:
      {
        networking.hostName = "desk";
        nixpkgs.hostPlatform = "x86_64-linux";
        system.stateVersion = "26.05";
        environment.etc = { };
        users.groups.wheel.members = [ ];
        time.timeZone = null;
      }
      "
    `);
  });

  it('take strings, paths, raw Nix and lazy values', () => {
    const late: string[] = [];
    const text = hostFile((host) => {
      host.set({
        environment: {
          etc: {
            greeting: {
              text: lines`
              Hello from ${host.config.networking.hostName},
                at ${str`${pkgs.hello}/bin/hello`}.
            `,
            },
            'tmux.conf': { source: path('./fixtures/tmux.conf') },
          },
          systemPackages: nix`with pkgs; [ git ${pkgs.curl} ]`,
          variables: lazy(() => ({ NAMES: late.join(' ') })),
        },
      });
      late.push('one', 'two');
    });
    expect(text).toMatchInlineSnapshot(`
      "{ config, pkgs, ... }:
      {
        networking.hostName = "desk";
        nixpkgs.hostPlatform = "x86_64-linux";
        system.stateVersion = "26.05";

        environment = {
          etc = {
            greeting.text = ''
              Hello from \${config.networking.hostName},
                at \${pkgs.hello}/bin/hello.
            '';
            "tmux.conf".source = ../../assets/test/synth/fixtures/tmux.conf;
          };
          systemPackages = with pkgs; [
            git
            pkgs.curl
          ];
          variables = {
            NAMES = "one two";
          };
        };
      }
      "
    `);
  });

  it('have comments where a person writes them', () => {
    expect(
      hostFile((host) => {
        host.set({
          boot: { kernelPackages: comment('The Wi-Fi driver crashes\nnewer kernels.', pkgs.linuxPackages_6_12) },
          services: { fwupd: { enable: comment('Firmware comes from LVFS.', true) } },
          environment: { systemPackages: [pkgs.git, comment('for the printer', pkgs.hplip)] },
        });
      }),
    ).toMatchInlineSnapshot(`
      "{ pkgs, ... }:
      {
        networking.hostName = "desk";
        nixpkgs.hostPlatform = "x86_64-linux";
        system.stateVersion = "26.05";

        # The Wi-Fi driver crashes
        # newer kernels.
        boot.kernelPackages = pkgs.linuxPackages_6_12;

        # Firmware comes from LVFS.
        services.fwupd.enable = true;

        environment.systemPackages = [
          pkgs.git
          # for the printer
          pkgs.hplip
        ];
      }
      "
    `);
  });

  it('are not changed by what the user does with an object afterwards in another set', () => {
    const shared = { services: { printing: { enable: true } } };
    const files = filesOf((flake) => {
      new Host(flake, 'one', linux).set(shared).set({ services: { openssh: { enable: true } } });
      new Host(flake, 'two', linux).set(shared);
    });
    expect(files['hosts/two/default.nix']).not.toContain('openssh');
    expect(shared).toEqual({ services: { printing: { enable: true } } });
  });
});

describe('references to a configuration', () => {
  it('are spelled for the module that they stand in', () => {
    const files = filesOf((flake) => {
      const desk = new Host(flake, 'desk', linux);
      const other = new Host(flake, 'other', linux);
      const anna = new HomeUser(desk, 'anna');
      const ben = new HomeUser(flake, 'ben', linux);
      const name = desk.config.networking.hostName;
      const zsh = anna.config.programs.zsh.package;
      const home = ben.config.home.homeDirectory;
      desk.set({ environment: { variables: { NAME: name, ZSH: zsh } } });
      other.set({ environment: { variables: { NAME: name, ZSH: zsh, HOME_OF_BEN: home } } });
      anna.set({ home: { sessionVariables: { NAME: name, ZSH: zsh } } });
      ben.set({ home: { sessionVariables: { NAME: name, ZSH: zsh, HOME_OF_BEN: home } } });
      flake.output('lib', { name, zsh });
    });
    const lineOf = (file: string, key: string) => new RegExp(`^ *${key} =\\s+(.*);`, 'm').exec(files[file]!)?.[1];
    expect(['NAME', 'ZSH'].map((key) => lineOf('hosts/desk/default.nix', key))).toEqual([
      'config.networking.hostName',
      'config.home-manager.users.anna.programs.zsh.package',
    ]);
    expect(['NAME', 'ZSH', 'HOME_OF_BEN'].map((key) => lineOf('hosts/other/default.nix', key))).toEqual([
      'inputs.self.nixosConfigurations.desk.config.networking.hostName',
      'inputs.self.nixosConfigurations.desk.config.home-manager.users.anna.programs.zsh.package',
      'inputs.self.homeConfigurations.ben.config.home.homeDirectory',
    ]);
    expect(['NAME', 'ZSH'].map((key) => lineOf('home/anna/default.nix', key))).toEqual([
      'osConfig.networking.hostName',
      'config.programs.zsh.package',
    ]);
    expect(['NAME', 'HOME_OF_BEN'].map((key) => lineOf('home/ben/default.nix', key))).toEqual([
      'inputs.self.nixosConfigurations.desk.config.networking.hostName',
      'config.home.homeDirectory',
    ]);
  });
});

describe('the flake', () => {
  it('has the inputs that its tree needs, on the branches of its channel', () => {
    const inputs = (make: (flake: Flake) => void, channel: Channel = '26.05') =>
      [...filesOf(make, new Flake({ channel }))['flake.nix']!.matchAll(/"(github:[^"]*)"/g)].map((match) => match[1]);
    expect(inputs((flake) => new Host(flake, 'a', linux))).toEqual(['github:NixOS/nixpkgs/nixos-26.05']);
    expect(inputs((flake) => new Host(flake, 'a', mac))).toEqual([
      'github:NixOS/nixpkgs/nixpkgs-26.05-darwin',
      'github:nix-darwin/nix-darwin/nix-darwin-26.05',
    ]);
    const both = (flake: Flake) => {
      new HomeUser(new Host(flake, 'a', linux), 'anna');
      new Host(flake, 'b', mac);
    };
    expect(inputs(both, '26.11')).toEqual([
      'github:NixOS/nixpkgs/nixos-26.11',
      'github:NixOS/nixpkgs/nixpkgs-26.11-darwin',
      'github:nix-community/home-manager/release-26.11',
      'github:nix-darwin/nix-darwin/nix-darwin-26.11',
    ]);
    expect(inputs(both, 'unstable')).toEqual([
      'github:NixOS/nixpkgs/nixos-unstable',
      'github:NixOS/nixpkgs/nixpkgs-unstable',
      'github:nix-community/home-manager',
      'github:nix-darwin/nix-darwin/master',
    ]);
  });

  it('imports overlays from files', () => {
    const files = filesOf((flake) => {
      new Host(flake, 'desk', linux);
      flake.overlay('tools', path('./fixtures/overlay.nix'));
    });
    expect(files['flake.nix']).toContain('tools = import ./assets/test/synth/fixtures/overlay.nix;');
    expect(Object.keys(files)).toContain('assets/test/synth/fixtures/overlay.nix');
  });

  it('lets inputs of inputs follow others, at any depth', () => {
    const files = filesOf((flake) => {
      const url = 'github:a/b';
      flake.input('deep', { url, follows: { nixpkgs: 'nixpkgs', 'a.inputs.b': 'c.inputs.d', 'a/b2/e': 'c/d', z: '' } });
      flake.input('c', { url });
      new Host(flake, 'desk', linux);
    });
    expect(files['flake.nix']).toContain(`
    deep = {
      url = "github:a/b";
      inputs.nixpkgs.follows = "nixpkgs";
      inputs.a.inputs.b.follows = "c/d";
      inputs.a.inputs.b2.inputs.e.follows = "c/d";
      inputs.z.follows = "";
    };
`);
  });

  it('has settings of Nix beside its outputs', () => {
    const flake = new Flake({
      description: 'a fleet',
      nixConfig: {
        'extra-substituters': ['https://cache.example.org'],
        'bash-prompt': '${x} > ',
        'max-jobs': 4,
        'allow-import-from-derivation': false,
        'flake-registry': undefined,
      },
    });
    flake.output('lib', {});
    expect(synthToFiles(flake)['flake.nix']).toMatchInlineSnapshot(`
      "{
        description = "a fleet";

        nixConfig = {
          extra-substituters = [ "https://cache.example.org" ];
          bash-prompt = "\\\${x} > ";
          max-jobs = 4;
          allow-import-from-derivation = false;
        };

        inputs = {
          nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";
        };

        outputs =
          { ... }:
          {
            lib = { };
          };
      }
      "
    `);
    expect(synthToFiles(new Flake({ nixConfig: {} }).output('lib', {}))['flake.nix']).not.toContain('nixConfig');
  });

  it('takes inputs, overlays, unfree packages and outputs of its own', () => {
    const files = filesOf((flake) => {
      const sops = flake.input('sops-nix', { url: 'github:Mic92/sops-nix', follows: ['nixpkgs'] });
      const host = new Host(flake, 'desk', linux).import(sops.nixosModules.sops);
      flake.overlay('tools', nix`final: prev: { mine = prev.hello; }`);
      flake.allowUnfree('steam', 'discord').allowInsecure('olm');
      flake.output('devShells', {
        'x86_64-linux': { default: flake.pkgs('x86_64-linux').mkShell({ packages: [flake.pkgs('x86_64-linux').git] }) },
      });
      expect(host.system).toBe('x86_64-linux');
    });
    expect(files['flake.nix']).toMatchInlineSnapshot(`
      "{
        inputs = {
          nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";
          sops-nix = {
            url = "github:Mic92/sops-nix";
            inputs.nixpkgs.follows = "nixpkgs";
          };
        };

        outputs =
          { nixpkgs, ... }@inputs:
          {
            nixosConfigurations = {
              desk = nixpkgs.lib.nixosSystem {
                specialArgs = { inherit inputs; };
                modules = [ ./hosts/desk ];
              };
            };

            overlays = {
              tools = final: prev: { mine = prev.hello; };
            };

            devShells = {
              x86_64-linux.default = inputs.nixpkgs.legacyPackages.x86_64-linux.mkShell {
                packages = [ inputs.nixpkgs.legacyPackages.x86_64-linux.git ];
              };
            };
          };
      }
      "
    `);
    expect(files['modules/nixos/nixpkgs.nix']).toMatchInlineSnapshot(`
      "{ lib, inputs, ... }:
      {
        nixpkgs = {
          overlays = [ inputs.self.overlays.tools ];
          config = {
            allowUnfreePredicate =
              pkg:
              builtins.elem (lib.getName pkg) [
                "discord"
                "steam"
              ];
            allowInsecurePredicate = pkg: builtins.elem (lib.getName pkg) [ "olm" ];
          };
        };
      }
      "
    `);
    expect(files['hosts/desk/default.nix']).toContain('inputs.sops-nix.nixosModules.sops');
    expect(Object.keys(files)).not.toContain('modules/home/nixpkgs.nix');
  });
});

describe('homes', () => {
  it('of one user that are alike on several hosts are one file; another one is named by its host', () => {
    const files = filesOf((flake) => {
      for (const name of ['a', 'b', 'c']) {
        const user = new HomeUser(new Host(flake, name, linux), 'anna');
        if (name === 'c') user.set({ programs: { bat: { enable: true } } });
      }
    });
    expect(Object.keys(files).filter((path) => path.startsWith('home/'))).toEqual([
      'home/anna/c.nix',
      'home/anna/default.nix',
    ]);
    expect(files['hosts/c/default.nix']).toContain('users.anna = ../../home/anna/c.nix');
    expect(files['hosts/a/default.nix']).toContain('users.anna = ../../home/anna;');
  });

  it('can be part of the host, standalone, or both', () => {
    const files = filesOf((flake) => {
      const host = new Host(flake, 'desk', linux).use(Shell);
      new HomeUser(host, 'both', { standalone: true });
      new HomeUser(host, 'only', { standalone: 'only', groups: ['wheel'] });
      new HomeUser(flake, 'free', { system: 'aarch64-darwin', homeDirectory: '/Volumes/free' });
    });
    expect(files['flake.nix']).toMatchInlineSnapshot(`
      "{
        inputs = {
          nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";
          nixpkgs-darwin.url = "github:NixOS/nixpkgs/nixpkgs-26.05-darwin";
          home-manager = {
            url = "github:nix-community/home-manager/release-26.05";
            inputs.nixpkgs.follows = "nixpkgs";
          };
        };

        outputs =
          {
            nixpkgs,
            nixpkgs-darwin,
            home-manager,
            ...
          }@inputs:
          {
            nixosConfigurations = {
              desk = nixpkgs.lib.nixosSystem {
                specialArgs = { inherit inputs; };
                modules = [ ./hosts/desk ];
              };
            };

            homeConfigurations = {
              "both@desk" = home-manager.lib.homeManagerConfiguration {
                pkgs = nixpkgs.legacyPackages.x86_64-linux;
                extraSpecialArgs = { inherit inputs; };
                modules = [
                  ./hosts/desk/home.nix
                  ./home/both
                  {
                    home = {
                      username = "both";
                      homeDirectory = "/home/both";
                    };
                  }
                ];
              };
              "only@desk" = home-manager.lib.homeManagerConfiguration {
                pkgs = nixpkgs.legacyPackages.x86_64-linux;
                extraSpecialArgs = { inherit inputs; };
                modules = [
                  ./hosts/desk/home.nix
                  ./home/only
                ];
              };
              free = home-manager.lib.homeManagerConfiguration {
                pkgs = nixpkgs-darwin.legacyPackages.aarch64-darwin;
                extraSpecialArgs = { inherit inputs; };
                modules = [ ./home/free ];
              };
            };
          };
      }
      "
    `);
    expect(files['hosts/desk/default.nix']).toMatchInlineSnapshot(`
      "{ pkgs, ... }:
      {
        imports = [
          ../../modules/nixos/shell.nix
          ../../modules/nixos/home-manager.nix
        ];

        networking.hostName = "desk";
        nixpkgs.hostPlatform = "x86_64-linux";
        system.stateVersion = "26.05";

        users.users = {
          both = {
            isNormalUser = true;
            shell = pkgs.zsh;
          };
          only = {
            isNormalUser = true;
            extraGroups = [ "wheel" ];
            shell = pkgs.zsh;
          };
        };

        home-manager = {
          sharedModules = [ ./home.nix ];
          users.both = ../../home/both;
        };
      }
      "
    `);
    expect(files['home/free/default.nix']).toContain('homeDirectory = "/Volumes/free"');
  });

  it('have accounts by the rules of their platform', () => {
    const files = filesOf((flake) => {
      const desk = new Host(flake, 'desk', linux);
      new HomeUser(desk, 'root');
      new HomeUser(desk, 'ann', { homeDirectory: '/data/ann' });
      new HomeUser(desk, 'none', { account: false });
      const server = new Host(flake, 'server', linux);
      new HomeUser(server, 'said', { homeDirectory: '/home/said' });
      new HomeUser(server, 'svc').account.set({ isSystemUser: true, group: 'svc' });
      new HomeUser(server, 'elsewhere', { account: false, homeDirectory: '/data/elsewhere', standalone: true });
      new HomeUser(new Host(flake, 'mac', mac), 'drew');
    });
    expect(files['flake.nix']).toContain('homeDirectory = "/data/elsewhere"');
    expect(files['hosts/server/default.nix']).toContain(`
  users.users = {
    said = {
      isNormalUser = true;
      home = "/home/said";
    };
    svc = {
      isSystemUser = true;
      group = "svc";
    };
    elsewhere.home = "/data/elsewhere";
  };
`);
    expect(files['hosts/desk/default.nix']).toContain(
      'users.users.ann = {\n    isNormalUser = true;\n    home = "/data/ann";',
    );
    expect(files['hosts/desk/default.nix']).not.toContain('users.users.root');
    expect(files['hosts/desk/default.nix']).not.toContain('users.users.none');
    expect(files['hosts/mac/default.nix']).toContain('primaryUser = "drew"');
    expect(files['hosts/mac/default.nix']).toContain('stateVersion = 7;');
    expect(files['hosts/mac/default.nix']).toContain('users.users.drew.home = "/Users/drew"');
  });
});

describe('stateVersion', () => {
  const stateVersions = (files: Record<string, string>) =>
    Object.entries(files).flatMap(([path, text]) =>
      [...text.matchAll(/stateVersion = (.*);/g)].map((match) => `${path}: ${match[1]}`),
    );

  it('is taken from wherever it is said', () => {
    const files = filesOf((flake) => {
      const prop = new Host(flake, 'prop', { ...linux, stateVersion: '23.05' });
      new HomeUser(prop, 'anna', { stateVersion: '23.05' });
      const set = new Host(flake, 'set', linux).set({ system: { stateVersion: '23.11' } });
      new HomeUser(set, 'ben').set({ home: { stateVersion: '23.11' } });
      new Host(flake, 'imported', linux).import('./fixtures/configuration.nix');
      new Host(flake, 'new', linux);
    });
    expect(stateVersions(files)).toEqual([
      'assets/test/synth/fixtures/configuration.nix: "24.05"',
      'home/anna/default.nix: "23.05"',
      'home/ben/default.nix: "23.11"',
      'hosts/imported/default.nix: "24.05"',
      'hosts/new/default.nix: "26.05"',
      'hosts/prop/default.nix: "23.05"',
      'hosts/set/default.nix: "23.11"',
    ]);
  });
});

describe('the batteries', () => {
  it('serve Linux and macOS with all of their parts', () => {
    const files = filesOf((flake) => {
      flake.use(
        Docker.with({ daemon: { 'live-restore': false }, cli: { detachKeys: 'ctrl-z' } }),
        OpenSsh.with({ authorizedKeys: ['ssh-ed25519 AAAA anna'], ports: [2222], hosts: { nas: { User: 'root' } } }),
        Tailscale.with({ trusted: true, upFlags: ['--ssh'] }),
        Shell.with({ shell: 'fish', aliases: { ll: 'ls -la' }, starship: { add_newline: false } }),
        Git.with({
          name: 'Anna',
          signing: { key: 'key' },
          delta: true,
          lfs: true,
          settings: { pull: { rebase: true } },
        }),
      );
      new HomeUser(new Host(flake, 'desk', linux), 'anna');
      new HomeUser(new Host(flake, 'mac', mac), 'anna');
    });
    const modules = Object.entries(files).filter(([file]) => file.startsWith('modules/'));
    expect(Object.fromEntries(modules)).toMatchSnapshot();
  });
});

describe('matchers', () => {
  it('tell whether a flake synthesises, and what its diagnostics are', () => {
    expect.extend(matchers);
    expect(new Flake()).toSynthesize();
    expect(new Flake()).not.toHaveDiagnostic('host-name');
    const bad = new Flake();
    new Host(bad, 'a b', linux);
    expect(matchers.toSynthesize(new Flake()).pass).toBe(true);
    expect(matchers.toSynthesize(bad).pass).toBe(false);
    expect(matchers.toSynthesize(bad).message()).toContain("'a b' is not a host name");
    expect(matchers.toHaveDiagnostic(bad, 'host-name').pass).toBe(true);
    expect(matchers.toHaveDiagnostic(bad, 'user-name').message()).toBe('expected user-name among: host-name');
  });
});
