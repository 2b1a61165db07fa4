import { cpSync, existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appOf, cdknix, dist, filesIn, folderWith, oneHost, projectWith, put, repo } from './support';

const second = "new cdknix.Host(flake, 'second', { system: 'x86_64-linux' });\n";

/** The hosts in the output of a project. */
function hostsOf(project: string): string[] {
  const files = Object.keys(filesIn(project));
  return files.flatMap((path) => /^nix\/hosts\/(.+)\/default.nix$/.exec(path)?.slice(1) ?? []);
}

/** What comes of an app after one with two hosts has been synthesised. */
async function after(app: string, files: Readonly<Record<string, string>> = {}) {
  const project = projectWith(oneHost + second, files);
  expect((await cdknix(project, 'synth')).code).toBe(0);
  const before = filesIn(join(project, 'nix'));
  put(project, { 'app.js': appOf(app) });
  const ran = await cdknix(project, 'synth');
  if (ran.code !== 0) expect(filesIn(join(project, 'nix'))).toEqual(before);
  return { ...ran, hosts: hostsOf(project) };
}

describe('an app that ends before its flake is complete', () => {
  it('is told where it waits for something that never comes', async () => {
    const { code, stderr } = await after(`${oneHost}
const never = new Promise(() => {});
async function main() {
  await Promise.resolve();
  await never;
  ${second}}
main();
`);
    expect(stderr).toMatchInlineSnapshot(`
      "error[app-unfinished]: the app waits here for something that never comes, so its flake may not be complete
        at app.js:10:3
        10 |   await never;
           |   ^
        help: see that the promise is settled, or call flake.synth() when the flake is complete

      1 error; nothing was written
      "
    `);
    expect(code).toBe(1);
  });

  it.each([
    [
      'an await in a function that awaits',
      'const f = async () => { await never; }; (async () => { await f(); MORE })();',
    ],
    ['a then', 'never.then(() => { MORE });'],
    ['a catch and a finally', 'never.catch(() => {}).finally(() => { MORE });'],
    ['all of several', 'Promise.all([Promise.resolve(1), never]).then(() => { MORE });'],
    ['the first of several', 'Promise.race([never, new Promise(() => {})]).then(() => { MORE });'],
    ['a loop', '(async () => { for await (const x of (async function* () { yield 1; await never; })()) {} MORE })();'],
    [
      'an event that does not come',
      "require('node:events').once(new (require('node:events'))(), 'x').then(() => { MORE });",
    ],
    [
      'behind what has come',
      "(async () => { await require('node:fs/promises').readFile(__filename); await never; MORE })();",
    ],
  ])('is told of it: %s', async (_, statement) => {
    const { code, stderr } = await after(
      `${oneHost}const never = new Promise(() => {});\n${statement.replace('MORE', second)}`,
    );
    expect(stderr).toMatch(/^error\[app-unfinished\]: the app waits here .*\n {2}at app.js:7:\d+\n/);
    expect(code).toBe(1);
  });

  it('is told of an await at the top of a module', async () => {
    const { code, stderr } = await after(`import('./main.mjs');`, {
      'main.mjs': `import cdknix from '${dist}/index.js';
const flake = new cdknix.Flake();
new cdknix.Host(flake, 'elitebook', { system: 'x86_64-linux' });
await new Promise(() => {});
${second}`,
    });
    expect(stderr).toMatch(/error\[app-unfinished\]: the app waits here .*\n {2}at main.mjs:4:7\n/);
    expect(code).toBe(1);
  });

  it('is told where it ends itself', async () => {
    const { code, stderr } = await after(`${oneHost}if (flake) process.exit(0);\n${second}`);
    expect(stderr).toMatchInlineSnapshot(`
      "error[app-exit]: the app ends itself here, so its flake may not be complete
        at app.js:6:20
        6 | if (flake) process.exit(0);
          |                    ^
        help: let it end by itself, or call flake.synth() when the flake is complete

      1 error; nothing was written
      "
    `);
    expect(code).toBe(1);
  });

  it.each([
    ['in a callback', 'setTimeout(() => process.exit(), 10);'],
    ['in a package that it calls', "require('leaver')();"],
  ])('is told where it ends itself: %s', async (_, statement) => {
    const { code, stderr } = await after(oneHost + statement, {
      'node_modules/leaver/index.js': 'module.exports = () => process.exit(0);',
    });
    expect(stderr).toMatch(/^error\[app-exit\]: the app ends itself here, .*\n {2}at app.js:6:\d+\n/);
    expect(code).toBe(1);
  });
});

