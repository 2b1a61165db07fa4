import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Feature, Flake, HomeUser, Host, mkForce, mkIf, nix, pkgs } from 'cdknix';
import { Docker, Git, OpenSsh, Shell, Tailscale } from 'cdknix/features';
import { afterAll, expect, it } from 'vitest';
import { fleetOf } from '../lib/constructs/fleet';
import { planOf } from '../lib/synth/plan';
import { write } from '../lib/synth/write';
import { describeRealworld, evaluate, evaluateAll } from './support/realworld';

describeRealworld('the real module systems', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdknix-realworld-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Writes a flake, but not the state of this project. */
  function synth(flake: Flake, name: string) {
    const plan = planOf(fleetOf(flake));
    write({ ...plan, state: { ...plan.state, file: join(folder, `${name}.json`), before: null } }, join(folder, name));
    return { outdir: join(folder, name), summary: plan.summary };
  }

  function nixosHost(flake: Flake, name: string) {
    return new Host(flake, name, { system: 'x86_64-linux' }).set({
      boot: { loader: { grub: { enable: false } } },
      fileSystems: { '/': { device: '/dev/sda', fsType: 'ext4' } },
    });
  }

  it('take the batteries on NixOS, on a Mac and in a standalone home', { timeout: 300_000 }, async () => {
    const flake = new Flake();
    flake.use(
      Docker.with({ daemon: { 'live-restore': false }, cli: { detachKeys: 'ctrl-z' } }),
      OpenSsh.with({ authorizedKeys: ['ssh-ed25519 AAAA anna'], ports: [2222], hosts: { nas: { User: 'root' } } }),
      Tailscale.with({ trusted: true, upFlags: ['--ssh'], authKeyFile: '/run/secrets/tailscale' }),
      Shell.with({ shell: 'fish', aliases: { ll: 'ls -la' }, starship: { add_newline: false } }),
      Git.with({
        name: 'Anna',
        signing: { key: 'key' },
        delta: true,
        lfs: true,
        ignores: ['*.swp'],
        aliases: { st: 'status' },
      }),
    );
    new HomeUser(nixosHost(flake, 'desk'), 'anna', { standalone: true });
    new HomeUser(new Host(flake, 'mac', { system: 'aarch64-darwin' }), 'anna');
    new HomeUser(flake, 'ben', { system: 'x86_64-linux' });
    const { outdir, summary } = synth(flake, 'batteries');
    expect(Object.keys(await evaluateAll(outdir, summary)).sort()).toEqual([
      'darwinConfigurations."mac"',
      'homeConfigurations."anna@desk"',
      'homeConfigurations."ben"',
      'nixosConfigurations."desk"',
    ]);
    const desk = 'nixosConfigurations.desk.config';
    expect(await evaluate(outdir, `${desk}.networking.firewall.trustedInterfaces`)).toContain('tailscale0');
    expect(await evaluate(outdir, `${desk}.users.users.anna.extraGroups`)).toEqual(['docker']);
    expect(await evaluate(outdir, `${desk}.home-manager.users.anna.programs.git.settings.user.name`)).toBe('Anna');
  });

  it('take homes whose accounts are declared elsewhere', { timeout: 300_000 }, async () => {
    const flake = new Flake();
    const desk = nixosHost(flake, 'desk');
    const mac = new Host(flake, 'mac', { system: 'aarch64-darwin' });
    desk.set({ users: { users: { anna: { isNormalUser: true }, ben: { isNormalUser: true } } } });
    mac.set({ users: { users: { anna: { home: '/Users/anna' }, ben: { description: 'Ben' } } } });
    for (const host of [desk, mac]) {
      new HomeUser(host, 'anna', { account: false });
      new HomeUser(host, 'ben', { account: false, homeDirectory: '/data/ben' });
    }
    const { outdir, summary } = synth(flake, 'accounts');
    await evaluateAll(outdir, summary);
    for (const host of ['nixosConfigurations.desk', 'darwinConfigurations.mac']) {
      const home = `${host}.config.home-manager.users.ben.home.homeDirectory`;
      expect(await evaluate(outdir, home)).toBe('/data/ben');
    }
  });

  it('find every reference to a configuration', { timeout: 120_000 }, async () => {
    const flake = new Flake();
    const desk = nixosHost(flake, 'desk').set({ networking: { domain: 'example.org' } });
    const other = nixosHost(flake, 'other');
    const anna = new HomeUser(desk, 'anna');
    other.set({ users: { motd: desk.config.networking.domain } });
    desk.set({ users: { motd: anna.config.home.homeDirectory } });
    anna.set({ home: { sessionVariables: { DOMAIN: desk.config.networking.domain } } });
    const { outdir } = synth(flake, 'references');
    expect(await evaluate(outdir, 'nixosConfigurations.other.config.users.motd')).toBe('example.org');
    expect(await evaluate(outdir, 'nixosConfigurations.desk.config.users.motd')).toBe('/home/anna');
    const variables = 'nixosConfigurations.desk.config.home-manager.users.anna.home.sessionVariables';
    expect(await evaluate(outdir, variables)).toMatchObject({ DOMAIN: 'example.org' });
  });

  it('merge definitions by their own rules', { timeout: 120_000 }, async () => {
    const flake = new Flake();
    const host = nixosHost(flake, 'desk');
    host.set({ networking: { firewall: { allowedTCPPorts: [22] } } });
    host.set({ networking: { firewall: { allowedTCPPorts: mkIf(host.config.networking.firewall.enable, [80]) } } });
    host.use(function more(feature: Feature) {
      feature.nixos.set({ networking: { firewall: { allowedTCPPorts: [443] } }, users: { motd: 'feature' } });
    });
    host.set({ users: { motd: mkForce('host') } });
    host.import(nix`{ lib, ... }: { environment.etc.raw.text = lib.concatStrings [ "r" "aw" ]; }`);
    host.set({ environment: { systemPackages: [pkgs.hello] } });
    const { outdir } = synth(flake, 'merge');
    const config = 'nixosConfigurations.desk.config';
    expect(await evaluate(outdir, `${config}.networking.firewall.allowedTCPPorts`)).toEqual([22, 80, 443]);
    expect(await evaluate(outdir, `${config}.users.motd`)).toBe('host');
    expect(await evaluate(outdir, `${config}.environment.etc.raw.text`)).toBe('raw');
  });

  it('take what sharedModules, extraSpecialArgs and _module.args bring', { timeout: 120_000 }, async () => {
    const flake = new Flake({ extraSpecialArgs: { greeting: 'hello' } });
    const host = nixosHost(flake, 'desk').set({
      _module: { args: { answer: 42 } },
      'home-manager': { sharedModules: [nix`{ greeting, ... }: { home.sessionVariables.GREETING = greeting; }`] },
      users: { motd: nix`toString answer` },
    });
    new HomeUser(host, 'anna').set({ home: { sessionVariables: { AGAIN: nix`greeting` } } });
    const { outdir } = synth(flake, 'args');
    const config = 'nixosConfigurations.desk.config';
    expect(await evaluate(outdir, `${config}.users.motd`)).toBe('42');
    const variables = `${config}.home-manager.users.anna.home.sessionVariables`;
    expect(await evaluate(outdir, variables)).toMatchObject({ GREETING: 'hello', AGAIN: 'hello' });
  });

  it('copy an existing configuration with all that it refers to', { timeout: 120_000 }, async () => {
    const project = join(folder, 'project');
    const file = (name: string, text: string) => writeFileSync(join(project, name), text);
    const { mkdirSync } = await import('node:fs');
    mkdirSync(join(project, 'old/more'), { recursive: true });
    file('package.json', '{}');
    file('old/system.nix', '{ imports = [ ./more ]; environment.etc.a.source = ../note.txt; }');
    file('old/more/default.nix', '{ users.motd = builtins.readFile ./motd; }');
    file('old/more/motd', 'from a file');
    file('note.txt', 'note');
    const flake = new Flake();
    Object.assign(flake, { position: { file: join(project, 'main.ts'), line: 1, column: 1 } });
    nixosHost(flake, 'desk').import(join(project, 'old/system.nix'));
    const { outdir } = synth(flake, 'existing');
    expect(await evaluate(outdir, 'nixosConfigurations.desk.config.users.motd')).toBe('from a file');
  });
});
