import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Flake, HomeUser, Host } from 'cdknix';
import { Docker, Git, OpenSsh, Shell, Tailscale } from 'cdknix/features';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { targetsOf } from '../lib/cli/check/targets';
import { fleetOf } from '../lib/constructs/fleet';
import { planOf } from '../lib/synth/plan';
import type { Summary } from '../lib/synth/summary';
import { write } from '../lib/synth/write';
import { cdknix, folderWith, install, put } from './cli/support';
import { examples, loadExample } from './support/examples';
import { type Derived, derivationsOf, describeRealPackages, type WrittenFlake } from './support/real-packages';

const linux = { system: 'x86_64-linux' } as const;
const mac = { system: 'aarch64-darwin' } as const;

/** An app that uses what the template of a library makes. */
const libraryApp = `import { Flake, HomeUser, Host } from 'cdknix';
import { Syncthing } from './lib';

const flake = new Flake();
const desk = new Host(flake, 'desk', { system: 'x86_64-linux' });
desk.set({ boot: { loader: { grub: { enable: false } } }, fileSystems: { '/': { device: '/dev/sda', fsType: 'ext4' } } });
new HomeUser(desk, 'anna', { standalone: true }).use(Syncthing.with({ extraOptions: ['--no-browser'] }));
new HomeUser(new Host(flake, 'mac', { system: 'aarch64-darwin' }), 'anna').use(Syncthing);
`;

/** Every battery where it serves, with all that it takes. */
function batteries(): Flake {
  const flake = new Flake();
  const nixos = (name: string) =>
    new Host(flake, name, linux).set({
      boot: { loader: { grub: { enable: false } } },
      fileSystems: { '/': { device: '/dev/sda', fsType: 'ext4' } },
    });
  const most = [
    Docker.with({ daemon: { 'live-restore': false }, cli: { detachKeys: 'ctrl-z' } }),
    OpenSsh.with({
      authorizedKeys: ['ssh-ed25519 AAAA anna'],
      ports: [22, 2222],
      passwords: true,
      root: 'prohibit-password',
      hosts: { nas: { User: 'root' } },
    }),
    Tailscale.with({ routing: 'both', trusted: true, upFlags: ['--ssh'], authKeyFile: '/run/secrets/tailscale' }),
    Shell.with({ shell: 'fish', aliases: { ll: 'ls -la' }, starship: { add_newline: false } }),
    Git.with({
      name: 'Anna',
      email: 'anna@example.org',
      aliases: { st: 'status' },
      ignores: ['*.swp'],
      signing: { key: 'key' },
      delta: true,
      lfs: true,
      settings: { pull: { rebase: true } },
    }),
  ];
  new HomeUser(nixos('desk'), 'anna', { standalone: true }).use(...most);
  new HomeUser(nixos('other'), 'anna').use(
    Docker.with({ rootless: true, daemon: { debug: true } }),
    OpenSsh,
    Tailscale,
    Shell.with({ shell: 'bash', starship: false, direnv: false, fzf: false, zoxide: false }),
    Git.with({ signing: { key: '0123ABCD', format: 'openpgp' } }),
  );
  new HomeUser(new Host(flake, 'mac', mac), 'anna', { standalone: true }).use(...most);
  new HomeUser(flake, 'ben', linux).use(Shell, Git);
  return flake;
}

describeRealPackages('on real packages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdknix-real-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const flakes: Record<string, WrittenFlake> = {};
  let derived: Record<string, Record<string, Derived>>;

  beforeAll(async () => {
    for (const example of examples) flakes[example] = written(await loadExample(example), example);
    flakes.batteries = written(batteries(), 'batteries');
    flakes['template-nixos'] = await synthesised(['--host', 'first', '--system', linux.system]);
    flakes['template-mac'] = await synthesised(['--host', 'first', '--system', mac.system]);
    flakes['template-library'] = await synthesised(['--template', 'library'], {
      'cdk-like.json': '{ "app": "ts-node --swc app.ts", "output": "nix" }',
      'app.ts': libraryApp,
    });
    derived = await derivationsOf(flakes);
  }, 3_600_000);

  it.each([...examples, 'batteries', 'template-nixos', 'template-mac', 'template-library'])(
    'the flake %s gives derivations, of every host and every home, and no warnings',
    (name) => {
      const names = targetsOf(flakes[name]!.summary).map(({ attribute }) => attribute.slice(0, 2).join('.'));
      const path = expect.stringMatching(/^\/nix\/store\/\w{32}-.+\.drv$/);
      expect(names.length).toBeGreaterThan(0);
      expect(derived[name]).toEqual(Object.fromEntries(names.map((one) => [one, { path, warnings: [] }])));
    },
  );

  /** Writes a flake, but not the state of this project. */
  function written(flake: Flake, name: string): WrittenFlake {
    const plan = planOf(fleetOf(flake));
    const outdir = join(folder, name);
    write({ ...plan, state: { ...plan.state, file: `${outdir}.json`, before: null } }, outdir);
    return { outdir, summary: plan.summary };
  }

  /** What a new project gives, as its user makes it. */
  async function synthesised(answers: readonly string[], files = {}): Promise<WrittenFlake> {
    const project = folderWith();
    await cdknix(project, 'init', '--yes', ...answers);
    put(project, files);
    install(project);
    const { stdout } = await cdknix(project, 'synth', '--json');
    return { outdir: join(project, 'nix'), summary: JSON.parse(stdout) as Summary };
  }
});
