import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeNix, nixAvailable } from '../support/nix';
import { cdknix, ended, folderWith, projectWith, put, start } from './support';

/** Stands in for nixpkgs. */
const nixpkgs = readFileSync(join(__dirname, '../support/inputs/nixpkgs/flake.nix'), 'utf8');

const app = `const { nix, pkgs } = cdknix;
const flake = new cdknix.Flake();
const host = (name) => new cdknix.Host(flake, name, { system: 'x86_64-linux' });
`;

/** A project whose \`nix\` is the real one, behind a script that keeps a list of calls. */
function judged(code: string, files: Readonly<Record<string, string>> = {}) {
  const inputs = folderWith({ 'nixpkgs/flake.nix': nixpkgs });
  const config = { app: 'node app.js', nix: ['--override-input', 'nixpkgs', `path:${inputs}/nixpkgs`] };
  const project = projectWith(app + code, { ...files, 'cdk-like.json': JSON.stringify(config), 'node_modules/x': '' });
  const calls = join(inputs, 'calls');
  const real = nixAvailable ? execFileSync('which', ['nix'], { encoding: 'utf8' }).trim() : '';
  put(inputs, { 'bin/nix': `#!/bin/sh\necho "$*" >> ${calls}\nexec ${real} "$@"\n`, calls: '' });
  chmodSync(join(inputs, 'bin/nix'), 0o755);
  const path = [join(inputs, 'bin'), process.env.PATH].join(delimiter);
  return {
    project,
    bin: join(inputs, 'bin'),
    check: (...args: string[]) => ended(start(project, ['check', ...args], { PATH: path, NO_COLOR: '1' }), project),
    /** The hosts that were evaluated since the last time. */
    evaluated: () => {
      const found = [...readFileSync(calls, 'utf8').matchAll(/outputs\.(\w+)\.config/g)].map(([, name]) => name!);
      writeFileSync(calls, '');
      return found.sort();
    },
  };
}

const withoutFigures = (text: string) => text.replace(/ +\d+\.\d s(, \d+ MB)?/g, ' … s');

