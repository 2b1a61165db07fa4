import { expect, it } from 'vitest';
import { convert } from '../../lib/convert/convert';
import { featureName } from '../../lib/convert/feature-name';
import type { ModuleClass } from '../../lib/options/config';

const name = featureName('sample.nix');

function typescript(nix: string, of: ModuleClass = 'nixos'): string {
  return convert(nix, of, name).typescript;
}

const because = (nix: string) => convert(nix, 'nixos', name).because;

it('plain settings keep their comments, and names from a with are selected', () => {
  const nix = `
    { pkgs, ... }:
    {
      services.printing = {
        enable = true;
        # HP needs its own driver.
        drivers = [ pkgs.hplip ];
      };
      environment.systemPackages = with pkgs; [ system_config_printer simple-scan gnome.seahorse ];
    }
  `;
  expect(typescript(nix)).toMatchInlineSnapshot(`
    "import { comment, type Feature, pkgs } from 'cdknix';

    export function sample(feature: Feature): void {
      feature.nixos.set({
        services: { printing: { enable: true, drivers: comment('HP needs its own driver.', [pkgs.hplip]) } },
        environment: { systemPackages: [pkgs.system_config_printer, pkgs['simple-scan'], pkgs.gnome.seahorse] },
      });
    }
    "
  `);
});

it('a let of literals is a constant, and strings are templates', () => {
  const nix = `
    { config, lib, pkgs, ... }:
    let
      target = "/srv/backup";
      port = 8000;
    in
    {
      services.restic.server = { enable = true; dataDir = target; listenAddress = "127.0.0.1:\${toString port}"; };
      systemd.tmpfiles.rules = [ "d \${target}/\${config.networking.hostName} 0700 root root -" ];
      environment.etc."backup.sh".text = ''
        #!\${pkgs.runtimeShell}
        exec \${lib.getExe pkgs.restic} backup "''\${HOME}" --repo \${target}
      '';
    }
  `;
  expect(typescript(nix)).toMatchInlineSnapshot(`
    "import { type Feature, lib, lines, pkgs, str } from 'cdknix';

    export function sample(feature: Feature): void {
      const os = feature.nixos;
      const target = '/srv/backup';
      const port = 8000;
      os.set({
        services: { restic: { server: { enable: true, dataDir: target, listenAddress: \`127.0.0.1:\${port}\` } } },
        systemd: { tmpfiles: { rules: [str\`d \${target}/\${os.config.networking.hostName} 0700 root root -\`] } },
        environment: {
          etc: {
            'backup.sh': {
              text: lines\`
                #!\${pkgs.runtimeShell}
                exec \${lib.getExe(pkgs.restic)} backup "\\\${HOME}" --repo \${target}
              \`,
            },
          },
        },
      });
    }
    "
  `);
});

it('conditions and priorities are functions of the same names', () => {
  const nix = `
    { config, lib, ... }:
    {
      services.openssh = {
        enable = lib.mkDefault true;
        settings = lib.mkIf config.networking.firewall.enable { PasswordAuthentication = lib.mkForce false; X11Forwarding = false; };
      };
      networking.firewall.allowedTCPPorts = lib.mkMerge [ [ 22 ] (lib.mkIf config.services.nginx.enable [ 80 443 ]) ];
      programs.bash.interactiveShellInit = lib.mkAfter "echo hello\\n";
    }
  `;
  expect(typescript(nix)).toMatchInlineSnapshot(`
    "import { type Feature, mkAfter, mkDefault, mkForce, mkIf, mkMerge } from 'cdknix';

    export function sample(feature: Feature): void {
      const os = feature.nixos;
      os.set({
        services: {
          openssh: {
            enable: mkDefault(true),
            settings: mkIf(os.config.networking.firewall.enable, {
              PasswordAuthentication: mkForce(false),
              X11Forwarding: false,
            }),
          },
        },
        networking: { firewall: { allowedTCPPorts: mkMerge([[22], mkIf(os.config.services.nginx.enable, [80, 443])]) } },
        programs: { bash: { interactiveShellInit: mkAfter('echo hello\\n') } },
      });
    }
    "
  `);
});

