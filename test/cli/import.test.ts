import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cdknix, dist, ended, filesIn, folderWith, projectWith, put, start, until } from './support';

const app = `const flake = new cdknix.Flake();
const desk = new cdknix.Host(flake, 'desk', { system: 'x86_64-linux' });
new cdknix.Host(flake, 'nas', { system: 'x86_64-linux' });
new cdknix.HomeUser(desk, 'anna');
`;

/** What the dumper prints of a class, and the release that is printed before it. */
type Options = Readonly<Record<string, unknown>>;

/**
 * A project, and a program in the place of Nix, which answers with the options of each output. What it was given is in
 * `nix-was-given` beside the app.
 */
function projectWithNix(options: Readonly<Record<string, Options>>, code = app) {
  const folder = projectWith(code);
  const bin = folderWith();
  writeFileSync(
    join(bin, 'nix'),
    `#!/bin/sh
for last; do :; done
printf '%s\\n' "$@" >> '${folder}/nix-was-given'
cp -r "\${last%%#*}" '${folder}/scratch' 2> /dev/null
[ -e '${bin}/stop' ] && { touch '${bin}/started'; exec sleep 60; }
[ -e '${bin}/fail' ] && { cat '${bin}/fail' >&2; exit 1; }
[ -e '${bin}/steps' ] && case "$*" in
  *'steps = { from = [  ]; without = [  ]; }'*) cat '${bin}/steps' >&2; exit 1 ;;
  *'steps = {'*) cat '${bin}/more-steps' >&2; echo '"26.05"'; exit ;;
  *) echo 'error: in a default' >&2; exit 1 ;;
esac
case "$*" in
  *"attrNames outputs"*) cat "${bin}/names-\${last#*#}" 2> /dev/null && exit
    echo "error: flake 'x' does not provide attribute 'y'" >&2; exit 1 ;;
  *"attrNames users"*) printf '["anna"]' ;;
  *home-manager.users*) cat '${bin}/home' ;;
  *) cat "${bin}/\${last#*#}" ;;
esac
`,
  );
  chmodSync(join(bin, 'nix'), 0o755);
  const answer = (output: string, tree: Options) =>
    writeFileSync(join(bin, output), `"26.05"\n${JSON.stringify(tree)}`);
  for (const [output, tree] of Object.entries(options)) answer(output, tree);
  const env = { PATH: [bin, process.env.PATH].join(delimiter) };
  return {
    folder,
    bin,
    env,
    answer,
    run: (...args: string[]) => ended(start(folder, ['import', ...args], env), folder),
    given: () => readFileSync(join(folder, 'nix-was-given'), 'utf8'),
  };
}

const word = (description: string) => ({ description });
const nixos = {
  my: { service: { port: ['int', { default: 80 }, word('The port.')] } },
  networking: { x: ['str', {}, {}] },
};
const home = { programs: { x: { enable: ['bool', {}, word('Whether to.')] } } };
const both = { nixosConfigurations: nixos, home };

const imports = (folder: string) => filesIn(join(folder, 'imports'));

