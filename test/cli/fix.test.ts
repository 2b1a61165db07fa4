import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appOf, cdknix, dist, filesIn, folderWith, git, projectWith, put, repo } from './support';

/** An app of one host with definitions. */
const hostWith = (config: string) =>
  appOf(`const flake = new cdknix.Flake();
const host = new cdknix.Host(flake, 'elitebook', { system: 'x86_64-linux' });
host.set(${config});
`);

const old = `{
  services: {
    // Keys only.
    openssh: { enable: true, passwordAuthentication: false },
  },
  fonts: { fonts: [] },
  hardware: {
    opengl: { enable: true },
  },
}`;

const renamed = `{
  services: {
    // Keys only.
    openssh: { enable: true, settings: { PasswordAuthentication: false } },
  },
  fonts: { packages: [] },
  hardware: {
    graphics: { enable: true },
  },
}`;

const project = (config: string, files: Readonly<Record<string, string>> = {}) =>
  projectWith('', { 'app.js': hostWith(config), ...files });

const appIn = (folder: string) => readFileSync(join(folder, 'app.js'), 'utf8');

describe('fix', () => {
  it('gives renamed options their new names in the sources', async () => {
    const folder = project(old);
    const { code, stdout, stderr } = await cdknix(folder, 'fix');
    expect(stderr).toMatchInlineSnapshot(`
      "app.js:8: services.openssh.passwordAuthentication → services.openssh.settings.PasswordAuthentication
      app.js:10: fonts.fonts → fonts.packages
      app.js:12: hardware.opengl.enable → hardware.graphics.enable
      3 options renamed
      "
    `);
    expect([code, stdout]).toEqual([0, '']);
    expect(appIn(folder)).toBe(hostWith(renamed));
    expect(Object.keys(filesIn(folder))).toEqual(['app.js', 'cdk-like.json']);
    expect(await cdknix(folder, 'fix')).toEqual({ code: 0, stdout: '', stderr: 'nothing to fix\n' });
    expect((await cdknix(folder, 'synth', '--strict')).code).toBe(0);
  });

  it('says that Nix files of the user are not looked through', async () => {
    const folder = project("{}); host.import('./own.nix'", { 'own.nix': '{ hardware.opengl.enable = true; }' });
    expect((await cdknix(folder, 'fix')).stderr).toMatchInlineSnapshot(`
      "nothing to fix
      your own Nix files are not looked through: cdknix check shows old names in them
      "
    `);
  });

  it('moves what has a new place into the set that is there', async () => {
    const folder = project(`{
  services: {
    openssh: {
      passwordAuthentication: false,
      settings: { X11Forwarding: true },
      useDns: true, // slow
    },
    syncthing: {
      extraOptions: {
        // Nobody's business.
        options: { urAccepted: -1 },
        gui: { theme: 'black' },
      },
      settings: {
        options: { relaysEnabled: false },
      },
    },
  },
}`);
    const { code, stderr } = await cdknix(folder, 'fix');
    expect(stderr).toMatchInlineSnapshot(`
      "app.js:8: services.openssh.passwordAuthentication → services.openssh.settings.PasswordAuthentication
      app.js:10: services.openssh.useDns → services.openssh.settings.UseDns
      app.js:13: services.syncthing.extraOptions → services.syncthing.settings
      3 options renamed
      "
    `);
    expect(code).toBe(0);
    expect(appIn(folder).split('\n').slice(5).join('\n')).toMatchInlineSnapshot(`
      "  services: {
          openssh: {
            settings: {
              X11Forwarding: true,
              PasswordAuthentication: false,
              UseDns: true, // slow
            },
          },
          syncthing: {
            settings: {
              options: {
                relaysEnabled: false,
                // Nobody's business.
                urAccepted: -1,
              },
              gui: { theme: 'black' },
            },
          },
        },
      });
      "
    `);
    expect((await cdknix(folder, 'synth', '--strict')).code).toBe(0);
  });

  it('gives the last of several names at once', async () => {
    const folder = project(`{
  services: {
    openssh: { challengeResponseAuthentication: false },
    xserver: { vaapiDrivers: [] },
    syncthing: { declarative: { folders: {} }, extraOptions: { gui: { theme: 'black' } } },
  },
}`);
    const { code, stderr } = await cdknix(folder, 'fix');
    expect(stderr).toMatchInlineSnapshot(`
      "app.js:7: services.openssh.challengeResponseAuthentication → services.openssh.settings.KbdInteractiveAuthentication
      app.js:8: services.xserver.vaapiDrivers → hardware.graphics.extraPackages
      app.js:9: services.syncthing.declarative.folders → services.syncthing.settings.folders
      app.js:9: services.syncthing.extraOptions → services.syncthing.settings
      4 options renamed
      "
    `);
    expect(code).toBe(0);
    expect(await cdknix(folder, 'fix')).toEqual({ code: 0, stdout: '', stderr: 'nothing to fix\n' });
  });

  it('takes names that Nix shows as placeholders or quotes for attributes', async () => {
    const folder = projectWith('', {
      'app.js': appOf(`const flake = new cdknix.Flake();
const home = new cdknix.HomeUser(flake, 'anna', { system: 'x86_64-linux' });
home.set({ programs: { ssh: { enable: true, addKeysToAgent: 'yes' } } });
home.set({ programs: { anki: { sync: { autoSync: true } } } });
`),
    });
    const { code, stderr } = await cdknix(folder, 'fix');
    expect(stderr).toMatchInlineSnapshot(`
      "app.js:5: programs.ssh.addKeysToAgent → programs.ssh.settings."*".AddKeysToAgent
      app.js:6: programs.anki.sync.autoSync → programs.anki.profiles."User 1".sync.autoSync
      2 options renamed
      "
    `);
    expect(code).toBe(0);
    expect(appIn(folder)).toContain("ssh: { enable: true, settings: { '*': { AddKeysToAgent: 'yes' } } }");
    expect(appIn(folder)).toContain("anki: { profiles: { 'User 1': { sync: { autoSync: true } } } }");
    expect((await cdknix(folder, 'synth', '--strict')).code).toBe(0);
  });

  it('shows what it would change as a patch that git applies, and writes nothing', async () => {
    const folder = project(old);
    const { code, stdout, stderr } = await cdknix(folder, 'fix', '--dry-run');
    expect(stdout).toMatchInlineSnapshot(`
      "diff --git a/app.js b/app.js
      --- a/app.js
      +++ b/app.js
      @@ -5,10 +5,10 @@
       host.set({
         services: {
           // Keys only.
      -    openssh: { enable: true, passwordAuthentication: false },
      +    openssh: { enable: true, settings: { PasswordAuthentication: false } },
         },
      -  fonts: { fonts: [] },
      +  fonts: { packages: [] },
         hardware: {
      -    opengl: { enable: true },
      +    graphics: { enable: true },
         },
       });
      "
    `);
    expect(stderr).toContain('3 options renamed; nothing was written\n');
    expect(code).toBe(0);
    expect(appIn(folder)).toBe(hostWith(old));

    put(folder, { 'a.patch': stdout });
    git(folder, 'init', '-q');
    git(folder, 'apply', 'a.patch');
    expect(appIn(folder)).toBe(hostWith(renamed));
  });

  it('says what it leaves, and exits with 1', async () => {
    const folder = project(`{
  fonts: { fonts: [], packages: [] },
  hardware: { ...graphics() },
  services: { openssh: { passwordAuthentication: false } },
});
function graphics() { return { opengl: { enable: true } }; }
void (0`);
    const { code, stdout, stderr } = await cdknix(folder, 'fix');
    expect(stderr).toMatchInlineSnapshot(`
      "warning[fix-left]: fonts.fonts is not renamed to fonts.packages: 'packages' is defined already, in line 6
        at app.js:6:12
        6 |   fonts: { fonts: [], packages: [] },
          |            ^^^^^
        help: rename it by hand

      warning[fix-left]: hardware.opengl.enable is not renamed to hardware.graphics.enable: it is not written out in this call
        at app.js:7:3
        7 |   hardware: { ...graphics() },
          |   ^^^^^^^^
        help: rename it by hand

      app.js:8: services.openssh.passwordAuthentication → services.openssh.settings.PasswordAuthentication
      1 option renamed, 2 left
      "
    `);
    expect([code, stdout]).toEqual([1, '']);
    expect(appIn(folder)).toContain('openssh: { settings: { PasswordAuthentication: false } }');
    expect(appIn(folder)).toContain('fonts: { fonts: [], packages: [] }');
  });

  it('fixes what it can beside other errors, shows these, and exits with 1', async () => {
    const folder = project(`{ fonts: { fonts: [] } });
cdknix.addError(host, { code: 'mine', message: 'nothing goes' }`);
    const { code, stderr } = await cdknix(folder, 'fix');
    expect(stderr).toMatchInlineSnapshot(`
      "error[mine]: nothing goes
        in elitebook
        at app.js:6:8
        6 | cdknix.addError(host, { code: 'mine', message: 'nothing goes' });
          |        ^

      app.js:5: fonts.fonts → fonts.packages
      1 option renamed, 1 error that nothing here fixes
      "
    `);
    expect(code).toBe(1);
    expect(appIn(folder)).toContain('fonts: { packages: [] }');
  });

  it('says what is wrong with an app that reports nothing to fix', async () => {
    const folder = projectWith('', { 'app.js': 'process.exit(3);' });
    const { code, stderr } = await cdknix(folder, 'fix');
    expect(stderr).toContain(`error[app-failed]: the app 'node app.js' ended with exit code 3`);
    expect(code).toBe(1);
    expect((await cdknix(folder, 'fix', '--dry')).code).toBe(2);
  });

  it('edits every file of the project once, however often its features are used', async () => {
    const feature = `const cdknix = require('${repo}');
exports.fonts = function fonts(feature) {
  feature.nixos.set({ fonts: { fonts: [] } });
};
`;
    const folder = projectWith(
      `const { fonts } = require('./features/fonts');
const flake = new cdknix.Flake();
for (const id of ['one', 'two']) new cdknix.Host(flake, id, { system: 'x86_64-linux' }).use(fonts);
new cdknix.Host(flake, 'three', { system: 'x86_64-linux' }).set({ services: { openssh: { useDns: true } } });
`,
      { 'features/fonts.js': feature },
    );
    const { code, stderr } = await cdknix(folder, 'fix');
    expect(stderr).toMatchInlineSnapshot(`
      "features/fonts.js:3: fonts.fonts → fonts.packages
      app.js:6: services.openssh.useDns → services.openssh.settings.UseDns
      2 options renamed
      "
    `);
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'features/fonts.js'), 'utf8')).toBe(feature.replace('fonts: []', 'packages: []'));
  });

  it('edits accounts, homes and features of TypeScript', async () => {
    const text = `import { Feature, Flake, Host, HomeUser, mkIf, type Expr } from 'cdknix';

class Delta extends Feature {
  constructor(scope: Host | HomeUser, id: string) {
    super(scope, id);
    const enable = true as const;
    this.home.set({
      programs: {
        git: {
          enable,
          // Nicer.
          delta: { enable, options: { 'side-by-side': true } },
        },
      },
    } as any);
  }
}

const host = new Host(new Flake(), 'desk', { system: 'x86_64-linux' });
const anna = new HomeUser(host, 'anna').use(Delta);
anna.set(mkIf<any>(true, { services: { gammastep: { brightness: { night: '0.5' } } } }));
`;
    const folder = folderWith({
      'cdk-like.json': '{ "app": "ts-node --swc main.ts" }',
      'main.ts': text.replaceAll('\n', '\r\n'),
      'tsconfig.json': '{ "compilerOptions": { "target": "es2022", "module": "node16" } }',
      'package.json': '{}',
    });
    symlinkSync(join(repo, 'node_modules'), join(folder, 'node_modules'));
    const { code, stderr } = await cdknix(folder, 'fix');
    expect(stderr).toMatchInlineSnapshot(`
      "main.ts:12: programs.git.delta.enable → programs.delta.enable
      main.ts:12: programs.git.delta.options → programs.delta.options
      main.ts:21: services.gammastep.brightness.night → services.gammastep.settings.general.brightness-night
      3 options renamed
      "
    `);
    expect(code).toBe(0);
    const after = readFileSync(join(folder, 'main.ts'), 'utf8');
    expect(after.replaceAll('\r\n', '')).not.toContain('\n');
    expect(after.replaceAll('\r\n', '\n').slice(text.indexOf('    this.home'), -1)).toMatchInlineSnapshot(`
      "    this.home.set({
            programs: {
              git: {
                enable,
              },
              delta: {
                enable,
                // Nicer.
                options: { 'side-by-side': true },
              },
            },
          } as any);
        }
      }

      const host = new Host(new Flake(), 'desk', { system: 'x86_64-linux' });
      const anna = new HomeUser(host, 'anna').use(Delta);
      anna.set(mkIf<any>(true, { services: { gammastep: { settings: { general: { 'brightness-night': '0.5' } } } } }));"
    `);
  });
});

