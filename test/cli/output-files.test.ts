import { describe, expect, it } from 'vitest';
import { outputFiles } from '../../lib/cli/nix-error/output-files';
import type { Plan } from '../../lib/synth/output';
import { folderWith } from './support';

const hash = '0123456789abcdfghijklmnpqrsvwxyz';
const files = new Map([
  ['flake.nix', '{ }\n'],
  ['hosts/desk/default.nix', '{ a = 1; }\n'],
]);
const { find } = outputFiles({ files } as unknown as Plan, '/tmp/laid-out');

describe('a file of the output', () => {
  it.each([
    ['where it is laid out', '/tmp/laid-out/hosts/desk/default.nix'],
    ['by its folder', '/tmp/laid-out/hosts/desk'],
    ['in the store', `/nix/store/${hash}-source/hosts/desk/default.nix`],
    ['in a store below another root', `/srv/chroot/nix/store/${hash}-source/hosts/desk/default.nix`],
    ['in a store of another place', `/home/anna/store/${hash}-source/hosts/desk/default.nix`],
    ['in a source that Nix names by its flake', '«path:/tmp/laid-out?narHash=x»/hosts/desk/default.nix'],
    ['in a source that Nix names by a revision', '«github:me/machines/0123»/hosts/desk'],
  ])('is known %s', (_, path) => {
    expect(find(path)).toBe('hosts/desk/default.nix');
  });

  it.each([
    ['it is no such file', `/nix/store/${hash}-source/hosts/nas/default.nix`],
    ['it is below no store', '/srv/hosts/desk/default.nix'],
    ['no hash is before its name', '/nix/store/source/hosts/desk/default.nix'],
    ['the letters are not those of a hash', `/nix/store/${hash.replace('a', 'e')}-source/hosts/desk/default.nix`],
  ])('is not known where %s', (_, path) => {
    expect(find(path)).toBe(undefined);
  });

  it('is told from one of the same name in another flake', () => {
    const other = folderWith({ [`${hash}-source/hosts/desk/default.nix`]: '{ b = 2; }\n' });
    expect(find(`${other}/${hash}-source/hosts/desk/default.nix`)).toBe(undefined);
  });
});
