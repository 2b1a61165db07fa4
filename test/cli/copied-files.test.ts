import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cdknix, filesIn, projectWith, put } from './support';

/** A host that has a folder as data. */
const withData = `const flake = new cdknix.Flake();
const host = new cdknix.Host(flake, 'desk', { system: 'x86_64-linux' });
host.set({ environment: { etc: { it: { source: cdknix.path('./data') } } } });
`;

/** A host that imports a module. */
const withModule = `const flake = new cdknix.Flake();
const host = new cdknix.Host(flake, 'desk', { system: 'x86_64-linux' });
host.import('./module.nix');
`;

/** The first lines of diagnostics. */
const heads = (stderr: string) => stderr.split('\n').filter((line) => /^(?:error|warning)\[/.test(line));

describe('a folder that is copied', () => {
  it('is copied without what leads nowhere, and says so', async () => {
    const folder = projectWith(withData, { 'data/a': '', 'data/result/b': '', 'data/.git/HEAD': '' });
    symlinkSync('anna@desk.1234:5678', join(folder, 'data/.#a'));
    const { code, stderr } = await cdknix(folder, 'synth');
    expect(stderr).toMatchInlineSnapshot(`
      "nix: 3 added
        + assets/data/a
        + flake.nix
        + hosts/desk/default.nix

      warning[file-left-out]: '<dir>/data' is copied without .git, result
        in desk
        at app.js:5:55
        5 | host.set({ environment: { etc: { it: { source: cdknix.path('./data') } } } });
          |                                                       ^
        help: these names are never part of a configuration; or acknowledge(construct, 'file-left-out')

      warning[file-left-out]: '<dir>/data/.#a' is a link to nothing, and is not copied
        in desk
        at app.js:5:55
        5 | host.set({ environment: { etc: { it: { source: cdknix.path('./data') } } } });
          |                                                       ^
        help: remove it; or acknowledge(construct, 'file-left-out')

      next:
        sudo nixos-rebuild switch --flake ./nix#desk
      "
    `);
    expect(code).toBe(0);
    expect(Object.keys(filesIn(join(folder, 'nix'))).filter((path) => path.startsWith('assets'))).toEqual([
      'assets/data/a',
    ]);
  });

  it('is copied whatever its Nix files say, as nothing imports them', async () => {
    const folder = projectWith(withData, { 'data/a.nix': '{ x = ./none; }', 'data/b.nix': '{ {{ name }} }' });
    const { code, stderr } = await cdknix(folder, 'synth');
    expect(heads(stderr)).toEqual([
      "warning[file-missing]: '<dir>/data/none' does not exist",
      expect.stringMatching(/^warning\[nix-syntax\]/),
    ]);
    expect(code).toBe(0);
    put(folder, { 'app.js': filesIn(folder)['app.js']!.replace("path('./data')", "path('./data/a.nix')") });
    expect(heads((await cdknix(folder, 'synth')).stderr)).toEqual([
      "error[file-missing]: '<dir>/data/none' does not exist",
    ]);
  });

  it('may hold a link out of the project if that is acknowledged, and has none of it', async () => {
    const folder = projectWith(withData, { 'data/a': '' });
    symlinkSync('/etc/passwd', join(folder, 'data/b'));
    const { stderr } = await cdknix(folder, 'synth');
    expect(heads(stderr)).toEqual(["error[file-outside]: '<dir>/data/b' is outside the project"]);
    put(folder, { 'app.js': `${filesIn(folder)['app.js']}cdknix.acknowledge(host, 'file-outside');` });
    expect(await cdknix(folder, 'synth')).toMatchObject({ code: 0, stderr: expect.not.stringContaining('[') });
    expect(Object.keys(filesIn(join(folder, 'nix')))).not.toContain('assets/data/b');
  });
});

describe('a module that is copied', () => {
  it.each([
    ['an example', '{ lib, ... }: { options.a = lib.mkOption { example = ./none + "/x"; }; }'],
    ['a file that is asked for', 'if builtins.pathExists ./none then import ./none else { }'],
  ])('may name a file that is not there: %s', async (_, module) => {
    expect((await cdknix(projectWith(withModule, { 'module.nix': module }), 'synth')).stderr).not.toContain('[');
  });

  it('may refer to a missing file, or one outside, if that is acknowledged', async () => {
    const files = { 'module.nix': '{ imports = [ ./none.nix ../outside.nix ]; }' };
    const { code, stderr } = await cdknix(projectWith(withModule, files), 'synth');
    expect(heads(stderr)).toEqual([
      "error[file-missing]: '<dir>/none.nix' does not exist",
      expect.stringMatching(/^error\[file-missing\]: .*outside\.nix' does not exist$/),
    ]);
    expect(code).toBe(1);
    const app = `${withModule}cdknix.acknowledge(host, 'file-missing');`;
    expect((await cdknix(projectWith(app, files), 'synth')).code).toBe(0);
  });

  it('is asked for by the app, which nobody can acknowledge away', async () => {
    const { stderr } = await cdknix(projectWith(`${withModule}cdknix.acknowledge(host, 'file-missing');`), 'synth');
    expect(heads(stderr)).toEqual(["error[file-missing]: there is no './module.nix'"]);
  });
});
