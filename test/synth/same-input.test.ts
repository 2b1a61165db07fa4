import { Flake, Host } from 'cdknix';
import { diagnostics, synthToFiles } from 'cdknix/testing';
import { expect, it } from 'vitest';

it('an input may be a second name for another one', () => {
  const flake = new Flake();
  flake.input('darwin', { url: 'github:nix-darwin/nix-darwin', follows: ['nixpkgs'] });
  flake.input('nix-darwin', { sameAs: 'darwin' });
  flake.input('deep', { sameAs: 'darwin.inputs.nixpkgs' });
  new Host(flake, 'mac', { system: 'aarch64-darwin' });
  const text = synthToFiles(flake)['flake.nix'];
  expect(text).toContain('nix-darwin.follows = "darwin";');
  expect(text).toContain('deep.follows = "darwin/nixpkgs";');
});

it('a second name for an input that is not there is an error', () => {
  const flake = new Flake();
  flake.input('nix-darwin', { sameAs: 'darwin' });
  new Host(flake, 'mac', { system: 'aarch64-darwin' });
  expect(diagnostics(flake).map(({ message }) => message)).toEqual([
    "the input 'nix-darwin' follows 'darwin', which the flake does not have",
  ]);
  expect(() => flake.input('x', { sameAs: 'no name' })).toThrow(
    "the input 'x' is the same as 'no name', which is not the name of an input",
  );
});

it('an input has one meaning', () => {
  const flake = new Flake();
  flake.input('a', { url: 'github:o/a' });
  flake.input('b', { sameAs: 'a' });
  flake.input('b', { url: 'github:o/b' });
  new Host(flake, 'oak', { system: 'x86_64-linux' });
  expect(diagnostics(flake).map(({ message }) => message)).toEqual([
    "the input 'b' is the same as a in one place, and not in another",
  ]);
});

it('a host without a name says nothing of it', () => {
  const flake = new Flake();
  new Host(flake, 'oak', { system: 'x86_64-linux', hostName: null });
  expect(synthToFiles(flake)['hosts/oak/default.nix']).not.toContain('hostName');
});
