import {
  and,
  args,
  attrs,
  bind,
  comment,
  concat,
  cond,
  eq,
  Feature,
  Flake,
  HomeUser,
  Host,
  has,
  inputs,
  lib,
  mkEnableOption,
  mkIf,
  mkOption,
  nix,
  not,
  orElse,
  pkgs,
  type Ref,
  str,
  types,
  update,
} from 'cdknix';
import { diagnostics, synthToFiles } from 'cdknix/testing';
import type { Construct } from 'constructs';
import { expect, it } from 'vitest';

class Nightly extends Feature {
  readonly options = this.nixos.declare({
    services: {
      nightly: {
        enable: mkEnableOption('nightly backups'),
        mode: mkOption({ type: types.enum(['fast', 'slow']), default: 'fast', description: 'How.' }),
        jobs: mkOption({
          type: types.attrsOf(
            types.submodule(({ name }) => ({ options: { label: mkOption({ type: types.str, default: name }) } })),
          ),
          default: {},
        }),
      },
    },
  });

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { nightly } = this.options.services;
    this.nixos.set(mkIf(nightly.enable, { environment: { systemPackages: [pkgs.restic] } }));
  }
}

/** The file of a host that sets something. */
function hostFile(make: (host: Host<'x86_64-linux'>, flake: Flake) => void): string {
  const flake = new Flake();
  const host = new Host(flake, 'desk', { system: 'x86_64-linux' });
  make(host, flake);
  return synthToFiles(flake)['hosts/desk/default.nix']!;
}

it('options of a feature stand in its module, as nixpkgs writes them', () => {
  const flake = new Flake();
  new Host(flake, 'desk', { system: 'x86_64-linux' }).use(Nightly);
  expect(synthToFiles(flake)['modules/nixos/nightly.nix']).toMatchInlineSnapshot(`
    "{
      config,
      lib,
      pkgs,
      ...
    }:
    let
      cfg = config.services.nightly;
    in
    {
      options.services.nightly = {
        enable = lib.mkEnableOption "nightly backups";
        mode = lib.mkOption {
          type = lib.types.enum [
            "fast"
            "slow"
          ];
          default = "fast";
          description = "How.";
        };
        jobs = lib.mkOption {
          type = lib.types.attrsOf (
            lib.types.submodule (
              { name, ... }:
              {
                options.label = lib.mkOption {
                  type = lib.types.str;
                  default = name;
                };
              }
            )
          );
          default = { };
        };
      };

      config = lib.mkIf cfg.enable { environment.systemPackages = [ pkgs.restic ]; };
    }
    "
  `);
});

it('options of a feature are checked wherever they are set', () => {
  const flake = new Flake();
  const host = new Host(flake, 'desk', { system: 'x86_64-linux' }).use(Nightly);
  host.set(JSON.parse('{ "services": { "nightly": { "mode": "sloow", "enabel": true } } }'));
  expect(diagnostics(flake).map(({ code, message, help }) => `${code}: ${message}; ${help}`)).toMatchInlineSnapshot(`
    [
      "option-value: services.nightly.mode takes one of "fast", "slow", not "sloow"; did you mean 'slow'?",
      "option-unknown: there is no option services.nightly.enabel; did you mean services.nightly.enable?",
    ]
  `);
});

it('operators are those of Nix', () => {
  const file = hostFile((host) => {
    const { config } = host;
    host.set({
      networking: {
        hostName: cond(and(not(config.services.openssh.enable), eq(config.time.timeZone, 'UTC')), 'a', 'b'),
      },
      environment: {
        systemPackages: concat([pkgs.git], lib.optionals!(has(pkgs, 'xclip'), [pkgs.xclip])),
        etc: attrs([config.networking.hostName, { text: orElse(args.options.who, 'nobody') }]),
        variables: update({ A: '1' }, { B: '2' }),
      },
    });
  });
  expect(file).toMatchInlineSnapshot(`
    "{
      config,
      lib,
      pkgs,
      options,
      ...
    }:
    {
      nixpkgs.hostPlatform = "x86_64-linux";
      system.stateVersion = "26.05";
      networking.hostName =
        if !config.services.openssh.enable && config.time.timeZone == "UTC" then "a" else "b";

      environment = {
        systemPackages = [ pkgs.git ] ++ lib.optionals (pkgs ? xclip) [ pkgs.xclip ];
        etc = {
          \${config.networking.hostName} = {
            text = options.who or "nobody";
          };
        };
        variables = {
          A = "1";
        }
        // {
          B = "2";
        };
      };
    }
    "
  `);
});

