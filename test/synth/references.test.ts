import { acknowledge, Feature, Flake, HomeUser, Host, lazy, mkIf, nix, str } from 'cdknix';
import { diagnostics } from 'cdknix/testing';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../lib/diagnostics';
import { ConfigRoot } from '../../lib/module';
import type { Expr } from '../../lib/nix';
import type { OptionTree } from '../../lib/options/type';
import type { KnownOptions } from '../../lib/synth/check/known-options';
import { checkReferences, referencesIn } from '../../lib/synth/check/references';

const linux = { system: 'x86_64-linux' } as const;

/** References as JavaScript lets them through. */
// biome-ignore lint/suspicious/noExplicitAny: the compiler would find them
type Loose = any;

function said(make: (host: Loose, home: Loose, flake: Flake) => void): string[] {
  const flake = new Flake();
  const host = new Host(flake, 'desk', linux);
  make(host, new HomeUser(host, 'anna'), flake);
  return diagnostics(flake).map(({ severity, code, message, help }) => `${severity} ${code}: ${message}; ${help}`);
}

describe('a reference to an option that does not exist', () => {
  const misspelt =
    'warning reference-unknown: there is no option services.opensh of NixOS to refer to; did you mean services.openssh or services.opkssh?';

  it.each<[string, (host: Loose, home: Loose, flake: Flake) => void]>([
    ['in a condition', (host) => host.set({ programs: mkIf(host.config.services.opensh.enable, { zsh: {} }) })],
    ['in a value', (host) => host.set({ programs: { zsh: { enable: host.config.services.opensh.enable } } })],
    ['in a string', (host) => host.set({ users: { motd: str`${host.config.services.opensh.banner}` } })],
    [
      'in a lazy',
      (host) => host.set({ programs: { zsh: { enable: lazy(() => host.config.services.opensh.enable) } } }),
    ],
    ['in raw Nix', (host) => host.set(nix`{ programs.zsh.enable = ${host.config.services.opensh.enable}; }`)],
    ['in an account', (host, home) => home.account.set({ isNormalUser: host.config.services.opensh.enable })],
    ['in a home', (host, home) => home.set({ programs: { zsh: { enable: host.config.services.opensh.enable } } })],
    ['in an output', (host, _, flake) => flake.output('x', host.config.services.opensh.ports)],
  ])('is found %s', (_, make) => {
    expect(said(make)).toEqual([misspelt]);
  });

  it('is found in features, once, whoever uses them', () => {
    class Prompt extends Feature {
      constructor(scope: Flake, id: string) {
        super(scope as never, id);
        const config = this.home.config as Loose;
        this.home.set({ programs: { bash: { enable: config.programs.zhs.enable } } });
      }
    }
    const flake = new Flake();
    for (const name of ['one', 'two']) new HomeUser(new Host(flake, name, linux), 'anna').use(Prompt as never);
    expect(new Set(diagnostics(flake).map(({ message }) => message))).toEqual(
      new Set(['there is no option programs.zhs of Home Manager to refer to']),
    );
  });

  it('is shown at the line that refers to it', () => {
    const flake = new Flake();
    const host = new Host(flake, 'desk', linux);
    const here = new Error().stack!.split('\n')[1]!;
    host.set({ users: { motd: (host.config as Loose).networking.hostNam } });
    const [{ position, path }] = diagnostics(flake) as [Diagnostic];
    expect(position?.line).toBe(Number(/:(\d+):\d+\)?$/.exec(here)![1]) + 1);
    expect(path).toBe('desk');
  });

  it('may be acknowledged', () => {
    expect(
      said((host) => {
        host.set({ users: { motd: host.config.networking.hostNam } });
        acknowledge(host, 'reference-unknown');
      }),
    ).toEqual([]);
  });

  it('may be an option of another module system', () => {
    expect(said((host) => host.set({ users: { motd: host.config.home.username } }))).toEqual([
      'warning reference-unknown: there is no option home of NixOS to refer to; Home Manager has it: refer to the config of a HomeUser',
    ]);
  });
});

describe('a reference', () => {
  const options: OptionTree = {
    a: { b: ['str'], old: ['str', { renamedTo: 'a.b' }], open: ['attrs'], set: [{ kind: 'submodule', options: {} }] },
  };
  const own = (more: Partial<KnownOptions> = {}): KnownOptions => ({
    table: { class: 'nixos', source: 'import', release: 'x', options },
    options,
    channel: 'unstable',
    unknown: [],
    isOpen: false,
    ...more,
  });
  const root = new ConfigRoot({}, 'nixos', { file: '', line: 1, column: 1 });
  const check = (tree: Expr, more?: Partial<KnownOptions>) =>
    checkReferences(referencesIn(tree, 'desk', new Set()), () => own(more)).map(({ severity, message }) => [
      severity,
      message,
    ]);
  const to = (...names: string[]): Expr => ({
    kind: 'select',
    of: { kind: 'hole', value: root },
    path: names.map((name) => ({ kind: 'name', name })),
  });

  it('is wrong for certain where the options are those of the flake itself', () => {
    expect(check(to('a', 'c'))).toEqual([['error', 'there is no option a.c of NixOS to refer to']]);
    expect(check(to('x', 'y'))).toEqual([['error', 'there is no option x of NixOS to refer to']]);
  });

  it.each([
    [['a']],
    [['a', 'b']],
    [['a', 'b', 'x']],
    [['a', 'old']],
    [['a', 'open', 'x', 'y']],
    [['a', 'set', 'x']],
    [['_module', 'args']],
  ])('to %j is right, or known to Nix only', (names) => {
    expect(check(to(...names))).toEqual([]);
  });

  it('with a default, or to a name that Nix makes, is left alone', () => {
    const missing = to('a', 'c') as Extract<Expr, { kind: 'select' }>;
    expect(check({ ...missing, orElse: { kind: 'ident', name: 'null' } })).toEqual([]);
    const dynamic = { kind: 'dynamic', expr: { kind: 'ident', name: 'x' } } as const;
    expect(check({ ...missing, path: [missing.path[0]!, dynamic] })).toEqual([]);
  });

  it('may be to what a module declares that nobody has read', () => {
    expect(check(to('a', 'c'), { isOpen: true })).toEqual([]);
    expect(check(to('sops', 'secrets'), { unknown: ['inputs.sops-nix.nixosModules.sops'] })).toEqual([]);
    expect(check(to('a', 'c'), { unknown: ['inputs.x.nixosModules.x'] })).toEqual([
      ['warning', 'there is no option a.c of NixOS to refer to'],
    ]);
  });
});
