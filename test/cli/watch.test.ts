import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { isIgnored } from '../../lib/cli/watch';
import { appOf, cdknix, ended, folderWith, oneHost, projectWith, put, start, until } from './support';

let watching: ChildProcess | undefined;
afterEach(() => {
  watching?.kill('SIGKILL');
});

/** Starts to watch a project; `says` waits for words that have not been waited for yet. */
function watch(folder: string, ...args: string[]) {
  const child = start(folder, ['watch', ...args]);
  watching = child;
  const end = ended(child, folder);
  let text = '';
  let seen = 0;
  child.stderr!.on('data', (chunk: string) => {
    text += chunk;
  });
  const says = async (words: string) => {
    await until(() => text.includes(words, seen));
    seen = text.indexOf(words, seen) + words.length;
  };
  return { child, end, says };
}

describe('watch', () => {
  it('synthesises at each change, keeps on after a mistake, and ends on Ctrl-C', async () => {
    const folder = projectWith(oneHost);
    const { child, end, says } = watch(folder);
    await says('first run');
    await says('3 added');
    await says('Ctrl-C ends it');

    put(folder, { 'app.js': appOf(`${oneHost}new cdknix.Host(flake, 'second', { system: 'x86_64-linux' });`) });
    await says('app.js changed');
    await says('+ hosts/second/default.nix');
    await says('Ctrl-C ends it');

    put(folder, { 'app.js': appOf('throw new Error("half a sentence")') });
    await says('half a sentence');
    await says('1 error; nothing was written');
    await says('Ctrl-C ends it');

    put(folder, { 'cdk-like.json': '{ "app": ' });
    await says('cdk-like.json changed');
    await says('error[config-json]');
    await says('Ctrl-C ends it');

    put(folder, { 'cdk-like.json': '{ "app": "node app.js", "output": "out" }', 'app.js': appOf(oneHost) });
    await says('3 added');
    await says('Ctrl-C ends it');

    child.kill('SIGINT');
    const { code, stdout, stderr } = await end;
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).not.toContain('\x1b');
    expect(stderr.match(/^\[\d\d:\d\d:\d\d\] /gm)).toHaveLength(5);
    expect(existsSync(join(folder, 'out/flake.nix'))).toBe(true);
  });

  it('does not run again for files that the app itself writes as they are', async () => {
    const folder = folderWith({
      'cdk-like.json': JSON.stringify({
        app: 'cp source.js dist/app.js && echo run >> node_modules/runs && node dist/app.js',
      }),
      'node_modules/x': '',
      'source.js': appOf(oneHost),
    });
    mkdirSync(join(folder, 'dist'));
    const { says } = watch(folder);
    await says('Ctrl-C ends it');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(readFileSync(join(folder, 'node_modules/runs'), 'utf8').split('\n').length - 1).toBeLessThanOrEqual(2);
  });

  it('ends with the app on Ctrl-C', async () => {
    const folder = folderWith({ 'cdk-like.json': JSON.stringify({ app: 'touch started; sleep 100' }) });
    const { child, end } = watch(folder);
    await until(() => existsSync(join(folder, 'started')));
    child.kill('SIGINT');
    expect((await end).code).toBe(130);
  });

  it('does not begin with a wrong configuration', async () => {
    const { code } = await cdknix(folderWith({ 'cdk-like.json': '{' }), 'watch');
    expect(code).toBe(2);
  });
});

describe('what watch does not look at', () => {
  const config = { project: '/p', outdir: '/p/nix', app: 'ts-node main.ts' };

  it.each([
    'nix/flake.nix',
    '.nix.cdknix/new',
    'cdk-like.state.json',
    'cdk-like.state.json.4711',
    '.git/HEAD',
    'deep/node_modules/x/index.js',
    'result',
    'dist/main.js',
    'main.ts~',
    '.main.ts.swp',
    '.#main.ts',
    '#main.ts#',
    '4913',
    'tsconfig.tsbuildinfo',
  ])('%s', (path) => expect(isIgnored(`/p/${path}`, config)).toBe(true));

  it.each(['main.ts', 'cdk-like.json', 'hosts/x/default.nix', 'nixos/x.ts', 'package.json', 'assets/result.txt'])(
    'but at %s',
    (path) => expect(isIgnored(`/p/${path}`, config)).toBe(false),
  );

  it('but at compiled code that is what runs', () => {
    expect(isIgnored('/p/dist/main.js', { ...config, app: 'node dist/main.js' })).toBe(false);
  });
});