it('functions are those of Nix, and their parameters hide nothing that is used', () => {
  const file = hostFile((host) => {
    host.set({
      environment: {
        systemPackages: [
          pkgs.python3!.withPackages((ps) => [ps.requests]),
          pkgs.callPackage!(({ lib: l, stdenv: s }) => s!.mkDerivation!({ name: l!.toLower!('X') }), {}),
          pkgs.own!((pkgs: Ref) => [pkgs.inner, outer]),
        ],
      },
    });
  });
  expect(file).toMatchInlineSnapshot(`
    "{ pkgs, ... }:
    {
      networking.hostName = "desk";
      nixpkgs.hostPlatform = "x86_64-linux";
      system.stateVersion = "26.05";

      environment.systemPackages = [
        (pkgs.python3.withPackages (ps: [ ps.requests ]))
        (pkgs.callPackage ({ lib, stdenv, ... }: stdenv.mkDerivation { name = lib.toLower "X"; }) { })
        (pkgs.own (pkgs': [
          pkgs'.inner
          pkgs.git
        ]))
      ];
    }
    "
  `);
});

const outer = pkgs.git;

it('functions that Nix has no counterpart of are refused', () => {
  const problems = (value: unknown) => {
    const flake = new Flake();
    new Host(flake, 'desk', { system: 'x86_64-linux' }).set({ environment: { etc: { x: { text: value as string } } } });
    return diagnostics(flake).map(({ message }) => message);
  };
  expect([
    problems((a = 1) => a),
    problems((...all: unknown[]) => all),
    problems(async (a: unknown) => a),
    problems(() => 1),
    problems((_: unknown) => undefined),
  ]).toMatchInlineSnapshot(`
    [
      [
        "cannot write the function in Nix at environment.etc.x.text: its parameter has a default value (a = 1)",
      ],
      [
        "cannot write the function in Nix at environment.etc.x.text: it takes any number of arguments (...all)",
      ],
      [
        "cannot write the function in Nix at environment.etc.x.text: it is async, and Nix does not wait",
      ],
      [
        "cannot write the function in Nix at environment.etc.x.text: it takes no argument, and every function of Nix takes one",
      ],
      [
        "cannot write what the function returns in Nix at environment.etc.x.text: it returns nothing",
      ],
    ]
  `);
});

it('a bound value stands once, in a let', () => {
  const port = bind('port', 8080);
  const file = hostFile((host) => {
    host.set({ services: { prometheus: { port } }, networking: { firewall: { allowedTCPPorts: [port] } } });
  });
  expect(file).toMatchInlineSnapshot(`
    "{ ... }:
    let
      port = 8080;
    in
    {
      networking = {
        hostName = "desk";
        firewall.allowedTCPPorts = [ port ];
      };

      nixpkgs.hostPlatform = "x86_64-linux";
      system.stateVersion = "26.05";
      services.prometheus.port = port;
    }
    "
  `);
});

it('groups below comments and in templates are joined by others, and what is defined twice stays apart just there', () => {
  const file = hostFile((host) => {
    host.set({ services: { printing: comment('At home.', { enable: true }) } });
    host.set(nix`{ services.printing.drivers = [ pkgs.hplip ]; }`);
    host.set({ services: { printing: { drivers: [pkgs.gutenprint] } } });
  });
  expect(file).toMatchInlineSnapshot(`
    "{ lib, pkgs, ... }:
    {
      networking.hostName = "desk";
      nixpkgs.hostPlatform = "x86_64-linux";
      system.stateVersion = "26.05";

      # At home.
      services.printing = {
        enable = true;
        drivers = lib.mkMerge [
          [ pkgs.hplip ]
          [ pkgs.gutenprint ]
        ];
      };
    }
    "
  `);
});

