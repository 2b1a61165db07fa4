import {
  acknowledge,
  type Feature,
  Flake,
  HomeUser,
  Host,
  lazy,
  mkDefault,
  mkForce,
  mkIf,
  mkMerge,
  nix,
  pkgs,
  str,
} from 'cdknix';
import { diagnostics } from 'cdknix/testing';
import { describe, expect, it } from 'vitest';
import { expr, parse } from '../../lib/nix';

const linux = { system: 'x86_64-linux' } as const;
const mac = { system: 'aarch64-darwin' } as const;

type Desk = Host<'x86_64-linux'>;

/** What is said of a NixOS host with a user, as `code: message`. */
function said(make: (host: Desk, user: HomeUser, flake: Flake) => void): string[] {
  const flake = new Flake();
  const host = new Host(flake, 'desk', linux);
  make(host, new HomeUser(host, 'anna'), flake);
  return diagnostics(flake).map(({ code, severity, message }) => `${severity} ${code}: ${message}`);
}

describe('definitions are checked by the options of their module system', () => {
  it('and right ones pass, whatever way they are written', () => {
    expect(
      said((host, user) => {
        host.set({
          networking: mkIf(host.config.services.openssh.enable, { firewall: mkForce({ enable: true }) }),
          environment: { systemPackages: mkMerge([[pkgs.git], [pkgs.vim]]), etc: { motd: { text: str`hi` } } },
          services: nix`{ openssh.enable = lib.mkDefault true; }`,
        });
        host.set(nix`{ time.timeZone = "Europe/Berlin"; }`);
        user.set({ programs: lazy(() => ({ bat: { enable: true } })) });
        user.account.set({ shell: pkgs.zsh });
      }),
    ).toEqual([]);
  });

  it('by whatever names renamed options have now', () => {
    expect(
      said((host, user) => {
        user.set({ programs: { ssh: { addKeysToAgent: 'yes' } } });
        host.set({ services: { redis: { appendOnly: true } } });
      }),
    ).toMatchInlineSnapshot(`
      [
        "warning option-renamed: programs.ssh.addKeysToAgent has a new name",
        "warning option-renamed: services.redis.appendOnly has a new name",
      ]
    `);
  });

  it('in raw Nix, lazies and accounts as well', () => {
    expect(
      said((host, user) => {
        host.set({ services: nix`{ openssh.enabel = true; }` });
        user.set({ programs: lazy(() => ({ bat: JSON.parse('{ "enable": 1 }') })) });
        user.account.set(JSON.parse('{ "shel": "zsh" }'));
      }),
    ).toEqual([
      'warning option-type: programs.bat.enable takes boolean, not 1',
      'warning option-unknown: there is no option services.openssh.enabel',
      'warning option-unknown: there is no option users.users.anna.shel',
    ]);
  });

  it('once for all who use a feature', () => {
    const flake = new Flake();
    const broken = (feature: Feature) => feature.nixos.set(JSON.parse('{ "services": { "opnssh": {} } }'));
    for (const name of ['a', 'b', 'c']) new Host(flake, name, linux).use(broken);
    expect(diagnostics(flake).map(({ code, path }) => [code, path])).toEqual([['option-unknown', 'a/broken']]);
  });

  it('unless it is acknowledged', () => {
    expect(
      said((host) => {
        host.set(JSON.parse('{ "services": { "opnssh": { "enable": true } } }'));
        acknowledge(host, 'option-unknown');
      }),
    ).toEqual([]);
  });
});

describe('an option of another module system', () => {
  const wrong = (text: string) => JSON.parse(text);

  it('is said to be one', () => {
    const flake = new Flake();
    const desk = new Host(flake, 'desk', linux).set(wrong('{ "homebrew": { "enable": true } }'));
    desk.set(wrong('{ "programs": { "helix": { "enable": true } } }'));
    new Host(flake, 'book', mac).set(wrong('{ "boot": { "kernelParams": [] } }'));
    new HomeUser(desk, 'anna').set(wrong('{ "virtualisation": { "docker": { "enable": true } } }'));
    expect(diagnostics(flake).map(({ message, help }) => `${message}; ${help}`)).toEqual([
      'virtualisation is an option of NixOS, and this is a module for Home Manager; set it on the NixOS host, or in the nixos part of a feature',
      'homebrew is an option of nix-darwin, and this is a module for NixOS; set it on the Mac, or in the darwin part of a feature',
      'programs.helix is an option of Home Manager, and this is a module for NixOS; set it on the HomeUser, or in the home part of a feature',
      'boot is an option of NixOS, and this is a module for nix-darwin; set it on the NixOS host, or in the nixos part of a feature',
    ]);
  });

  it('is nothing to speak of where both have it', () => {
    expect(
      said((host, user) => {
        host.set({ programs: { zsh: { enable: true }, starship: { enable: true } } });
        user.set({ programs: { zsh: { enable: true }, starship: { enable: true } } });
      }),
    ).toEqual([]);
  });
});

