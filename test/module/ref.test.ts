import { Flake, Host, lib, pkgs, str } from 'cdknix';
import { synthToFiles } from 'cdknix/testing';
import { expect, it } from 'vitest';

it('a reference may be awaited: it is no promise', async () => {
  expect(await pkgs).toBe(pkgs);
  expect(await (async () => lib)()).toBe(lib);
  const then = pkgs.git.then;
  expect(await then).toBe(then);
});

it('an attribute called then is a value like any other, though no function', () => {
  const flake = new Flake();
  const desk = new Host(flake, 'desk', { system: 'x86_64-linux' });
  desk.set({
    environment: { systemPackages: [pkgs.then, pkgs.then.bin], etc: { a: { text: str`${pkgs.then}/bin` } } },
  });
  const text = synthToFiles(flake)['hosts/desk/default.nix'];
  // `then` is a word of Nix's own.
  for (const part of ['pkgs."then"\n', 'pkgs."then".bin\n', '"${pkgs."then"}/bin"']) expect(text).toContain(part);
  expect(() => lib.then(1)).toThrow('not a function');
});
