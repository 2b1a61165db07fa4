import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { holdingErrors } from '../../lib/cli/app/held-lines';
import { readUncaught } from '../../lib/cli/app/uncaught-text';
import { cdknix, folderWith, oneHost, projectWith, repo } from './support';

/** What is said of an app of TypeScript, with what runs it. */
async function saidOf(runner: string, main: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = folderWith({
    'cdk-like.json': JSON.stringify({ app: `${runner} main.ts` }),
    'package.json': '{}',
    'tsconfig.json': JSON.stringify({
      compilerOptions: { module: 'nodenext', target: 'es2022', strict: true, types: [] },
    }),
    'main.ts': main,
    ...files,
  });
  symlinkSync(join(repo, 'node_modules'), join(folder, 'node_modules'));
  return (await cdknix(folder, 'synth')).stderr;
}

/** The first diagnostic: its code, its words and its place. */
const firstOf = (stderr: string) => stderr.split('\n').slice(0, 2).join('\n');

const runners = ['ts-node --swc', 'ts-node'];

describe('an app that throws', () => {
  it('is shown at its own line, with the calls that led to it', async () => {
    const folder = projectWith(`${oneHost}
function inner(name) {
  throw new RangeError('no such machine: ' + name, { cause: new Error('the list is empty') });
}
const outer = () => inner('desk');
outer();
`);
    const { code, stdout, stderr } = await cdknix(folder, 'synth');
    expect(stderr).toMatchInlineSnapshot(`
      "error[app-threw]: RangeError: no such machine: desk
        at app.js:8:9
        8 |   throw new RangeError('no such machine: ' + name, { cause: new Error('the list is empty') });
          |         ^
        caused by Error: the list is empty
        at app.js:8:61
        8 |   throw new RangeError('no such machine: ' + name, { cause: new Error('the list is empty') });
          |                                                             ^
        called in outer:
        at app.js:10:21
        10 | const outer = () => inner('desk');
           |                     ^
        help: the app ended with this error

      1 error; nothing was written
      "
    `);
    expect([code, stdout]).toEqual([1, '']);
    const { code: ofCheck, stderr: said } = await cdknix(folder, 'check');
    expect([ofCheck, firstOf(said)]).toEqual([1, firstOf(stderr)]);
  });

  it.each([
    ['a text', "throw 'no';", "the app threw 'no'"],
    ['an object', 'throw { a: 1 };', 'the app threw { a: 1 }'],
    ['nothing', 'throw undefined;', 'the app threw undefined'],
    ['in a promise', "Promise.reject('no');", "a promise was rejected with 'no', and nothing caught that"],
  ])('is shown what it throws if that is no error: %s', async (_, statement, words) => {
    const { stderr } = await cdknix(projectWith(`${oneHost}${statement}\n`), 'synth');
    expect(stderr).toContain(`error[app-threw]: ${words}\n`);
    expect(stderr).toContain("help: throw an Error, which knows where it is from: new Error('…')");
  });

  it.each([
    ['before there is a flake', "throw new Error('no');", 'app.js:1:7'],
    ['in a promise', "Promise.resolve().then(() => { throw new Error('no'); });", 'app.js:1:38'],
    ['in a timer', "setTimeout(() => { throw new Error('no'); }, 1);", 'app.js:1:26'],
    ['and says so itself', 'try { null.x } catch (e) { console.error(e); process.exit(1); }', 'app.js:1:12'],
    ['with a name of its own', "class NoHost extends Error {}; throw new NoHost('no');", 'app.js:1:38'],
  ])('is shown at its line: %s', async (_, app, place) => {
    const { stderr } = await cdknix(projectWith('', { 'app.js': `${app}\n` }), 'synth');
    expect(stderr).toMatch(/^error\[app-threw\]: /);
    expect(stderr.split('\n')[1]).toBe(`  at ${place}`);
  });

  it('is told of a problem of ours that it throws before there is a flake', async () => {
    const app = "const { nix } = require('cdknix');\nnix`{ a = }`;\n";
    const folder = projectWith('', { 'app.js': app.replace("'cdknix'", `'${repo}/dist'`) });
    expect(firstOf((await cdknix(folder, 'synth')).stderr)).toMatch(/^error\[nix-syntax\].*\n {2}at app\.js:2:\d+$/);
  });

  it.each(runners)('is shown at the line of its source by %s', async (runner) => {
    const stderr = await saidOf(runner, "import { f } from './f';\n\nf({ a: 1 });\n", {
      'f.ts': "interface X { a: number }\nexport function f(x: X) {\n  throw new Error('no ' + x.a);\n}\n",
    });
    expect(stderr).toMatch(/^error\[app-threw\]: Error: no 1\n {2}at f\.ts:3:9\n/);
    expect(stderr).toContain('called here:\n  at main.ts:3:');
  });

  it('shows what it prints beside', async () => {
    const app = `${oneHost}console.log('Error: this is no error');\nconsole.log('    at home');\nconsole.log('done');\n`;
    expect((await cdknix(projectWith(app), 'synth')).stderr).toContain('Error: this is no error\n    at home\ndone\n');
  });
});