describe('cdknix import', () => {
  it('writes types and tables of what the app has, and says how many options there are', async () => {
    const { folder, run } = projectWithNix(both);
    const { code, stdout, stderr } = await run();
    expect(stdout).toMatchInlineSnapshot(`
      "nixos: 2 options, imported for the first time
      home: 1 option, imported for the first time
      "
    `);
    expect(stderr).toMatchInlineSnapshot(`
      "nix/flake.lock is not there yet, so the inputs are those of today
      reading the nixos options of desk, which has those of nas too
      reading the home options of anna on desk
      imports: nixos.d.ts, nixos.options.jsonl, home.d.ts, home.options.jsonl
      "
    `);
    expect(code).toBe(0);
    expect(imports(folder)).toMatchSnapshot();
  });

  it('writes nothing if nothing changed', async () => {
    const { folder, run } = projectWithNix(both);
    await run();
    const before = readdirSync(join(folder, 'imports'));
    const { stdout, stderr } = await run();
    expect(stdout).toMatchInlineSnapshot(`
      "nixos: nothing changed (2 options)
      home: nothing changed (1 option)
      "
    `);
    expect(stderr).toMatch(/imports: nothing to write\n$/);
    expect(readdirSync(join(folder, 'imports'))).toEqual(before);
  });

  it('says what changed since the last time', async () => {
    const { run, answer } = projectWithNix(both);
    await run();
    const many = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`o${i + 10}`, ['str', {}, {}]]));
    answer('nixosConfigurations', {
      my: { service: { port: ['any', { renamedTo: 'my.service.listen' }, {}], listen: ['int', {}, {}] } },
      many,
    });
    answer('home', { programs: { x: { enable: ['bool', {}, word('Other words.')] } } });
    const { stdout } = await run();
    expect(stdout).toMatchInlineSnapshot(`
      "nixos: 26 added, 1 removed, 1 renamed (26 options)
        + many.o10
        + many.o11
        + many.o12
        + many.o13
        + many.o14
        + many.o15
        + many.o16
        + many.o17
        + many.o18
        + many.o19
        + many.o20
        + many.o21
        + many.o22
        + many.o23
        + many.o24
        + many.o25
        + many.o26
        + many.o27
        + many.o28
        + many.o29
          and 6 more; --json lists all
        - networking.x
        ~ my.service.port → my.service.listen
      home: none added or removed, but what is known of some changed (1 option)
      "
    `);
  });

  it('says all that changed as JSON', async () => {
    const { run, answer } = projectWithNix(both);
    await run();
    answer('home', { programs: { y: { enable: ['bool', {}, {}] } } });
    const { stdout } = await run('home', '--json');
    expect(JSON.parse(stdout)).toEqual([
      {
        class: 'home',
        release: '26.05',
        options: 1,
        from: ['anna on desk'],
        modules: [],
        files: [],
        first: false,
        written: true,
        added: ['programs.y.enable'],
        removed: ['programs.x.enable'],
        renamed: [],
      },
    ]);
  });

  it('evaluates what the app says now, with the lock of the output, and leaves the output alone', async () => {
    const { folder, run, given } = projectWithNix(both);
    put(folder, { 'nix/flake.lock': '{ "locked": true }' });
    await run('nixos', '--offline', '--override-input', 'nixpkgs', './my-nixpkgs');
    expect(filesIn(join(folder, 'nix'))).toEqual({ 'flake.lock': '{ "locked": true }' });
    expect(given()).toContain(`--offline\n--override-input\nnixpkgs\n${folder}/my-nixpkgs\n`);
    const scratch = /^path:(.*)#nixosConfigurations$/m.exec(given())![1]!;
    expect(existsSync(scratch)).toBe(false);
  });

  it('gives Nix the flags of cdk-like.json', async () => {
    const { folder, run, given } = projectWithNix(both);
    put(folder, { 'cdk-like.json': '{ "app": "node app.js", "nix": ["--cores", "3"] }' });
    await run('nixos');
    expect(given()).toContain('\n--cores\n3\n');
  });

  it('runs an app whose options the last import refuses, or cannot be read', async () => {
    const { folder, run } = projectWithNix(both, `${app}desk.set({ my: { service: { port: 'http' } } });`);
    expect((await run()).code).toBe(0);
    expect((await cdknix(folder, 'synth')).stderr).toContain('error[option-type]');
    expect((await run()).stderr).not.toContain('option-type');
    put(folder, { 'imports/nixos.options.jsonl': '{"cdknix":99,"parts":[]}\n' });
    const { code, stderr } = await run();
    expect(stderr).toContain('the last import of nixos cannot be read, so it is not known what changed');
    expect(code).toBe(0);
    expect((await run()).stdout).toContain('nothing changed');
  });

  it('leaves out what cannot be evaluated, by name and with its file, and reads all else', async () => {
    const { folder, bin, run } = projectWithNix(both);
    const file = { file: 'modules/x.nix' };
    put(bin, {
      steps: `trace: cdknix = [["programs","w"],["str",{},{}]]
trace: cdknix [ [["programs","x","enable"],"default",0]
error: attribute 'nope' missing

       at /nix/store/11111111111111111111111111111111-source/modules/x.nix:3:7:
`,
      'more-steps': `trace: cdknix = [["programs","x","enable"],["bool",${JSON.stringify(file)},{}]]\n`,
    });
    const { code, stdout, stderr } = await run('home');
    expect(stdout).toMatchInlineSnapshot(`
      "home: 2 options, imported for the first time
      "
    `);
    expect(stderr).toMatchInlineSnapshot(`
      "nix/flake.lock is not there yet, so the inputs are those of today
      reading the home options of anna on desk
      nix cannot evaluate all of the home options of anna on desk: they are read one by one, which takes longer
      warning[import-left-out]: the default of programs.x.enable cannot be evaluated, and is left out (modules/x.nix)
        error: attribute 'nope' missing at /nix/store/11111111111111111111111111111111-source/modules/x.nix:3:7
        help: the rest of the option is known

      imports: home.d.ts, home.options.jsonl
      "
    `);
    expect(code).toBe(0);
    expect(Object.keys(imports(folder))).toEqual(['home.d.ts', 'home.options.jsonl']);
  });

  it('shows what Nix says of all where it is about no option', async () => {
    const { folder, bin, run } = projectWithNix(both);
    put(bin, { steps: 'error: no option is read\n' });
    const { code, stderr } = await run('home');
    expect(stderr).toMatchInlineSnapshot(`
      "nix/flake.lock is not there yet, so the inputs are those of today
      reading the home options of anna on desk
      nix cannot evaluate all of the home options of anna on desk: they are read one by one, which takes longer
      error[nix-failed]: nix cannot evaluate the home options of anna on desk
        error: in a default
        help: the message is of Nix: mend what it names, and try again

      1 error; nothing was written
      "
    `);
    expect(code).toBe(1);
    expect(existsSync(join(folder, 'imports'))).toBe(false);
  });
});

