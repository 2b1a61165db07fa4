import { Flake, HomeUser, Host } from 'cdknix';
import { diagnostics } from 'cdknix/testing';
import { describe, expect, it } from 'vitest';

const linux = { system: 'x86_64-linux' } as const;

/** What is said of a host that imports a file, as `file:line:column message; help`. */
function said(file: string, more: (flake: Flake, host: Host<'x86_64-linux'>) => void = () => undefined): string[] {
  const flake = new Flake();
  const host = new Host(flake, 'desk', linux).import(`./fixtures/inputs/${file}`);
  more(flake, host);
  return diagnostics(flake).map(({ code, path, position, message, help }) => {
    const at = `${position?.file.split('/').at(-1)}:${position?.line}:${position?.column}`;
    return `${code} in ${path} at ${at}: ${message}; ${help}`;
  });
}

describe('inputs that imported files use', () => {
  it('are asked for where the flake does not have them', () => {
    expect(said('uses.nix', (_, host) => new HomeUser(host, 'anna'))).toMatchInlineSnapshot(`
      [
        "input-unknown in desk at uses.nix:4:12: uses.nix uses the input 'sops-nix', which the flake does not have; declare it: flake.input('sops-nix', { url: '…' })",
        "input-unknown in desk at uses.nix:5:12: uses.nix uses the input 'home-manger', which the flake does not have; did you mean home-manager?",
        "input-unknown in desk at inherits.nix:3:12: inherits.nix uses the input 'hardware', which the flake does not have; declare it: flake.input('hardware', { url: '…' })",
      ]
    `);
  });

  it('may be declared', () => {
    const declare = (flake: Flake) => {
      for (const name of ['sops-nix', 'home-manger', 'hardware']) flake.input(name, { url: `github:me/${name}` });
    };
    expect(said('uses.nix', declare)).toEqual([]);
  });

  it.each(['asks.nix', 'others.nix', 'none.nix'])('are left to code that knows better: %s', (file) => {
    expect(said(file)).toEqual([]);
  });
});
