import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { isIgnored } from '../../lib/cli/watch';
import { appOf, cdknix, ended, filesIn, folderWith, git, oneHost, projectWith, put, start, until } from './support';

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

  it('leaves the output of what files say in the end, whatever they said while the app ran', async () => {
    const folder = folderWith({
      'cdk-like.json': '{ "app": "node app.js" }',
      value: 'A',
      'node_modules/x': '',
      'app.js': `const fs = require('node:fs');
const wait = (path) => { while (!fs.existsSync('node_modules/' + path)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); };
fs.writeFileSync('node_modules/running', '');
wait('read');
const value = fs.readFileSync('value', 'utf8');
fs.writeFileSync('node_modules/has-read', '');
wait('end');
${appOf(`const flake = new cdknix.Flake({ description: value });
new cdknix.Host(flake, 'desk', { system: 'x86_64-linux' });`)}`,
    });
    const mark = (...names: string[]) =>
      put(folder, Object.fromEntries(names.map((name) => [`node_modules/${name}`, ''])));
    const unmark = () => {
      for (const name of ['running', 'read', 'has-read', 'end'])
        rmSync(join(folder, 'node_modules', name), { force: true });
    };
    const description = () => /description = "(.*)"/.exec(readFileSync(join(folder, 'nix/flake.nix'), 'utf8'))?.[1];
    const { says } = watch(folder);
    mark('read', 'end');
    await says('Ctrl-C ends it');
    expect(description()).toBe('A');

    unmark();
    put(folder, { value: 'A2' });
    await until(() => existsSync(join(folder, 'node_modules/running')));
    put(folder, { value: 'B' });
    mark('read');
    await until(() => existsSync(join(folder, 'node_modules/has-read')));
    put(folder, { value: 'A2' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    mark('end');
    await says('Ctrl-C ends it');
    expect(description()).toBe('B');
    await says('value changed');
    await says('Ctrl-C ends it');
    expect(description()).toBe('A2');
  });

  it.each([
    ['another content at each run', "fs.writeFileSync('stamp', String(Math.random()));"],
    ['a file of another name at each run', "fs.writeFileSync('stamp' + Math.random(), '');"],
  ])('does not run for ever for an app that writes %s, and says so', async (_, statement) => {
    const app = `const fs = require('node:fs');
fs.appendFileSync('node_modules/runs', 'x');
${statement}
${oneHost}`;
    const folder = projectWith(app, { 'node_modules/x': '' });
    const runs = () => readFileSync(join(folder, 'node_modules/runs'), 'utf8').length;
    const { says } = watch(folder);
    await says('has changed during each of the last runs, so the app seems to write it');
    await says('Ctrl-C ends it');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const before = runs();
    expect(before).toBeLessThan(9);
    put(folder, { 'app.js': appOf(`${app}\n// changed`) });
    await says('app.js changed');
    await says('Ctrl-C ends it');
    expect(runs()).toBeGreaterThan(before);
  });

  it('does not claim to watch where the system has no more watches', async () => {
    const folder = projectWith(oneHost, {
      'node_modules/limit.js': `const fs = require('node:fs');
fs.watch = () => { throw Object.assign(new Error('ENOSPC: System limit for number of file watchers reached'), { code: 'ENOSPC' }); };
require('node:module').syncBuiltinESMExports();`,
    });
    const child = start(folder, ['watch'], { NODE_OPTIONS: `--require ${join(folder, 'node_modules/limit.js')}` });
    watching = child;
    const { code, stderr } = await ended(child, folder);
    expect(stderr).toMatchInlineSnapshot(`
      "error[watch-failed]: cannot watch <dir>: ENOSPC: System limit for number of file watchers reached
        help: the system allows no more watches: raise fs.inotify.max_user_watches (or max_user_instances), close what else watches files, or have the files looked at regularly: CHOKIDAR_USEPOLLING=1 npx cdknix watch

      1 error
      "
    `);
    expect(code).toBe(1);
  });

  it('watches folders that often hold what is made, as they may hold sources', async () => {
    const folder = projectWith(oneHost, { 'coverage/x': '', 'dist/x': '', 'result/x': '' });
    const { says } = watch(folder);
    await says('watching <dir> (but for .git, node_modules, .direnv); Ctrl-C ends it'.replace('<dir>', folder));
    for (const path of ['coverage/x', 'dist/x', 'result/x']) {
      put(folder, { [path]: 'changed' });
      await says(`${path} changed`);
      await says('Ctrl-C ends it');
    }
  });

  it.each([
    ['all of it', 'nix'],
    ['a folder of it', 'nix/hosts'],
    ['a file of it', 'nix/hosts/elitebook/default.nix'],
    ['its manifest', 'nix/.cdknix.json'],
  ])('makes the output anew when it is deleted: %s', async (_, path) => {
    const folder = projectWith(oneHost);
    const { says } = watch(folder);
    await says('Ctrl-C ends it');
    const before = filesIn(folder);
    rmSync(join(folder, path), { recursive: true });
    await says(' changed');
    await says('Ctrl-C ends it');
    expect(filesIn(folder)).toEqual(before);
  });

  it('names a generated file as soon as it is edited', async () => {
    const folder = projectWith(oneHost);
    const { says } = watch(folder);
    await says('Ctrl-C ends it');
    put(folder, { 'nix/flake.nix': 'edited' });
    await says('nix/flake.nix changed');
    await says('error[edited-file]');
  });

  it('watches sources beside an output in the root, and does not run for what it writes', async () => {
    const app = `require('node:fs').appendFileSync('node_modules/runs', 'x');\n${oneHost}`;
    const files = {
      'cdk-like.json': '{ "app": "node app.js", "output": "." }',
      'own.nix': '{ }',
      'node_modules/x': '',
    };
    const folder = projectWith(`${app}host.import('./own.nix');`, files);
    const { says } = watch(folder);
    await says('Ctrl-C ends it');
    put(folder, { 'own.nix': '{ imports = []; }', 'flake.lock': '{}' });
    await says('own.nix changed');
    await says('Ctrl-C ends it');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(readFileSync(join(folder, 'node_modules/runs'), 'utf8')).toBe('xx');
    rmSync(join(folder, 'hosts'), { recursive: true });
    await says(' changed');
    await says('+ hosts/elitebook/default.nix');
  });

  it('loses nothing of what others write into the output meanwhile', { timeout: 120_000 }, async () => {
    const folder = projectWith(oneHost, { 'node_modules/x': '' });
    git(folder, 'init', '-q');
    const { says } = watch(folder);
    await says('Ctrl-C ends it');
    const lock = join(folder, 'nix/flake.lock');
    for (let i = 0; i < 12; i++) {
      put(folder, { 'app.js': appOf(`${oneHost}new cdknix.Host(flake, 'host${i}', { system: 'x86_64-linux' });`) });
      // As Nix writes it: a new file, renamed, and some time after that git takes all.
      for (let n = 0; n < 8; n++) {
        writeFileSync(`${lock}.tmp`, `${i} ${n}`);
        renameSync(`${lock}.tmp`, lock);
        writeFileSync(join(folder, `nix/notes-${i}-${n}`), 'mine');
        await new Promise((resolve) => setTimeout(resolve, 15));
        expect(readFileSync(lock, 'utf8')).toBe(`${i} ${n}`);
      }
      await says(`+ hosts/host${i}/default.nix`);
      await says('Ctrl-C ends it');
      git(folder, 'add', 'nix');
      git(folder, 'commit', '-qm', String(i));
    }
    const notes = Object.keys(filesIn(folder)).filter((path) => path.startsWith('nix/notes-'));
    expect(notes).toHaveLength(96);
    expect(git(folder, 'ls-files', 'nix/.cdknix')).toBe('');
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
  const config = { project: '/p', outdir: '/p/nix' };
  const generated = new Set(['/p/nix/flake.nix']);

  it.each([
    'nix/flake.nix',
    'nix/flake.lock',
    'nix/.cdknix/new/3',
    'cdk-like.state.json.4711-abc',
    '.git/HEAD',
    'deep/node_modules/x/index.js',
    '.direnv/flake-profile',
    'main.ts~',
    '.main.ts.swp',
    '.#main.ts',
    '#main.ts#',
    '4913',
    'tsconfig.tsbuildinfo',
  ])('%s', (path) => expect(isIgnored(`/p/${path}`, config, generated)).toBe(true));

  it.each([
    'main.ts',
    'cdk-like.json',
    'cdk-like.state.json',
    'hosts/x/default.nix',
    'package.json',
    'nix',
    'nix/modules/own.nix',
    'coverage/x.ts',
    'dist/main.js',
    'result',
    'result/x.nix',
    '.cdknix/x',
  ])('but at %s', (path) => expect(isIgnored(`/p/${path}`, config, generated)).toBe(false));
});
