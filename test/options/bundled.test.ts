import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bundledTable } from '../../lib/options/bundled';
import { countOptions } from '../../lib/options/compare';
import type { ModuleClass } from '../../lib/options/config';
import { showTable } from '../../lib/options/table';
import type { OptionType } from '../../lib/options/type';
import { documentedOptions } from '../support/documented';
import { optionPlaces, placeOf } from '../support/option-places';
import { describePublished, hiddenJson, published, publishedJson } from '../support/published';
import { describeRealworld, realworld } from '../support/realworld';

const textOf = (of: ModuleClass) => readFileSync(join(__dirname, '../../data/options', `${of}.jsonl`), 'utf8');

describe('the bundled tables', () => {
  it.each(['nixos', 'darwin', 'home'] as const)('have one of %s', (of) => {
    const { options, ...origin } = bundledTable(of);
    expect(origin).toMatchObject({ class: of, source: 'bundled', release: of === 'nixos' ? '26.11pre' : '26.05' });
    expect(Object.keys(options).length).toBeGreaterThan(15);
  });

  it('are read once', () => {
    expect(bundledTable('home')).toBe(bundledTable('home'));
  });

  it('say which modules they know beyond the system’s own', () => {
    expect(bundledTable('nixos').modules).toEqual(['inputs.home-manager.nixosModules.home-manager']);
    expect(bundledTable('darwin').modules).toEqual(['inputs.home-manager.darwinModules.home-manager']);
    expect(bundledTable('home').modules).toBeUndefined();
  });

  it.each(['nixos', 'darwin', 'home'] as const)('are what is written of them: %s', (of) => {
    expect(showTable(bundledTable(of))).toBe(textOf(of));
  });

  it('hold nothing of the machine that they were made on', () => {
    for (const of of ['nixos', 'darwin', 'home'] as const) {
      expect(textOf(of)).not.toMatch(/\/nix\/store|‹|\/home\/user|"file":"\//);
    }
  });

  it('have as many options as the README says', () => {
    const count = (['nixos', 'darwin', 'home'] as const)
      .map((of) => countOptions(bundledTable(of).options))
      .reduce((sum, one) => sum + one);
    expect(readFileSync(join(__dirname, '../../README.md'), 'utf8')).toContain(
      `all ${count.toLocaleString('en')} of NixOS, nix-darwin and Home Manager`,
    );
  });

  it('are of the releases that the README and the page about options say', () => {
    const [nixos, darwin, home] = (['nixos', 'darwin', 'home'] as const).map((of) => bundledTable(of).release);
    expect(darwin).toBe(home);
    for (const page of ['README.md', 'docs/options.md']) {
      const text = readFileSync(join(__dirname, '../..', page), 'utf8');
      expect(text).toMatch(
        new RegExp(`NixOS ${nixos!.replace('pre', '')} as it was in \\w+ \\d+, Home Manager and nix-darwin ${home}`),
      );
    }
  });

  it('are small', () => {
    const sizes = (['nixos', 'darwin', 'home'] as const).map((of) => gzipSync(textOf(of)).length);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(600_000);
  });
});

describe('what the bundled tables say', () => {
  const places = {
    nixos: optionPlaces(bundledTable('nixos').options),
    darwin: optionPlaces(bundledTable('darwin').options),
    home: optionPlaces(bundledTable('home').options),
  };
  const typeAt = (of: ModuleClass, place: string): OptionType | undefined => places[of].get(place)?.[0];
  const factsAt = (of: ModuleClass, place: string) => places[of].get(place)?.[1];

  it('reaches into submodules', () => {
    const place = 'services.nginx.virtualHosts.<name>.locations.<name>.proxyPass';
    expect(typeAt('nixos', place)).toEqual({ kind: 'nullOr', of: 'str' });
  });

  it('has bounds, patterns, separators and values', () => {
    expect(typeAt('nixos', 'services.openssh.ports')).toEqual({
      kind: 'listOf',
      of: { kind: 'int', min: 0, max: 65_535 },
    });
    expect(typeAt('nixos', 'networking.hostName')).toMatchObject({
      kind: 'str',
      pattern: expect.stringContaining('alnum'),
    });
    expect(typeAt('nixos', 'environment.shellInit')).toEqual({ kind: 'str', separator: '\n' });
    expect(typeAt('nixos', 'boot.loader.systemd-boot.consoleMode')).toEqual({
      kind: 'enum',
      values: ['0', '1', '2', '5', 'auto', 'max', 'keep'],
    });
  });

  it('has defaults that are plain data, and the declaring file', () => {
    expect(factsAt('nixos', 'services.nginx.enable')).toEqual({
      default: false,
      file: 'nixos/modules/services/web-servers/nginx/default.nix',
    });
    expect(factsAt('home', 'programs.bat.config')).toMatchObject({ default: {}, file: 'modules/programs/bat.nix' });
    expect(factsAt('nixos', 'services.nginx.package')).not.toHaveProperty('default');
  });

  it('has renames, but takes no alias that stays for one', () => {
    expect(factsAt('nixos', 'hardware.opengl.enable')).toMatchObject({
      hidden: true,
      renamedTo: 'hardware.graphics.enable',
    });
    expect(factsAt('nixos', 'users.extraUsers')).not.toHaveProperty('renamedTo');
  });

  it('has options that are gone', () => {
    expect(factsAt('darwin', 'services.nix-daemon.enable')).toMatchObject({ hidden: true, removed: true });
  });

  it('has options that may not be set', () => {
    expect(factsAt('nixos', 'system.nixos.release')).toMatchObject({ readOnly: true });
  });

  it('has what an element of a list cannot do without', () => {
    expect(factsAt('nixos', 'services.openssh.hostKeys.*.path')).toBeUndefined();
    expect(factsAt('darwin', 'services.openssh.hostKeys.*.path')).toMatchObject({ required: true });
    expect(factsAt('darwin', 'homebrew.brews.*.args')).not.toHaveProperty('required');
  });

  it('knows homes and machines inside machines', () => {
    const homes: OptionType = { kind: 'attrsOf', of: 'home' };
    expect(typeAt('nixos', 'home-manager.users')).toEqual(homes);
    expect(typeAt('darwin', 'home-manager.users')).toEqual(homes);
    expect(typeAt('home', 'home-manager.users')).toBeUndefined();
    expect(typeAt('nixos', 'specialisation.<name>.configuration')).toBe('nixos');
    expect(typeAt('nixos', 'containers.<name>.config')).toBe('nixos');
  });

  it('knows of settings in a file format only that they are data', () => {
    expect(typeAt('home', 'programs.foot.settings')).toBe('data');
  });
});

/** Those that the published options are of the same release as. */
const comparable = published.filter((of) => of !== 'nixos');

describePublished('the bundled tables and upstream’s own documentation', () => {
  it('have the same options', () => {
    let count = 0;
    for (const of of comparable) {
      const ours = optionPlaces(bundledTable(of).options);
      const theirs = Object.values(
        JSON.parse(publishedJson(of)) as Record<string, { loc: string[]; readOnly: boolean }>,
      );
      count += theirs.length;
      expect(theirs.map(({ loc }) => placeOf(loc)).filter((place) => !ours.has(place))).toEqual([]);
      const otherwise = theirs.filter(
        ({ loc, readOnly }) => (ours.get(placeOf(loc))![1]?.readOnly ?? false) !== readOnly,
      );
      expect(otherwise).toEqual([]);
    }
    expect(count).toBe(6_415);
  });

  it('have the same hidden options, with the same new names', () => {
    for (const of of comparable) {
      const ours = optionPlaces(bundledTable(of).options);
      const hidden = JSON.parse(hiddenJson(of)) as Record<string, { readonly renamedTo?: string }>;
      for (const [shown, { renamedTo }] of Object.entries(hidden)) {
        const place = shown.replaceAll('"', '').replace(/<\w+>/g, '<name>');
        // Those that nixpkgs declares are of a newer release.
        if (ours.get(place)?.[1]?.file?.startsWith('modules/generic/')) continue;
        expect(ours.get(place)?.[1], place).toMatchObject({ hidden: true, ...(renamedTo && { renamedTo }) });
        if (!renamedTo) expect(ours.get(place)![1], place).not.toHaveProperty('renamedTo');
      }
    }
  });
});

describeRealworld('the bundled table of NixOS and its manual', () => {
  it('have the same options', { timeout: 300_000 }, () => {
    const theirs = documentedOptions(`path:${realworld}/nixpkgs`, ['loc']).map(({ loc }) => placeOf([...loc]));
    const ours = optionPlaces(bundledTable('nixos').options);
    expect(theirs.length).toBeGreaterThan(24_000);
    expect(theirs.filter((place) => !ours.has(place))).toEqual([]);
  });
});