describe('an option that no table has', () => {
  it('may be one of a module that an input brings', () => {
    expect(
      said((host, _, flake) => {
        const sops = flake.input('sops-nix', { url: 'github:Mic92/sops-nix' });
        host.import(sops.nixosModules.sops);
        host.set(JSON.parse('{ "sops": { "defaultSopsFile": "/x" }, "environment": { "persistence": {} } }'));
      }),
    ).toEqual(['warning option-unknown: there is no option environment.persistence']);
  });

  it('says how to learn of it', () => {
    const flake = new Flake();
    const host = new Host(flake, 'desk', linux);
    host.import(flake.input('impermanence', { url: 'github:nix-community/impermanence' }).nixosModules.impermanence);
    host.set(JSON.parse('{ "environment": { "persistence": {} } }'));
    expect(diagnostics(flake)[0]!.help).toContain(
      'if inputs.impermanence.nixosModules.impermanence declares it, run cdknix import, which reads its options',
    );
  });

  it('gets the advice to import options once', () => {
    const flake = new Flake();
    const host = new Host(flake, 'desk', linux);
    host.import(flake.input('impermanence', { url: 'github:nix-community/impermanence' }).nixosModules.impermanence);
    host.set(JSON.parse('{ "zzyzx": { "a": 1 } }'));
    expect(diagnostics(flake).map((one) => one.help)).toEqual([
      'look its name up; ' +
        'if inputs.impermanence.nixosModules.impermanence declares it, run cdknix import, which reads its options',
    ]);
  });

  it('may be one of the user, declared in Nix', () => {
    const module = nix`{ lib, ... }: {
      options.my.backup = { enable = lib.mkEnableOption "backups"; paths = lib.mkOption { }; };
    }`;
    expect(
      said((host) => {
        host.import(module);
        host.set(JSON.parse('{ "my": { "backup": { "enable": true, "pats": [] }, "other": 1 } }'));
      }),
    ).toEqual([
      'warning option-unknown: there is no option my.backup.pats',
      'warning option-unknown: there is no option my.other',
    ]);
  });

  it('takes what its declaration spells, and anything where that is left to Nix', () => {
    const wrong = (type: string) =>
      said((host) => {
        host.import(expr(parse(`{ lib, ... }: { options.my.own = ${type}; }`)));
        host.set(JSON.parse('{ "my": { "own": -1.5 } }'));
      }).map((one) => one.replace('warning option-type: my.own takes ', ''));
    const spelled = (type: string) => wrong(`lib.mkOption { type = ${type}; }`);
    expect(spelled('lib.types.str')).toEqual(['string, not -1.5']);
    expect(spelled('with lib; types.port')).toEqual(['integer between 0 and 65535 (both inclusive), not -1.5']);
    expect(spelled('with lib.types; nullOr (listOf (enum [ "a" "b" ]))')).toEqual([
      'null or (list of (one of "a", "b")), not -1.5',
    ]);
    expect(wrong('lib.mkEnableOption "it" // { default = true; }')).toEqual(['boolean, not -1.5']);
    expect(wrong('lib.mkPackageOption { } "git" { }')).toEqual(['package, not -1.5']);
    for (const open of ['with lib; str', 'lib.types.str.extended', 'lib.own.str']) {
      expect(spelled(open)).toEqual([]);
    }
    expect(wrong('lib.mkEnableOption "it" // lib.more')).toEqual([]);
    expect(spelled('lib.types.addCheck lib.types.str lib.id')).toEqual(['string, not -1.5']);
    expect(wrong('lib.mkPackageOption { } "git" { nullable = true; }')).toEqual(['null or package, not -1.5']);
  });

  it('takes anything if it is declared in two ways', () => {
    const declared = (type: string) =>
      expr(parse(`{ lib, ... }: { options.my.own = lib.mkOption { type = lib.types.${type}; }; }`));
    const set = (host: Desk, ...types: string[]) => {
      for (const type of types) host.import(declared(type));
      host.set(JSON.parse('{ "my": { "own": 1 } }'));
    };
    expect(said((host) => set(host, 'str', 'int'))).toEqual([]);
    expect(said((host) => set(host, 'str', 'str'))).toEqual(['warning option-type: my.own takes string, not 1']);
  });
});