it('lists after lists are concatenated, in their order', () => {
  const nix = `
    { config, lib, pkgs, hostName, ... }:
    {
      environment.systemPackages = [ pkgs.git ]
        ++ lib.optionals config.services.xserver.enable [ pkgs.xclip ]
        ++ lib.optionals (hostName == "oak") [ pkgs.powertop ];
    }
  `;
  expect(typescript(nix)).toMatchInlineSnapshot(`
    "import { args, concat, eq, type Feature, lib, pkgs } from 'cdknix';

    export function sample(feature: Feature): void {
      const os = feature.nixos;
      os.set({
        environment: {
          systemPackages: concat(
            [pkgs.git],
            lib.optionals(os.config.services.xserver.enable, [pkgs.xclip]),
            lib.optionals(eq(args.hostName, 'oak'), [pkgs.powertop]),
          ),
        },
      });
    }
    "
  `);
});

it('arguments of the configuration are args', () => {
  const nix = `
    { username, keys, ... }:
    {
      users.users.\${username} = { isNormalUser = true; openssh.authorizedKeys.keys = keys; };
      nix.settings.trusted-users = [ "root" username ];
    }
  `;
  expect(typescript(nix)).toMatchInlineSnapshot(`
    "import { args, attrs, type Feature } from 'cdknix';

    export function sample(feature: Feature): void {
      feature.nixos.set({
        users: { users: attrs([args.username, { isNormalUser: true, openssh: { authorizedKeys: { keys: args.keys } } }]) },
        nix: { settings: { 'trusted-users': ['root', args.username] } },
      });
    }
    "
  `);
});

it('inputs are selected from', () => {
  const nix = `
    { inputs, pkgs, ... }:
    {
      imports = [ inputs.zen.nixosModules.default ];
      environment.systemPackages = [ inputs.zen.packages.\${pkgs.stdenv.hostPlatform.system}.default ];
    }
  `;
  expect(typescript(nix)).toMatchInlineSnapshot(`
    "import { type Feature, inputs, pkgs, select } from 'cdknix';

    export function sample(feature: Feature): void {
      const os = feature.nixos;
      os.import(inputs.zen.nixosModules.default);
      os.set({
        environment: { systemPackages: [select(inputs.zen.packages, pkgs.stdenv.hostPlatform.system, 'default')] },
      });
    }
    "
  `);
});

it('options of its own are declared by a class', () => {
  const nix = `
    { config, lib, pkgs, ... }:
    let cfg = config.my.dev; in
    {
      options.my.dev = {
        enable = lib.mkEnableOption "development tools";
        langs = lib.mkOption { type = lib.types.listOf (lib.types.enum [ "go" "rust" ]); default = [ ]; description = "Languages."; };
      };
      config = lib.mkIf cfg.enable { environment.systemPackages = lib.optional (lib.elem "go" cfg.langs) pkgs.go; };
    }
  `;
  expect(typescript(nix)).toMatchInlineSnapshot(`
    "import { Feature, lib, mkEnableOption, mkIf, mkOption, pkgs, types } from 'cdknix';
    import type { Construct } from 'constructs';

    export class Sample extends Feature {
      readonly options = this.nixos.declare({
        my: {
          dev: {
            enable: mkEnableOption('development tools'),
            langs: mkOption({ type: types.listOf(types.enum(['go', 'rust'])), default: [], description: 'Languages.' }),
          },
        },
      });

      constructor(scope: Construct, id: string) {
        super(scope, id);
        const cfg = this.options.my.dev;
        this.nixos.set(
          mkIf(cfg.enable, { environment: { systemPackages: lib.optional(lib.elem('go', cfg.langs), pkgs.go) } }),
        );
      }
    }

    declare module 'cdknix' {
      interface DeclaredOptions {
        sample: Sample;
      }
    }
    "
  `);
});

it('a function that gives a module stays as it is', () => {
  const nix = `
    # home.nix, imported as  import ./home.nix { laptop = true; }
    { laptop }:
    { pkgs, ... }:
    {
      programs.kitty.enable = !laptop;
      home.packages = if laptop then [ pkgs.acpi ] else [ ];
    }
  `;
  expect(typescript(nix, 'home')).toMatchInlineSnapshot(`
    "import { type Feature, nix } from 'cdknix';

    export function sample(feature: Feature): void {
      feature.home.import(nix\`
        { laptop }: { pkgs, ... }: {
          programs.kitty.enable = !laptop;
          home.packages = if laptop then [ pkgs.acpi ] else [ ];
        }
      \`);
    }
    "
  `);
});

