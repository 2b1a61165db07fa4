import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeNix, runNix } from '../support/nix';
import { appOf, cdknix, filesIn, git, projectWith, put, repo } from './support';

const host = `const flake = new cdknix.Flake();
const host = new cdknix.Host(flake, 'desk', { system: 'x86_64-linux' });
`;
const imports = (...paths: string[]) => `host.import(${paths.map((path) => JSON.stringify(path)).join(', ')});\n`;
const source = (path: string) => `host.set({ environment: { etc: { it: { source: cdknix.path('${path}') } } } });\n`;

/** A project whose output is its own folder. */
function rootProject(app: string, files: Readonly<Record<string, string>> = {}, output = '.'): string {
  return projectWith(host + app, { 'cdk-like.json': `{ "app": "node app.js", "output": "${output}" }\n`, ...files });
}

/** The files that a synth wrote, as its manifest has them. */
const writtenIn = (folder: string): string[] => JSON.parse(readFileSync(join(folder, '.cdknix.json'), 'utf8')).files;

describe('an output in the root of the project', () => {
  it('holds the flake beside the sources, which are referred to where they are', async () => {
    const own = {
      'hosts/desk/hardware-configuration.nix': '{ imports = [ ../../common/base.nix ]; }\n',
      'common/base.nix': '{ }\n',
      'dotfiles/vimrc': 'set nocompatible\n',
      'assets/logo.svg': '<svg/>\n',
    };
    const app = imports('./hosts/desk/hardware-configuration.nix') + source('./dotfiles');
    const folder = rootProject(app, own);
    const { code, stderr } = await cdknix(folder, 'synth');
    expect(stderr).toMatchInlineSnapshot(`
      ".: 2 added
        + flake.nix
        + hosts/desk/default.nix

      next:
        sudo nixos-rebuild switch --flake .#desk
      "
    `);
    expect(code).toBe(0);
    expect(writtenIn(folder)).toEqual(['flake.nix', 'hosts/desk/default.nix']);
    expect(readFileSync(join(folder, 'hosts/desk/default.nix'), 'utf8')).toMatchInlineSnapshot(`
      "{ ... }:
      {
        imports = [
          ./hardware-configuration.nix
        ];

        networking.hostName = "desk";
        nixpkgs.hostPlatform = "x86_64-linux";
        system.stateVersion = "26.05";
        environment.etc.it.source = ../../dotfiles;
      }
      "
    `);
    expect(filesIn(folder)).toMatchObject(own);

    put(folder, { 'app.js': appOf(host) });
    expect((await cdknix(folder, 'synth')).code).toBe(0);
    expect(filesIn(folder)).toMatchObject(own);
    expect((await cdknix(folder, 'diff', '--exit-code')).code).toBe(0);
  });

  it('removes what features no longer need, and nothing else', async () => {
    const folder = rootProject('host.use(features.OpenSsh);\n', { 'modules/nixos/mine.nix': '{ }\n' });
    await cdknix(folder, 'synth');
    expect(writtenIn(folder)).toContain('modules/nixos/open-ssh.nix');
    put(folder, { 'app.js': appOf(host) });
    await cdknix(folder, 'synth');
    const modules = Object.keys(filesIn(folder)).filter((path) => path.startsWith('modules/'));
    expect(modules).toEqual(['modules/nixos/mine.nix']);
  });

  it('copies files of packages, which git does not track', async () => {
    const folder = rootProject(`require('tools').add(host);\n`, {
      'package.json': '{ "name": "fleet" }',
      'node_modules/tools/package.json': '{ "name": "tools" }',
      'node_modules/tools/a': 'the package',
      'node_modules/tools/index.js': `const cdknix = require('cdknix');
exports.add = (host) => host.set({ environment: { etc: { other: { source: cdknix.path('./a') } } } });
`,
    });
    symlinkSync(repo, join(folder, 'node_modules/cdknix'));
    expect((await cdknix(folder, 'synth')).stderr).not.toContain('error');
    expect(filesIn(folder)).toMatchObject({ 'assets/tools/a': 'the package' });
    expect(writtenIn(folder)).toContain('assets/tools/a');
  });

  it('is refused where a file of the user has the place of one that is written', async () => {
    const own = {
      'hosts/desk/default.nix': '{ }\n',
      'modules/nixos/open-ssh.nix': '{ }\n',
    };
    const app = `${imports('./hosts/desk')}function openSsh(feature) {
  feature.nixos.import('./modules/nixos/open-ssh.nix');
}
host.use(openSsh);
`;
    const folder = rootProject(app, own);
    const { code, stderr } = await cdknix(folder, 'synth');
    expect(stderr).toMatchInlineSnapshot(`
      "error[file-taken]: '<dir>/hosts/desk/default.nix' is where cdknix writes a file: hosts/desk/default.nix
        in desk
        at app.js:5:12
        5 | host.import("./hosts/desk");
          |            ^
        help: give yours another name or folder, or choose another output folder, into which it is copied

      error[file-taken]: '<dir>/modules/nixos/open-ssh.nix' is where cdknix writes a file: modules/nixos/open-ssh.nix
        in desk
        at app.js:7:23
        7 |   feature.nixos.import('./modules/nixos/open-ssh.nix');
          |                       ^
        help: give yours another name or folder, or choose another output folder, into which it is copied

      2 errors; nothing was written
      "
    `);
    expect(code).toBe(1);
    expect(filesIn(folder)).toMatchObject(own);
    expect(Object.keys(filesIn(folder))).not.toContain('flake.nix');
  });

  it('is refused where a flake of the user is, and taken when that has moved', async () => {
    const folder = rootProject('', { 'flake.nix': '{ outputs = _: { }; }\n' });
    const { stderr } = await cdknix(folder, 'synth');
    expect(stderr).toMatchInlineSnapshot(`
      "error[foreign-file]: <dir>/flake.nix is in the way, and no earlier synth wrote it
        help: if it is a flake of your own, move it to another name, and say in TypeScript what it says (docs/adopting.md of cdknix); or choose another output folder

      1 error; nothing was written
      "
    `);
    expect(filesIn(folder)['flake.nix']).toBe('{ outputs = _: { }; }\n');
    put(folder, { 'old/flake.nix': filesIn(folder)['flake.nix']! });
    rmSync(join(folder, 'flake.nix'));
    expect((await cdknix(folder, 'synth')).code).toBe(0);
  });

  it('is no source for itself', async () => {
    const folder = rootProject('host.use(features.OpenSsh);\n');
    await cdknix(folder, 'synth');
    put(folder, { 'app.js': appOf(host + imports('./modules/nixos/open-ssh.nix')) });
    const { code, stderr } = await cdknix(folder, 'synth');
    expect(stderr).toMatchInlineSnapshot(`
      "error[file-generated]: '<dir>/modules/nixos/open-ssh.nix' is a file that cdknix writes
        in desk
        at app.js:5:12
        5 | host.import("./modules/nixos/open-ssh.nix");
          |            ^
        help: refer to a file of your own; what features say is shared by using them

      1 error; nothing was written
      "
    `);
    expect(code).toBe(1);
  });

  it('has folders in which generated files stand beside those of the user, who may name the folder', async () => {
    const folder = rootProject(`host.use(features.OpenSsh);\n${source('./modules')}`, { 'modules/own/a': 'a' });
    for (let i = 0; i < 2; i++) expect((await cdknix(folder, 'synth')).code).toBe(0);
    expect(writtenIn(folder)).not.toContain('modules/own/a');
    expect(filesIn(folder)['hosts/desk/default.nix']).toContain('source = ../../modules;');
  });

  it('may be named as a whole', async () => {
    const folder = rootProject(source('.'));
    for (let i = 0; i < 2; i++) expect((await cdknix(folder, 'synth')).stderr).not.toContain('error');
    expect(filesIn(folder)['hosts/desk/default.nix']).toContain('source = ../../.;');
  });

  it('keeps modes, links and times of sources as they are', async () => {
    const folder = rootProject(source('./secret') + source('./link').replace(' it:', ' other:'), { secret: 'x' });
    chmodSync(join(folder, 'secret'), 0o600);
    symlinkSync('secret', join(folder, 'link'));
    const before = statSync(join(folder, 'secret'));
    expect((await cdknix(folder, 'synth')).code).toBe(0);
    const { ino, mode, mtimeMs, ctimeMs } = statSync(join(folder, 'secret'));
    expect({ ino, mode, mtimeMs, ctimeMs }).toEqual({
      ino: before.ino,
      mode: before.mode,
      mtimeMs: before.mtimeMs,
      ctimeMs: before.ctimeMs,
    });
  });

  it('is named to git by what is new in it, sources included', async () => {
    const folder = rootProject(imports('./own.nix'), { '.gitignore': 'node_modules\n', 'own.nix': '{ }\n' });
    mkdirSync(join(folder, 'node_modules'));
    git(folder, 'init', '-q');
    const { stderr } = await cdknix(folder, 'synth');
    expect(stderr.slice(stderr.indexOf('warning'))).toMatchInlineSnapshot(`
      "warning[git-untracked]: git does not track flake.nix, hosts/desk/default.nix, own.nix, and Nix sees only what git tracks
        help: tell it of them: git add -N flake.nix hosts own.nix .cdknix.json

      warning[git-state]: git does not track cdk-like.state.json, which remembers the stateVersions of your machines
        help: commit it, so that they are the same in every copy of the project: git add cdk-like.state.json

      next:
        sudo nixos-rebuild switch --flake .#desk
      "
    `);
    git(folder, 'add', '-A');
    expect(git(folder, 'status', '--porcelain')).not.toContain('.cdknix/');
    expect((await cdknix(folder, 'synth')).stderr).not.toContain('warning');
  });
});

