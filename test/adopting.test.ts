import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Flake } from 'cdknix';
import { afterAll, expect, it } from 'vitest';
import { fleetOf } from '../lib/constructs/fleet';
import { planOf } from '../lib/synth/plan';
import { write } from '../lib/synth/write';
import { describeRealworld, evaluate } from './support/realworld';

const example = join(__dirname, '..', 'examples', 'adopting');

/** What a machine is made of: the texts of its units, its files, packages and accounts, and those of its home. */
const contents = `h:
let
  sorted = builtins.sort builtins.lessThan;
  names = packages: sorted (map (one: one.name) packages);
  inherit (h.extendModules { modules = [ { documentation.nixos.enable = false; nix.enable = false; } ]; }) config;
  home = config.home-manager.users.anna;
in
{
  units = builtins.mapAttrs (_: unit: unit.text) config.systemd.units;
  files = builtins.attrNames config.environment.etc;
  packages = names config.environment.systemPackages;
  accounts = builtins.mapAttrs (_: user: {
    inherit (user) home isNormalUser extraGroups;
    shell = toString user.shell;
  }) config.users.users;
  homeFiles = builtins.mapAttrs (_: file: toString file.source) home.home.file;
  homePackages = names home.home.packages;
  git = home.programs.git.iniContent;
  versions = [ config.system.stateVersion home.home.stateVersion ];
}`;

interface Contents {
  readonly units: Readonly<Record<string, string>>;
}

it('is shown with the code of the example', () => {
  const page = readFileSync(join(__dirname, '..', 'docs', 'adopting.md'), 'utf8');
  expect(page).toContain(`\`\`\`ts\n${readFileSync(join(example, 'main.ts'), 'utf8')}\`\`\``);
});

describeRealworld('a flake that was there before', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdknix-adopting-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('gives the same machines when it is taken over as it is', { timeout: 300_000 }, async () => {
    const [before, after] = [join(folder, 'before'), join(folder, 'after')];
    cpSync(example, before, { recursive: true });
    const { flake } = (await import(join(example, 'main.ts'))) as { flake: Flake };
    const plan = planOf(fleetOf(flake));
    write({ ...plan, state: { ...plan.state, file: join(folder, 'state.json'), before: null } }, after);
    for (const host of ['desk', 'nas']) {
      const attribute = `nixosConfigurations.${host}`;
      const old = (await evaluate(before, attribute, contents)) as Contents;
      const { units, ...rest } = (await evaluate(after, attribute, contents)) as Contents;
      // What a host may set otherwise: home-manager.backupFileExtension.
      const backup = 'Environment="HOME_MANAGER_BACKUP_EXT=backup"\n';
      const texts = Object.entries(units).map(([name, text]) => [name, text.replace(backup, '')]);
      expect({ ...rest, units: Object.fromEntries(texts) }).toEqual(old);
      expect(texts.length).toBeGreaterThan(50);
    }
  });
});
