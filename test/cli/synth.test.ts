import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appOf, cdknix, filesIn, folderWith, git, manyHosts, oneHost, projectWith, put } from './support';

const everyKind = `const flake = new cdknix.Flake();
const elitebook = new cdknix.Host(flake, 'elitebook', { system: 'x86_64-linux' });
new cdknix.HomeUser(elitebook, 'marcus', { standalone: true });
const macbook = new cdknix.Host(flake, 'macbook', { system: 'aarch64-darwin' });
new cdknix.HomeUser(macbook, 'marcus');
new cdknix.HomeUser(flake, 'guest', { system: 'aarch64-linux' });
`;

describe('synth', () => {
  it('writes the output and says what to run next', async () => {
    const folder = projectWith(everyKind);
    const { code, stdout, stderr } = await cdknix(folder, 'synth');
    expect(stderr).toContain('  + hosts/elitebook/default.nix\n');
    expect(stderr.slice(stderr.indexOf('next:'))).toMatchInlineSnapshot(`
      "next:
        sudo nixos-rebuild switch --flake ./nix#elitebook
        sudo darwin-rebuild switch --flake ./nix#macbook
        home-manager switch --flake ./nix#marcus@elitebook
        home-manager switch --flake ./nix#guest
      "
    `);
    expect([code, stdout]).toEqual([0, '']);
    expect(readFileSync(join(folder, 'nix/flake.nix'), 'utf8')).toContain('nixosConfigurations');
    expect(JSON.parse(readFileSync(join(folder, 'cdk-like.state.json'), 'utf8'))).toHaveProperty('stateVersion');
  });

  it('says so when nothing changed, and touches nothing', async () => {
    const folder = projectWith(oneHost);
    await cdknix(folder, 'synth');
    const before = statSync(join(folder, 'nix'));
    const { stderr } = await cdknix(folder, 'synth');
    expect(stderr).toMatchInlineSnapshot(`
      "nix: nothing changed (3 files)

      next:
        sudo nixos-rebuild switch --flake ./nix#elitebook
      "
    `);
    const after = statSync(join(folder, 'nix'));
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  });

  it('says where a stateVersion is changed', async () => {
    const folder = projectWith(oneHost);
    await cdknix(folder, 'synth');
    put(folder, { 'app.js': appOf(`${oneHost}host.set({ system: { stateVersion: '24.05' } });`) });
    const { code, stderr } = await cdknix(folder, 'synth');
    expect(stderr).toContain("error[state-version-changed]: the stateVersion of 'elitebook' is '24.05' now");
    expect(stderr).toContain("| host.set({ system: { stateVersion: '24.05' } });");
    expect(code).toBe(1);
  });

  it('says which imported file changes a stateVersion', async () => {
    const folder = projectWith(oneHost);
    await cdknix(folder, 'synth');
    put(folder, {
      'app.js': appOf(`${oneHost}host.import('./old.nix');`),
      'old.nix': '{ pkgs, ... }:\n{\n  system.stateVersion = "23.11";\n}\n',
    });
    const { stderr } = await cdknix(folder, 'synth');
    expect(stderr).toMatchInlineSnapshot(`
      "error[state-version-changed]: the stateVersion of 'elitebook' is '23.11' now and was '26.05' when it was first synthesised
        in elitebook
        at old.nix:3:25
        3 |   system.stateVersion = "23.11";
          |                         ^
        help: set it once at install and never update it: it tells which data formats the machine has, not which release it runs; to correct a mistake, or to take over a machine that was installed with '23.11', change 'elitebook' in cdk-like.state.json as well

      1 error; nothing was written
      "
    `);
  });

  it('writes in spite of warnings, unless it is to be strict', async () => {
    const folder = projectWith(`const flake = new cdknix.Flake();
new cdknix.Host(flake, 'desk', { system: 'x86_64-linux' }).set({ services: { opnssh: { enable: true } } });
`);
    const strict = await cdknix(folder, 'synth', '--strict');
    expect([strict.code, existsSync(join(folder, 'nix'))]).toEqual([1, false]);
    expect(strict.stderr).toContain('error[option-unknown]: there is no option services.opnssh\n');
    expect((await cdknix(folder, 'diff', '--strict')).code).toBe(1);
    const usual = await cdknix(folder, 'synth');
    expect([usual.code, existsSync(join(folder, 'nix'))]).toEqual([0, true]);
    expect(usual.stderr).toContain('warning[option-unknown]: there is no option services.opnssh\n');
  });

  it('warns of a flake whose machines are gone', async () => {
    const folder = projectWith(oneHost);
    await cdknix(folder, 'synth');
    put(folder, { 'app.js': appOf('new cdknix.Flake();') });
    const { code, stderr } = await cdknix(folder, 'synth');
    expect(code).toBe(0);
    expect(stderr).toMatchInlineSnapshot(`
      "nix: 1 changed, 2 removed
        ~ flake.nix
        - hosts/elitebook/default.nix
        - modules/nixos/open-ssh.nix

      warning[flake-empty]: the flake has no hosts, homes, overlays, exports or outputs
        in the flake
        at app.js:3:1
        3 | new cdknix.Flake();
          | ^
        help: make a host in it with new Host(flake, …), or import the file of the app that does; until then a synth removes the files of the hosts and homes that there were
      "
    `);
    expect((await cdknix(folder, 'synth', '--strict')).code).toBe(1);
  });

  it('shows what changed and what is gone', async () => {
    const folder = projectWith(oneHost);
    await cdknix(folder, 'synth');
    put(folder, {
      'app.js': appOf(`const flake = new cdknix.Flake({ description: 'mine' });
new cdknix.Host(flake, 'elitebook', { system: 'x86_64-linux' }).use(features.Tailscale);`),
    });
    const { stderr } = await cdknix(folder, 'synth');
    expect(stderr).toMatchInlineSnapshot(`
      "nix: 1 added, 2 changed, 1 removed
        + modules/nixos/tailscale.nix
        ~ flake.nix
        ~ hosts/elitebook/default.nix
        - modules/nixos/open-ssh.nix

      next:
        sudo nixos-rebuild switch --flake ./nix#elitebook
      "
    `);
  });

  it('is brief about a large output', async () => {
    const { stderr } = await cdknix(projectWith(manyHosts(100)), 'synth');
    expect(stderr).toMatchInlineSnapshot(`
      "nix: 101 added
        + flake.nix
        + hosts/host1/default.nix
        + hosts/host10/default.nix
        + hosts/host100/default.nix
        + hosts/host11/default.nix
        + hosts/host12/default.nix
        + hosts/host13/default.nix
        + hosts/host14/default.nix
        + hosts/host15/default.nix
        + hosts/host16/default.nix
        and 91 more

      next:
        sudo nixos-rebuild switch --flake ./nix#host1
        sudo nixos-rebuild switch --flake ./nix#host2
        sudo nixos-rebuild switch --flake ./nix#host3
        sudo nixos-rebuild switch --flake ./nix#host4
        sudo nixos-rebuild switch --flake ./nix#host5
        and 95 more; cdknix list shows all
      "
    `);
  });

  it('writes where the command line says, relative to the working directory', async () => {
    const folder = projectWith(oneHost, { 'deep/x': '' });
    const { stderr } = await cdknix(join(folder, 'deep'), 'synth', '--output', 'my flake');
    expect(existsSync(join(folder, 'deep/my flake/flake.nix'))).toBe(true);
    expect(stderr).toContain("  sudo nixos-rebuild switch --flake './my flake#elitebook'\n");
  });

  it('writes through a link to the folder, and keeps the link', async () => {
    const folder = projectWith(oneHost, { 'real/mine.txt': '' });
    symlinkSync('real', join(folder, 'nix'));
    expect((await cdknix(folder, 'synth')).code).toBe(0);
    expect(existsSync(join(folder, 'real/flake.nix'))).toBe(true);
    expect(readFileSync(join(folder, 'nix/mine.txt'), 'utf8')).toBe('');
  });

  it('prints one JSON object for programs', async () => {
    const folder = projectWith(oneHost);
    const { stdout } = await cdknix(folder, 'synth', '--json');
    const first = JSON.parse(stdout);
    expect(first).toMatchInlineSnapshot(`
      {
        "added": [
          "flake.nix",
          "hosts/elitebook/default.nix",
          "modules/nixos/open-ssh.nix",
        ],
        "changed": [],
        "homes": [],
        "hosts": [
          {
            "class": "nixos",
            "features": [
              "open-ssh",
            ],
            "name": "elitebook",
            "system": "x86_64-linux",
            "users": [],
          },
        ],
        "outdir": "<dir>/nix",
        "removed": [],
        "warnings": [],
      }
    `);
    const again = JSON.parse((await cdknix(folder, 'synth', '--json')).stdout);
    expect(again).toEqual({ ...first, added: [] });
  });

  it('shows warnings, and writes', async () => {
    const folder = projectWith(
      `${oneHost}cdknix.addWarning(host, { code: 'mine', message: 'it is old', help: 'buy a new one' });\n`,
    );
    const { code, stderr } = await cdknix(folder, 'synth');
    expect(stderr).toMatchInlineSnapshot(`
      "nix: 3 added
        + flake.nix
        + hosts/elitebook/default.nix
        + modules/nixos/open-ssh.nix

      warning[mine]: it is old
        in elitebook
        at app.js:6:8
        6 | cdknix.addWarning(host, { code: 'mine', message: 'it is old', help: 'buy a new one' });
          |        ^
        help: buy a new one

      next:
        sudo nixos-rebuild switch --flake ./nix#elitebook
      "
    `);
    expect(code).toBe(0);
  });
});

