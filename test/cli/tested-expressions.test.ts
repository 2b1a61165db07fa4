import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testedExpressions } from '../../lib/cli/typecheck/tested-expressions';
import { ended, folderWith, repo, start } from './support';

const before = `import { args, cond, eq, Flake, Host, lib, mkIf, not, pkgs } from 'cdknix';
import type { Expr } from 'cdknix';
const flake = new Flake();
const desk = new Host(flake, 'desk', { system: 'x86_64-linux' });
const { config } = desk;
const { openssh } = config.services;
declare const maybe: Expr<boolean> | undefined;
declare const either: boolean | Expr<boolean>;
declare const list: Expr<boolean>[];
export const used = [args, cond, eq, lib, mkIf, not, pkgs, openssh, maybe, either, list, config];
`;

function projectOf(code: string) {
  const folder = folderWith({
    'main.ts': code,
    'cdk-like.json': '{ "app": "node -r ts-node/register main.ts" }',
    'tsconfig.json': JSON.stringify({
      compilerOptions: { target: 'es2022', module: 'node16', moduleResolution: 'node16', strict: true, types: [] },
      'ts-node': { swc: true },
      include: ['main.ts'],
    }),
  });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(repo, join(folder, 'node_modules/cdknix'));
  for (const name of ['@swc', 'constructs', 'ts-node', 'typescript']) {
    symlinkSync(join(repo, 'node_modules', name), join(folder, 'node_modules', name));
  }
  return folder;
}

/** What is said of each statement. */
function said(statements: readonly string[]): string[][] {
  const found = testedExpressions({
    project: projectOf(before + statements.join('\n')),
    app: 'node -r ts-node/register main.ts',
  });
  const first = before.split('\n').length;
  return statements.map((_, i) =>
    found.filter(({ position }) => position?.line === first + i).map(({ message, help }) => `${message}: ${help}`),
  );
}

const bare = ' is known to Nix only, and JavaScript takes it for true: ';
const compared = ' is known to Nix only, and JavaScript compares the expression, not its value: ';

describe('an expression that JavaScript decides by', () => {
  const cases: readonly (readonly [statement: string, message: string])[] = [
    [
      'if (openssh.enable) used.pop();',
      `openssh.enable${bare}write mkIf(test, …) around what depends on it, or cond(test, yes, no) for a value`,
    ],
    [
      'while (config.services.openssh.enable) used.pop();',
      `config.services.openssh.enable${bare}write mkIf(test, …) around what depends on it, or cond(test, yes, no) for a value`,
    ],
    ['used.push(!openssh.enable as never);', `openssh.enable${bare}write not(…)`],
    [
      'used.push((openssh.enable && 1) as never);',
      `openssh.enable${bare}write and(…, …), or mkIf(test, …) around a definition`,
    ],
    ['used.push((openssh.enable || 1) as never);', `openssh.enable${bare}write or(…, …)`],
    [
      'used.push((openssh.enable ? 1 : 2) as never);',
      `openssh.enable${bare}write cond(test, yes, no), or mkIf(test, …) around a definition`,
    ],
    [
      'used.push((config.networking.domain ?? 1) as never);',
      `config.networking.domain${bare}an expression itself is never null: write orElse(…, …) for an attribute that may be missing, or nix\`if \${value} == null then \${other} else \${value}\``,
    ],
    [
      'used.push((config.networking.hostName == (1 as never)) as never);',
      `config.networking.hostName${compared}write eq(…, …) or ne(…, …)`,
    ],
    ['if (!(openssh).enable) used.pop();', `(openssh).enable${bare}write not(…)`],
    [
      'if (args.anything) used.pop();',
      `args.anything${bare}write mkIf(test, …) around what depends on it, or cond(test, yes, no) for a value`,
    ],
    [
      'if (eq(config.networking.hostName, "a")) used.pop();',
      `eq(config.networking.hostName, "a")${bare}write mkIf(test, …) around what depends on it, or cond(test, yes, no) for a value`,
    ],
    [
      'if (either) used.pop();',
      `either${bare}write mkIf(test, …) around what depends on it, or cond(test, yes, no) for a value`,
    ],
    [
      'if (used.length && pkgs.git) used.pop();',
      `pkgs.git${bare}write mkIf(test, …) around what depends on it, or cond(test, yes, no) for a value`,
    ],
    [
      'list.filter((one) => one);',
      `one${bare}write mkIf(test, …) around what depends on it, or cond(test, yes, no) for a value`,
    ],
    [
      'list.filter(Boolean);',
      `the elements of list are known to Nix only, and JavaScript takes each of them for true: write mkIf(test, …) around what depends on it, or cond(test, yes, no) for a value`,
    ],
    [
      'Boolean(openssh.enable);',
      `openssh.enable${bare}write mkIf(test, …) around what depends on it, or cond(test, yes, no) for a value`,
    ],
    ['lib.map((one: typeof openssh.enable) => !one, list);', `one${bare}write not(…)`],
  ];

  it('is found in the source, with what to write', { timeout: 60_000 }, () => {
    const found = said(cases.map(([statement]) => statement));
    expect(found.map((messages, i) => [cases[i]![0], messages])).toEqual(
      cases.map(([statement, one]) => [statement, [one]]),
    );
  });

  const others = [
    'if (maybe) used.pop();',
    'if (maybe !== undefined) used.pop();',
    'if (used.length || desk) used.pop();',
    'desk.set(mkIf(openssh.enable, { users: { motd: "a" } }));',
    'desk.set({ programs: { zsh: { enable: not(openssh.enable) } } });',
    'desk.set({ users: { motd: cond(openssh.enable, "a", "b") } });',
    'if (typeof either === "boolean" && either) used.pop();',
    'lib.filter((one) => eq(one, 1), list);',
    'list.filter((one) => one !== undefined);',
    'used.push(maybe ?? openssh.enable);',
  ];

  it('is told from what JavaScript may test', { timeout: 60_000 }, () => {
    expect(said(others).map((messages, i) => [others[i], messages])).toEqual(others.map((one) => [one, []]));
  });

  it('is shown by check at its line, once', { timeout: 60_000 }, async () => {
    const folder = projectOf(`import { Flake, Host } from 'cdknix';
const flake = new Flake();
const desk = new Host(flake, 'desk', { system: 'x86_64-linux' });
if (desk.config.services.openssh.enable) desk.set({ users: { motd: 'a' } });
`);
    const { stderr } = await ended(start(folder, ['check', '--offline'], { PATH: dirname(process.execPath) }), folder);
    expect(stderr).toContain(`warning[expression-tested]: desk.config.services.openssh.enable${bare.slice(0, -2)}
  at main.ts:4:5
  4 | if (desk.config.services.openssh.enable) desk.set({ users: { motd: 'a' } });
    |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: write mkIf(test, …) around what depends on it, or cond(test, yes, no) for a value
`);
    expect(stderr).not.toContain('reference-unused');
  });
});
