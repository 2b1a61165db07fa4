import { Feature, Flake, Host } from 'cdknix';
import { synthToFiles } from 'cdknix/testing';
import type { Construct } from 'constructs';
import { expect, it } from 'vitest';

class Port extends Feature {
  constructor(scope: Construct, id: string, port: number) {
    super(scope, id);
    this.nixos.set({ networking: { firewall: { allowedTCPPorts: [port] } } });
  }
}

it('features are imported in the order of use, though their ids are numbers', () => {
  const flake = new Flake();
  const host = new Host(flake, 'desk', { system: 'x86_64-linux' });
  host.use(Port.with(1, 'web'), Port.with(2, '443'), Port.with(3, '80'));
  const text = synthToFiles(flake)['hosts/desk/default.nix']!;
  expect(text.match(/[\w-]+\.nix/g)).toEqual(['web.nix', '443.nix', '80.nix']);
});