it('imports keep the order of the calls', () => {
  const zeta = (feature: Feature) => feature.nixos.set({ services: { openssh: { enable: true } } });
  const alpha = (feature: Feature) => feature.nixos.set({ services: { fwupd: { enable: true } } });
  const file = hostFile((host) => {
    host
      .use(zeta)
      .import({ networking: { domain: 'home' } })
      .use(alpha);
  });
  expect(file).toMatchInlineSnapshot(`
    "{ ... }:
    {
      imports = [
        ../../modules/nixos/zeta.nix
        { networking.domain = "home"; }
        ../../modules/nixos/alpha.nix
      ];

      networking.hostName = "desk";
      nixpkgs.hostPlatform = "x86_64-linux";
      system.stateVersion = "26.05";
    }
    "
  `);
});

it('a flake may offer features as modules, and nothing else', () => {
  const flake = new Flake().export(Nightly);
  const site = (domain: string) =>
    Feature.define(`site-${domain}`, ({ nixos }) => nixos.set({ networking: { domain } }));
  flake.export(site('x.org'), site('y.org'));
  const files = synthToFiles(flake);
  expect(Object.keys(files)).toEqual([
    'flake.nix',
    'modules/nixos/nightly.nix',
    'modules/nixos/site-x.org.nix',
    'modules/nixos/site-y.org.nix',
  ]);
  expect(files['flake.nix']).toMatchInlineSnapshot(`
    "{
      outputs =
        { ... }:
        {
          nixosModules = {
            nightly = ./modules/nixos/nightly.nix;
            "site-x.org" = ./modules/nixos/site-x.org.nix;
            "site-y.org" = ./modules/nixos/site-y.org.nix;
          };
        };
    }
    "
  `);
});

it('an argument is asked for by the module that uses it', () => {
  const flake = new Flake({ specialArgs: { who: 'me' } });
  const host = new Host(flake, 'desk', { system: 'x86_64-linux' });
  host.set({ environment: { etc: { me: { text: str`hi ${args.who!}` } } } });
  expect(synthToFiles(flake)['hosts/desk/default.nix']).toMatch(/^\{ who, \.\.\. \}:/);
});

it('a formal that hides what is used inside leaves it a second name', () => {
  const file = hostFile((host) => {
    const place = args.config.networking!.domain!;
    host.set({
      environment: {
        systemPackages: [
          pkgs.own!(({ config }: { config: Ref }) => [
            config.name,
            place,
            pkgs.inner!(({ config: own }: { config: Ref }) => [own!.name, config.name, place]),
          ]),
          place,
        ],
      },
    });
  });
  expect(file.slice(file.indexOf('  environment'))).toMatchInlineSnapshot(`
    "  environment.systemPackages = [
        (pkgs.own (
          let
            outerConfig'' = config;
          in
          { config, ... }: [
            config.name
            outerConfig''.networking.domain
            (pkgs.inner (
              let
                outerConfig = config;
                outerConfig' = outerConfig'';
              in
              { config, ... }: [
                config.name
                outerConfig.name
                outerConfig'.networking.domain
              ]
            ))
          ]
        ))
        config.networking.domain
      ];
    }
    "
  `);
});

it('a formal whose name Nix code inside binds as well is refused', () => {
  expect(() =>
    hostFile((host) => {
      const use = ({ config }: { config: Ref }) => [config, args.config.networking, nix`let config = 1; in config`];
      host.set({ environment: { systemPackages: [pkgs.own!(use)] } });
    }),
  ).toThrow(
    'cannot write the parameter config in Nix: its name is what the function is called with, ' +
      'and Nix code inside of the function binds config too: rename it there',
  );
});

