import { chmodSync, cpSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { coloured, patchOf } from '../../lib/cli/diff/patch';
import { released } from '../../lib/cli/terminal/released-text';
import { drawing, tokens } from '../support/secrets';
import { appOf, cdknix, filesIn, folderWith, git, oneHost, projectWith, put } from './support';

const changed = `const flake = new cdknix.Flake();
const host = new cdknix.Host(flake, 'elitebook', { system: 'x86_64-linux' });
host.import('./extra.nix');
host.set({ environment: { etc: { logo: { source: cdknix.path('./logo.bin') }, run: { source: cdknix.path('./run.sh') } } } });
new cdknix.Host(flake, 'second', { system: 'x86_64-linux' });
`;
const assets = { 'extra.nix': '{ }', 'logo.bin': 'a\0b', 'run.sh': '#!/bin/sh\n' };

/** A project with an output, and an app that has changed since. */
async function changedProject(): Promise<string> {
  const folder = projectWith(oneHost, assets);
  await cdknix(folder, 'synth');
  put(folder, { 'app.js': appOf(changed) });
  chmodSync(join(folder, 'run.sh'), 0o755);
  return folder;
}

describe('diff', () => {
  it('shows the whole output as added before the first synth, and writes nothing', async () => {
    const folder = projectWith(`new cdknix.Flake().output('lib', { answer: 42 });`);
    const before = filesIn(folder);
    const { code, stdout, stderr } = await cdknix(folder, 'diff');
    expect(stdout).toMatch(
      /^diff --git a\/cdk-like.state.json b\/cdk-like.state.json\nnew file mode 100644\n--- \/dev\/null\n\+\+\+ b\/cdk-like.state.json\n@@ -0,0 \+1,3 @@\n/,
    );
    expect([code, stderr]).toEqual([0, '2 added\n']);
    expect(filesIn(folder)).toEqual(before);
  });

  it('shows nothing when nothing would change', async () => {
    const folder = projectWith(oneHost);
    await cdknix(folder, 'synth');
    const expected = { code: 0, stderr: 'no differences\n' };
    expect(await cdknix(folder, 'diff', '--exit-code')).toEqual({ ...expected, stdout: '' });
    expect(await cdknix(folder, 'diff', '--exit-code', '--json')).toEqual({ ...expected, stdout: '[]\n' });
  });

  it('is what a synth would do, as a patch that git applies', async () => {
    const folder = await changedProject();
    put(folder, { 'app.js': appOf(changed.replace("logo: { source: cdknix.path('./logo.bin') }, ", '')) });
    const { code, stdout } = await cdknix(folder, 'diff', '--exit-code');
    expect(code).toBe(1);

    const copy = folderWith();
    cpSync(folder, copy, { recursive: true });
    put(copy, { 'a.patch': stdout });
    git(copy, 'init', '-q');
    git(copy, 'apply', 'a.patch');
    await cdknix(folder, 'synth');
    const { 'a.patch': _, ...patched } = filesIn(copy);
    const manifest = 'nix/.cdknix.json';
    const { [manifest]: before, ...output } = filesIn(folder);
    expect({ ...patched, [manifest]: before }).toEqual({ ...output, [manifest]: before });
    expect(statSync(join(copy, 'nix/assets/run.sh')).mode & 0o100).not.toBe(0);
  });

  it('says which files change, for programs, and exits with 1 if it is asked to', async () => {
    const folder = await changedProject();
    const { code, stdout, stderr } = await cdknix(folder, 'diff', '--json', '--exit-code');
    expect(JSON.parse(stdout)).toMatchInlineSnapshot(`
      [
        {
          "change": "changed",
          "path": "cdk-like.state.json",
        },
        {
          "change": "added",
          "path": "nix/assets/extra.nix",
        },
        {
          "change": "added",
          "path": "nix/assets/logo.bin",
        },
        {
          "change": "added",
          "path": "nix/assets/run.sh",
        },
        {
          "change": "changed",
          "path": "nix/flake.nix",
        },
        {
          "change": "changed",
          "path": "nix/hosts/elitebook/default.nix",
        },
        {
          "change": "added",
          "path": "nix/hosts/second/default.nix",
        },
        {
          "change": "removed",
          "path": "nix/modules/nixos/open-ssh.nix",
        },
      ]
    `);
    expect(stderr).toMatchInlineSnapshot(`
      "4 added, 3 changed, 1 removed
      "
    `);
    expect(code).toBe(1);
    expect((await cdknix(folder, 'diff', '--json')).code).toBe(0);
  });

  it('shows no secret, though somebody has accepted it', async () => {
    const app = (password: string, token: string) => `const flake = new cdknix.Flake();
const host = new cdknix.Host(flake, 'vm', { system: 'x86_64-linux' });
cdknix.acknowledge(host, 'secret');
cdknix.acknowledge(host, 'secret-likely');
host.set({
  users: { users: { bob: { initialPassword: '${password}', isNormalUser: true } } },
  environment: { variables: { TOKEN: '${token}' } },
});
`;
    const draw = drawing(3);
    const github = tokens['a GitHub token']!;
    const [before, after] = [github(draw), github(draw)];
    const folder = projectWith(app('hunter1', before));
    expect((await cdknix(folder, 'synth')).code).toBe(0);
    put(folder, { 'app.js': appOf(app('hunter2', after)) });
    const { code, stdout, stderr } = await cdknix(folder, 'diff');
    expect(stdout).toMatchInlineSnapshot(`
      "diff --git a/nix/hosts/vm/default.nix b/nix/hosts/vm/default.nix
      --- a/nix/hosts/vm/default.nix
      +++ b/nix/hosts/vm/default.nix
      @@ -5,9 +5,9 @@
         system.stateVersion = "26.05";
       
         users.users.bob = {
      -    initialPassword = "••••";
      +    initialPassword = "••••";
           isNormalUser = true;
         };
       
      -  environment.variables.TOKEN = "••••";
      +  environment.variables.TOKEN = "••••";
       }
      "
    `);
    expect(stderr).toMatchInlineSnapshot(`
      "1 changed
      secrets are shown as ••••, so the patch does not apply
      "
    `);
    expect(code).toBe(0);
  });

  it('fails as a synth would', async () => {
    const folder = projectWith(oneHost, { 'nix/flake.nix': '{ }' });
    const { code, stdout, stderr } = await cdknix(folder, 'diff');
    expect(stderr).toMatchInlineSnapshot(`
      "error[foreign-file]: <dir>/nix/flake.nix is in the way, and no earlier synth wrote it
        help: if it is a flake of your own, move it to another name, and say in TypeScript what it says (docs/adopting.md of cdknix); or choose another output folder

      1 error
      "
    `);
    expect([code, stdout]).toEqual([1, '']);
  });

  it('ends quietly when its reader has seen enough', async () => {
    const folder = projectWith(
      "const flake = new cdknix.Flake(); for (let i = 0; i < 500; i++) new cdknix.Host(flake, 'h' + i, { system: 'x86_64-linux' });",
    );
    const { stdout, stderr } = await import('node:child_process').then(({ spawnSync }) =>
      spawnSync('sh', ['-c', `"${process.execPath}" "${join(__dirname, '../../dist/cli/main.js')}" diff | head -n 1`], {
        cwd: folder,
        encoding: 'utf8',
      }),
    );
    expect(stdout).toBe('diff --git a/cdk-like.state.json b/cdk-like.state.json\n');
    expect(stderr).not.toContain('EPIPE');
  });
});

describe('a patch', () => {
  const content = (text: string | Buffer, executable = false) => ({ bytes: Buffer.from(text as string), executable });
  const patch = (before?: ReturnType<typeof content>, after?: ReturnType<typeof content>) =>
    patchOf({ path: 'nix/x', change: 'changed', before: () => before, after: () => after });

  it('shows three lines around a change, and ends of files without a newline', () => {
    expect(patch(content('1\n2\n3\n4\n5\n6\n'), content('1\n2\n3\n4\n5\nsix'))).toMatchInlineSnapshot(`
      "diff --git a/nix/x b/nix/x
      --- a/nix/x
      +++ b/nix/x
      @@ -3,4 +3,4 @@
       3
       4
       5
      -6
      +six
      \\ No newline at end of file
      "
    `);
  });

  it('shows a removed file', () => {
    expect(patch(content('1\n'), undefined)).toMatchInlineSnapshot(`
      "diff --git a/nix/x b/nix/x
      deleted file mode 100644
      --- a/nix/x
      +++ /dev/null
      @@ -1,1 +0,0 @@
      -1
      "
    `);
  });

  it('shows a new file that is empty or executable', () => {
    expect(patch(undefined, content(''))).toMatchInlineSnapshot(`
      "diff --git a/nix/x b/nix/x
      new file mode 100644
      "
    `);
    expect(patch(undefined, content('x\n', true))).toMatchInlineSnapshot(`
      "diff --git a/nix/x b/nix/x
      new file mode 100755
      --- /dev/null
      +++ b/nix/x
      @@ -0,0 +1,1 @@
      +x
      "
    `);
  });

  it('shows that a file becomes executable', () => {
    expect(patch(content('x\n'), content('x\n', true))).toMatchInlineSnapshot(`
      "diff --git a/nix/x b/nix/x
      old mode 100644
      new mode 100755
      "
    `);
  });

  it('says that files are binary', () => {
    expect(patch(content('a\0'), content('b\0'))).toMatchInlineSnapshot(`
      "diff --git a/nix/x b/nix/x
      Binary files a/nix/x and b/nix/x differ
      "
    `);
    expect(patch(undefined, content(Buffer.from([0xff, 0xfe])))).toMatchInlineSnapshot(`
      "diff --git a/nix/x b/nix/x
      new file mode 100644
      Binary files /dev/null and b/nix/x differ
      "
    `);
  });

  it('gives up on the smallest difference of huge files that have nothing in common', () => {
    const lines = (prefix: string) => Array.from({ length: 20_000 }, (_, i) => `${prefix}${i}\n`).join('');
    const text = patch(content(lines('a')), content(lines('b')));
    expect(text.split('\n').slice(2, 6)).toEqual(['+++ b/nix/x', '@@ -1,20000 +1,20000 @@', '-a0', '-a1']);
    expect(text.endsWith('+b19999\n')).toBe(true);
  });

  it('has colours on a terminal', () => {
    const text = released(coloured(patch(content('1\n2\n'), content('1\n3\n'))), { isTTY: true });
    expect(text.replaceAll('\x1b', '<')).toMatchInlineSnapshot(`
      "<[1mdiff --git a/nix/x b/nix/x<[22m
      <[1m--- a/nix/x<[22m
      <[1m+++ b/nix/x<[22m
      <[36m@@ -1,2 +1,2 @@<[39m
       1
      <[31m-2<[39m
      <[32m+3<[39m
      "
    `);
  });
});
