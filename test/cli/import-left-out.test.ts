import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readTable } from '../../lib/options/table';
import { describeRealworld, realworld } from '../support/realworld';
import { cdknix, projectWith } from './support';

/** Modules that cannot be evaluated, each in another way; no `throw`, which Nix can catch. */
const modules = {
  declaration: '{ lib, ... }: { options.my.declared = lib.mkOption { type = lib.types.nope; }; }',
  default: '{ lib, ... }: { options.my.default = lib.mkOption { type = lib.types.int; default = { }.x; }; }',
  description:
    '{ lib, ... }: { options.my.described = lib.mkOption { type = lib.types.int; description = 1 + "a"; }; }',
  example: '{ lib, ... }: { options.my.example = lib.mkOption { type = lib.types.int; example = { }.x; }; }',
  submodule: `{ lib, ... }: { options.my.sets = lib.mkOption {
    type = with lib.types; attrsOf (submodule { options = { x = { }.y; z = lib.mkOption { type = int; }; }; });
  }; }`,
  group: '{ options.my.group = { }.q; }',
  options: '{ options = { }.missing; }',
  imports: '{ lib, ... }: { imports = [ { }.nope ]; options.lost = lib.mkOption { }; }',
  definitions: '{ lib, ... }: { config = { }.missing; options.gone = lib.mkOption { }; }',
  good: '{ lib, ... }: { options.my.good = lib.mkOption { type = lib.types.int; }; }',
};

const app = `const flake = new cdknix.Flake();
const home = new cdknix.HomeUser(flake, 'anna', { system: 'x86_64-linux' });
for (const name of ${JSON.stringify(Object.keys(modules))}) home.import('./' + name + '.nix');
`;

describeRealworld('an import of what cannot be evaluated', () => {
  it('leaves it out by name, and reads all else', { timeout: 600_000 }, async () => {
    const files = Object.fromEntries(Object.entries(modules).map(([name, text]) => [`${name}.nix`, `${text}\n`]));
    const folder = projectWith(app, files);
    const overrides = ['nixpkgs', 'home-manager'].flatMap((name) => [
      '--override-input',
      name,
      `path:${realworld}/${name}`,
    ]);
    const { code, stdout, stderr } = await cdknix(folder, 'import', '--offline', ...overrides);
    const warnings = stderr
      .split('\n\n')
      .flatMap((text) => /warning\[import-left-out\]: (.*)\n {2}(.*)/.exec(text)?.slice(1) ?? []);
    expect(warnings).toMatchInlineSnapshot(`
      [
        "the module imports.nix cannot be evaluated, and is left out with all its options",
        "error: attribute 'nope' missing at imports.nix:1:29",
        "the module options.nix cannot be evaluated, and is left out with all its options",
        "error: attribute 'missing' missing at options.nix:1:13",
        "the module definitions.nix cannot be evaluated, and is left out with all its options",
        "error: attribute 'missing' missing at definitions.nix:1:26",
        "the declaration of my.declared cannot be evaluated, and is left out",
        "error: attribute 'nope' missing at declaration.nix:1:61",
        "the declaration of my.group cannot be evaluated, and is left out",
        "error: attribute 'q' missing at group.nix:1:22",
        "the default of my.default cannot be evaluated, and is left out (assets/default.nix)",
        "error: attribute 'x' missing at default.nix:1:85",
        "the description of my.described cannot be evaluated, and is left out (assets/description.nix)",
        "error: cannot add a string to an integer at description.nix:1:95",
        "the example of my.example cannot be evaluated, and is left out (assets/example.nix)",
        "error: attribute 'x' missing at example.nix:1:85",
        "the declaration of my.sets.<name>.x cannot be evaluated, and is left out (assets/submodule.nix)",
        "error: attribute 'y' missing at submodule.nix:2:65",
        "the type of specialisation.<name>.configuration cannot be evaluated, and is left out (modules/misc/specialisation.nix)",
        "error: attribute 'nope' missing at declaration.nix:1:61",
      ]
    `);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^home: 5,\d{3} options, imported for the first time\n$/);
    const { options } = readTable(join(folder, 'imports/home.options.jsonl'));
    expect(options.my).toMatchInlineSnapshot(`
      {
        "declared": [
          "any",
        ],
        "default": [
          "int",
          {
            "file": "assets/default.nix",
          },
        ],
        "described": [
          "int",
          {
            "file": "assets/description.nix",
          },
        ],
        "example": [
          "int",
          {
            "file": "assets/example.nix",
          },
        ],
        "good": [
          "int",
          {
            "file": "assets/good.nix",
          },
        ],
        "group": [
          "any",
        ],
        "sets": [
          {
            "kind": "attrsOf",
            "of": {
              "kind": "submodule",
              "options": {
                "x": [
                  "any",
                ],
                "z": [
                  "int",
                  {
                    "file": "assets/submodule.nix",
                    "required": true,
                  },
                ],
              },
            },
          },
          {
            "file": "assets/submodule.nix",
          },
        ],
      }
    `);
    for (const name of ['lost', 'gone']) expect(options).not.toHaveProperty(name);
  });
});