it('an option may have no type, a submodule no options of its own, or several modules', () => {
  const flake = new Flake();
  new Host(flake, 'desk', { system: 'x86_64-linux' }).use(function open(feature) {
    feature.nixos.declare({
      open: {
        plain: mkOption({ description: 'What Nix can merge.' }),
        free: mkOption({ type: types.submodule({ freeformType: types.attrsOf(types.str) }) }),
        several: mkOption({
          type: types.submodule([{ options: { ip: mkOption({ type: types.str }) } }, { config: { ip: '::1' } }]),
        }),
      },
    });
  });
  expect(synthToFiles(flake)['modules/nixos/open.nix']).toMatchInlineSnapshot(`
    "{ lib, ... }:
    {
      options.open = {
        plain = lib.mkOption { description = "What Nix can merge."; };
        free = lib.mkOption {
          type = lib.types.submodule { freeformType = lib.types.attrsOf lib.types.str; };
        };
        several = lib.mkOption {
          type = lib.types.submodule [
            { options.ip = lib.mkOption { type = lib.types.str; }; }
            { config.ip = "::1"; }
          ];
        };
      };
    }
    "
  `);
});

it('a list of modules that only Nix knows is imported whole, or in its place among others', () => {
  const list = (name: string) => args.mylib.scanPaths(name);
  const fileOf = (make: (host: Host<'x86_64-linux'>) => void) => {
    const flake = new Flake({ specialArgs: { mylib: inputs.self } });
    const host = new Host(flake, 'desk', { system: 'x86_64-linux' });
    make(host);
    const user = new HomeUser(host, 'anna', { extraSpecialArgs: { mylib: inputs.self } });
    user.importAll(list('home'));
    user.set({ programs: { git: { enable: true } } });
    const files = synthToFiles(flake);
    return [files['hosts/desk/default.nix'], files['home/anna/default.nix']].join('\n');
  };
  expect(fileOf((host) => host.importAll(list('alone')))).toMatchInlineSnapshot(`
    "{ mylib, ... }:
    {
      imports = [
        { imports = mylib.scanPaths "alone"; }
        ../../modules/nixos/home-manager.nix
      ];

      networking.hostName = "desk";
      nixpkgs.hostPlatform = "x86_64-linux";
      system.stateVersion = "26.05";
      users.users.anna.isNormalUser = true;
      home-manager.users.anna = ../../home/anna;
    }

    { mylib, ... }:
    {
      imports = mylib.scanPaths "home";

      home.stateVersion = "26.05";
      programs.git.enable = true;
    }
    "
  `);
  const file = fileOf((host) => {
    host.import(inputs.disko!.nixosModules.disko).importAll(list('all'));
    host.import(inputs.other!.nixosModules.other);
  });
  expect(file).toMatchInlineSnapshot(`
    "{ inputs, mylib, ... }:
    {
      imports = [
        inputs.disko.nixosModules.disko
        { imports = mylib.scanPaths "all"; }
        inputs.other.nixosModules.other
        ../../modules/nixos/home-manager.nix
      ];

      networking.hostName = "desk";
      nixpkgs.hostPlatform = "x86_64-linux";
      system.stateVersion = "26.05";
      users.users.anna.isNormalUser = true;
      home-manager.users.anna = ../../home/anna;
    }

    { mylib, ... }:
    {
      imports = mylib.scanPaths "home";

      home.stateVersion = "26.05";
      programs.git.enable = true;
    }
    "
  `);
});

it('what is no expression of a list is not imported whole', () => {
  const importing = (modules: unknown) => () => hostFile((host) => host.importAll(modules as never));
  const help =
    'give it an expression of a list, such as lib.filesystem.listFilesRecursive(path("./modules")); ' +
    'import(…) takes modules one by one';
  const problem = (message: string) =>
    expect.objectContaining({ diagnostics: [expect.objectContaining({ message, help })] });
  expect(importing([])).toThrow(problem('importAll was given a list'));
  expect(importing('./a')).toThrow(problem("importAll was given './a'"));
});

it('options that a list of modules may declare are a warning', () => {
  const flake = new Flake({ specialArgs: { mylib: inputs.self } });
  const host = new Host(flake, 'desk', { system: 'x86_64-linux' }).importAll(args.mylib.scanPaths('modules'));
  host.set(JSON.parse('{ "mine": { "enable": true } }'));
  expect(diagnostics(flake).map(({ severity, message, help }) => `${severity}: ${message}; ${help}`)).toEqual([
    'warning: there is no option mine; look its name up; if mylib.scanPaths "modules" declares it, run cdknix import, which reads its options',
  ]);
});