describe('an output above the project', () => {
  it('refers to sources of the project and beside it where they are', async () => {
    const top = rootProject('', {}, '..');
    put(top, {
      'machines/cdk-like.json': readFileSync(join(top, 'cdk-like.json'), 'utf8'),
      'machines/app.js': appOf(host + imports('./own.nix', '../shared/base.nix')),
      'machines/own.nix': '{ }\n',
      'shared/base.nix': '{ }\n',
    });
    const { code, stderr } = await cdknix(join(top, 'machines'), 'synth');
    expect([code, stderr.includes('error')]).toEqual([0, false]);
    expect(writtenIn(top)).toEqual(['flake.nix', 'hosts/desk/default.nix']);
    const text = filesIn(top)['hosts/desk/default.nix'];
    expect(text).toContain('../../machines/own.nix');
    expect(text).toContain('../../shared/base.nix');
  });
});

describe('an output in a folder of its own', () => {
  it('may hold files of the user, which are referred to where they are', async () => {
    const folder = rootProject(imports('./nix/own.nix'), { 'nix/own.nix': '{ }\n' }, 'nix');
    expect((await cdknix(folder, 'synth')).code).toBe(0);
    expect(writtenIn(join(folder, 'nix'))).toEqual(['flake.nix', 'hosts/desk/default.nix']);
    expect(filesIn(folder)['nix/hosts/desk/default.nix']).toContain('../../own.nix');
  });

  it('is told of those that refer to what is not in it', async () => {
    const files = { 'nix/own.nix': '{ imports = [ ../lib.nix ]; }\n', 'lib.nix': '{ }\n' };
    const folder = rootProject(imports('./nix/own.nix'), files, 'nix');
    const { code, stderr } = await cdknix(folder, 'synth');
    expect(stderr).toMatchInlineSnapshot(`
      "error[file-outside]: '<dir>/lib.nix' is outside the output, and a file in it refers to it
        in desk
        at nix/own.nix:1:15
        1 | { imports = [ ../lib.nix ]; }
          |               ^
        help: move it into the output too, or move both out of it, so that they are copied together

      1 error; nothing was written
      "
    `);
    expect(code).toBe(1);
  });

  it('is told of links in it that lead out of it', async () => {
    const folder = rootProject(imports('./nix/link.nix'), { 'lib.nix': '{ }\n' }, 'nix');
    mkdirSync(join(folder, 'nix'));
    symlinkSync('../lib.nix', join(folder, 'nix/link.nix'));
    const { code, stderr } = await cdknix(folder, 'synth');
    expect(stderr).toContain("error[file-outside]: '<dir>/nix/link.nix' is outside the output");
    expect(code).toBe(1);
  });
});

