import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeNix } from '../support/nix';
import { cdknix, filesIn, folderWith, put } from './support';

const nixpkgs = readFileSync(join(__dirname, '../support/convert/nixpkgs.nix'), 'utf8');

/** A flake in a folder of its own, beside the nixpkgs that it is evaluated with. */
function flakeWith(outputs: string, files: Readonly<Record<string, string>>): string {
  return folderWith({
    'nixpkgs/flake.nix': nixpkgs,
    'flake/flake.nix': `{
  description = "Two machines";
  # The packages.
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";
  outputs = { self, nixpkgs, ... }@inputs: ${outputs};
}
`,
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`flake/${path}`, text])),
  });
}

const host = (modules: string) =>
  `nixpkgs.lib.nixosSystem { specialArgs = { inherit inputs; }; modules = ${modules}; }`;

const convert = (folder: string, ...args: string[]) =>
  cdknix(
    join(folder, 'flake'),
    'convert',
    ...args,
    '--offline',
    '--override-input',
    'nixpkgs',
    `path:${folder}/nixpkgs`,
  );

const oak = {
  'oak/default.nix': `# The machine under the desk.
{ pkgs, ... }: {
  imports = [ ./disk.nix ../common.nix ];
  networking.hostName = "oak";
  environment.systemPackages = [ pkgs.hello ];
  environment.etc.motd.source = ./motd;
}
`,
  'oak/motd': 'Welcome\n',
  'oak/disk.nix': '{ boot.tmp.cleanOnBoot = true; environment.variables.LIST = [ "disk" ]; }\n',
  'common.nix': '{ services.openssh.enable = true; environment.variables.LIST = [ "common" ]; }\n',
};