describe('cdknix import --module', () => {
  it('adds the options of a module, and later imports keep them', async () => {
    const { folder, run, given } = projectWithNix(both);
    await run('--module', 'inputs.nixvim.homeModules.nixvim');
    expect(given()).toContain('[ (inputs.nixvim.homeModules.nixvim) ]');
    rmSync(join(folder, 'nix-was-given'));
    await run();
    expect(given()).toContain('[ (inputs.nixvim.homeModules.nixvim) ]');
  });

  it('leaves a module to the app that imports it', async () => {
    const code = `${app.replace("'anna');", "'anna').import(cdknix.nix`inputs.nixvim.homeModules.nixvim`);")}`;
    const { folder, run, given } = projectWithNix(both, code);
    const { stdout } = await run('--module', 'inputs.nixvim.homeModules.nixvim', '--json');
    expect(given()).not.toContain('(inputs.nixvim');
    expect(JSON.parse(stdout)[0].modules).toEqual(['inputs.nixvim.homeModules.nixvim']);
    put(folder, { 'app.js': readFileSync(join(folder, 'app.js'), 'utf8').replace(/\.import\(.*\);/, ';') });
    expect(JSON.parse((await run('--json')).stdout)[1].modules).toEqual([]);
  });
});

describe('cdknix import --flake', () => {
  it('reads all configurations of a class, or one', async () => {
    const { bin, run } = projectWithNix(both);
    put(bin, { 'names-nixosConfigurations': '["a","b"]' });
    expect((await run('nixos', '--flake', 'github:me/machines')).stderr).toMatchInlineSnapshot(`
      "reading the nixos options of a
      reading the nixos options of b
      imports: nixos.d.ts, nixos.options.jsonl
      "
    `);
    expect((await run('nixos', '--flake', 'github:me/machines#b')).stderr).toMatchInlineSnapshot(`
      "reading the nixos options of b
      imports: nothing to write
      "
    `);
  });

  it('reads the homes that hosts have, if there are no others', async () => {
    const { bin, run } = projectWithNix(both);
    put(bin, { 'names-nixosConfigurations': '["a"]' });
    expect((await run('home', '--flake', 'github:me/machines')).stderr).toContain('the home options of anna on a\n');
  });

  it('says what to do if there is none', async () => {
    const { run } = projectWithNix(both);
    const { code, stderr } = await run('darwin', '--flake', 'github:me/machines');
    expect(stderr).toMatchInlineSnapshot(`
      "error[import-nothing]: there is no nix-darwin host to read options from
        help: name a flake that has one

      1 error; nothing was written
      "
    `);
    expect(code).toBe(1);
    expect((await run('--flake', 'github:me/machines#x')).stderr).toMatchInlineSnapshot(`
      "error[import-nothing]: there is no host and no home to read options from
        help: there is none of the name 'x' in github:me/machines: name another one behind the #, or none to read all

      1 error; nothing was written
      "
    `);
  });
});