describe('an app that cannot be compiled', () => {
  it.each(runners)('is shown at the wrong line by %s', async (runner) => {
    const stderr = await saidOf(runner, 'const x = 1;\nconst y = = 2;\nexport { x, y };\n');
    expect(firstOf(stderr)).toBe('error[app-syntax]: Expression expected\n  at main.ts:2:11');
  });

  it('has its wrong types shown, each at its line', async () => {
    const stderr = await saidOf('ts-node', "export const a: number = 'x';\nexport const b: string = 1;\n");
    expect(stderr).toMatchInlineSnapshot(`
      "error[app-types]: Type 'string' is not assignable to type 'number'
        at main.ts:1:14
        1 | export const a: number = 'x';
          |              ^
        help: correct the code; ts-node --swc, or tsx, runs it without its types

      error[app-types]: Type 'number' is not assignable to type 'string'
        at main.ts:2:14
        2 | export const b: string = 1;
          |              ^
        help: correct the code; ts-node --swc, or tsx, runs it without its types

      2 errors; nothing was written
      "
    `);
  });

  it.each(runners)('is told which module is missing by %s', async (runner) => {
    const file = await saidOf(runner, "import { x } from './none';\nconsole.log(x);\n");
    expect(firstOf(file)).toBe("error[app-module]: there is no module './none'\n  at main.ts:1:19");
    const stderr = await saidOf(runner, "import { x } from '@a/none/sub';\nconsole.log(x);\n");
    expect(firstOf(stderr)).toBe("error[app-module]: the package '@a/none' is not installed\n  at main.ts:1:19");
  });

  it.each([
    ['a module', "import './none.mjs';", "app-module]: there is no module './none.mjs'", '1:8'],
    ['a package', "import 'none/sub';", "app-module]: the package 'none' is not installed", '1:8'],
    ['syntax', 'const x = 1;\nconst y = = 2;', "app-syntax]: Unexpected token '='", '2:11'],
    [
      'an export',
      "import { nothing } from './other.mjs';",
      "app-syntax]: The requested module './other.mjs' does not provide an export named 'nothing'",
      '1:10',
    ],
  ])('is shown at its line as an ES module: %s', async (_, app, words, place) => {
    const files = { 'app.mjs': app, 'other.mjs': '', 'cdk-like.json': '{ "app": "node app.mjs" }' };
    expect(firstOf((await cdknix(folderWith(files), 'synth')).stderr)).toBe(`error[${words}\n  at app.mjs:${place}`);
  });
});

describe('the text of an error', () => {
  it('is read as tsx prints it', () => {
    const printed = `node:internal/modules/run_main:123
    triggerUncaughtException(
    ^
Error: Transform failed with 1 error:
/app/main.ts:3:10: ERROR: Unexpected "="
    at failureErrorWithLog (/app/node_modules/esbuild/lib/main.js:1467:15) {
  name: 'TransformError'
}

Node.js v24.1.0
`;
    expect(readUncaught(printed)?.message).toBe(
      'Transform failed with 1 error:\n/app/main.ts:3:10: ERROR: Unexpected "="',
    );
  });

  it('is none where a program prints something else', () => {
    for (const printed of ['', 'all is well\n', 'Error: not thrown\n', 'main.ts:3\nis fine\n']) {
      expect(readUncaught(printed)).toBeUndefined();
    }
  });

  it('is held back only as long as it may be one', () => {
    const shown: string[] = [];
    const lines = holdingErrors((text) => shown.push(text));
    lines.add('one\nError: two');
    lines.add('    at f (/x.js:1:1)');
    expect(shown).toEqual(['one']);
    lines.add('three');
    expect(shown.join('\n')).toBe('one\nError: two\n    at f (/x.js:1:1)\nthree');
    lines.add('TypeError: four');
    expect(lines.take()).toBe('TypeError: four');
    expect(lines.take()).toBe('');
  });
});