it('functions are arrows', () => {
  const nix = `
    { pkgs, ... }:
    {
      home.packages = [ (pkgs.python3.withPackages (ps: with ps; [ requests rich ])) ];
      programs.git.includes = map (name: { condition = "gitdir:~/\${name}/"; path = "~/.config/git/\${name}"; }) [ "work" "oss" ];
    }
  `;
  expect(typescript(nix, 'home')).toMatchInlineSnapshot(`
    "import { builtins, type Feature, pkgs, str } from 'cdknix';

    export function sample(feature: Feature): void {
      feature.home.set({
        home: { packages: [pkgs.python3.withPackages((ps) => [ps.requests, ps.rich])] },
        programs: {
          git: {
            includes: builtins.map(
              (name) => ({ condition: str\`gitdir:~/\${name}/\`, path: str\`~/.config/git/\${name}\` }),
              ['work', 'oss'],
            ),
          },
        },
      });
    }
    "
  `);
});

it('operators on values of Nix are functions', () => {
  const nix = `
    { config, ... }:
    {
      services.tlp.enable = !config.services.power-profiles-daemon.enable && config.networking.hostName != "nas";
      services.logind.lidSwitch = if config.services.tlp.enable then "suspend" else "lock";
    }
  `;
  expect(typescript(nix)).toMatchInlineSnapshot(`
    "import { and, cond, type Feature, ne, not } from 'cdknix';

    export function sample(feature: Feature): void {
      const os = feature.nixos;
      os.set({
        services: {
          tlp: {
            enable: and(not(os.config.services['power-profiles-daemon'].enable), ne(os.config.networking.hostName, 'nas')),
          },
          logind: { lidSwitch: cond(os.config.services.tlp.enable, 'suspend', 'lock') },
        },
      });
    }
    "
  `);
});

it('sets that are computed are made by the functions that made them', () => {
  const nix = `
    { lib, config, ... }:
    let sites = { blog = 3000; wiki = 3001; }; in
    {
      services.nginx.virtualHosts = lib.mapAttrs' (name: port: lib.nameValuePair "\${name}.example.org" {
        locations."/".proxyPass = "http://127.0.0.1:\${toString port}";
      }) sites;
      environment.etc.\${config.networking.hostName}.text = "me";      # a key that only Nix knows
    }
  `;
  expect(typescript(nix)).toMatchInlineSnapshot(`
    "import { attrs, builtins, type Feature, lib, str } from 'cdknix';

    export function sample(feature: Feature): void {
      const os = feature.nixos;
      const sites = { blog: 3000, wiki: 3001 };
      os.set({
        services: {
          nginx: {
            virtualHosts: lib["mapAttrs'"](
              (name, port) =>
                lib.nameValuePair(str\`\${name}.example.org\`, {
                  locations: { '/': { proxyPass: str\`http://127.0.0.1:\${builtins.toString(port)}\` } },
                }),
              sites,
            ),
          },
        },
        environment: {
          // a key that only Nix knows
          etc: attrs([os.config.networking.hostName, { text: 'me' }]),
        },
      });
    }
    "
  `);
});

it('what has no typed form stays raw, as small as it can be', () => {
  const nix = `
    { config, lib, ... }:
    let
      port = 8000;
      double = n: n * 2;
    in
    {
      networking.firewall.allowedTCPPorts = [ port (double port) ];
      networking.domain = "a" + "b";
      environment.etc."odd.txt".text = "\\\${HOME} \` " + builtins.toString port;
      environment.variables = rec { a = "1"; b = a; };
      my.unknown = { enable = true; why = "no table has it"; };
    }
  `;
  const { typescript, definitions, raw, raws } = convert(nix, 'nixos', name);
  expect({ definitions, raw, raws }).toEqual({
    definitions: 6,
    raw: 6,
    raws: ['function', '+', '+', 'rec', 'unknown option', 'unknown option'],
  });
  expect(typescript).toMatchInlineSnapshot(`
    "import { bind, type Feature, mul, nix, type Ref } from 'cdknix';

    export function sample(feature: Feature): void {
      const os = feature.nixos;
      const port = 8000;
      const double = bind('double', (n: Ref) => mul(n, 2));
      os.set({
        networking: { firewall: { allowedTCPPorts: [port, nix\`\${double} \${port}\`] }, domain: nix\`"a" + "b"\` },
        environment: {
          etc: { 'odd.txt': { text: nix\`"\\$\\{HOME} \\\` " + builtins.toString \${port}\` } },
          variables: nix\`
            rec {
              a = "1";
              b = a;
            }
          \`,
        },
      });
      os.set(nix\`
        {
          my.unknown = {
            enable = true;
            why = "no table has it";
          };
        }
      \`);
    }
    "
  `);
});

