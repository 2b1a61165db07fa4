import { join } from 'node:path';
import { Flake, HomeUser, Host, mkDefault, mkIf, nix } from 'cdknix';
import { diagnostics, synthToFiles } from 'cdknix/testing';
import { describe, expect, it } from 'vitest';
import { cdknix, filesIn, projectWith } from '../cli/support';

const linux = { system: 'x86_64-linux' } as const;
const mac = { system: 'aarch64-darwin' } as const;

/** What the file of a host says of its names. */
function namesIn(make: (flake: Flake) => Host, id = 'desk'): string[] {
  const flake = new Flake();
  make(flake);
  const text = synthToFiles(flake)[`hosts/${id}/default.nix`] as string;
  return [...text.matchAll(/\b(?:hostName|domain) = [^;]*|networking\.(?:hostName|domain) = [^;]*/g)].map(
    ([all]) => all,
  );
}

describe('the name of a host', () => {
  it('is its id', () => {
    expect(namesIn((flake) => new Host(flake, 'desk', linux))).toEqual(['networking.hostName = "desk"']);
  });

  it('is what an imported file says, if it certainly says it', async () => {
    const modules: Readonly<Record<string, string>> = {
      set: '{ networking.hostName = "other"; }',
      lambda: '{ config, ... }: { networking = { hostName = "other"; }; }',
      config: '{ config = { networking.hostName = "other"; }; }',
      inherit: '{ hostName, ... }: { networking = { inherit hostName; }; }',
      expression: '{ name, ... }: { networking.hostName = name; }',
      default: '{ lib, ... }: { networking.hostName = lib.mkDefault "other"; }',
      imports: '{ imports = [ ./set.nix ]; }',
      maybe: '{ lib, config, ... }: { networking.hostName = lib.mkIf config.x "other"; }',
      nothing: '{ networking.firewall.enable = true; }',
    };
    const names = Object.keys(modules);
    const app = `const flake = new cdknix.Flake();
for (const name of ${JSON.stringify(names)}) {
  new cdknix.Host(flake, name, { system: 'x86_64-linux' }).import('./' + name + '.nix');
}
class Named extends cdknix.Feature {
  constructor(scope, id) {
    super(scope, id);
    this.nixos.import('./set.nix');
  }
}
new cdknix.Host(flake, 'feature', { system: 'x86_64-linux' }).use(Named);
`;
    const files = Object.entries(modules).map(([name, text]) => [`${name}.nix`, text]);
    const folder = projectWith(app, Object.fromEntries(files));
    expect((await cdknix(folder, 'synth')).code).toBe(0);
    const output = filesIn(join(folder, 'nix'));
    const named = [...names, 'feature'].filter((name) => output[`hosts/${name}/default.nix`]!.includes('hostName'));
    expect(named).toEqual(['maybe', 'nothing']);
  });

  it('is what an inline module or its own options say', () => {
    const inline = nix`{ networking.hostName = "inline"; }`;
    expect(namesIn((flake) => new Host(flake, 'desk', linux).import(inline))).toEqual([
      'networking.hostName = "inline"',
    ]);
    for (const value of ['own', mkDefault('own')]) {
      const [only, ...more] = namesIn((flake) =>
        new Host(flake, 'desk', linux).set({ networking: { hostName: value } }),
      );
      expect([only, more]).toEqual([expect.stringContaining('"own"'), []]);
    }
    const maybe = namesIn((flake) => {
      const host = new Host(flake, 'desk', linux);
      return host.set({ networking: { hostName: mkIf(host.config.services.openssh.enable, 'own') } });
    });
    expect(maybe.join()).toContain('"desk"');
  });

  it('is another one than the id if it is given', () => {
    expect(namesIn((flake) => new Host(flake, 'desk', { ...linux, hostName: 'table' }))).toEqual([
      'networking.hostName = "table"',
    ]);
  });

  it.each([
    ['NixOS', linux],
    ['macOS', mac],
  ])('has a domain where the id is fully qualified: %s', (_, system) => {
    const id = 'web1.example.org';
    const flake = new Flake();
    const host = new Host(flake, id, system);
    new HomeUser(host, 'anna', { standalone: true });
    const files = synthToFiles(flake) as Record<string, string>;
    expect(files['flake.nix']).toContain(`"${id}" = `);
    expect(files['flake.nix']).toContain(`"anna@${id}" = `);
    expect(files[`hosts/${id}/default.nix`]).toContain('hostName = "web1"');
    expect(files[`hosts/${id}/default.nix`]).toContain('domain = "example.org"');
  });

  it('has no domain where somebody says another one', () => {
    const id = 'web1.example.org';
    const own = namesIn((flake) => new Host(flake, id, linux).set({ networking: { domain: 'home.arpa' } }), id);
    expect(own.toSorted().map((one) => one.replace('networking.', ''))).toEqual([
      'domain = "home.arpa"',
      'hostName = "web1"',
    ]);
    expect(namesIn((flake) => new Host(flake, id, { ...linux, hostName: 'w' }), id)).toEqual([
      'networking.hostName = "w"',
    ]);
  });

  it.each([
    ['web1.', "'web1.' is not a host name"],
    ['a..b', "'a..b' is not a host name"],
    ['-a.b', "'-a.b' is not a host name"],
    [`${'a.'.repeat(127)}b`, `'${'a.'.repeat(30)}…' is not a host name`],
  ])('is refused: %s', (id, message) => {
    const flake = new Flake();
    new Host(flake, id, linux);
    expect(diagnostics(flake)).toMatchObject([
      {
        code: 'host-name',
        message,
        help: 'use 1 to 63 letters, digits, "-" and "_", with a letter or digit at both ends; a domain may follow, as in web1.example.org',
      },
    ]);
  });

  it('is refused as a prop that is no name', () => {
    const flake = new Flake();
    new Host(flake, 'web', { ...linux, hostName: 'web.example.org' });
    expect(diagnostics(flake)).toMatchObject([
      {
        code: 'host-name',
        path: 'web',
        message: "hostName takes the name of a host, not 'web.example.org'",
        help: 'use 1 to 63 letters, digits, "-" and "_", with a letter or digit at both ends; the domain is an option of its own, networking.domain',
      },
    ]);
  });
});