describe('a synth that fails', () => {
  it('shows all problems at once and leaves the last output as it was', async () => {
    const folder = projectWith(oneHost);
    await cdknix(folder, 'synth');
    put(folder, {
      'app.js': appOf(`${oneHost}new cdknix.Host(flake, 'a b', { system: 'x86_64-linux' });
new cdknix.Host(flake, 'toaster', { system: 'mips' });
cdknix.addWarning(host, { code: 'mine', message: 'it is old' });
`),
    });
    const before = filesIn(folder);
    const { code, stdout, stderr } = await cdknix(folder, 'synth', '--json');
    expect(stderr).toMatchInlineSnapshot(`
      "warning[mine]: it is old
        in elitebook
        at app.js:8:8
        8 | cdknix.addWarning(host, { code: 'mine', message: 'it is old' });
          |        ^

      error[host-name]: 'a b' is not a host name
        in a b
        at app.js:6:1
        6 | new cdknix.Host(flake, 'a b', { system: 'x86_64-linux' });
          | ^
        help: use 1 to 63 letters, digits, "-" and "_", with a letter or digit at both ends; a domain may follow, as in web1.example.org

      error[system-unknown]: host 'toaster' has the unknown system 'mips'
        in toaster
        at app.js:7:37
        7 | new cdknix.Host(flake, 'toaster', { system: 'mips' });
          |                                     ^^^^^^
        help: did you mean 'i686-linux'? known: x86_64-linux, aarch64-linux, i686-linux, armv6l-linux, armv7l-linux, riscv64-linux, powerpc64le-linux, loongarch64-linux, aarch64-darwin, x86_64-darwin

      2 errors, 1 warning; nothing was written
      "
    `);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).diagnostics.map((one: { code: string }) => one.code)).toEqual([
      'mine',
      'host-name',
      'system-unknown',
    ]);
    expect(filesIn(folder)).toEqual(before);
  });

  it('names every file in the way', async () => {
    const folder = projectWith(oneHost, { 'nix/flake.nix': '{ }', 'nix/hosts/elitebook/default.nix/x': '' });
    const before = filesIn(folder);
    const { code, stderr } = await cdknix(folder, 'synth');
    expect(stderr).toMatchInlineSnapshot(`
      "error[foreign-file]: <dir>/nix/flake.nix is in the way, and no earlier synth wrote it
        help: if it is a flake of your own, move it to another name, and say in TypeScript what it says (docs/adopting.md of cdknix); or choose another output folder

      error[foreign-file]: <dir>/nix/hosts/elitebook/default.nix/x is in the way, and no earlier synth wrote it
        help: move it elsewhere (import(…) brings Nix files of your own into the flake), or choose another output folder

      2 errors; nothing was written
      "
    `);
    expect(code).toBe(1);
    expect(filesIn(folder)).toEqual(before);
  });

  it('says that there is a file where the output has to be', async () => {
    const folder = projectWith(oneHost, { nix: '' });
    const { code, stderr } = await cdknix(folder, 'synth');
    expect(stderr).toMatchInlineSnapshot(`
      "error[config-output]: output 'nix' cannot be a folder: <dir>/nix is a file
        help: name a folder of the project, for example "nix", or "." for its root

      1 error; nothing was written
      "
    `);
    expect(code).toBe(2);
    expect((await cdknix(folder, 'synth', '--output', 'nix/inner')).stderr).toContain(
      "--output 'nix/inner' cannot be a folder: <dir>/nix is a file",
    );
  });

  it.runIf(process.platform === 'linux')('says that the output cannot be written', async () => {
    const { code, stderr } = await cdknix(projectWith(oneHost), 'synth', '--output', '/sys/cdknix');
    expect(stderr).toMatch(
      /^error\[output-unwritable\]: cannot write \/sys\/cdknix: E[A-Z]+: .*\n {2}help: the output is as it was; make the folder and the one above it writable, or choose another output\n\n1 error; nothing was written\n$/,
    );
    expect(code).toBe(1);
  });

  it('says that the manifest or the state is damaged', async () => {
    const folder = projectWith(oneHost);
    await cdknix(folder, 'synth');
    writeFileSync(join(folder, 'nix/.cdknix.json'), 'x');
    expect((await cdknix(folder, 'synth')).stderr).toMatchInlineSnapshot(`
      "error[manifest]: <dir>/nix/.cdknix.json is damaged
        help: restore it from version control, or remove it together with the files that cdknix wrote

      1 error; nothing was written
      "
    `);
    writeFileSync(join(folder, 'cdk-like.state.json'), '[');
    expect((await cdknix(folder, 'synth')).stderr).toMatchInlineSnapshot(`
      "error[state-file]: a ']' has to stand here
        at cdk-like.state.json:1:2
        1 | [
          |  ^
        help: restore it from version control: it holds the stateVersions of your machines, which must not change

      1 error; nothing was written
      "
    `);
  });
});

