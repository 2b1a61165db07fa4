import { describe, expect, it } from 'vitest';
import { type ImportArguments, requestOf } from '../../lib/cli/import/request';
import { type CdknixError, renderAll } from '../../lib/diagnostics';

function problem(of: string | undefined, options: ImportArguments): string {
  try {
    requestOf(of, options);
  } catch (error) {
    return renderAll((error as CdknixError).diagnostics);
  }
  throw new Error('it is a good request');
}

describe('what is imported', () => {
  it('is all that the app has, or a class of it', () => {
    expect(requestOf(undefined, {})).toEqual({});
    expect(requestOf(undefined, { json: true })).toEqual({});
    expect(requestOf('nixos', {})).toEqual({ class: 'nixos' });
    expect(requestOf(undefined, { as: 'home' })).toEqual({ class: 'home' });
  });

  it('may be from another flake, all of it or one configuration', () => {
    expect(requestOf('nixos', { flake: 'github:me/machines?dir=nix' })).toEqual({
      class: 'nixos',
      flake: { reference: 'github:me/machines?dir=nix' },
    });
    expect(requestOf(undefined, { flake: '.#desk' })).toEqual({ flake: { reference: process.cwd(), name: 'desk' } });
    expect(requestOf(undefined, { flake: 'path:../x?a=b' }).flake?.reference).toMatch(/^path:\/.*\/x\?a=b$/);
  });

  it('may be a channel of NixOS', () => {
    expect(requestOf(undefined, { channel: true })).toEqual({ class: 'nixos', channel: true });
    expect(requestOf('nixos', { channel: 'nixos-unstable', json: true })).toEqual({
      class: 'nixos',
      channel: 'nixos-unstable',
    });
    const mirror = 'https://mirror.example.org/nixos-26.05';
    expect(requestOf(undefined, { channel: mirror })).toEqual({ class: 'nixos', channel: mirror });
    expect(problem('home', { channel: true })).toBe(
      'error[import-channel]: no channel publishes the options of Home Manager\n' +
        '  help: where there is Nix, cdknix import home reads them from your inputs; ' +
        'an options.json is added by cdknix import home --json <file>',
    );
    expect(problem(undefined, { channel: '../x' })).toBe(
      "error[import-channel]: --channel '../x' is no channel\n" +
        '  help: name one, such as nixos-26.05 or nixos-unstable, or the address of its folder: https://…',
    );
    expect(problem(undefined, { channel: true, flake: '.' })).toBe(
      'error[import-options]: --channel and --flake do not go together\n  help: import one, then the other',
    );
  });

  it.each([
    ['inputs.nixvim.homeModules.nixvim', 'home'],
    ['inputs.nixvim.homeManagerModules.default', 'home'],
    ['inputs.sops-nix.nixosModules.sops', 'nixos'],
    ['inputs.stylix.darwinModules.stylix', 'darwin'],
    ['inputs."a b".nixosModules.x', 'nixos'],
  ])('may be a module, whose class its name tells: %s', (module, of) => {
    expect(requestOf(undefined, { module })).toEqual({ class: of, module });
  });

  it('may be a module of which it is said what it is for', () => {
    expect(requestOf(undefined, { module: '( inputs.x.y )', as: 'home' })).toEqual({
      class: 'home',
      module: '(inputs.x.y)',
    });
    expect(requestOf('darwin', { module: 'inputs.x.modules.y' })).toEqual({
      class: 'darwin',
      module: 'inputs.x.modules.y',
    });
  });

  it('may be a file', () => {
    expect(requestOf(undefined, { json: 'options.json', as: 'home' })).toEqual({ class: 'home', file: 'options.json' });
  });
});

it.each<[string, string | undefined, ImportArguments]>([
  ['a class that there is not', 'nixox', {}],
  ['one that there is not behind --as', undefined, { as: 'hm', json: 'x' }],
  ['two classes', 'nixos', { as: 'home' }],
  ['a file of no class', undefined, { json: 'options.json' }],
  ['a module of no class', undefined, { module: 'inputs.x.modules.y' }],
  ['a class in the place of a file', undefined, { json: 'home' }],
  ['a file and a flake', 'home', { json: 'x.json', flake: '.' }],
  ['a file and a module', 'home', { json: 'x.json', module: 'inputs.a' }],
  ['a module that is not Nix', 'home', { module: 'inputs.' }],
  ['a module that is two expressions', 'home', { module: 'inputs.a) (inputs.b' }],
  ['a module of another variable', 'home', { module: 'nixvim.homeModules.nixvim' }],
  ['a module that is a path', 'home', { module: './home.nix' }],
  ['a flake that is a flag', 'home', { flake: '--help' }],
  ['no flake', 'home', { flake: '#x' }],
])('is refused: %s', (_, of, options) => {
  expect(problem(of, options)).toMatchSnapshot();
});
