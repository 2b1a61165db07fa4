import { expect, it } from 'vitest';
import { convert } from '../../lib/convert/convert';

const name = { key: 'sample', camel: 'sample', pascal: 'Sample', folders: [] };

it('a file that raw Nix names is one beside the TypeScript', () => {
  const nix = '{ environment.etc.motd.source = let motd = { text = ./motd; }; in motd.text; }';
  const { typescript, because } = convert(nix, 'nixos', name);
  expect(because).toBeUndefined();
  expect(typescript).toContain("text = ${path('./motd')};");
});

it('a module whose files only Nix can name stays as it is', () => {
  const nix = '{ config, ... }: { environment.etc.motd.source = ./motd/${config.networking.hostName}; }';
  expect(convert(nix, 'nixos', name).because).toBe('it is not proven');
});