describeNix('cdknix convert, of a flake', () => {
  it('makes a project whose machines are the same derivations, and leaves the flake as it is', async () => {
    const folder = flakeWith(
      `{ nixosConfigurations.oak = ${host('[ ./oak ]')}; overlays.own = import ./overlay.nix; }`,
      {
        ...oak,
        'overlay.nix': 'final: prev: { }\n',
      },
    );
    const before = filesIn(join(folder, 'flake'));
    const { code, stderr } = await convert(folder);
    expect(stderr).toMatchInlineSnapshot(`
      "  oak/default.nix -> typescript/oak/index.ts
        oak/disk.nix -> typescript/oak/disk.ts
        common.nix -> typescript/common.ts
      7 definitions: 7 typed, 0 raw; oak: the same derivation
      "
    `);
    expect(code).toBe(0);
    const after = filesIn(join(folder, 'flake'));
    expect(Object.fromEntries(Object.entries(after).filter(([path]) => !path.startsWith('typescript/')))).toEqual(
      before,
    );
    const out = filesIn(join(folder, 'flake/typescript'));
    expect(Object.keys(out).filter((path) => !path.startsWith('nix/'))).toMatchInlineSnapshot(`
      [
        ".cdknix-convert.json",
        ".gitignore",
        "cdk-like.json",
        "cdk-like.state.json",
        "common.ts",
        "main.ts",
        "oak/disk.ts",
        "oak/index.ts",
        "oak/motd",
        "overlay.nix",
        "package.json",
        "tsconfig.json",
      ]
    `);
    expect(out['main.ts']).toMatchInlineSnapshot(`
      "import { Flake, Host, nix, path } from 'cdknix';
      import { oak } from './oak';

      export const flake = new Flake({ description: 'Two machines' });

      // The packages.
      flake.input('nixpkgs', { url: 'github:NixOS/nixpkgs/nixos-26.05' });

      const oakHost = new Host(flake, 'oak', { system: 'x86_64-linux', stateVersion: '26.05' });
      oakHost.use(oak);

      flake.output('overlays', { own: nix\`import \${path('./overlay.nix')}\` });
      "
    `);
    expect(out['oak/index.ts']).toMatchInlineSnapshot(`
      "import { type Feature, path, pkgs } from 'cdknix';
      import { common } from '../common';
      import { disk } from './disk';

      /** The machine under the desk. */
      export function oak(feature: Feature): void {
        const os = feature.nixos;
        os.import(disk, common);
        os.set({
          networking: { hostName: 'oak' },
          environment: { systemPackages: [pkgs.hello], etc: { motd: { source: path('./motd') } } },
        });
      }
      "
    `);
    expect(out['nix/modules/nixos/oak.nix']).toMatchInlineSnapshot(`
      "{ pkgs, ... }:
      {
        imports = [
          ./disk.nix
          ./common.nix
        ];

        networking.hostName = "oak";

        environment = {
          systemPackages = [ pkgs.hello ];
          etc.motd.source = ../../assets/oak/motd;
        };
      }
      "
    `);
  });

  it('does nothing again, but for what somebody has changed', async () => {
    const folder = flakeWith(`{ nixosConfigurations.oak = ${host('[ ./oak ]')}; }`, oak);
    await convert(folder);
    const first = filesIn(join(folder, 'flake/typescript'));
    const again = await convert(folder);
    expect(again.code).toBe(0);
    expect(filesIn(join(folder, 'flake/typescript'))).toEqual(first);
    put(folder, {
      'flake/typescript/common.ts': '// mine\n',
      'flake/oak/disk.nix': '{ boot.tmp.cleanOnBoot = false; }\n',
    });
    const { stderr } = await convert(folder);
    expect(stderr).toContain('typescript/common.ts has been edited, and stays as it is\n');
    const later = filesIn(join(folder, 'flake/typescript'));
    expect(later['common.ts']).toBe('// mine\n');
    expect(later['oak/disk.ts']).toContain('cleanOnBoot: false');
  });

  it('leaves Nix what makes another derivation of a machine, and only that', async () => {
    // What it is called in the store is part of it: its own folder.
    const odd = '{ environment.etc.odd.text = "${./.}"; }\n';
    const folder = flakeWith(`{ nixosConfigurations.oak = ${host('[ ./oak ./odd ./common.nix ]')}; }`, {
      ...oak,
      'odd/default.nix': odd,
    });
    const { code, stderr } = await convert(folder);
    expect(stderr).toContain('  odd/default.nix stays Nix: ');
    expect(stderr).toContain('oak: the same derivation');
    expect(code).toBe(0);
    expect(Object.keys(filesIn(join(folder, 'flake/typescript')))).toEqual(
      expect.arrayContaining(['odd/default.nix', 'oak/index.ts', 'oak/disk.ts', 'common.ts']),
    );
  });

  it('gives machines without a name none, and those that name self the one that they had', async () => {
    const folder = flakeWith(`{ nixosConfigurations.elm = ${host('[ ./elm.nix ]')}; lib.greeting = "hi"; }`, {
      'elm.nix': '{ inputs, ... }: { environment.etc.rev.text = "${inputs.self} ${inputs.self.lib.greeting}"; }\n',
    });
    const { stderr } = await convert(folder);
    expect(stderr).toContain('elm: the same derivation');
    expect(readFileSync(join(folder, 'flake/typescript/main.ts'), 'utf8')).toContain('hostName: null');
  });

  it('says what differs from the start, and ends with 1', async () => {
    const folder = flakeWith(
      `{ nixosConfigurations.elm = ${host('[ { place = toString ./elm.nix; } ./elm.nix ]')}; }`,
      {
        'elm.nix': '{ time.timeZone = "UTC"; }\n',
      },
    );
    const { code, stderr } = await convert(folder);
    expect(stderr).toContain('elm is not the same: ');
    expect(code).toBe(1);
  });

  it('converts what can be read of a flake that does not evaluate, and proves it by trees', async () => {
    const folder = flakeWith(`{ nixosConfigurations.oak = ${host('[ ./oak (throw "no") ]')}; }`, oak);
    const { code, stderr } = await convert(folder);
    expect(stderr).toContain('oak has no derivation to compare: error: no');
    expect(stderr).toContain('no derivations to compare: proven by trees');
    expect(code).toBe(0);
  });

  it('writes nothing in a dry run', async () => {
    const folder = flakeWith(`{ nixosConfigurations.oak = ${host('[ ./oak ]')}; }`, oak);
    const { stderr } = await convert(folder, '--dry-run');
    expect(stderr).toContain('oak: the same derivation');
    expect(existsSync(join(folder, 'flake/typescript'))).toBe(false);
  });

  it('gives all of it as JSON', async () => {
    const folder = flakeWith(
      `{ nixosConfigurations.oak = ${host('[ ./oak ]')}; nixosConfigurations.odd = inputs.x.y; }`,
      oak,
    );
    const { stdout } = await convert(folder, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      definitions: 7,
      typed: 7,
      raw: 0,
      left: 0,
      machines: [{ name: 'oak', kind: 'nixos', is: 'same' }],
      unread: [{ output: 'nixosConfigurations', name: 'odd' }],
    });
  });
});

describe('cdknix convert, of what is no flake', () => {
  it.each([
    ['nothing', {}, 'name the folder of a flake, or files with Nix modules'],
    ['a flake below', { 'machines/flake.nix': '{ }' }, 'there is one below it: cdknix convert machines'],
    [
      'a configuration',
      { 'configuration.nix': '{ }' },
      'configuration.nix can be converted by itself: cdknix convert configuration.nix',
    ],
  ])('says what to do with %s', async (_, files, help) => {
    const { code, stderr } = await cdknix(folderWith(files as Record<string, string>), 'convert');
    expect(stderr).toContain('there is no flake.nix in .');
    expect(stderr).toContain(help);
    expect(code).toBe(2);
  });

  it('names the line that is wrong in a flake.nix', async () => {
    const { code, stderr } = await cdknix(folderWith({ 'flake.nix': '{\n  outputs = }\n' }), 'convert');
    expect(stderr).toContain('flake.nix:2:13');
    expect(code).toBe(1);
  });

  it('does not write into a folder that holds something else', async () => {
    const folder = folderWith({ 'flake.nix': '{ outputs = _: { }; }', 'typescript/mine.ts': '' });
    const { code, stderr } = await cdknix(folder, 'convert');
    expect(stderr).toContain('typescript is not empty, and no conversion has made it');
    expect(code).toBe(2);
    expect((await cdknix(folder, 'convert', '--out', '.')).stderr).toContain('. holds the flake itself');
  });
});
