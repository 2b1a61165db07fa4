import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { framesIn } from '../../lib/diagnostics/frame';
import { cdknix, dist, folderWith, oneHost, projectWith, put, repo } from './support';

const wrong = 'host.set({ services: { opensshh: { enable: true } } });\n';

/** The first problem: its code, and its place. */
const firstOf = (stderr: string) =>
  /^(?:error|warning)\[([\w-]+)\].*\n(?: {2}in .*\n)? {2}at (.*)$/m.exec(stderr)?.slice(1);

describe("a project's folder", () => {
  it.each(['fleet (1)', 'a#b', 'a%20b c', 'two\nlines', "quote's"])('may be called %j', async (name) => {
    const top = folderWith({
      [`${name}/cdk-like.json`]: '{ "app": "ts-node --swc main.ts" }',
      [`${name}/package.json`]: '{}',
      [`${name}/main.ts`]: `import * as cdknix from '${dist}';\n\ninterface Unused { a: string }\n${oneHost.replace('host.use(features.OpenSsh);\n', '')}${wrong}`,
    });
    const folder = join(top, name);
    symlinkSync(join(repo, 'node_modules'), join(folder, 'node_modules'));
    expect(firstOf((await cdknix(folder, 'synth')).stderr)).toEqual(['option-unknown', 'main.ts:6:24']);
    // What Node prints of an error is cut in two by the name.
    if (name.includes('\n')) return;
    put(folder, { 'main.ts': `import { Flake } from '${dist}';\nthrow new Error('no');\n` });
    expect(firstOf((await cdknix(folder, 'synth')).stderr)).toEqual(['app-threw', 'main.ts:2:7']);
  });
});

describe('what an app has done to JavaScript', () => {
  it.each([
    'Object.freeze(Error);',
    "Object.defineProperty(Error, 'stackTraceLimit', { value: 10, writable: false });",
    'Error.stackTraceLimit = 0;',
    "Object.prototype.toJSON = function () { return 'x'; };",
    "Array.prototype.toJSON = function () { throw new Error('no'); };",
  ])('costs no line: %s', async (statement) => {
    const folder = projectWith(`${oneHost}${statement}\n${wrong}`);
    const { code, stderr } = await cdknix(folder, 'synth');
    expect([code, firstOf(stderr)]).toEqual([0, ['option-unknown', 'app.js:7:24']]);
  });

  it.each([
    ['a getter', "host.set({ users: { get motd() { throw new Error('no'); } } });", '6:40'],
    ['a proxy', "host.set({ users: new Proxy({}, { ownKeys() { throw new Error('no'); } }) });", '6:53'],
  ])('is shown where it throws: %s', async (_, statement, place) => {
    const { stderr } = await cdknix(projectWith(`${oneHost}${statement}\n`), 'synth');
    expect(firstOf(stderr)).toEqual(['app-threw', `app.js:${place}`]);
  });

  it('leaves frames that can be read from their text', () => {
    const stack = `Error
    at new Host (/a (1)/b.js:1:2)
    at async f (file:///c.mjs:3:4)
    at /d e.js:5:6`;
    expect(
      framesIn(stack, false).map((frame) => [frame.getFunctionName(), frame.isConstructor(), frame.toString()]),
    ).toEqual([
      ['Host', true, '/a (1)/b.js:1:2'],
      ['f', false, 'file:///c.mjs:3:4'],
      [null, false, '/d e.js:5:6'],
    ]);
  });
});

describe('a second copy of cdknix', () => {
  const withCopy = (statement: string) => {
    const folder = projectWith(`${oneHost}const other = require('./copy/dist');\n${statement}\n`);
    for (const name of ['dist', 'data', 'package.json']) {
      cpSync(join(repo, name), join(folder, 'copy', name), { recursive: true });
    }
    symlinkSync(join(repo, 'node_modules'), join(folder, 'copy/node_modules'));
    return folder;
  };

  it('may bring what is Nix alone', async () => {
    const folder = withCopy(
      'host.set({ environment: { systemPackages: [other.pkgs.git] }, users: { motd: other.str`a` } });',
    );
    expect(await cdknix(folder, 'synth')).toMatchObject({ code: 0, stderr: expect.not.stringContaining('[') });
  });

  it.each(["lazy(() => 'x')", "path('./app.js')"])('is refused by name if it brings %s', async (value) => {
    const folder = withCopy(`host.set({ users: { motd: other.${value} } });`);
    const { code, stderr } = await cdknix(folder, 'synth');
    expect(stderr.split('\n')[0]).toBe(
      'error[two-copies]: there are two copies of cdknix: <repo>/dist and <dir>/copy/dist',
    );
    expect([code, firstOf(stderr)]).toEqual([1, ['two-copies', 'app.js:7:33']]);
    expect(stderr).toContain(
      'help: what one makes, the other cannot read: npm ls cdknix says who brings the second one; a library has cdknix in its peerDependencies, and one that is linked needs the cdknix of this project linked into it\n',
    );
  });
});