describe('definitions of one option by two constructs', () => {
  const zone = (timeZone: string) =>
    ({ [timeZone]: (feature: Feature) => feature.nixos.set({ time: { timeZone } }) })[timeZone]!;
  const conflict = (there: string, here: string) =>
    `warning option-conflict: time.timeZone is defined as "${here}" and as "${there}"`;

  it('conflict where they differ', () => {
    expect(said((host) => host.set({ time: { timeZone: 'UTC' } }).use(zone('CET')))).toEqual([conflict('UTC', 'CET')]);
    expect(said((host) => host.set({ time: { timeZone: 'UTC' } }).set({ time: { timeZone: 'CET' } }))).toEqual([
      conflict('UTC', 'CET'),
    ]);
    expect(said((host) => host.use(zone('CET')).use(zone('UTC')))).toEqual([conflict('CET', 'UTC')]);
  });

  it('stand together where they agree, give way, win or depend', () => {
    const utc = (host: Desk) => host.set({ time: { timeZone: 'UTC' } });
    expect(said((host) => utc(host).use(zone('UTC')))).toEqual([]);
    expect(said((host) => utc(host).set({ time: { timeZone: mkDefault('CET') } }))).toEqual([]);
    expect(said((host) => utc(host).set({ time: { timeZone: mkForce('CET') } }))).toEqual([]);
    expect(
      said((host) => utc(host).set({ time: mkIf(host.config.powerManagement.enable, { timeZone: 'CET' }) })),
    ).toEqual([]);
    expect(
      said((host) =>
        utc(host)
          .use(zone('CET'))
          .set({ time: { timeZone: mkForce('EET') } }),
      ),
    ).toEqual([]);
  });

  it('do not meet on different machines', () => {
    expect(
      said((host, _, flake) => {
        host.use(zone('CET'));
        new Host(flake, 'server', linux).use(zone('UTC'));
      }),
    ).toEqual([]);
  });

  it('conflict in homes and accounts as well', () => {
    expect(
      said((host, user) => {
        user.set({ programs: { git: { enable: true } } });
        host.use(function plain(feature) {
          feature.home.set({ programs: { git: { enable: false } } });
        });
        user.account.set({ description: 'Anna' }).set({ description: 'A.' });
      }),
    ).toEqual([
      'warning option-conflict: users.users.anna.description is defined as "A." and as "Anna"',
      'warning option-conflict: programs.git.enable is defined as false and as true',
    ]);
  });

  it('are not shown where they may be secrets', () => {
    expect(
      said((host) => {
        acknowledge(host, 'secret');
        host.set({ users: { users: { anna: { password: 'one' } } } });
        host.set({ users: { users: { anna: { password: 'two' } } } });
      }),
    ).toEqual(['warning option-conflict: users.users.anna.password is defined as a string, and as another one']);
  });

  it('add up where the option takes more than one', () => {
    expect(
      said((host, user) => {
        host.set({ users: { motd: 'a' }, networking: { firewall: { allowedTCPPorts: [1] } } });
        host.set({ users: { motd: 'b' }, networking: { firewall: { allowedTCPPorts: [2] } } });
        user.set({ home: { sessionVariables: { A: 'a' } } }).set({ home: { sessionVariables: { B: 'b' } } });
      }),
    ).toEqual([]);
  });
});

describe('an element of a list', () => {
  it('lacks what it does not give', () => {
    expect(said((host) => host.set({ nix: { buildMachines: [{ maxJobs: 4 }, { hostName: 'builder' }] } }))).toEqual([
      'warning option-required: nix.buildMachines[0] lacks hostName',
    ]);
  });
});

describe('an option with a new name', () => {
  /** Where the definition is, and where it has to be. */
  function fixes(make: (host: Desk, user: HomeUser) => void) {
    const flake = new Flake();
    const host = new Host(flake, 'desk', linux);
    make(host, new HomeUser(host, 'anna'));
    return diagnostics(flake).map(({ fix }) => fix && [fix.from.join(' '), fix.to.join(' ')]);
  }

  it('can be given it in the source, wherever it stands', () => {
    expect(fixes((host) => host.set({ hardware: { opengl: { enable: true } } }))).toEqual([
      ['hardware opengl enable', 'hardware graphics enable'],
    ]);
    expect(fixes((host) => host.set(mkMerge([{ hardware: mkIf(true, { opengl: { enable: true } }) }])))).toEqual([
      ['0 hardware opengl enable', '0 hardware graphics enable'],
    ]);
    expect(fixes((host) => host.set({ services: { openssh: { passwordAuthentication: false } } }))).toEqual([
      ['services openssh passwordAuthentication', 'services openssh settings PasswordAuthentication'],
    ]);
  });
});