describeNix('cdknix check', () => {
  it('evaluates what changed since it passed, of fifty hosts', { timeout: 120_000 }, async () => {
    const hosts = (port: number) =>
      `for (let i = 0; i < 50; i++) host('h' + i).set({ networking: { domain: i === 7 ? 'd${port}' : 'd' } });`;
    const { project, check, evaluated } = judged(hosts(1));
    const first = await check('--offline');
    expect(first.stderr).toContain('50 passed');
    expect(evaluated()).toHaveLength(50);

    expect((await check('--offline')).stderr).toMatch(/^50 passed before and did not change$/m);
    expect(evaluated()).toEqual([]);

    put(project, { 'app.js': readFileSync(join(project, 'app.js'), 'utf8').replace("'d1'", "'d2'") });
    const { stderr, code } = await check('--offline');
    expect(stderr).toMatch(/^1 passed, 49 passed before and did not change$/m);
    expect(evaluated()).toEqual(['h7']);
    expect(code).toBe(0);

    await check('--offline', 'h1', 'h2');
    expect(evaluated()).toEqual(['h1', 'h2']);
  });

  it('shows an error where the user wrote it, and goes on with other hosts', { timeout: 60_000 }, async () => {
    const { check } = judged(`host('a').set({ environment: { systemPackages: [pkgs.ripgrepp] } });
host('b').set({ users: { motd: nix\`with pkgs; gti\` } });
host('c');`);
    const { code, stderr } = await check('--offline', '--jobs', '1');
    expect(code).toBe(1);
    expect(withoutFigures(stderr)).toMatchInlineSnapshot(`
      "nix/flake.lock is not there yet, so the inputs are those of today
      failed  a … s
      failed  b … s
      passed  c … s
      error[nix-attribute]: there is no package pkgs.ripgrepp
        in a
        at app.js:6:54
        6 | host('a').set({ environment: { systemPackages: [pkgs.ripgrepp] } });
          |                                                      ^^^^^^^^
        help: did you mean pkgs.ripgrep?

      error[nix-undefined-variable]: there is no package pkgs.gti
        in b
        at app.js:7:47
        7 | host('b').set({ users: { motd: nix\`with pkgs; gti\` } });
          |                                               ^^^
        help: did you mean git?

      1 passed, 2 failed; 2 errors
      "
    `);
  });

  it('shows where an input is declared that lacks what cdknix needs of it', { timeout: 60_000 }, async () => {
    const empty = folderWith({ 'flake.nix': '{ outputs = _: { }; }' });
    const { check } = judged(`flake.input('home-manager', { url: 'path:${empty}' });
new cdknix.HomeUser(host('a'), 'anna');`);
    const { stderr } = await check('--offline');
    expect(stderr.replace(empty, '<empty>')).toContain(`error[nix-input]: the input 'home-manager' has no nixosModules
  in the flake
  at app.js:6:31
  6 | flake.input('home-manager', { url: 'path:<empty>' });
    |                               ^^^
  help: look up what it offers: nix flake show`);
  });

  it('takes an input that is no flake from elsewhere, again and again', { timeout: 60_000 }, async () => {
    const data = folderWith({ motd: 'hello' });
    const { check } = judged(`flake.input('data', { url: 'github:example/data', flake: false });
host('a').set({ users: { motd: nix\`builtins.readFile (inputs.data + "/motd")\` } });`);
    const flags = ['--offline', '--all', '--override-input', 'data', `path:${data}`];
    for (const _ of ['first', 'second']) {
      const { stderr, code } = await check(...flags);
      expect(stderr).toMatch(/^1 passed$/m);
      expect(code).toBe(0);
    }
  });

  it('tells results and problems as JSON, and stops at the first that fails', { timeout: 60_000 }, async () => {
    const { check } = judged(`host('a').set({ users: { motd: nix\`1 + "a"\` } });\nhost('b');`);
    const { stdout } = await check('--offline', '--jobs', '1', '--fail-fast', '--json');
    const { targets, diagnostics } = JSON.parse(stdout);
    expect(targets).toMatchObject([
      { name: 'a', kind: 'host', result: 'failed' },
      { name: 'b', kind: 'host', result: 'skipped' },
    ]);
    expect(diagnostics).toMatchObject([
      { code: 'option-type', position: { line: 6, column: 26 } },
      { code: 'nix-type', position: { line: 6, column: 40 } },
    ]);
  });

  it('says what synth says of an option that both object to', { timeout: 60_000 }, async () => {
    const { check } = judged("host('a').set({ home: nix`throw \"The option \\`home' does not exist.\"` });");
    const { stderr } = await check('--offline');
    expect(stderr).toContain(
      'error[nix-option-unknown]: home is an option of Home Manager, and this is a module for NixOS',
    );
    expect(stderr).toContain('help: set it on the HomeUser, or in the home part of a feature\n\n1 failed; 1 error');
  });

  it('tells warnings again as long as nothing changes', { timeout: 60_000 }, async () => {
    const { check, evaluated } = judged(
      `host('a').set({ warnings: ['mind networking.domain'], networking: { domain: 'x' } });`,
    );
    const first = await check('--offline');
    evaluated();
    const second = await check('--offline');
    expect(evaluated()).toEqual([]);
    for (const { stderr, code } of [first, second]) {
      expect(stderr).toContain('warning[nix-warning]: mind networking.domain\n  in a\n  at app.js:6:69');
      expect(code).toBe(0);
    }
    expect((await check('--offline', '--strict')).code).toBe(1);
  });

  it("shows Nix's own words on request", { timeout: 60_000 }, async () => {
    const { check } = judged(`host('a').set({ users: { motd: nix\`throw "no way"\` } });`);
    expect((await check('--offline')).stderr).not.toContain('… while');
    const { stderr } = await check('--offline', '--trace');
    expect(stderr).toMatch(/^a, in Nix's words:\nerror:/m);
    // Older versions say what is wrong first, newer ones last.
    expect(stderr).toMatch(/^ *error: no way$/m);
    expect(stderr).toContain('… while');
  });

  it('shows what the app prints once, though it is asked again', { timeout: 60_000 }, async () => {
    const { check } = judged(`console.log('made by hand'); host('a').set({ users: { motd: nix\`throw "no"\` } });`);
    const { stderr } = await check('--offline');
    expect(stderr).toContain('error[nix-throw]: no\n  in a\n  at app.js:');
    expect(stderr.match(/^made by hand$/gm)).toHaveLength(1);
  });

  it('shows what the app prints when it fails at the second time', { timeout: 60_000 }, async () => {
    const { check } = judged(`if (require('node:fs').existsSync('ran')) throw new Error('once is enough');
require('node:fs').writeFileSync('ran', '');
host('a').set({ users: { motd: nix\`throw "no"\` } });`);
    const { stderr, code } = await check('--offline');
    expect(code).toBe(1);
    expect(stderr).toContain('once is enough');
    expect(stderr).toContain('error[app-threw]');
  });

  it('shows no secret that Nix shows', { timeout: 60_000 }, async () => {
    const token = `ghp_${'Zk3Vq9Lm2Xw7Rt5Yb8Nc4Jd6Fh1Gs0PaQeUo'}`;
    const { check } = judged("cdknix.acknowledge(host('a').import('./own.nix'), 'secret');", {
      'own.nix': `_: {\n  services.x.password = "hunter2hunter2";\n  users.motd = throw "give \${"${token}"} back";\n}\n`,
    });
    for (const flags of [['--trace'], ['--json'], ['--trace', '--json']]) {
      const { stdout, stderr } = await check('--offline', ...flags);
      expect(stdout + stderr).toContain('give');
      expect(stdout + stderr).not.toContain(token);
      expect(stdout + stderr).not.toContain('hunter2');
    }
  });

  it('leaves the output alone', { timeout: 60_000 }, async () => {
    const { check, project } = judged(`host('a');`);
    await check('--offline');
    expect(() => readFileSync(join(project, 'nix/flake.nix'))).toThrow();
  });

  it('lets nix-eval-jobs evaluate where there is one', { timeout: 60_000 }, async () => {
    const { check, bin, evaluated } = judged(`host('a');\nhost('b').set({ users: { motd: nix\`pkgs.gti\` } });`);
    put(dirname(bin), { 'bin/nix-eval-jobs': evalJobs });
    chmodSync(join(bin, 'nix-eval-jobs'), 0o755);
    const { stderr } = await check('--offline');
    expect(evaluated()).toEqual([]);
    expect(stderr).toContain('there is no package pkgs.gti');
    expect(stderr).toContain(
      'warning[option-type]: users.motd takes strings concatenated with "\\n", not a package or a set or a function',
    );
    expect(stderr).toMatch(/^1 passed, 1 failed; 1 error, 1 warning$/m);
  });
});

/** Stands in for nix-eval-jobs, with its flags and lines. */
const evalJobs = `#!/usr/bin/env node
const { spawnSync } = require('node:child_process');
const args = process.argv.slice(2);
const options = args.flatMap((arg, i) => (arg === '--option' ? args.slice(i, i + 3) : []));
const expr = args[args.indexOf('--expr') + 1];
const nix = (code) => spawnSync('nix', ['--extra-experimental-features', 'nix-command flakes', 'eval', '--json', ...options, '--expr', code], { encoding: 'utf8' });
for (const attr of JSON.parse(nix('builtins.attrNames (' + expr + ')').stdout)) {
  const { status, stdout, stderr } = nix('(' + expr + ').' + attr + '.drvPath');
  console.log(JSON.stringify(status ? { attr, attrPath: [attr], error: stderr.slice(stderr.indexOf('error:')) } : { attr, attrPath: [attr], drvPath: JSON.parse(stdout) }));
}
`;

describe('without nix', () => {
  it('checks the syntax, says what to install, and fails', async () => {
    const project = projectWith(`${app}host('a');`);
    const path = dirname(process.execPath);
    const child = start(project, ['check'], { PATH: path === '/usr/bin' ? nodeOnly() : path });
    const { code, stderr } = await ended(child, project);
    expect(code).toBe(1);
    expect(stderr).toBe(`error[nix-missing]: there is no nix here, so only the syntax of the Nix files was checked
  help: install it (https://nixos.org/download), and run cdknix check again

1 error
`);
  });

  it('refuses names that nothing has', async () => {
    const { code, stderr } = await cdknix(projectWith(`${app}host('a');`), 'check', 'b');
    expect(code).toBe(2);
    expect(stderr).toContain("there is no host, user or home 'b'");
  });
});

/** A folder with Node and a shell alone. */
function nodeOnly(): string {
  const folder = folderWith({ node: `#!/bin/sh\nexec ${process.execPath} "$@"\n` });
  chmodSync(join(folder, 'node'), 0o755);
  return folder;
}
