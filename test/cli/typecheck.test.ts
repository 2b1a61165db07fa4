import { describe, expect, it } from 'vitest';
import { compilerErrors } from '../../lib/cli/typecheck/compiler-messages';
import { cdknix, filesIn, folderWith, install, put } from './support';

const main = (options: string, more = '') => `import { Flake, Host } from 'cdknix';

const host = new Host(new Flake(), 'desk', { system: 'x86_64-linux' });
host.set({
  ${options}
});
${more}`;

function project(code: string, packages: Readonly<Record<string, string>>): string {
  const folder = folderWith({
    'cdk-like.json': '{ "app": "tsx main.ts" }',
    'package.json': JSON.stringify({ devDependencies: { tsx: '', ...packages } }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: { module: 'node16', target: 'es2022', strict: true, skipLibCheck: true },
    }),
    'main.ts': code,
  });
  install(folder);
  return folder;
}

const seven = { typescript: '^7.0.0' };
const six = { typescript: '6.0' };

describe('synth --typecheck', { timeout: 120_000 }, () => {
  it.each([
    ['7', seven],
    ['6', six],
  ])('shows errors of TypeScript %s as its own, and writes nothing', async (_, packages) => {
    const folder = project(main("networking: { hostName: 'desk' },", "export const n: number = 'one';\n"), packages);
    const { code, stderr } = await cdknix(folder, 'synth', '--typecheck');
    expect(stderr).toBe(`error[TS2322]: Type 'string' is not assignable to type 'number'.
  at main.ts:7:14
  7 | export const n: number = 'one';
    |              ^

1 error; nothing was written
`);
    expect(code).toBe(1);
    expect(Object.keys(filesIn(folder)).filter((path) => path.startsWith('nix/'))).toEqual([]);
  });

  it('says once what both find', async () => {
    const folder = project(main('services: { openssh: { enabel: true } },'), seven);
    const { code, stderr } = await cdknix(folder, 'synth', '--typecheck');
    expect(stderr.match(/enabel: true/g)).toHaveLength(1);
    expect(code).toBe(1);
  });

  it('writes what has no errors', async () => {
    const folder = project(main("networking: { hostName: 'desk' },"), seven);
    const { code } = await cdknix(folder, 'synth', '--typecheck');
    expect(code).toBe(0);
    expect(filesIn(folder)).toHaveProperty(['nix/flake.nix']);
  });

  it('says what to install where there is no compiler, and that it needs a tsconfig.json', async () => {
    const folder = project(main("networking: { hostName: 'desk' },"), {});
    expect((await cdknix(folder, 'synth', '--typecheck')).stderr).toContain(
      'error[typecheck-compiler]: the project has no TypeScript to check its types with',
    );
    const other = folderWith({
      'cdk-like.json': '{ "app": "tsx main.ts" }',
      'package.json': '{ "devDependencies": { "typescript": "^7.0.0" } }',
    });
    install(other);
    put(other, { 'main.ts': '' });
    expect((await cdknix(other, 'synth', '--typecheck')).stderr).toContain(
      'error[typecheck-config]: there is no tsconfig.json',
    );
  });
});

it('takes what a compiler prints apart', () => {
  const printed = [
    "main.ts(4,12): error TS2322: Type 'A' is not assignable to type 'B'.",
    "  Property 'x' is missing.",
    "error TS18003: No inputs were found in config file 'tsconfig.json'.",
    'node_modules/x/index.d.ts(1,1): error TS1: Bad.',
  ].join('\n');
  expect(compilerErrors(printed, '/p')).toEqual([
    {
      code: 'TS2322',
      severity: 'error',
      message: "Type 'A' is not assignable to type 'B'.",
      position: { file: '/p/main.ts', line: 4, column: 12, length: 1, isSource: true },
      related: [{ message: "Property 'x' is missing." }],
    },
    { code: 'TS18003', severity: 'error', message: "No inputs were found in config file 'tsconfig.json'." },
    {
      code: 'TS1',
      severity: 'error',
      message: 'Bad.',
      position: { file: '/p/node_modules/x/index.d.ts', line: 1, column: 1, length: 1, isSource: true },
      help: 'it is in a package: its version may not fit the others; "skipLibCheck": true in tsconfig.json leaves packages out',
    },
  ]);
});