it('a variable that hides another one is the one that is meant', () => {
  const nix = `
    { pkgs, lib, ... }:
    let
      map = "a variable";
      const = "a word of JavaScript";
      not = "a function of cdknix";
      foo-bar = "no name of JavaScript";
    in
    with lib;
    {
      environment.variables = { A = map; B = const; C = not; D = foo-bar; };
      environment.systemPackages = (pkgs.python3.withPackages (pkgs: with pkgs; [ requests map ])) ++ [ pkgs.git ];
      users.motd = concatStringsSep " " [ "a" "b" ];
    }
  `;
  expect(typescript(nix)).toMatchInlineSnapshot(`
    "import { concat, type Feature, lib, nix, pkgs } from 'cdknix';

    export function sample(feature: Feature): void {
      const map = 'a variable';
      const ownConst = 'a word of JavaScript';
      const ownNot = 'a function of cdknix';
      const fooBar = 'no name of JavaScript';
      feature.nixos.set({
        environment: {
          variables: { A: map, B: ownConst, C: ownNot, D: fooBar },
          systemPackages: concat(
            pkgs.python3.withPackages((pkgs) => [nix\`with lib; with \${pkgs}; requests\`, map]),
            [pkgs.git],
          ),
        },
        users: { motd: lib.concatStringsSep(' ', ['a', 'b']) },
      });
    }
    "
  `);
});

it('comments are kept: above values in the Nix again, elsewhere in the TypeScript', () => {
  const nix = `
    # What the file is for.
    #
    # In two parts.
    { pkgs, ... }:
    {
      # The way in.
      services.openssh.enable = true; # for now
      networking = {
        # firewall.enable = false;
        hostName = "oak";

        # above a group
        firewall.allowedTCPPorts = [
          22 # ssh
          # the web
          80
        ];
        # at the end
      };
      time.timeZone = /* inside */ "UTC";
    } # behind
  `;
  expect(typescript(nix)).toMatchInlineSnapshot(`
    "import { comment, type Feature } from 'cdknix';

    /**
     * What the file is for.
     *
     * In two parts.
     */
    export function sample(feature: Feature): void {
      // behind
      feature.nixos.set({
        services: {
          openssh: {
            enable: comment('The way in.', true), // for now
          },
        },
        networking: {
          // firewall.enable = false;
          hostName: 'oak',
          firewall: {
            allowedTCPPorts: comment('above a group', [
              22, // ssh
              // the web
              80,
            ]),
          },
          // at the end
        },
        time: { timeZone: comment('inside', 'UTC') },
      });
    }
    "
  `);
});

it('no comment is lost, and none stands twice, wherever it is', () => {
  const nix = `
    { pkgs, /* for types */ lib, ... }:
    let
      # nothing uses it
      unused = 1;
      port = 80; # behind a constant
      # of a function
      double = n: n /* times two */ + n;
      helper = rec { a = 1; /* of a */ b = a; }; # two use it
      # last in the let
    in
    {
      imports = [
        # nothing yet
      ];
      # two pieces
      environment.variables = { A = helper.b + ""; B = helper.a + ""; };
      networking.firewall.allowedTCPPorts = [ port (double port /* doubled */) ] ++ /* none */ [ ];
      users.motd = let /* inside */ a = "a"; # last inside
      in a + a;
      inherit (pkgs.x) time /* zone */ ;
    }
  `;
  const { typescript, comments, keptComments } = convert(nix, 'nixos', name);
  expect({ comments, keptComments }).toEqual({ comments: 15, keptComments: 15 });
  expect(typescript).toMatchInlineSnapshot(`
    "import { bind, comment, concat, type Feature, nix, pkgs } from 'cdknix';

    export function sample(feature: Feature): void {
      // for types
      // last in the let
      // nothing yet
      // nothing uses it
      // doubled
      // two use it
      const helper = bind(
        'helper',
        nix\`
          rec {
            a = 1;
            # of a
            b = a;
          }
        \`,
      );
      // behind a constant
      const port = 80;
      // of a function
      const double = bind(
        'double',
        nix\`
          n:
          n
          # times two
          + n
        \`,
      );
      feature.nixos.set({
        environment: {
          // two pieces
          variables: { A: nix\`\${helper}.b + ""\`, B: nix\`\${helper}.a + ""\` },
        },
        networking: { firewall: { allowedTCPPorts: comment('none', concat([port, nix\`\${double} \${port}\`], [])) } },
        users: {
          motd: nix\`
            let
              # inside
              a = "a"; # last inside
            in
            a + a
          \`,
        },
        // zone
        time: pkgs.x.time,
      });
    }
    "
  `);
});