describe('in a git repository', () => {
  it('warns of what git does not track, until it does', async () => {
    const folder = projectWith(oneHost);
    git(folder, 'init', '-q');
    expect((await cdknix(folder, 'synth')).stderr).toMatchInlineSnapshot(`
      "nix: 3 added
        + flake.nix
        + hosts/elitebook/default.nix
        + modules/nixos/open-ssh.nix

      warning[git-untracked]: git does not track nix/flake.nix, nix/hosts/elitebook/default.nix, nix/modules/nixos/open-ssh.nix, and Nix sees only what git tracks
        help: tell it of them: git add -N nix

      warning[git-state]: git does not track cdk-like.state.json, which remembers the stateVersions of your machines
        help: commit it, so that they are the same in every copy of the project: git add cdk-like.state.json

      next:
        sudo nixos-rebuild switch --flake ./nix#elitebook
      "
    `);

    git(folder, 'add', '-N', 'nix');
    git(folder, 'add', 'cdk-like.state.json');
    expect((await cdknix(folder, 'synth')).stderr).not.toContain('warning');

    put(folder, { 'app.js': appOf(`${oneHost}new cdknix.Host(flake, 'new', { system: 'x86_64-linux' });`) });
    const { stdout } = await cdknix(folder, 'synth', '--json');
    expect(JSON.parse(stdout).warnings).toMatchInlineSnapshot(`
      [
        {
          "code": "git-untracked",
          "help": "tell it of them: git add -N nix",
          "message": "git does not track nix/hosts/new/default.nix, and Nix sees only what git tracks",
          "severity": "warning",
        },
      ]
    `);
  });

  it('warns of an output that git ignores, and refers to it by its path', async () => {
    const folder = projectWith(oneHost, { '.gitignore': 'nix/\n' });
    git(folder, 'init', '-q');
    git(folder, 'add', '-A');
    expect((await cdknix(folder, 'synth')).stderr).toMatchInlineSnapshot(`
      "nix: 3 added
        + flake.nix
        + hosts/elitebook/default.nix
        + modules/nixos/open-ssh.nix

      warning[git-ignored]: git ignores nix, so a flake reference such as ./nix does not see all of it
        help: remove it from .gitignore, or refer to the flake as path:./nix

      warning[git-state]: git does not track cdk-like.state.json, which remembers the stateVersions of your machines
        help: commit it, so that they are the same in every copy of the project: git add cdk-like.state.json

      next:
        sudo nixos-rebuild switch --flake path:./nix#elitebook
      "
    `);
  });

  it('looks at the repository that the output is in, where that is another one', async () => {
    const folder = projectWith(oneHost);
    mkdirSync(join(folder, 'nix'));
    git(join(folder, 'nix'), 'init', '-q');
    expect((await cdknix(folder, 'synth')).stderr).toMatchInlineSnapshot(`
      "nix: 3 added
        + flake.nix
        + hosts/elitebook/default.nix
        + modules/nixos/open-ssh.nix

      warning[git-untracked]: git does not track nix/flake.nix, nix/hosts/elitebook/default.nix, nix/modules/nixos/open-ssh.nix, and Nix sees only what git tracks
        help: tell it of them: git add -N nix

      next:
        sudo nixos-rebuild switch --flake ./nix#elitebook
      "
    `);
    git(join(folder, 'nix'), 'add', '-A');
    expect((await cdknix(folder, 'synth')).stderr).not.toContain('warning');
    expect(existsSync(join(folder, 'nix/.git/HEAD'))).toBe(true);
  });

  it('says nothing of files that are not its own', async () => {
    const folder = projectWith(oneHost, { 'notes.txt': '' });
    await cdknix(folder, 'synth');
    git(folder, 'init', '-q');
    git(folder, 'add', 'nix', 'cdk-like.state.json');
    put(folder, { 'nix/notes.txt': '' });
    expect((await cdknix(folder, 'synth')).stderr).not.toContain('warning');
  });

  it('says nothing if git has a problem with the repository', async () => {
    const folder = projectWith(oneHost);
    writeFileSync(join(folder, '.git'), 'gitdir: /does/not/exist\n');
    expect((await cdknix(folder, 'synth')).stderr).not.toContain('warning');
  });
});

it('survives the loss of its output', async () => {
  const folder = projectWith(oneHost);
  await cdknix(folder, 'synth');
  const before = filesIn(folder);
  rmSync(join(folder, 'nix'), { recursive: true });
  await cdknix(folder, 'synth');
  expect(filesIn(folder)).toEqual(before);
  expect(Object.keys(before)).not.toHaveLength(0);
  expect(folderWith()).not.toBe(folder);
});
