import { type Feature, Flake, HomeUser, Host, mkEnableOption, mkOption, nix, types } from 'cdknix';
import { diagnostics } from 'cdknix/testing';
import { describe, expect, it } from 'vitest';

const linux = { system: 'x86_64-linux' } as const;

/** What a function declares as a feature of the name. */
function feature(name: string, options: object) {
  const use = (one: Feature) => {
    one.nixos.declare(options as never);
  };
  return Object.defineProperty(use, 'name', { value: name });
}

function said(make: (host: Host<'x86_64-linux'>, flake: Flake) => void): string[] {
  const flake = new Flake();
  make(new Host(flake, 'desk', linux), flake);
  return diagnostics(flake).map(({ severity, code, path, message, help, position }) => {
    expect(position?.file).toContain('declared-twice.test.ts');
    return `${severity} ${code} in ${path}: ${message}; ${help}`;
  });
}

const enable = () => mkEnableOption('it');

describe('an option that the module system has', () => {
  const rename = 'set it, or declare an option of a name of your own';
  const warning = (what: string) => [`warning option-declared in desk/own: NixOS (26.11pre) ${what}; ${rename}`];

  it('cannot be declared again', () => {
    expect(said((host) => host.use(feature('own', { services: { openssh: { enable: enable() } } })))).toEqual(
      warning('has an option services.openssh.enable of its own'),
    );
    const str = mkOption({ type: types.str });
    expect(said((host) => host.use(feature('own', { services: { openssh: { ports: str } } })))).toEqual(
      warning('has an option services.openssh.ports of its own'),
    );
  });

  it('cannot hold others, nor be in a group that is declared', () => {
    expect(said((host) => host.use(feature('own', { services: { openssh: { ports: { x: enable() } } } })))).toEqual(
      warning('has an option services.openssh.ports, which holds none of your own'),
    );
    expect(said((host) => host.use(feature('own', { services: { openssh: enable() } })))).toEqual(
      warning('has a group of options services.openssh'),
    );
  });

  it('may get options where it is a submodule, and be extended by what it does not say', () => {
    expect(said((host) => host.use(feature('own', { networking: { networkmanager: { own: enable() } } })))).toEqual([]);
    const more = mkOption({ type: types.bool });
    expect(said((host) => host.use(feature('own', { services: { openssh: { enable: more } } })))).toEqual([]);
  });

  it('may be declared anew where its module is disabled', () => {
    const use = (one: Feature) => {
      one.nixos.disable('services/networking/ssh/sshd.nix');
      one.nixos.declare({ services: { openssh: { enable: enable() } } });
    };
    expect(said((host) => host.use(use))).toEqual([]);
  });
});

describe('an option that two declare', () => {
  const own = { services: { nightly: { enable: enable() } } };
  const keep = 'keep one declaration, or give the other one a name of its own';

  it('is refused at one of them', () => {
    expect(said((host) => host.use(feature('a', own), feature('b', own)))).toEqual([
      `error option-declared in desk/b: services.nightly.enable is declared twice, by desk/b and by desk/a; ${keep}`,
    ]);
    expect(
      said((host) =>
        host
          .use(feature('a', own))
          .import(nix`{ lib, ... }: { options.services.nightly.enable = lib.mkEnableOption "it"; }`),
      ),
    ).toEqual([
      `error option-declared in desk/a: services.nightly.enable is declared twice, by desk/a and by desk; ${keep}`,
    ]);
  });

  it('is refused within one feature', () => {
    const use = function twice(one: Feature) {
      one.nixos.declare(own);
      one.nixos.declare(own);
    };
    expect(said((host) => host.use(use))).toEqual([
      `error option-declared in desk/twice: services.nightly.enable is declared twice, by desk/twice and by desk/twice; ${keep}`,
    ]);
  });

  it('is one option where they are one module', () => {
    expect(
      said((host) => {
        for (const name of ['anna', 'ben']) new HomeUser(host, name).use(feature('a', own));
      }),
    ).toEqual([]);
  });

  it('is none where no machine has both', () => {
    expect(
      said((host, flake) => {
        host.use(feature('a', own));
        new Host(flake, 'book', linux).use(feature('b', own));
      }),
    ).toEqual([]);
  });

  it('may be said in parts', () => {
    const part = (rest: object) => ({ own: { x: mkOption({ type: types.bool, ...rest }) } });
    const use = (a: object, b: object) => said((host) => host.use(feature('a', part(a)), feature('b', part(b))));
    expect(use({ default: true }, { description: 'X' })).toEqual([]);
    expect(use({ default: true }, { default: true })).toHaveLength(1);
    expect(use({ type: types.str }, {})).toHaveLength(1);
  });

  it('cannot be a group as well', () => {
    const all = { own: { x: enable() } };
    const inside = { own: { x: { y: enable() } } };
    for (const [first, second] of [
      [all, inside],
      [inside, all],
    ]) {
      const [found, ...others] = said((host) => host.use(feature('a', first!), feature('b', second!)));
      expect(found).toContain('own.x is declared as an option, and own.x.y inside of it; rename one of them');
      expect(others).toEqual([]);
    }
    const open = { own: { x: mkOption({ type: types.submodule({ options: { z: enable() } }) }) } };
    expect(said((host) => host.use(feature('a', open), feature('b', inside)))).toEqual([]);
  });
});
