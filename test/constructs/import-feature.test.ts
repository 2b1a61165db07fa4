import { Feature, Flake, HomeUser, Host } from 'cdknix';
import { synthToFiles } from 'cdknix/testing';
import type { Construct } from 'constructs';
import { expect, it } from 'vitest';

function oak(fill: (host: Host<'x86_64-linux'>, flake: Flake) => void): Record<string, string> {
  const flake = new Flake();
  const host = new Host(flake, 'oak', { system: 'x86_64-linux' });
  fill(host, flake);
  return synthToFiles(flake);
}

/** The paths in the list of imports of a module. */
function importsIn(text = ''): string[] {
  const [, list = ''] = /imports = \[([^\]]*)\]/.exec(text) ?? [];
  return list.trim().split(/\s+/);
}

function disks(feature: Feature): void {
  feature.nixos.set({ boot: { tmp: { cleanOnBoot: true } } });
}

class Backup extends Feature {
  constructor(scope: Construct, id: string, { at = 'daily' }: { at?: string } = {}) {
    super(scope, id);
    this.nixos.set({ services: { restic: { backups: { all: { timerConfig: { OnCalendar: at } } } } } });
  }
}

class Other {}

function server(feature: Feature): void {
  feature.nixos.import(disks, { services: { openssh: { enable: true } } }, Backup.with({ at: 'weekly' }));
}

it('a feature that a module imports is a module of its own, imported by the file of that module, in the order of the calls', () => {
  const files = oak((host) => host.use(server));
  expect(importsIn(files['hosts/oak/default.nix'])).toEqual(['../../modules/nixos/server.nix']);
  expect(files['modules/nixos/server.nix']).toMatchInlineSnapshot(`
    "{ ... }:
    {
      imports = [
        ./disks.nix
        { services.openssh.enable = true; }
        ./backup.nix
      ];
    }
    "
  `);
  expect(files['modules/nixos/disks.nix']).toContain('boot.tmp.cleanOnBoot = true;');
  expect(files['modules/nixos/backup.nix']).toContain('OnCalendar = "weekly";');
});

it('a feature that only imports others has a file', () => {
  const all = (feature: Feature) => void feature.nixos.import(disks, Backup);
  const files = oak((host) => host.use(all));
  expect(importsIn(files['modules/nixos/all.nix'])).toEqual(['./disks.nix', './backup.nix']);
});

it('what several modules import is one file', () => {
  const first = (feature: Feature) => void feature.nixos.import(disks);
  const second = (feature: Feature) => void feature.nixos.import(disks);
  const files = oak((host) => host.use(first, second));
  expect(Object.keys(files).filter((file) => file.startsWith('modules/'))).toEqual([
    'modules/nixos/disks.nix',
    'modules/nixos/first.nix',
    'modules/nixos/second.nix',
  ]);
});

it('modules that import other variants of a feature are variants themselves', () => {
  const each = (at: string) => Feature.define('each', (feature) => void feature.nixos.import(Backup.with({ at })));
  const flake = new Flake();
  for (const name of ['elm', 'oak']) new Host(flake, name, { system: 'x86_64-linux' }).use(each(name));
  const files = synthToFiles(flake);
  expect(importsIn(files['modules/nixos/each-elm.nix'])).toEqual(['./backup-elm.nix']);
  expect(importsIn(files['modules/nixos/each-oak.nix'])).toEqual(['./backup-oak.nix']);
});

it('homes import features as hosts do, and parts of other kinds go where the feature is used', () => {
  const shell = (feature: Feature) => {
    feature.home.set({ programs: { fish: { enable: true } } });
    feature.nixos.set({ programs: { fish: { enable: true } } });
  };
  const desktop = (feature: Feature) => void feature.home.import(shell);
  const files = oak((host) => new HomeUser(host, 'ada').use(desktop));
  expect(importsIn(files['home/ada/default.nix'])).toEqual(['../../modules/home/desktop.nix']);
  expect(importsIn(files['modules/home/desktop.nix'])).toEqual(['./shell.nix']);
  expect(importsIn(files['hosts/oak/default.nix'])).toContain('../../modules/nixos/shell.nix');
});

it('an exported feature imports its parts', () => {
  const flake = new Flake();
  flake.export(server);
  const files = synthToFiles(flake);
  expect(files['flake.nix']).toContain('server = ./modules/nixos/server.nix;');
  expect(files['flake.nix']).not.toContain('disks');
});

it('what is no feature is refused', () => {
  const nameless = (feature: Feature) => void feature.nixos.import(() => {});
  expect(() => oak((host) => host.use(nameless))).toThrow('a function without a name was used as a feature');
  const wrong = (feature: Feature) => void feature.nixos.import(Other);
  expect(() => oak((host) => host.use(wrong))).toThrow('Other is not a feature');
});