/** An entry of an options.json. */
const entry = (name: string, type: string, description = '') => ({
  [name]: { loc: name.split('.'), type, readOnly: false, declarations: [], description },
});

describe('cdknix import --json', () => {
  it('adds the options of a file to those that came with cdknix, without Nix', async () => {
    const folder = projectWith('');
    put(folder, { 'options.json': JSON.stringify(entry('programs.mine.enable', 'boolean', 'Whether *mine*.')) });
    const run = () =>
      ended(start(folder, ['import', '--json', 'options.json', '--as', 'darwin'], { PATH: '/nowhere' }), folder);
    const { code, stdout, stderr } = await run();
    expect([code, stderr]).toEqual([0, 'imports: darwin.d.ts, darwin.options.jsonl\n']);
    expect(stdout).toMatch(/^darwin: 1,\d{3} options, imported for the first time\n$/);
    const { 'darwin.d.ts': types } = imports(folder);
    expect(types).toContain('   * Whether *mine*.\n');
    expect(types).toContain('homebrew?: Homebrew | undefined;');
    expect((await run()).stdout).toMatch(/^darwin: nothing changed/);
  });

  it('adds them to those of earlier imports, which keep them with their words', async () => {
    const { folder, run, answer } = projectWithNix(both);
    put(folder, {
      'a.json': JSON.stringify(entry('programs.a.enable', 'boolean', 'Words of a.')),
      'more/b.json': JSON.stringify(entry('programs.x.b', 'string', 'Words of b.')),
    });
    await run('home');
    const added = await run('home', '--json', 'a.json');
    expect(added.stdout).toContain('1 added');
    expect(added.stderr).toContain('cdknix import home brings the others back');
    expect((await run('home', '--json', 'more/b.json')).stdout).toContain('1 added');
    const words = () => imports(folder)['home.d.ts']!.match(/(Words of .|Whether to)/g);
    expect(words()).toEqual(['Words of a', 'Words of b']);
    answer('home', { programs: { x: { enable: ['bool', {}, word('Whether to.')], c: ['str', {}, {}] } } });
    expect((await run('home')).stdout).toMatch(/: 1 added \(/);
    expect(words()).toEqual(['Words of a', 'Words of b', 'Whether to']);
    rmSync(join(folder, 'a.json'));
    const { stdout, stderr } = await run('home');
    expect(stderr).toContain('the options of a.json are not kept: cannot read');
    expect(stdout).toMatch(/: 1 removed \(/);
  });

  it('reads the standard input', () => {
    const folder = projectWith('');
    const args = [join(dist, 'cli/main.js'), 'import', 'darwin', '--json', '-'];
    const input = JSON.stringify(entry('programs.mine.enable', 'boolean'));
    const { status } = spawnSync(process.execPath, args, { cwd: folder, input });
    expect(status).toBe(0);
    expect(imports(folder)['darwin.d.ts']).toContain('interface ProgramsMine ');
  });

  it.each([
    ['gzip', 'options.json.gz', gzipSync],
    ['brotli', 'options.json.br', brotliCompressSync],
  ])('reads a file that is compressed by %s', async (_, name, compress) => {
    const folder = projectWith('');
    writeFileSync(join(folder, name), compress(JSON.stringify(entry('programs.mine.enable', 'boolean'))));
    expect((await cdknix(folder, 'import', 'darwin', '--json', name)).code).toBe(0);
    writeFileSync(join(folder, name), compress(JSON.stringify(entry('x', 'boolean'))).subarray(0, -5));
    const { code, stderr } = await cdknix(folder, 'import', 'darwin', '--json', name);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error\[import-json\]: cannot read options.json.(gz|br): /);
  });

  it.each([
    ['is not there', undefined],
    ['is cut short', '{"a":{"loc":["a"],'],
    ['is no options.json', '["a"]'],
    ['is empty', ''],
  ])('says what is wrong with a file that %s', async (_, text) => {
    const folder = projectWith('', text === undefined ? {} : { 'options.json': text });
    const { stderr } = await cdknix(folder, 'import', '--json', 'options.json', '--as', 'home');
    expect(stderr).toMatchSnapshot();
    expect(existsSync(join(folder, 'imports'))).toBe(false);
  });

  it('is safe from names and words that mean something elsewhere', async () => {
    const folder = projectWith('');
    const hostile = {
      ...entry('programs.mine.__proto__', 'boolean', '*/ export const x = 1; /*'),
      ...entry('programs.mine.constructor', 'boolean', '*\u2028/'),
      'programs.esc': { loc: ['programs', '\u001b[31m"\n}'], type: 'boolean', description: '@deprecated' },
    };
    put(folder, { 'options.json': JSON.stringify(entry('x', 'boolean')) });
    await cdknix(folder, 'import', '--json', 'options.json', '--as', 'darwin');
    put(folder, { 'options.json': JSON.stringify(hostile) });
    const { code, stdout } = await cdknix(folder, 'import', '--json', 'options.json', '--as', 'darwin');
    expect(stdout.replace(/[\d,]+ options/, 'N options')).toMatchInlineSnapshot(`
      "darwin: 3 added (N options)
        + programs.\\x1b[31m"\\n}
        + programs.mine.__proto__
        + programs.mine.constructor
      "
    `);
    expect(code).toBe(0);
    const ts = await import('typescript');
    const { 'darwin.d.ts': types } = imports(folder);
    const source = ts.createSourceFile('darwin.d.ts', types!, ts.ScriptTarget.Latest) as {
      parseDiagnostics?: unknown[];
    };
    expect(source.parseDiagnostics).toEqual([]);
    expect(types).not.toMatch(/^export const/m);
  });
});

describe('when something is wrong, cdknix import', () => {
  it('says what to install where there is no Nix, and writes nothing', async () => {
    const { folder, bin } = projectWithNix(both);
    rmSync(join(bin, 'nix'));
    const { code, stderr } = await ended(
      start(folder, ['import', '--app', `${process.execPath} app.js`], { PATH: bin }),
      folder,
    );
    expect(stderr).toMatchInlineSnapshot(`
      "nix/flake.lock is not there yet, so the inputs are those of today
      reading the nixos options of desk, which has those of nas too
      error[nix-missing]: there is no nix here to evaluate the nixos options of desk
        help: install it (https://nixos.org/download); without it, cdknix import --json <options.json> --as <class> reads options that others have evaluated, and the options that came with cdknix serve as they are

      1 error; nothing was written
      "
    `);
    expect(code).toBe(1);
    expect(existsSync(join(folder, 'imports'))).toBe(false);
  });

  it("shows Nix's message, with the paths of the output and of the user", async () => {
    const { folder, bin, run } = projectWithNix(both, `${app}desk.import('./my.nix');`);
    const store = `/nix/store/${'a'.repeat(32)}-source`;
    put(folder, { 'my.nix': '{ }' });
    put(bin, {
      fail: `warning: x\nerror: a mistake\n\n       at ${store}/assets/my.nix:1:1:\n       at ${store}/hosts/desk/default.nix:1:1:\n       at ${store}/nixos/x.nix:1:1:\n`,
    });
    const { code, stdout, stderr } = await run('nixos');
    expect(stderr).toMatchInlineSnapshot(`
      "nix/flake.lock is not there yet, so the inputs are those of today
      reading the nixos options of desk, which has those of nas too
      nix cannot evaluate all of the nixos options of desk: they are read one by one, which takes longer
      error[nix-failed]: nix cannot evaluate the nixos options of desk
        error: a mistake
               at my.nix:1:1:
               at nix/hosts/desk/default.nix:1:1:
               at /nix/store/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-source/nixos/x.nix:1:1:
        help: the message is of Nix: mend what it names, and try again

      1 error; nothing was written
      "
    `);
    expect([code, stdout, existsSync(join(folder, 'imports'))]).toEqual([1, '', false]);
  });

  it('writes no class if another one fails', async () => {
    const { folder, run } = projectWithNix({ nixosConfigurations: nixos });
    expect((await run()).code).toBe(1);
    expect(existsSync(join(folder, 'imports'))).toBe(false);
  });

  it('says how the app failed', async () => {
    const { run } = projectWithNix(both, 'process.exit(3);');
    const { code, stderr } = await run();
    expect(stderr).toContain("error[app-failed]: the app 'node app.js' ended with exit code 3");
    expect(code).toBe(1);
  });

  it('says that the app has nothing of the class', async () => {
    const { run } = projectWithNix(both);
    const { code, stderr } = await run('darwin');
    expect(stderr).toMatchInlineSnapshot(`
      "error[import-nothing]: there is no nix-darwin host to read options from
        help: make one in the app first, or name a flake that has one: --flake <reference>

      1 error; nothing was written
      "
    `);
    expect(code).toBe(1);
    const none = projectWithNix(both, 'new cdknix.Flake();');
    expect((await none.run()).stderr).toMatchInlineSnapshot(`
      "warning[flake-empty]: the flake has no hosts, homes, overlays, exports or outputs
        in the flake
        at app.js:3:1
        3 | new cdknix.Flake();
          | ^
        help: make a host in it with new Host(flake, …), or import the file of the app that does; until then a synth removes the files of the hosts and homes that there were

      error[import-nothing]: there is no host and no home to read options from
        help: make one in the app first, or name a flake that has one: --flake <reference>

      1 error; nothing was written
      "
    `);
  });

  it('ends as the user wishes, with Nix, and leaves nothing behind', async () => {
    const { folder, bin, env } = projectWithNix(both);
    put(bin, { stop: '' });
    const scratches = () => readdirSync(tmpdir()).filter((name) => name.startsWith('cdknix-import-'));
    const before = scratches();
    const child = start(folder, ['import'], env);
    const done = ended(child, folder);
    await until(() => existsSync(join(bin, 'started')));
    child.kill('SIGINT');
    expect((await done).code).toBe(130);
    expect(scratches()).toEqual(before);
    expect(existsSync(join(folder, 'imports'))).toBe(false);
  });

  it('exits with 2 on wrong usage', async () => {
    const { code, stderr } = await cdknix(projectWith(''), 'import', 'nixox');
    expect(stderr).toContain("error[import-class]: 'nixox' is not a module system");
    expect(code).toBe(2);
  });
});