it('says what to install where nothing can read the sources', async () => {
  const folder = folderWith({ 'cdk-like.json': '{ "app": "node app.js" }' });
  // A copy of cdknix, so that the compiler beside it is none of ours.
  cpSync(dist, join(folder, 'cdknix/dist'), { recursive: true });
  for (const file of ['package.json', 'data']) symlinkSync(join(repo, file), join(folder, 'cdknix', file));
  mkdirSync(join(folder, 'node_modules'));
  for (const name of Object.keys(JSON.parse(readFileSync(join(repo, 'package.json'), 'utf8')).dependencies).concat(
    'constructs',
  )) {
    mkdirSync(join(folder, 'node_modules', name, '..'), { recursive: true });
    symlinkSync(join(repo, 'node_modules', name), join(folder, 'node_modules', name));
  }
  put(folder, { 'app.js': hostWith('{ fonts: { fonts: [] } }').replaceAll(dist, join(folder, 'cdknix/dist')) });
  const { status, stderr } = spawnSync(process.execPath, ['cdknix/dist/cli/main.js', 'fix'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stderr).toMatchInlineSnapshot(`
    "error[fix-compiler]: the project has no TypeScript that can read its sources
      help: npm install --save-dev typescript@6, or @typescript/typescript6 beside TypeScript 7, which has no API for that

    1 error
    "
  `);
  expect(status).toBe(1);
});

describe('fix never edits', () => {
  const library = `const cdknix = require('${repo}');
exports.fonts = (host) => host.set({ fonts: { fonts: [] } });
`;
  const using = (file: string) => `const { fonts } = require('${file}');
fonts(new cdknix.Host(new cdknix.Flake(), 'one', { system: 'x86_64-linux' }));
`;

  it('a package', async () => {
    const folder = projectWith(using('library'), { 'node_modules/library/index.js': library });
    const { code, stderr } = await cdknix(folder, 'fix');
    expect(stderr).toMatchInlineSnapshot(`
      "warning[fix-left]: fonts.fonts is not renamed to fonts.packages: its file belongs to a package
        at node_modules/library/index.js:2:47
        2 | exports.fonts = (host) => host.set({ fonts: { fonts: [] } });
          |                                               ^^^^^
        help: rename it by hand

      0 options renamed, 1 left
      "
    `);
    expect(code).toBe(1);
    expect(readFileSync(join(folder, 'node_modules/library/index.js'), 'utf8')).toBe(library);
  });

  it('a file outside of the project', async () => {
    const outside = folderWith({ 'library.js': library });
    const folder = projectWith(using(join(outside, 'library.js')));
    const { code, stderr } = await cdknix(folder, 'fix');
    expect(stderr).toContain('fonts.fonts is not renamed to fonts.packages: its file is outside the project');
    expect(code).toBe(1);
    expect(readFileSync(join(outside, 'library.js'), 'utf8')).toBe(library);
  });

  it('a file that is not UTF-8', async () => {
    const folder = project(`{ fonts: { fonts: [] } }`);
    const latin = Buffer.from(`// caf\xe9\n${appIn(folder)}`, 'latin1');
    writeFileSync(join(folder, 'app.js'), latin);
    const { code, stderr } = await cdknix(folder, 'fix');
    expect(stderr).toContain('fonts.fonts is not renamed to fonts.packages: its file is not UTF-8');
    expect(code).toBe(1);
    expect(readFileSync(join(folder, 'app.js')).equals(latin)).toBe(true);
  });

  it('a file that has changed since the app read it', async () => {
    const folder = projectWith(`const { writeFileSync } = require('node:fs');
new cdknix.Host(new cdknix.Flake(), 'one', { system: 'x86_64-linux' }).set({ fonts: { fonts: [] } });
writeFileSync(__filename, '');
`);
    const { code, stderr } = await cdknix(folder, 'fix');
    expect(stderr).toContain('fonts.fonts is not renamed to fonts.packages: the source has changed since it ran');
    expect(code).toBe(1);
  });

  it.skipIf(process.getuid?.() === 0)('a file that it may not write', async () => {
    const folder = project(`{ fonts: { fonts: [] } }`);
    chmodSync(join(folder, 'app.js'), 0o444);
    const { code, stderr } = await cdknix(folder, 'fix');
    expect(stderr).toContain('error[fix-unwritable]: cannot write app.js');
    expect(code).toBe(1);
  });
});