describe('an app that is complete', () => {
  it.each([
    ['synthesises by itself, and ends itself', 'flake.synth(); process.exit(0);'],
    ['synthesises by itself, and leaves something undone', 'flake.synth(); new Promise(() => {}).then(() => {});'],
    [
      'has waited for all that it needs',
      "(async () => { await require('node:fs/promises').readFile(__filename); MORE })();",
    ],
    [
      'has taken the first of several',
      'Promise.race([new Promise(() => {}), Promise.resolve()]).then(() => { MORE });',
    ],
    ['has a promise that nobody waits for', 'new Promise(() => {});'],
    ['has caught what went wrong', 'Promise.reject(new Error()).catch(() => { MORE });'],
    ['has gone through a loop', '(async () => { for await (const x of [1, Promise.resolve(2)]) {} MORE })();'],
    ['has a package that waits for ever', "require('waiter')();"],
    ['is ended by what runs it', "setImmediate(require('leaver'));"],
    ['asks the network, which says no', "fetch('http://127.0.0.1:9/').catch(() => { MORE });"],
  ])('is taken as it is, although it %s', async (_, statement) => {
    const { code, stderr, hosts } = await after(oneHost + statement.replace('MORE', second), {
      'node_modules/leaver/index.js': 'module.exports = () => process.exit(0);',
      'node_modules/waiter/index.js': 'module.exports = async () => { await new Promise(() => {}); };',
    });
    expect([code, stderr.includes('error')]).toEqual([0, false]);
    expect(hosts).toEqual(statement.includes('MORE') ? ['elitebook', 'second'] : ['elitebook']);
  });
});

describe('an app with two flakes', () => {
  const both = (other: string) => `${oneHost}\n${other}`;

  it('is told of both, although two copies of the package make them', async () => {
    const copy = folderWith();
    cpSync(dist, join(copy, 'dist'), { recursive: true });
    for (const name of ['data', 'node_modules', 'package.json']) symlinkSync(join(repo, name), join(copy, name));
    const { code, stderr } = await after(
      both(`const other = require('${copy}/dist');
const flake2 = new other.Flake();
new other.Host(flake2, 'second', { system: 'x86_64-linux' });
`),
    );
    expect(stderr).toMatchInlineSnapshot(`
      "error[two-flakes]: the app makes two flakes, and the output can hold one
        at app.js:8:16
        8 | const flake2 = new other.Flake();
          |                ^
        the first one:
        at app.js:3:15
        3 | const flake = new cdknix.Flake();
          |               ^
        help: put all hosts in one flake, or write a second app

      1 error; nothing was written
      "
    `);
    expect(code).toBe(1);
  });

  const inThread = "const { Worker } = require('node:worker_threads');\nnew Worker('./other.js');\n";
  const inProcess = "require('node:child_process').fork('./other.js');\n";
  const other = (end = '') => ({
    'other.js': appOf(`const flake = new cdknix.Flake();\n${second}${end}`),
  });

  it.each([
    ['a thread', inThread],
    ['a forked process', inProcess],
  ])('is told of both, although one is in %s', async (_, start) => {
    const { code, stderr } = await after(both(start), other());
    expect(stderr).toMatch(/^error\[two-flakes\]: the app makes two flakes, and the output can hold one\n/);
    expect(stderr).toMatch(/app.js:3:15/);
    expect(stderr).toMatch(/other.js:3:15/);
    expect(code).toBe(1);
  });

  it.each([
    ['a thread', inThread],
    ['a forked process', inProcess],
  ])('is told of the one that was lost when %s failed', async (_, start) => {
    const quiet = start.replace("new Worker('./other.js')", "new Worker('./other.js').on('error', () => {})");
    const { code, stderr } = await after(both(quiet), other("throw new Error('it failed');"));
    expect(stderr).toContain('error[two-flakes]: the app makes 2 flakes in several processes or threads');
    expect(code).toBe(1);
  });

  it.each([
    ['a thread', inThread],
    ['a forked process', inProcess],
  ])('has but one if it is in %s alone', async (_, start) => {
    const { code, hosts } = await after(start, other());
    expect([code, hosts]).toEqual([0, ['second']]);
  });

  it('is told of a flake that was not handed over', async () => {
    const { code, stderr } = await after(`${oneHost}process.removeAllListeners('exit');`);
    expect(stderr).toMatchInlineSnapshot(`
      "error[app-flake-lost]: the app 'node app.js' made a flake that was not handed over
        at cdk-like.json:1:10
        1 | { "app": "node app.js" }
          |          ^
        help: the process or thread that makes it has to end by itself and without an error; or call flake.synth() in it

      1 error; nothing was written
      "
    `);
    expect(code).toBe(1);
  });
});

it('leaves no trace of the flakes that it makes where no command runs it', async () => {
  const project = projectWith(oneHost);
  const { spawnSync } = await import('node:child_process');
  expect(spawnSync(process.execPath, ['app.js'], { cwd: project }).status).toBe(0);
  expect(existsSync(join(project, 'nix'))).toBe(false);
});
