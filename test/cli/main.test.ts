import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cdknix, folderWith, oneHost, projectWith, put, repo } from './support';

it('is a program by itself, however often it was built', () => {
  const program = join(repo, 'dist', 'cli', 'main.js');
  expect(execFileSync(program, ['--version'], { encoding: 'utf8' })).toMatch(/^\d+\.\d+\.\d+\n$/);
});

it('shows its help on standard output', async () => {
  const { code, stdout, stderr } = await cdknix(folderWith(), '--help');
  expect(stdout).toMatchInlineSnapshot(`
    "Usage: cdknix [options] [command]

    Nix machines from TypeScript: hosts, users and features in, a flake of plain
    modules out

    Options:
      -V, --version                      show the version
      -h, --help                         show this help

    Commands:
      init [options] [folder]            make a new project
      synth [options]                    run the app and write the flake
      diff [options]                     show what a synth would change
      list|ls [options]                  show the hosts and users, and the features
                                         that they use
      check [options] [names...]         have Nix evaluate hosts and homes; errors
                                         are shown where you wrote what they are
                                         about
      explain [options] <name> [option]  show what an option comes to, who defines
                                         it, and where
      import [options] [class]           read the options of your own inputs: types
                                         and tables for the project
      convert [options] [files...]       turn a flake, or Nix modules, into
                                         TypeScript that is proven to mean the same
      fix [options]                      give renamed options their new names in the
                                         sources
      docs [options] [class]             write the reference of the options that
                                         your own modules declare, as Markdown
      watch [options]                    synth again whenever a file of the project
                                         changes

    Exit codes:
      0  all is well
      1  the app, the output, what import reads or what Nix evaluates has problems; with diff --exit-code also:
         they differ; with fix: something is left; with check also: there is no nix
      2  wrong usage or configuration
    "
  `);
  expect([code, stderr]).toEqual([0, '']);
});

it('shows the help of a command', async () => {
  const { code, stdout } = await cdknix(folderWith(), 'diff', '--help');
  expect(stdout).toMatchInlineSnapshot(`
    "Usage: cdknix diff [options]

    show what a synth would change

    Options:
      --app <command>      the command that runs the app, instead of the one in
                           cdk-like.json
      --output <folder>    the output folder, instead of the one in cdk-like.json
      --project <folder>   the folder of cdk-like.json (default: the nearest one,
                           from here upwards)
      --timeout <seconds>  how long the app may take; 0 for no limit (default: 60)
      --strict             take warnings for errors
      --json               print the changed files as JSON
      --exit-code          exit with 1 if there are differences
      -h, --help           show this help
    "
  `);
  expect(code).toBe(0);
});

it('shows its version', async () => {
  const { version } = JSON.parse(readFileSync(join(repo, 'package.json'), 'utf8'));
  expect(await cdknix(folderWith(), '--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

it.each([
  ['an unknown command', ['snyth']],
  ['an unknown option', ['synth', '--jsn']],
  ['an argument too much', ['synth', 'here']],
  ['a timeout that is no number', ['synth', '--timeout', 'soon']],
  ['an option without its value', ['synth', '--app']],
])('exits with 2 on wrong usage: %s', async (_, args) => {
  const { code, stdout, stderr } = await cdknix(folderWith(), ...args);
  expect(stderr).toMatchSnapshot();
  expect([code, stdout]).toEqual([2, '']);
});

it('exits with 2 and shows its help on standard error without a command', async () => {
  const { code, stdout, stderr } = await cdknix(folderWith());
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^Usage: cdknix/);
});

it('exits with 2 on a wrong configuration', async () => {
  const { code, stdout, stderr } = await cdknix(folderWith({ 'cdk-like.json': '{}' }), 'synth');
  expect(stderr).toMatchInlineSnapshot(`
    "error[config-app]: cdk-like.json has no app
      at cdk-like.json:1:1
      1 | {}
        | ^
      help: write the command that runs your app, for example "ts-node --swc main.ts"

    1 error; nothing was written
    "
  `);
  expect([code, stdout]).toEqual([2, '']);
});

it('exits with 2 where there is no project', async () => {
  const { code, stderr } = await cdknix(folderWith(), 'synth');
  expect(stderr).toMatchInlineSnapshot(`
    "error[config-missing]: there is no cdk-like.json in <dir> or above it
      help: go to your project, name it with --project <folder>, or make a new one with: cdknix init <folder>

    1 error; nothing was written
    "
  `);
  expect(code).toBe(2);
});

it('finds the project from a folder inside of it, from elsewhere, and without a configuration', async () => {
  const folder = projectWith(oneHost, { 'deep/inside/x': '' });
  const inside = await cdknix(join(folder, 'deep/inside'), 'ls');
  const elsewhere = await cdknix(folderWith(), 'ls', '--project', folder);
  expect(inside.stdout).toMatch(/elitebook/);
  expect(elsewhere.stdout).toBe(inside.stdout);

  const bare = folderWith();
  put(bare, { 'app.js': readFileSync(join(folder, 'app.js'), 'utf8') });
  expect((await cdknix(bare, 'ls', '--app', 'node app.js')).stdout).toBe(inside.stdout);
});
