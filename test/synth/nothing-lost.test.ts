import { comment, Feature, Flake, HomeUser, Host, mkIf, nix, path } from 'cdknix';
import { Git } from 'cdknix/features';
import { diagnostics, synthToFiles } from 'cdknix/testing';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';

const linux = { system: 'x86_64-linux' } as const;

class Both extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.nixos.set({ services: { printing: { enable: true } } });
    this.home.set({ programs: { bat: { enable: true } } });
  }
}

describe('nothing is lost', () => {
  it('where the name of a variant is the name of another feature', () => {
    const flake = new Flake();
    const on = (name: string) => new HomeUser(flake, name, linux);
    on('b').use(Git.with({ name: 'B' }), Git.with({ name: 'WORK' }, 'git-work'));
    on('c').use(Git.with({ name: 'B' }));
    on('work').use(Git.with({ name: 'A' }));
    const files = synthToFiles(flake);
    const names = Object.entries(files).flatMap(([path, text]) =>
      path.startsWith('modules/') ? [`${path} ${/user.name = "(.*)"/.exec(text)?.[1]}`] : [],
    );
    expect(names).toEqual([
      'modules/home/git-work-2.nix A',
      'modules/home/git-work.nix WORK',
      'modules/home/git.nix B',
    ]);
    expect(files['home/work/default.nix']).toContain('git-work-2.nix');
  });

  it('where a feature is in a group inside a host', () => {
    const flake = new Flake();
    const group = new Construct(new Host(flake, 'desk', linux), 'group');
    new Both(group, 'both');
    new HomeUser(group, 'anna');
    const files = synthToFiles(flake);
    expect(files['hosts/desk/default.nix']).toContain('modules/nixos/both.nix');
    expect(files['home/anna/default.nix']).toContain('modules/home/both.nix');
  });

  it('where a feature makes users, or groups with features in them', () => {
    class Team extends Feature {
      constructor(scope: Construct, id: string) {
        super(scope, id);
        new HomeUser(this, 'ben');
        new Both(new Construct(this, 'group'), 'both');
      }
    }
    const flake = new Flake();
    new Host(flake, 'desk', linux).use(Team);
    const files = synthToFiles(flake);
    expect(files['hosts/desk/default.nix']).toContain('users.ben = ../../home/ben');
    expect(files['hosts/desk/default.nix']).toContain('modules/nixos/both.nix');
  });

  it('where a folder of the project holds a package of its own', () => {
    const flake = new Flake();
    const source = path('./fixtures/dotfiles');
    new Host(flake, 'desk', linux).set({ environment: { etc: { dotfiles: { source } } } });
    expect(Object.keys(synthToFiles(flake)).filter((file) => file.startsWith('assets/'))).toEqual([
      'assets/test/synth/fixtures/dotfiles/ext/package.json',
      'assets/test/synth/fixtures/dotfiles/vimrc',
    ]);
  });

  it('where sets and expressions alternate: their order is kept', () => {
    const flake = new Flake();
    new Host(flake, 'desk', linux)
      .set(mkIf(true, { networking: { nameservers: ['1'] } }))
      .set({ networking: { nameservers: ['2'] } });
    expect(synthToFiles(flake)['hosts/desk/default.nix']).toMatch(/\[ "1" \][\s\S]*\[ "2" \]/);
  });

  it('where raw Nix is a recursive set', () => {
    const flake = new Flake();
    new Host(flake, 'desk', linux).use(function recursive(feature) {
      feature.nixos.set(nix`rec { time.timeZone = "UTC"; users.motd = time.timeZone; }`);
    });
    expect(synthToFiles(flake)['modules/nixos/recursive.nix']).toContain('config = rec {');
  });
});

describe('references from a home', () => {
  it('to another home, and where a standalone home has the module too, go through the flake', () => {
    const flake = new Flake();
    const host = new Host(flake, 'desk', linux);
    const anna = new HomeUser(host, 'anna');
    const ben = new HomeUser(host, 'ben', { standalone: true });
    anna.set({ home: { sessionVariables: { BEN: ben.config.home.homeDirectory } } });
    host.use(function motd(feature) {
      feature.home.set({ home: { sessionVariables: { NAME: host.config.networking.hostName } } });
    });
    const files = synthToFiles(flake);
    const desk = 'inputs.self.nixosConfigurations.desk.config';
    expect(files['home/anna/default.nix']).toContain(
      `sessionVariables.BEN =\n      ${desk}.home-manager.users.ben.home.homeDirectory;`,
    );
    expect(files['modules/home/motd.nix']).toContain(`NAME = ${desk}.networking.hostName;`);
  });
});

describe('what is said twice', () => {
  it('is one overlay and one output where a feature says it for each user', () => {
    class Tools extends Feature {
      constructor(scope: Construct, id: string) {
        super(scope, id);
        this.flake.overlay('tools', nix`final: prev: { }`).output('lib', { answer: 42 });
      }
    }
    const flake = new Flake();
    for (const name of ['anna', 'ben']) new HomeUser(flake, name, linux).use(Tools);
    expect(diagnostics(flake)).toEqual([]);
    expect(synthToFiles(flake)['flake.nix']!.match(/tools =/g)).toHaveLength(1);
    flake.overlay('tools', nix`final: prev: { a = 1; }`);
    expect(diagnostics(flake).map((one) => one.message)).toEqual(["there are two overlays 'tools'"]);
  });

  it('is one stateVersion, wherever and with whatever comment', () => {
    const flake = new Flake();
    new Host(flake, 'desk', linux).set({ system: { stateVersion: comment('installed then', '24.05') } });
    new HomeUser(flake, 'anna', linux).set({ home: { homeDirectory: '/data/anna' } });
    const files = synthToFiles(flake);
    expect(files['hosts/desk/default.nix']!.match(/stateVersion/g)).toHaveLength(1);
    expect(files['hosts/desk/default.nix']).toContain('24.05');
    expect(files['home/anna/default.nix']!.match(/homeDirectory/g)).toHaveLength(1);
  });
});

describe('what a feature says of a machine', () => {
  it('is not said again by the machine', () => {
    const flake = new Flake();
    const host = new Host(flake, 'desk', linux);
    host.use(function name(feature) {
      feature.nixos.set({ networking: { hostName: 'desk-1' } });
    });
    const files = synthToFiles(flake);
    expect(files['hosts/desk/default.nix']).not.toContain('hostName');
    expect(files['modules/nixos/name.nix']).toContain('networking.hostName = "desk-1";');
  });
});

describe('what is no definition, feature or argument', () => {
  it('is refused', () => {
    const flake = new Flake({ specialArgs: { inputs: 1 } });
    const host = new Host(flake, 'desk', linux);
    // @ts-expect-error: what JavaScript lets through
    host.set(new Map([['a', 1]]));
    expect(diagnostics(flake).map((one) => one.message)).toEqual([
      "every module is given 'inputs' already",
      'set was given an instance of Map',
    ]);
    // @ts-expect-error: what JavaScript lets through
    expect(() => host.use(HomeUser)).toThrow('HomeUser is not a feature');
    // @ts-expect-error: what JavaScript lets through
    expect(() => new HomeUser(host, 'anna', { groups: 'wheel' })).toThrow("groups takes names, and was given 'wheel'");
    // @ts-expect-error: what JavaScript lets through
    expect(() => flake.allowUnfree(['steam'])).toThrow('allowUnfree takes names, and was given a list among them');
    expect(() => host.use(flake.input('x', { url: 'github:a/b' }).nixosModules.y)).toThrow('a Nix expression is not');
  });
});
