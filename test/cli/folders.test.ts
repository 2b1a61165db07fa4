import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cdknix, filesIn, projectWith } from './support';

const host = `const flake = new cdknix.Flake();
const host = new cdknix.Host(flake, 'desk', { system: 'x86_64-linux' });
`;
const source = (path: string) => `host.set({ environment: { etc: { it: { source: cdknix.path('${path}') } } } });\n`;

describe('a folder that is copied', () => {
  it('holds a file, as git keeps no others', async () => {
    const folder = projectWith(host + source('./empty'));
    mkdirSync(join(folder, 'empty/inner'), { recursive: true });
    const { code, stderr } = await cdknix(folder, 'synth');
    expect(stderr).toMatchInlineSnapshot(`
      "error[folder-empty]: the folder './empty' holds no file
        in desk
        at app.js:5:55
        5 | host.set({ environment: { etc: { it: { source: cdknix.path('./empty') } } } });
          |                                                       ^
        help: Nix gets the flake by git, which keeps no empty folders: put a file in it, such as .keep

      1 error; nothing was written
      "
    `);
    expect(code).toBe(1);
  });

  it('holds no link to itself', async () => {
    const folder = projectWith(host + source('./loop') + source('./self'), { 'loop/a/b': '' });
    symlinkSync('..', join(folder, 'loop/a/up'));
    symlinkSync('self', join(folder, 'self'));
    const { code, stderr } = await cdknix(folder, 'synth');
    expect(stderr).toMatchInlineSnapshot(`
      "error[folder-loop]: '<dir>/loop/a/up' is a link to a folder that it is in
        in desk
        at app.js:5:55
        5 | host.set({ environment: { etc: { it: { source: cdknix.path('./loop') } } } });
          |                                                       ^
        help: remove the link

      error[file-missing]: there is no './self'
        in desk
        at app.js:6:55
        6 | host.set({ environment: { etc: { it: { source: cdknix.path('./self') } } } });
          |                                                       ^
        help: looked for <dir>/self

      2 errors; nothing was written
      "
    `);
    expect(code).toBe(1);
  });

  it('of a package is apart from one of the app by the same name', async () => {
    const folder = projectWith(`${host}require('tools').add(host);\n${source('./tools')}`, {
      'package.json': '{ "name": "fleet" }',
      'tools/a': 'the app',
      'node_modules/tools/package.json': '{ "name": "tools" }',
      'node_modules/tools/a': 'the package',
      'node_modules/tools/index.js': `const cdknix = require('cdknix');
exports.add = (host) => host.set({ environment: { etc: { other: { source: cdknix.path('./a') } } } });
`,
    });
    symlinkSync(join(__dirname, '../..'), join(folder, 'node_modules/cdknix'));
    const { code, stderr } = await cdknix(folder, 'synth');
    expect([code, stderr.includes('error')]).toEqual([0, false]);
    expect(filesIn(folder)).toMatchObject({
      'nix/assets/tools/a': 'the app',
      'nix/assets/tools-package/a': 'the package',
    });
  });
});

describe('users whose names differ in case only', () => {
  it('have folders that no file system takes for one', async () => {
    const folder = projectWith(`${host}const other = new cdknix.Host(flake, 'lap', { system: 'x86_64-linux' });
new cdknix.HomeUser(host, 'bob');
new cdknix.HomeUser(other, 'Bob');
`);
    expect((await cdknix(folder, 'synth')).code).toBe(0);
    const homes = Object.keys(filesIn(folder)).filter((path) => path.startsWith('nix/home/'));
    expect(homes).toEqual(['nix/home/Bob-2/default.nix', 'nix/home/bob/default.nix']);
  });
});
