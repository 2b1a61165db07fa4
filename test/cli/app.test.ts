import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cdknix, ended, folderWith, isRunning, oneHost, projectWith, start, until } from './support';

/** A project whose app is a command. */
const running = (app: string, files: Readonly<Record<string, string>> = {}) =>
  folderWith({ 'cdk-like.json': `${JSON.stringify({ app })}\n`, ...files });

describe('an app that fails', () => {
  it.each([
    ['is not there', 'no-such-program --flag'],
    ['is not executable', './app.sh'],
    ['exits non-zero', 'echo from the app; exit 3'],
    ['is killed', 'kill -9 $$'],
    ['is killed below the shell', "sh -c 'kill -SEGV $$'; exit $?"],
    ['makes no flake', 'echo nothing'],
    ['leaves what is not JSON', 'echo hello > "$CDKNIX_ASSEMBLY"'],
    ['leaves what another version leaves', 'echo \'{"version":2}\' > "$CDKNIX_ASSEMBLY"'],
    ['leaves nothing in its file', ': > "$CDKNIX_ASSEMBLY"'],
    [
      'fails after it has made its flake',
      'echo \'{"version":1,"diagnostics":[],"plan":{"files":[]}}\' > "$CDKNIX_ASSEMBLY"; exit 1',
    ],
  ])('gets one clear error: it %s', async (_, app) => {
    const folder = running(app, { 'app.sh': '' });
    const { code, stdout, stderr } = await cdknix(folder, 'synth');
    expect(stderr).toMatchSnapshot();
    expect([code, stdout]).toEqual([1, '']);
    expect(existsSync(join(folder, 'nix'))).toBe(false);
  });

  it('gets one clear error: what runs it is not installed', async () => {
    const folder = running('ts-node --swc main.ts', {
      'main.ts': '',
      'node_modules/.bin/ts-node': '#!/bin/sh\nexit 1\n',
    });
    chmodSync(join(folder, 'node_modules/.bin/ts-node'), 0o755);
    const { code, stderr } = await cdknix(folder, 'synth');
    expect(stderr).toMatchInlineSnapshot(`
      "error[app-needs]: the app 'ts-node --swc main.ts' needs typescript and @swc/core, which the project does not have
        at cdk-like.json:1:8
        1 | {"app":"ts-node --swc main.ts"}
          |        ^
        help: npm install, or, if package.json does not name them, npm install --save-dev typescript@6 @swc/core

      1 error; nothing was written
      "
    `);
    expect(code).toBe(1);
  });

  it('is quoted from the command line without a place', async () => {
    const { stderr } = await cdknix(folderWith(), 'synth', '--app', 'exit 3');
    expect(stderr).toMatchInlineSnapshot(`
      "error[app-failed]: the app 'exit 3' ended with exit code 3
        help: what it printed is above; run the command by itself to see more

      1 error; nothing was written
      "
    `);
  });
});

describe('an app that does not end', () => {
  it('is stopped with all that it has started', async () => {
    const folder = running('node -e "setInterval(() => {}, 1000)" & echo $! > pid; wait');
    const { code, stderr } = await cdknix(folder, 'synth', '--timeout', '0.5');
    expect(stderr).toMatchInlineSnapshot(`
      "error[app-timeout]: the app 'node -e "setInterval(() => {}, 1000)" & echo $! > pid; wait' has not ended after 0.5 s, and was stopped
        at cdk-like.json:1:8
        1 | {"app":"node -e \\"setInterval(() => {}, 1000)\\" & echo $! > pid; wait"}
          |        ^
        help: an open server, connection, watcher or timer keeps a process alive: close it when the flake is made; if the app only needs longer, raise the limit with --timeout <seconds>

      1 error; nothing was written
      "
    `);
    expect(code).toBe(1);
    expect(isRunning(Number(readFileSync(join(folder, 'pid'), 'utf8')))).toBe(false);
  });

  it('is killed if it does not listen', async () => {
    const folder = running('trap "" TERM; echo $$ > pid; while :; do sleep 0.1; done');
    const { code, stderr } = await cdknix(folder, 'synth', '--timeout', '0.3');
    expect(stderr).toContain('has not ended after 0.3 s, and was stopped');
    expect(code).toBe(1);
    expect(isRunning(Number(readFileSync(join(folder, 'pid'), 'utf8')))).toBe(false);
  });

  it('ends with the command on Ctrl-C', async () => {
    const folder = running('echo $$ > pid; sleep 100');
    const child = start(folder, ['synth']);
    const end = ended(child, folder);
    await until(() => existsSync(join(folder, 'pid')) && readFileSync(join(folder, 'pid'), 'utf8').endsWith('\n'));
    child.kill('SIGINT');
    expect(await end).toEqual({ code: 130, stdout: '', stderr: '' });
    expect(isRunning(Number(readFileSync(join(folder, 'pid'), 'utf8')))).toBe(false);
  });
});

describe('an app that runs', () => {
  it('has its output on our standard error', async () => {
    const folder = projectWith(`${oneHost}console.log('a result'); console.error('a problem');\n`);
    const { code, stdout, stderr } = await cdknix(folder, 'list');
    expect(stderr).toBe('a result\na problem\n');
    expect(stdout).toMatch(/^NAME/);
    expect(code).toBe(0);
  });

  it('runs in the folder of the project, with the programs of its dependencies and of those above', async () => {
    const folder = folderWith({
      'node_modules/.bin/above': '',
      'node_modules/.bin/shadowed': '',
      'inner/node_modules/.bin/shadowed': '',
      'inner/deep/x': '',
      'inner/cdk-like.json': JSON.stringify({ app: 'pwd; which above shadowed' }),
    });
    for (const name of ['node_modules/.bin/above', 'node_modules/.bin/shadowed', 'inner/node_modules/.bin/shadowed']) {
      await import('node:fs').then(({ chmodSync }) => chmodSync(join(folder, name), 0o755));
    }
    const { stderr } = await cdknix(join(folder, 'inner/deep'), 'synth');
    expect(stderr.replaceAll(folder, '<top>').split('\n').slice(0, 3)).toEqual([
      '<top>/inner',
      '<top>/node_modules/.bin/above',
      '<top>/inner/node_modules/.bin/shadowed',
    ]);
  });

  it('leaves nothing behind in the folder for temporary files', async () => {
    const folder = projectWith(oneHost, { 'tmp/x': '' });
    const child = start(folder, ['synth'], { TMPDIR: join(folder, 'tmp') });
    expect((await ended(child, folder)).code).toBe(0);
    expect(readdirSync(join(folder, 'tmp'))).toEqual(['x']);
    expect(tmpdir()).not.toContain(folder);
  });
});
