import { expect, it } from 'vitest';
import { guessClass } from '../../lib/convert/guess-class';

it('a module is for the system that has most of its options, and for NixOS where that is not told', () => {
  const modules = [
    '{ pkgs, ... }: { home.packages = [ pkgs.fd ]; }',
    '{ system.defaults.dock.autohide = true; }',
    '{ services.openssh.enable = true; }',
    '{ my.own = 1; }',
    'no module',
  ];
  expect(modules.map(guessClass)).toEqual(['home', 'darwin', 'nixos', 'nixos', 'nixos']);
});
