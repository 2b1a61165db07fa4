import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cdknix, dist, filesIn, folderWith } from './support';

function piped(nix: string, ...args: string[]) {
  const main = join(dist, 'cli/main.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'convert', '-', ...args], {
    input: nix,
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

describe('cdknix convert', () => {
  it('prints the TypeScript of a snippet, for the module system whose options it sets', () => {
    const { code, stdout, stderr } = piped('{ pkgs, ... }: { home.packages = with pkgs; [ ripgrep fd ]; }');
    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "import { type Feature, pkgs } from 'cdknix';

      export function pasted(feature: Feature): void {
        feature.home.set({ home: { packages: [pkgs.ripgrep, pkgs.fd] } });
      }
      "
    `);
    expect(stderr).toBe('1 definition: 1 typed, 0 raw\n');
  });

  it('takes what it is told that a snippet is for', () => {
    expect(piped('{ time.timeZone = "UTC"; }', '--as', 'darwin').stdout).toContain('feature.darwin.set');
  });

  it('prints as an example of the documentation what the documentation says', () => {
    const page = readFileSync(join(__dirname, '../../docs/adopting.md'), 'utf8');
    const [, nix, typescript] = /```nix\n([\s\S]*?)```\n\n```ts\n([\s\S]*?)```/.exec(page)!;
    expect(piped(nix!).stdout).toBe(typescript);
  });

  it('writes a feature for each file beside it, and says what came of all', async () => {
    const folder = folderWith({
      'ssh.nix': '# the way in\n{ services.openssh.enable = true; users.motd = "a" + "b"; }\n',
      'lib.nix': '{ a, b }: a\n',
      'broken.nix': '{ a = ; }\n',
      'anna.nix': '{\n  users.users.anna.password = "correct horse";\n}\n',
    });
    const { code, stderr } = await cdknix(
      folder,
      'convert',
      'ssh.nix',
      'lib.nix',
      'broken.nix',
      'missing.nix',
      'anna.nix',
    );
    expect(code).toBe(1);
    expect(stderr).toMatchInlineSnapshot(`
      "warning[convert-secret]: users.users.anna.password is a password in plain text, which must not get into TypeScript as well: the file stays Nix
        at anna.nix:2:31
        2 |   users.users.anna.password = ••••
          |                               ^
        help: set hashedPasswordFile instead, to a file that sops-nix or agenix puts on the machine

      error[convert-file]: missing.nix cannot be read: ENOENT: no such file or directory
        help: name files with Nix modules

      error[nix-syntax]: unexpected ";", expected an expression
        at broken.nix:1:7
        1 | { a = ; }
          |       ^
        help: correct the Nix; it was left as it is

        ssh.nix -> ssh.ts
        lib.nix stays Nix: it is a function, and not one of a module
        anna.nix stays Nix: it holds a secret
      2 definitions: 1 typed, 1 raw (1 +); 1 line of comments; 2 files as they are
      "
    `);
    expect(Object.keys(filesIn(folder))).toEqual(['anna.nix', 'broken.nix', 'lib.nix', 'ssh.nix', 'ssh.ts']);
    const again = await cdknix(folder, 'convert', 'ssh.nix');
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('error[convert-target]: ssh.ts is there already');
  });

  it('writes to another folder, or nothing at all', async () => {
    const folder = folderWith({ 'a/default.nix': '{ services.openssh.enable = true; }\n' });
    const { stdout } = await cdknix(folder, 'convert', 'a/default.nix', '--dry-run', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      files: [{ definitions: 1, raw: 0, comments: 0, keptComments: 0 }],
      written: [],
      isCompiled: true,
    });
    expect(Object.keys(filesIn(folder))).toEqual(['a/default.nix']);
    await cdknix(folder, 'convert', 'a/default.nix', '--out', 'src');
    expect(filesIn(folder)['src/a/default.ts']).toContain('export function a(feature: Feature)');
  });

  it('refuses what it cannot do', () => {
    const errors = [
      piped('{ a = ; }'),
      piped(`{ users.motd = "ghp_${'a1B2c3D4e5F6'.repeat(3)}"; }`),
      piped('{ }', '--as', 'nixo'),
      piped('{ }', '--out', 'src'),
    ];
    expect(errors.map(({ code, stderr }) => `${code} ${stderr}`)).toMatchInlineSnapshot(`
      [
        "1 error[nix-syntax]: unexpected ";", expected an expression
        at <stdin>:1:7
        help: correct the Nix; it was left as it is

      1 error
      ",
        "1 error[convert-secret]: it holds a GitHub token in plain text, which must not get into TypeScript as well: the file stays Nix
        at <stdin>:1:16
        1 | ••••
          |     ^
        help: set motdFile instead, to a file that sops-nix or agenix puts on the machine

      1 error
      ",
        "2 error[usage]: 'nixo' is no module system
        help: say nixos, darwin or home

      1 error
      ",
        "2 error[usage]: code from the standard input is converted alone, to the standard output
        help: cdknix convert - < example.nix

      1 error
      ",
      ]
    `);
  });
});
