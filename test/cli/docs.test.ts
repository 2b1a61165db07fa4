import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeRealworld, realworld } from '../support/realworld';
import { cdknix, projectWith, put } from './support';

const app = `const { Feature, Flake, Host, HomeUser, args, literalExpression, mkEnableOption, mkIf, mkOption, mkPackageOption, pkgs, types } = cdknix;
class Nightly extends Feature {
  constructor(scope, id) {
    super(scope, id);
    const { services } = this.nixos.declare({ services: { nightly: {
      enable: mkEnableOption('nightly backups'),
      package: mkPackageOption(pkgs, 'restic'),
      paths: mkOption({ type: types.listOf(types.path), default: ['/srv', '/home'], description: 'What to back up.' }),
      port: mkOption({ type: types.port, default: 80, description: 'Where.' }),
      secret: mkOption({ type: types.str, internal: true, description: 'For other modules.' }),
      level: mkOption({ type: types.nullOr(types.enum(['a', 'b'])), default: null, description: 'How \`fast\`.' }),
      id: mkOption({ type: types.str, readOnly: true, description: 'Its id.' }),
      jobs: mkOption({
        type: types.attrsOf(types.submodule({ options: {
          when: mkOption({
            type: types.str,
            description: 'When.',
            default: args.config.networking.hostName,
            defaultText: literalExpression('config.networking.hostName'),
          }),
        } })),
        default: {},
        description: 'Jobs.',
      }),
    } } });
    this.nixos.set(mkIf(services.nightly.enable, { environment: { systemPackages: [pkgs.restic] } }));
    this.home.declare({ programs: { nightly: { enable: mkEnableOption('it') } } });
  }
}
const host = new Host(new Flake(), 'desk', { system: 'x86_64-linux' }).use(Nightly);
`;
const withHome = `${app}host.import('./own.nix');\nnew HomeUser(host, 'anna');\n`;
const own = '{ lib, ... }: { options.my.thing = lib.mkOption { type = lib.types.int; default = 3; }; }\n';

function project(code: string): string {
  const folder = projectWith(code);
  put(folder, { 'own.nix': own });
  return folder;
}

describe('cdknix docs', () => {
  it('writes a page of the options that modules of the app declare, in TypeScript and in Nix', async () => {
    const { code, stdout } = await cdknix(project(withHome), 'docs');
    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "# Options

      ## NixOS

      ### \`my.thing\`

      - Type: signed integer
      - Default: \`3\`
      - Declared in \`assets/own.nix\`

      ### \`services.nightly.enable\`

      Whether to enable nightly backups.

      - Type: boolean
      - Default: \`false\`
      - Example: \`true\`
      - Declared in \`modules/nixos/nightly.nix\`

      ### \`services.nightly.id\`

      Its id.

      - Type: string, read only
      - Declared in \`modules/nixos/nightly.nix\`

      ### \`services.nightly.jobs\`

      Jobs.

      - Type: attribute set of (submodule)
      - Default: \`{ }\`
      - Declared in \`modules/nixos/nightly.nix\`

      ### \`services.nightly.jobs.<name>.when\`

      When.

      - Type: string
      - Default: \`config.networking.hostName\`
      - Declared in \`modules/nixos/nightly.nix\`

      ### \`services.nightly.level\`

      How \`fast\`.

      - Type: null or one of "a", "b"
      - Default: \`null\`
      - Declared in \`modules/nixos/nightly.nix\`

      ### \`services.nightly.package\`

      The restic package to use.

      - Type: package
      - Default: \`pkgs.restic\`
      - Declared in \`modules/nixos/nightly.nix\`

      ### \`services.nightly.paths\`

      What to back up.

      - Type: list of absolute path
      - Default:

        \`\`\`nix
        [
          "/srv"
          "/home"
        ]
        \`\`\`
      - Declared in \`modules/nixos/nightly.nix\`

      ### \`services.nightly.port\`

      Where.

      - Type: 16 bit unsigned integer; between 0 and 65535 (both inclusive)
      - Default: \`80\`
      - Declared in \`modules/nixos/nightly.nix\`

      ## Home Manager

      ### \`programs.nightly.enable\`

      Whether to enable it.

      - Type: boolean
      - Default: \`false\`
      - Example: \`true\`
      - Declared in \`modules/home/nightly.nix\`
      "
    `);
  });

  it('writes JSON as nixpkgs has it, of one module system', async () => {
    const folder = project(withHome);
    const { stdout } = await cdknix(folder, 'docs', 'home', '--json');
    expect(stdout).toMatchInlineSnapshot(`
      "{
        "programs.nightly.enable": {
          "declarations": [
            "modules/home/nightly.nix"
          ],
          "default": {
            "_type": "literalExpression",
            "text": "false"
          },
          "description": "Whether to enable it.",
          "example": {
            "_type": "literalExpression",
            "text": "true"
          },
          "loc": [
            "programs",
            "nightly",
            "enable"
          ],
          "readOnly": false,
          "type": "boolean"
        }
      }
      "
    `);
    const { code, stderr } = await cdknix(folder, 'docs', '--json');
    expect(code).toBe(2);
    expect(stderr).toMatchInlineSnapshot(`
      "error[usage]: the app declares options for nixos and home, and one document is of one of them
        help: say which: cdknix docs nixos --json

      1 error
      "
    `);
  });

  it('says that there is none, and which module systems there are', async () => {
    const folder = project("new cdknix.Host(new cdknix.Flake(), 'desk', { system: 'x86_64-linux' });");
    expect(await cdknix(folder, 'docs')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'no module of the app declares options\n',
    });
    expect((await cdknix(folder, 'docs', 'nixo')).stderr).toBe(
      "error[usage]: 'nixo' is no module system\n  help: say nixos, darwin or home\n\n1 error\n",
    );
  });
});

describeRealworld('the reference of options, beside what nixpkgs makes of the module', () => {
  it('says of each option what nixpkgs makes of the module', async () => {
    const folder = project(app);
    await cdknix(folder, 'synth');
    const ours = JSON.parse((await cdknix(folder, 'docs', 'nixos', '--json')).stdout);
    const code = `let
      lib = import ${realworld}/nixpkgs/lib;
      evaluated = lib.evalModules {
        specialArgs.pkgs.restic = { type = "derivation"; name = "restic"; outPath = "/restic"; };
        modules = [
          ${join(folder, 'nix/modules/nixos/nightly.nix')}
          { options.environment.systemPackages = lib.mkOption { }; options.networking.hostName = lib.mkOption { }; }
        ];
      };
      all = lib.optionAttrSetToDocList { inherit (evaluated.options) services; };
      shown = lib.filter (one: one.visible && !one.internal) all;
    in lib.listToAttrs (map (one: {
      inherit (one) name;
      value = { inherit (one) description loc readOnly type; } // lib.filterAttrs (name: _: name == "default" || name == "example") one;
    }) shown)`;
    const theirs = JSON.parse(
      execFileSync('nix-instantiate', ['--eval', '--strict', '--json', '-E', code], { encoding: 'utf8' }),
    );
    for (const one of Object.values<{ declarations?: unknown }>(ours)) delete one.declarations;
    expect(ours).toEqual(theirs);
  });
});
