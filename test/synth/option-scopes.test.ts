import { join } from 'node:path';
import { Feature, Flake, HomeUser, Host, mkEnableOption, mkOption, nix, types } from 'cdknix';
import { diagnostics } from 'cdknix/testing';
import type { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { fleetOf } from '../../lib/constructs/fleet';
import { File } from '../../lib/module';
import type { OptionTable } from '../../lib/options/table';
import { Assets } from '../../lib/synth/assets';
import { optionScopes } from '../../lib/synth/check/option-scopes';
import { OutputSources } from '../../lib/synth/output-sources';
import { folderWith } from '../cli/support';

const linux = { system: 'x86_64-linux' } as const;

/** A host as JavaScript lets it be used. */
// biome-ignore lint/suspicious/noExplicitAny: the compiler would find what the tests get wrong
type Loose = any;

class Nightly extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.nixos.declare({
      services: {
        nightly: { enable: mkEnableOption('nightly jobs'), at: mkOption({ type: types.str, default: '3' }) },
      },
    });
  }
}

/** What is said of a flake with the hosts `one` and `two`. */
function said(make: (one: Loose, two: Loose, flake: Flake) => void): string[] {
  const flake = new Flake();
  make(new Host(flake, 'one', linux), new Host(flake, 'two', linux), flake);
  return diagnostics(flake).map(({ severity, path, message, help }) => `${severity} ${path}: ${message}; ${help}`);
}

const misspelt = (host: Loose) => host.set({ services: { opensh: { enable: true } } });
const unlike = (host: Loose) => host.set({ services: { zyzzyva: { enable: true } } });
const didYouMean = 'there is no option services.opensh; did you mean services.openssh or services.opkssh?';
const age =
  'the options known here are those of NixOS 26.11pre, and the channel is 26.05: cdknix import reads those of your own ' +
  'inputs, or without Nix cdknix import --channel those of the channel';
const noSuch = 'there is no option services.zyzzyva; look its name up';

