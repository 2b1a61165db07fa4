import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cdknix, folderWith, repo } from '../cli/support';

const typescript = `import { Feature, Flake, Host, HomeUser, mkIf, mkMerge } from 'cdknix';

/** What a compiler leaves out, so that its lines are others. */
interface Props {
  readonly port: number;
}

class Web extends Feature {
  constructor(scope: any, id: string, props: Props) {
    super(scope, id);
    const nested: Props = props; this.nixos.set({ services: { nginx: { enable: true, prot: nested.port } } as any });
    this.home.set({
      // 😀
      programs: mkIf<any>(true, { git: { enabel: true } }),
    }).set({ programs: mkMerge<any>([{ git: { enable: true } }, {
      wrong: 2 }]) });
  }
}

const host = new Host(new Flake(), 'desk', { system: 'x86_64-linux' });
new HomeUser(host, 'anna');
new Web(host, 'web', { port: 80 });
`;

const shown = ({ stderr }: { readonly stderr: string }) =>
  stderr
    .split('\n')
    .filter((line) => /^ +(at|\d+ \||\|) /.test(line))
    .join('\n');

/** A project of an app, beside the packages of this one. */
function project(app: string, files: Readonly<Record<string, string>>): string {
  const folder = folderWith({ 'cdk-like.json': JSON.stringify({ app }), 'package.json': '{}', ...files });
  symlinkSync(join(repo, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

const tsconfig = JSON.stringify({
  compilerOptions: { target: 'es2022', module: 'commonjs', esModuleInterop: true, skipLibCheck: true, types: ['node'] },
});

describe('a leaf in TypeScript', () => {
  it.each([
    ['ts-node with swc', 'ts-node --swc main.ts'],
    ['ts-node', 'ts-node --transpile-only main.ts'],
    ['tsx', 'tsx main.ts'],
    ['tsx as a loader of Node', 'node --import tsx main.ts'],
    ['a compiler that writes maps beside its output', 'tsc --sourceMap --noCheck --outDir out; node out/main.js'],
    ['a compiler that writes maps into its output', 'tsc --inlineSourceMap --noCheck; node main.js'],
    ['a compiler whose maps Node reads', 'tsc --sourceMap --noCheck; node --enable-source-maps main.js'],
  ])('is found through %s', async (_, app) => {
    const folder = project(app, { 'main.ts': typescript, 'tsconfig.json': tsconfig });
    expect(shown(await cdknix(folder, 'synth'))).toMatchInlineSnapshot(`
      "  at main.ts:11:86
        11 |     const nested: Props = props; this.nixos.set({ services: { nginx: { enable: true, prot: nested.port } } as any });
           |                                                                                      ^^^^
        at main.ts:14:42
        14 |       programs: mkIf<any>(true, { git: { enabel: true } }),
           |                                          ^^^^^^
        at main.ts:16:7
        16 |       wrong: 2 }]) });
           |       ^^^^^"
    `);
  });
});

it('is found in JavaScript modules', async () => {
  const text = `import { Flake, Host } from 'cdknix';
const host = new Host(new Flake(), 'desk', { system: 'x86_64-linux' });
host.set({ services: { ngnix: {} } });
`;
  const folder = project('node main.mjs', { 'main.mjs': text });
  expect(shown(await cdknix(folder, 'synth'))).toMatchInlineSnapshot(`
    "  at main.mjs:3:24
      3 | host.set({ services: { ngnix: {} } });
        |                        ^^^^^"
  `);
});

it('is shown by an app that is run by itself', () => {
  const folder = project('', {
    'main.js': `
const { Flake, Host, CdknixError } = require('cdknix');
const { leafOf } = require('${repo}/dist/diagnostics');
const host = new Host(new Flake(), 'desk', { system: 'x86_64-linux' });
host.set({ a: { b: 1 } });
const position = leafOf(host.module.definitions[0].position, ['a', 'b']);
console.log(new CdknixError([{ code: 'x', severity: 'error', message: 'm', position }]).stack);
`,
  });
  expect(execFileSync(process.execPath, ['main.js'], { cwd: folder, encoding: 'utf8' })).toMatchInlineSnapshot(`
    "error[x]: m
      at main.js:5:17
      5 | host.set({ a: { b: 1 } });
        |                 ^
    "
  `);
});
