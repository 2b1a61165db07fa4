import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeRealworld, evaluateAll } from '../support/realworld';
import { cdknix, filesIn, folderWith, git, install, put, repo, until } from './support';

const names = ['--host', 'elitebook', '--system', 'x86_64-linux', '--user', 'marcus'];

/** Files whose text does not change with our own version, and those of our tools. */
function withoutVersions({ 'package.json': manifest, ...files }: Record<string, string>): Record<string, string> {
  return { ...files, 'package.json': manifest!.replace(/"[~^]?\d+\.\d+(\.\d+)?"/g, '"<version>"') };
}

/** Runs a command on a terminal (script(1) of util-linux makes one); `says` waits for words on it. */
function onTerminal(folder: string, command: string) {
  const line = `stty cols 120 rows 40; exec "${process.execPath}" "${repo}/dist/cli/main.js" ${command}`;
  const child = spawn('script', ['-qfec', line, '/dev/null'], { cwd: folder, env: { ...process.env, TERM: 'xterm' } });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const end = new Promise((resolve) => child.once('close', resolve));
  onTestFinished(() => {
    child.kill();
  });
  const says = (words: string) => until(() => text.includes(words));
  // A person does not type faster, and what comes faster is taken for pasted.
  const types = async (keys: string) => {
    for (const key of keys) {
      child.stdin.write(key);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { end, says, types };
}

/** Runs a program of the project's dependencies. */
function run(folder: string, name: string, ...args: string[]) {
  return outcome(folder, join(folder, 'node_modules/.bin', name), args);
}

/** Runs a script of the project's package.json. */
function npmRun(folder: string, script: string) {
  return outcome(folder, 'npm', ['run', '--silent', script]);
}

function outcome(folder: string, program: string, args: readonly string[]) {
  // Where CI is set, vitest writes no new snapshots.
  const { NODE_OPTIONS, VITEST, NODE_ENV, CI, ...env } = process.env;
  const result = spawnSync(program, args, { cwd: folder, encoding: 'utf8', env });
  return { status: result.status, output: result.stdout + result.stderr };
}

/** What NixOS has got, or given another name, since the release of November 2024. */
const optionsOfToday = `{
  hardware: { amdgpu: { overdrive: { enable: true } } },
  programs: { uwsm: { enable: true } },
  services: {
    desktopManager: { gnome: { enable: true }, cosmic: { enable: true } },
    displayManager: { gdm: { enable: true } },
    crowdsec: { enable: true },
    homebridge: { enable: true },
    immich: { enable: true },
    karakeep: { enable: true },
    lact: { enable: true },
    pinchflat: { enable: true },
    pulseaudio: { enable: true },
    samba: { settings: { global: { 'server string': 'nas' } } },
    scx: { enable: true },
    userborn: { enable: true },
  },
  system: { 'nixos-init': { enable: true } },
  virtualisation: { 'oci-containers': { containers: { web: { image: 'nginx', pull: 'always' } } } },
}`;

describe('init', () => {
  it('makes an app that compiles, synthesises and passes its test', async () => {
    const folder = folderWith();
    const { code, stdout, stderr } = await cdknix(folder, 'init', 'my-machines', ...names);
    expect(stderr).toMatchInlineSnapshot(`
      "made 9 files in my-machines
        + package.json
        + cdk-like.json
        + tsconfig.json
        + .gitignore
        + main.ts
        + docker.ts
        + hosts/elitebook/hardware-configuration.nix
        + test/main.test.ts
        + README.md

      next:
        cd my-machines
        npm install
        npx cdknix synth
        npx cdknix import    # the options of your own channel (without Nix: npx cdknix import --channel)
      "
    `);
    expect([code, stdout]).toEqual([0, '']);
    const project = join(folder, 'my-machines');
    expect(withoutVersions(filesIn(project))).toMatchSnapshot();

    install(project);
    expect(run(project, 'tsc', '--version').output).toMatch(/^Version 7\./);
    expect(npmRun(project, 'typecheck')).toEqual({ status: 0, output: '' });
    const synth = await cdknix(project, 'synth');
    expect(synth.stderr.slice(synth.stderr.indexOf('next:'))).toMatchInlineSnapshot(`
      "next:
        sudo nixos-rebuild switch --flake ./nix#elitebook
      "
    `);
    expect(synth.stderr).not.toContain('warning');
    expect(synth.code).toBe(0);
    expect((await cdknix(project, 'synth')).stderr).toContain('nothing changed');
    expect(run(project, 'vitest', 'run')).toMatchObject({ status: 0 });
    expect(run(project, 'vitest', 'run')).toMatchObject({ status: 0 });
  });

  it('makes an app that takes the options of today, without an import', async () => {
    const project = folderWith();
    await cdknix(project, 'init', ...names);
    install(project);
    const main = readFileSync(join(project, 'main.ts'), 'utf8');
    put(project, { 'main.ts': `${main}\nhost.set(${optionsOfToday});\n` });
    expect(run(project, 'tsc')).toEqual({ status: 0, output: '' });
    const { code, stderr } = await cdknix(project, 'synth');
    expect(stderr).not.toContain('warning');
    expect(code).toBe(0);
  });

  it('makes an app for a Mac', async () => {
    const folder = folderWith();
    await cdknix(folder, 'init', '--host', 'macbook', '--system', 'aarch64-darwin', '--user', 'marcus');
    const files = filesIn(folder);
    expect(files['main.ts']).toMatchInlineSnapshot(`
      "import { Flake, Host, HomeUser } from 'cdknix';
      import { Git, Shell } from 'cdknix/features';
      import { Docker } from './docker';

      /** All your machines. "npx cdknix synth" writes them to ./nix as plain Nix. */
      export const flake = new Flake();

      // A machine: NixOS, or macOS with nix-darwin, by its system. Options have the names that they have in Nix.
      const host = new Host(flake, 'macbook', { system: 'aarch64-darwin' });
      host.set({
        system: { defaults: { dock: { autohide: true } } },
      });

      // A user of the machine. Features configure all that they need: the system, the account, the home.
      const user = new HomeUser(host, 'marcus');
      user.use(Git.with({ name: 'marcus', email: 'marcus@example.com' }), Shell, Docker);
      "
    `);
    expect(Object.keys(files)).not.toContain('hosts/macbook/hardware-configuration.nix');
    install(folder);
    const synth = await cdknix(folder, 'synth');
    expect(synth.stderr).toContain('  sudo darwin-rebuild switch --flake ./nix#macbook\n');
    expect(synth.stderr).not.toContain('warning');
  });

  it('makes a construct library that compiles and passes its test', async () => {
    const folder = folderWith();
    const { code, stderr } = await cdknix(folder, 'init', 'my-features', '--template', 'library', '--yes');
    expect(stderr).toMatchInlineSnapshot(`
      "made 8 files in my-features
        + package.json
        + tsconfig.json
        + tsconfig.build.json
        + .gitignore
        + lib/index.ts
        + lib/syncthing.ts
        + test/syncthing.test.ts
        + README.md

      next:
        cd my-features
        npm install
        npm test
      "
    `);
    expect(code).toBe(0);
    const project = join(folder, 'my-features');
    expect(withoutVersions(filesIn(project))).toMatchSnapshot();

    install(project);
    expect(run(project, 'tsc')).toEqual({ status: 0, output: '' });
    expect(run(project, 'tsc', '-p', 'tsconfig.build.json')).toEqual({ status: 0, output: '' });
    expect(existsSync(join(project, 'dist/index.d.ts'))).toBe(true);
    expect(run(project, 'vitest', 'run')).toMatchObject({ status: 0 });
  });

  it('takes defaults from the machine where nobody can be asked', async () => {
    const folder = folderWith();
    expect((await cdknix(folder, 'init')).code).toBe(0);
    expect(filesIn(folder)['main.ts']).toMatch(/new Host\(flake, '[\w-]+', \{ system: '\w+-(linux|darwin)' \}\)/);
  });

  it.runIf(existsSync('/usr/bin/script'))('asks on a terminal for what the flags do not say', async () => {
    const folder = folderWith();
    const { says, types } = onTerminal(folder, 'init --system aarch64-linux');
    await says('what is it?');
    await types('\r');
    await says('what is the first host called?');
    await types('\x15a b\r');
    await says("'a b' is not a host name");
    await types('\x15elitebook\r');
    await says('what is the first user called?');
    await types('\x15marcus\r');
    await says('npx cdknix synth');
    const main = filesIn(folder)['main.ts'];
    expect(main).toContain("new Host(flake, 'elitebook', { system: 'aarch64-linux' })");
    expect(main).toContain("new HomeUser(host, 'marcus', ");
  });

  it.runIf(existsSync('/usr/bin/script'))('makes nothing if the questions are left with Ctrl-C', async () => {
    const folder = folderWith();
    const { says, types, end } = onTerminal(folder, 'init');
    await says('what is it?');
    await types('\x03');
    expect(await end).toBe(130);
    expect(filesIn(folder)).toEqual({});
  });

  it('keeps what is harmless', async () => {
    const folder = folderWith({ 'README.md': 'mine', LICENSE: 'mine', '.gitignore': 'mine' });
    git(folder, 'init', '-q');
    const { code, stderr } = await cdknix(folder, 'init', ...names);
    expect(stderr).toMatchInlineSnapshot(`
      "made 7 files in .
        + package.json
        + cdk-like.json
        + tsconfig.json
        + main.ts
        + docker.ts
        + hosts/elitebook/hardware-configuration.nix
        + test/main.test.ts
        kept as it was: .gitignore, README.md

      next:
        npm install
        npx cdknix synth
        npx cdknix import    # the options of your own channel (without Nix: npx cdknix import --channel)
      "
    `);
    expect(code).toBe(0);
    expect(filesIn(folder)).toMatchObject({ 'README.md': 'mine', LICENSE: 'mine', '.gitignore': 'mine' });
  });

  it('refuses a folder that is not empty, and touches nothing', async () => {
    const folder = folderWith({ 'package.json': '{}', 'src/a.ts': '', a: '', b: '', c: '', d: '', e: '' });
    const before = filesIn(folder);
    const { code, stderr } = await cdknix(folder, 'init', ...names);
    expect(stderr).toMatchInlineSnapshot(`
      "error[init-folder]: <dir> is not empty: it has a, b, c, d, e and 2 more
        help: make the project in a folder of its own: cdknix init <folder>

      1 error; nothing was written
      "
    `);
    expect(code).toBe(2);
    expect(filesIn(folder)).toEqual(before);
  });

  it('refuses a file instead of a folder', async () => {
    const folder = folderWith({ file: '' });
    const { code, stderr } = await cdknix(folder, 'init', 'file', ...names);
    expect(stderr).toMatchInlineSnapshot(`
      "error[init-folder]: file is not a folder
        help: name a new or empty folder

      1 error; nothing was written
      "
    `);
    expect(code).toBe(2);
  });

  it('refuses wrong names, all at once', async () => {
    const folder = folderWith();
    const wrong = ['--template', 'lib', '--host', '../x', '--system', 'x86-linux', '--user', ''];
    const { code, stderr } = await cdknix(folder, 'init', ...wrong);
    expect(stderr).toMatchInlineSnapshot(`
      "error[init-template]: 'lib' is not a template
        help: use one of app, library

      error[host-name]: '../x' is not a host name
        help: use 1 to 63 letters, digits, "-" and "_", with a letter or digit at both ends; a domain may follow, as in web1.example.org

      error[system-unknown]: host '../x' has the unknown system 'x86-linux'
        help: did you mean 'x86_64-linux'? known: x86_64-linux, aarch64-linux, i686-linux, armv6l-linux, armv7l-linux, riscv64-linux, powerpc64le-linux, loongarch64-linux, aarch64-darwin, x86_64-darwin

      error[init-option]: a name is empty
        help: give one

      4 errors; nothing was written
      "
    `);
    expect(code).toBe(2);
    expect(filesIn(folder)).toEqual({});
  });
});

describeRealworld('what init makes', () => {
  it.each([
    ['x86_64-linux', 'nixosConfigurations'],
    ['aarch64-darwin', 'darwinConfigurations'],
  ])('evaluates with the real module systems: %s', async (system, output) => {
    const folder = folderWith();
    await cdknix(folder, 'init', '--host', 'first', '--system', system, '--user', 'marcus');
    install(folder);
    const { stdout } = await cdknix(folder, 'synth', '--json');
    const built = await evaluateAll(join(folder, 'nix'), JSON.parse(stdout));
    expect(built).toHaveProperty([`${output}."first"`]);
  });
});