describe('what one host imports', () => {
  const open = nix`{ lib, ... }: lib.recursiveUpdate { } { options = { }; }`;
  const ofInput = (flake: Flake) => flake.input('sops-nix', { url: 'github:a/b' }).nixosModules.sops;

  it('does not weaken the checks of others', () => {
    const imports: ((host: Loose, flake: Flake) => void)[] = [
      (host) => host.import(open),
      (host, flake) => host.import(ofInput(flake)),
      (host, flake) =>
        host.use(function brings(feature: Feature) {
          feature.nixos.import(ofInput(flake) as never);
        }),
    ];
    for (const use of imports) {
      const found = said((one, two, flake) => {
        use(one, flake);
        unlike(two);
      });
      expect(found).toEqual([`warning two: there is no option services.zyzzyva; ${age}; look its name up`]);
    }
  });

  it('weakens its own, except where another name fits', () => {
    expect(
      said((one, _, flake) => {
        one.import(ofInput(flake));
        unlike(one);
        misspelt(one);
      }),
    ).toEqual([
      `warning one: ${noSuch}; if inputs.sops-nix.nixosModules.sops declares it, run cdknix import, which reads its options`,
      `warning one: ${didYouMean}; if inputs.sops-nix.nixosModules.sops declares it, run cdknix import, which reads its options`,
    ]);
    expect(
      said((one) => {
        one.import(open);
        unlike(one);
        misspelt(one);
      }),
    ).toEqual([`warning one: ${didYouMean}`]);
  });

  it('may have the name of the option that is not known, but not a part of it', () => {
    const with_ = (option: string) =>
      said((one, _, flake) => {
        one.import(ofInput(flake));
        one.set({ [option]: { enable: true } });
      });
    expect(with_('sops')).toEqual([]);
    expect(with_('so')).toHaveLength(1);
  });

  it('counts for features on it, on each host by what that has', () => {
    const found = said((one, two, flake) => {
      const common = function common(feature: Feature) {
        (feature.nixos as Loose).set({ services: { zyzzyva: { enable: true } } });
      };
      one.import(open);
      for (const host of [one, two]) host.use(common);
      void flake;
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('there is no option services.zyzzyva; ');
  });

  it('counts for references', () => {
    const refer = (host: Loose, to: Loose) => host.set({ users: { motd: to.config.services.zyzzyva.text } });
    expect(
      said((one, two) => {
        one.import(open);
        refer(two, one);
      }),
    ).toEqual([]);
    expect(
      said((one, two) => {
        one.import(open);
        refer(one, two);
      }),
    ).toHaveLength(1);
  });

  it('counts for homes by themselves', () => {
    expect(
      said((one, two, flake) => {
        const module = flake.input('nixvim', { url: 'github:a/b' }).homeModules.default;
        new HomeUser(one, 'anna').import(module as never);
        const set = { programs: { zyzzyva: { enable: true } } } as never;
        new HomeUser(one, 'ben').set(set);
        new HomeUser(two, 'anna').set(set);
      }).map((one) => one.includes('inputs.nixvim')),
    ).toEqual([false, false]);
  });
});

describe('an option that a feature declares', () => {
  const enable = (host: Loose) => host.set({ services: { nightly: { enable: true } } });

  it('is known where the feature is used', () => {
    expect(
      said((one) => {
        one.use(Nightly);
        enable(one);
      }),
    ).toEqual([]);
    expect(
      said((_one, _two, flake) => {
        flake.use(Nightly);
        enable(_two);
      }),
    ).toEqual([]);
  });

  it('leads to the name of the feature where it is not', () => {
    expect(
      said((one, two) => {
        one.use(Nightly);
        enable(two);
      }),
    ).toEqual([
      "error two: there is no option services.nightly; the feature 'nightly' (Nightly) declares it, and is not used here: " +
        'use it, or leave this out',
    ]);
  });

  it('leads to the host that imports a module which declares it', () => {
    expect(
      said((one, two) => {
        one.import(nix`{ lib, ... }: { options.services.nightly.enable = lib.mkEnableOption "it"; }`);
        enable(two);
      }),
    ).toEqual([
      `error two: there is no option services.nightly; one imports a module that declares it: import it here as well, or leave this out`,
    ]);
  });

  it('is checked where a reference asks for it', () => {
    expect(
      said((one, two) => {
        one.use(Nightly);
        two.set({ users: { motd: two.config.services.nightly.at } });
      }),
    ).toEqual([
      'error two: there is no option services.nightly of NixOS to refer to; ' +
        "the feature 'nightly' (Nightly) declares it, and is not used here: use it, or leave this out",
    ]);
  });
});

describe('an option that a file declares', () => {
  it('is known to whoever imports the file, or one that leads to it', () => {
    const folder = folderWith({
      'package.json': '{ "name": "mine" }',
      'a.nix': '{ imports = [ ./b.nix ]; }',
      'b.nix': '{ lib, ... }: { imports = [ ./a.nix ./c.nix ]; }',
      'c.nix': '{ lib, ... }: { options.services.zyzzyva.enable = lib.mkEnableOption "it"; }',
      'd.nix': '{ }',
    });
    const file = (path: string) => new File(path, { file: join(folder, 'app.js'), line: 1, column: 1 }, 'module');
    const found = said((one, two, flake) => {
      for (const [name, path] of [
        ['three', 'b.nix'],
        ['four', 'd.nix'],
      ] as const) {
        const host: Loose = new Host(flake, name, linux);
        host.import(file(path));
        unlike(host);
      }
      one.import(file('a.nix'));
      for (const host of [one, two]) unlike(host);
    });
    expect(found).toEqual(
      ['two', 'four'].map(
        (name) =>
          `error ${name}: there is no option services.zyzzyva; ` +
          'one imports a module that declares it: import it here as well, or leave this out',
      ),
    );
  });
});

describe('the options of hosts that import the same', () => {
  it('are worked out once', () => {
    const flake = new Flake();
    const hosts = ['a', 'b', 'c'].map((name) => new Host(flake, name, linux));
    for (const host of hosts) host.use(Nightly);
    const fleet = fleetOf(flake);
    const table = { class: 'nixos', source: 'import', release: '1', options: {} } as OptionTable;
    const scopes = optionScopes(
      fleet,
      () => table,
      new Assets(undefined, new Set(['a']), new OutputSources(join('/', 'nowhere'))),
    );
    const [first, ...others] = fleet.hosts.map((host) => scopes.of(host));
    expect(others).toEqual([first, first]);
    expect(others.every((one) => one === first)).toBe(true);
    expect(scopes.having(fleet.hosts.flatMap((host) => host.parts.map((part) => part.module)))).toEqual([first]);
  });
});