it('imports are those of the feature, in their order', () => {
  const nix = `
    { inputs, modulesPath, ... }:
    {
      imports = [
        ./hardware.nix
        ../common
        # Secrets.
        inputs.sops-nix.nixosModules.sops
        (modulesPath + "/profiles/minimal.nix")
        { networking.hostName = "oak"; }
      ];
      disabledModules = [ "services/x.nix" ];
    }
  `;
  expect(typescript(nix)).toMatchInlineSnapshot(`
    "import { type Feature, inputs, nix } from 'cdknix';

    export function sample(feature: Feature): void {
      const os = feature.nixos;
      os.disable('services/x.nix');
      os.import('./hardware.nix', '../common');
      // Secrets.
      os.import(
        inputs['sops-nix'].nixosModules.sops,
        nix\`modulesPath + "/profiles/minimal.nix"\`,
        nix\`{ networking.hostName = "oak"; }\`,
      );
    }
    "
  `);
});

it('says why a file stays Nix as a whole', () => {
  expect(
    [
      '{ a, b }: { }',
      '{ pkgs ? null, ... }: { }',
      'args@{ pkgs, ... }: { services = args.services; }',
      'let f = x: x; in f { }',
      '{ imports = map f [ ./a.nix ]; }',
      '{ config = { }; services.openssh.enable = true; }',
      '{ freeformType = 1; }',
      '{ outputs = { }: { }; inputs = { }; }',
      `{ users.motd = "ghp_${'a1B2c3D4e5F6'.repeat(3)}"; }`,
      `{ a = ${'('.repeat(5000)}1${')'.repeat(5000)}; }`,
    ].map(because),
  ).toMatchInlineSnapshot(`
    [
      "it is a function, and not one of a module",
      "an argument has a default",
      "it takes all arguments under one name",
      "it is no set of definitions",
      "a part of it is computed",
      "it has names beside config and options",
      "it says freeformType",
      "it is a flake",
      "it holds a secret",
      "it nests too deep",
    ]
  `);
});

it('a secret gets into no TypeScript, be it certain or likely', () => {
  const secrets = [
    `{ users.motd = "ghp_${'a1B2c3D4e5F6'.repeat(3)}"; }`,
    '{ users.users.anna.password = "correct horse"; }',
    '{ lib, ... }: { config = lib.mkIf true { services.x.settings = [ { api_key = "0123456789abcdef"; } ]; }; }',
    'let token = "0123456789abcdef"; in { services.x.token = token; }',
    '{ systemd.services.x.environment.LINE = "API_TOKEN=0123456789abcdef"; }',
    '{\n  # password = "correct horse";\n}',
  ];
  const held = secrets.map((nix) => convert(nix, 'nixos', name));
  expect(held.map(({ typescript }) => typescript).join('')).toBe('');
  expect(held.map(({ secret }) => secret?.message)).toMatchInlineSnapshot(`
    [
      "it holds a GitHub token in plain text",
      "users.users.anna.password is a password in plain text",
      "services.x.settings.api_key looks like a secret in plain text",
      "token looks like a secret in plain text",
      "it holds what looks like a secret, API_TOKEN, in plain text",
      "a comment holds what looks like a secret",
    ]
  `);
});

it('a password to be changed at once is no secret, nor the name of a file, a variable, or an example', () => {
  const others = [
    '{ users.users.anna.initialPassword = "changeme"; }',
    '{ users.users.anna.hashedPasswordFile = "/run/secrets/anna"; }',
    '{ config, ... }: { services.x.token = config.sops.secrets.x.path; services.y.token = "a${config.z}"; }',
    '{ lib, ... }: { options.my.token = lib.mkOption { type = lib.types.str; example = { token = "0123456789abcdef"; }; }; }',
  ];
  expect(others.map((nix) => convert(nix, 'nixos', name).secret)).toEqual([undefined, undefined, undefined, undefined]);
});