it('refuses to pin machines anew when their state file is gone', async () => {
  const folder = projectWith(host);
  await cdknix(folder, 'synth');
  rmSync(join(folder, 'cdk-like.state.json'));
  const { code, stderr } = await cdknix(folder, 'synth');
  expect(stderr).toMatchInlineSnapshot(`
    "error[state-missing]: there is no <dir>/cdk-like.state.json, although machines have been synthesised: it remembers their stateVersions
      help: restore it from version control; if it is lost, write { "stateVersion": {} } into it, and give each host and home the stateVersion that its file in the output has

    1 error; nothing was written
    "
  `);
  expect(code).toBe(1);
  writeFileSync(join(folder, 'cdk-like.state.json'), '{ "stateVersion": {} }\n');
  expect((await cdknix(folder, 'synth')).code).toBe(0);
});

describeNix('a flake in the root of a repository', () => {
  it('is evaluated as .#host, with sources in place, once git knows them', async () => {
    const folder = rootProject(
      `${imports('./hosts/desk/own.nix')}flake.input('nixpkgs', { url: 'path:${join(repo, 'test/support/inputs/nixpkgs')}' });\n`,
      {
        'hosts/desk/own.nix': '{ config, ... }: { networking.hostName = "in-place"; }\n',
        '.gitignore': 'node_modules\n',
      },
    );
    mkdirSync(join(folder, 'node_modules'));
    git(folder, 'init', '-q');
    expect((await cdknix(folder, 'synth')).stderr).toContain('sudo nixos-rebuild switch --flake .#desk');
    git(folder, 'add', '-A');
    const attribute = 'nixosConfigurations.desk.config.networking.hostName';
    const features = ['--extra-experimental-features', 'nix-command flakes'];
    const ran = runNix('nix', [...features, 'eval', '--raw', `git+file://${folder}#${attribute}`]);
    expect(ran).toMatchObject({ status: 0, stdout: 'in-place' });
  });
});
