import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { appOf, cdknix, filesIn, manyHosts, oneHost, projectWith } from '../cli/support';

const folder = mkdtempSync(join(tmpdir(), 'cdknix-processes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const writeJs = join(__dirname, '..', '..', 'dist', 'synth', 'write.js');

/** The code of a process that writes `count` files which all hold one name, `times` times; it prints what came of each. */
const writer = (out: string, names: string, count: number, times: number) => `
  const { write } = require(${JSON.stringify(writeJs)});
  const plan = (name, i) => ({
    files: new Map(Array.from({ length: ${count} }, (_, n) => ['hosts/h' + n + '/default.nix', name + i + ' '.repeat(2000)])),
    state: { file: ${JSON.stringify(join(out, '..', 'state.json'))}, text: '{}' },
  });
  for (let i = 0; i < ${times}; i++) {
    for (const name of ${JSON.stringify(names)}) {
      try {
        write(plan(name, i), ${JSON.stringify(out)});
        console.log('ok');
      } catch (error) {
        console.log(error.diagnostics ? error.diagnostics[0].code + ' ' + error.message : error.stack);
      }
    }
  }`;

/** The different texts of an output's files. */
function textsIn(out: string): Set<string> {
  return new Set(
    readdirSync(join(out, 'hosts')).map((host) => readFileSync(join(out, 'hosts', host, 'default.nix'), 'utf8').trim()),
  );
}

describe('several synths at once', () => {
  it('write in turn, or say that another one is writing', { timeout: 120_000 }, async () => {
    const out = join(folder, 'at-once', 'nix');
    const times = Number(process.env.TURNS ?? 30);
    const children = ['ab', 'cd', 'ef', 'gh'].map((names) =>
      spawn(process.execPath, ['-e', writer(out, names, 20, times)], { stdio: ['ignore', 'pipe', 'inherit'] }),
    );
    const said = await Promise.all(
      children.map(async (child) => {
        let text = '';
        for await (const chunk of child.stdout) text += chunk;
        return text.trim().split('\n');
      }),
    );
    const others = said.flat().filter((line) => line !== 'ok' && !line.startsWith('output-busy'));
    expect(others).toEqual([]);
    expect(said.flat()).toHaveLength(8 * times);
    expect(said.flat()).toContain('ok');
    expect(textsIn(out).size).toBe(1);
    expect(readdirSync(join(folder, 'at-once')).sort()).toEqual(['nix', 'state.json']);
  });

  it('of the command line leave one output', async () => {
    const project = projectWith(manyHosts(30));
    const runs = await Promise.all(Array.from({ length: 4 }, () => cdknix(project, 'synth')));
    const failed = runs.filter((run) => run.code !== 0);
    for (const run of failed) expect(run.stderr).toMatch(/^error\[output-busy\]: another synth/);
    expect(failed.length).toBeLessThan(4);
    expect(readdirSync(join(project, 'nix', 'hosts'))).toHaveLength(30);
    expect(readdirSync(project).sort()).toEqual(['app.js', 'cdk-like.json', 'cdk-like.state.json', 'nix']);
  });
});

const disk = join(folder, 'disk');
mkdirSync(disk);
const hasDisk = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', disk]).status === 0;
if (!hasDisk)
  console.warn('SKIPPED: a disk that is full, and mounts: this user may not mount (faults.test.ts has the calls fail)');
afterAll(() => {
  if (hasDisk) spawnSync('umount', [disk]);
});

describe.runIf(hasDisk)('a disk that is full', () => {
  it('leaves the old output, and what was there works when there is room again', () => {
    const out = join(disk, 'nix');
    const write = (name: string, count: number) =>
      spawnSync(process.execPath, ['-e', writer(out, name, count, 1)], { encoding: 'utf8' }).stdout.trim();
    expect(write('a', 40)).toBe('ok');
    expect(write('b', 80)).toMatch(/^output-unwritable cannot write .*ENOSPC/);
    expect([...textsIn(out)]).toEqual(['a0']);
    expect(readdirSync(disk).sort()).toEqual(['nix', 'state.json']);
    spawnSync('mount', ['-o', 'remount,size=4m', disk]);
    expect(write('b', 80)).toBe('ok');
    expect([...textsIn(out)]).toEqual(['b0']);
  });
});

describe.runIf(hasDisk)('a mount in the output', () => {
  /** A project that has been synthesised, with another folder mounted in its output. */
  async function mounted(
    path: string,
    files: Readonly<Record<string, string>>,
    use: (project: string) => Promise<void>,
  ) {
    const project = projectWith(oneHost);
    expect((await cdknix(project, 'synth')).code).toBe(0);
    const outside = mkdtempSync(join(folder, 'mounted-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(outside, name), text);
    mkdirSync(join(project, 'nix', path), { recursive: true });
    const at = join(project, 'nix', path);
    expect(spawnSync('mount', ['--bind', outside, at]).status).toBe(0);
    try {
      await use(project);
      expect(filesIn(outside)).toEqual(files);
    } finally {
      spawnSync('umount', [at]);
    }
  }

  it.each(['data', 'hosts/elitebook/data'])('stays as it is, with all that is in it: %s', async (path) => {
    await mounted(path, { a: 'a', 'flake.nix': 'mine' }, async (project) => {
      for (const app of [
        oneHost.replace('OpenSsh', 'Tailscale'),
        "const flake = new cdknix.Flake();\nnew cdknix.Host(flake, 'b', { system: 'x86_64-linux' });",
      ]) {
        writeFileSync(join(project, 'app.js'), appOf(app));
        expect((await cdknix(project, 'synth')).code).toBe(0);
      }
    });
  });

  it('is named where a file has to be in it, and nothing is written', async () => {
    await mounted('modules/nixos', {}, async (project) => {
      const before = filesIn(project);
      writeFileSync(join(project, 'app.js'), appOf(oneHost.replace('OpenSsh', 'Tailscale')));
      const { code, stderr } = await cdknix(project, 'synth');
      expect(stderr).toMatchInlineSnapshot(`
        "error[output-mount]: <dir>/nix/modules/nixos/tailscale.nix is on another file system than the output
          help: unmount what is mounted there, or choose another output folder: files are replaced within one file system

        1 error; nothing was written
        "
      `);
      expect(code).toBe(1);
      expect(filesIn(project)).toMatchObject({ ...before, 'app.js': expect.anything() });
    });
  });
});

/** Whom a folder without the right to write stops: not root, so root's tests are run as somebody else. */
const somebody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

describe('a folder that may not be written', () => {
  /** What comes of changes of an output of which a folder may not be written, and what is there then. */
  function changedIn(locked: (out: string) => string) {
    const above = mkdtempSync(join(tmpdir(), 'cdknix-read-only-'));
    const out = join(above, 'nix');
    chmodSync(above, 0o777);
    const run = (name: string, count: number) =>
      spawnSync(process.execPath, ['-e', writer(out, name, count, 1)], { encoding: 'utf8', ...somebody }).stdout.trim();
    try {
      expect(run('a', 3)).toBe('ok');
      chmodSync(locked(out), 0o555);
      const said = run('b', 4);
      const result = { said: said.replaceAll(above, 'TMP'), texts: [...textsIn(out)], left: readdirSync(out).sort() };
      chmodSync(locked(out), 0o777);
      expect(run('c', 4)).toBe('ok');
      expect([...textsIn(out)]).toEqual(['c0']);
      return result;
    } finally {
      spawnSync('chmod', ['-R', 'u+w', above]);
      rmSync(above, { recursive: true, force: true });
    }
  }

  it.each([
    ['the output itself', (out: string) => out],
    ['a folder in it', (out: string) => join(out, 'hosts', 'h1')],
  ])('is said, and all is as it was: %s', (_, locked) => {
    const { said, texts, left } = changedIn(locked);
    expect(said).toMatch(/^output-unwritable cannot write TMP\/nix\/.*: EACCES/);
    expect(texts).toEqual(['a0']);
    expect(left).toEqual(['.cdknix.json', 'hosts']);
  });

  it('does not matter above the output', () => {
    expect(changedIn((out) => join(out, '..'))).toMatchObject({ said: 'ok', texts: ['b0'] });
  });
});

describe('links in the output', () => {
  /** A project that has been synthesised, with a folder beside it that nobody may touch. */
  async function synthesised() {
    const project = projectWith(oneHost);
    const outside = mkdtempSync(join(folder, 'outside-'));
    mkdirSync(join(outside, 'hosts', 'elitebook'), { recursive: true });
    writeFileSync(join(outside, 'hosts', 'elitebook', 'default.nix'), 'outside\n');
    writeFileSync(join(outside, 'file'), 'outside\n');
    expect((await cdknix(project, 'synth')).code).toBe(0);
    return { project, outside, out: join(project, 'nix') };
  }

  const untouched = {
    file: 'outside\n',
    'hosts/elitebook/default.nix': 'outside\n',
  };

  it.each([
    ['a file', 'flake.nix', 'file'],
    ['a file that differs', 'hosts/elitebook/default.nix', 'file'],
    ['a folder', 'hosts', 'hosts'],
    ['a folder of a host', 'hosts/elitebook', 'hosts/elitebook'],
    ['a link to nothing', 'modules', 'nothing'],
  ])('that lead out of it are named, not followed: %s', async (_, path, target) => {
    const { project, outside, out } = await synthesised();
    rmSync(join(out, path), { recursive: true });
    symlinkSync(join(outside, target), join(out, path));
    for (const app of [oneHost, oneHost.replace('OpenSsh', 'Tailscale')]) {
      writeFileSync(join(project, 'app.js'), appOf(app));
      const { code, stderr } = await cdknix(project, 'synth');
      expect([code, stderr]).toEqual([1, expect.stringMatching(/^error\[foreign-file\]: .* is in the way/)]);
    }
    expect(filesIn(outside)).toEqual(untouched);
    expect(lstatSync(join(out, path)).isSymbolicLink()).toBe(true);
  });

  it('in the place of the manifest, the lock or a file of the user are kept or replaced, not followed', async () => {
    const { project, outside, out } = await synthesised();
    writeFileSync(join(outside, 'manifest'), readFileSync(join(out, '.cdknix.json')));
    rmSync(join(out, '.cdknix.json'));
    symlinkSync(join(outside, 'manifest'), join(out, '.cdknix.json'));
    symlinkSync(join(outside, 'file'), join(out, 'flake.lock'));
    symlinkSync(outside, join(out, 'hosts', 'mine'));
    const before = filesIn(outside);
    writeFileSync(join(project, 'app.js'), appOf(oneHost.replace('OpenSsh', 'Tailscale')));
    expect((await cdknix(project, 'synth')).code).toBe(0);
    expect(filesIn(outside)).toEqual(before);
    expect(lstatSync(join(out, '.cdknix.json')).isSymbolicLink()).toBe(false);
    expect(lstatSync(join(out, 'flake.lock')).isSymbolicLink()).toBe(true);
    expect(lstatSync(join(out, 'hosts', 'mine')).isSymbolicLink()).toBe(true);
  });

  it('in what an earlier synth wrote are not followed when that is removed', async () => {
    const { project, outside, out } = await synthesised();
    rmSync(join(out, 'modules'), { recursive: true });
    mkdirSync(join(outside, 'nixos'));
    writeFileSync(join(outside, 'nixos', 'open-ssh.nix'), 'outside\n');
    symlinkSync(outside, join(out, 'modules'));
    const before = filesIn(outside);
    writeFileSync(join(project, 'app.js'), appOf(oneHost.replace('host.use(features.OpenSsh);', '')));
    expect((await cdknix(project, 'synth')).code).toBe(0);
    expect(filesIn(outside)).toEqual(before);
  });

  it('may be the output folder itself: what it leads to is replaced, and the link stays', async () => {
    const project = projectWith(oneHost);
    const real = join(mkdtempSync(join(folder, 'real-')), 'machines');
    symlinkSync(real, join(project, 'nix'));
    for (const app of [oneHost, oneHost.replace('OpenSsh', 'Tailscale')]) {
      writeFileSync(join(project, 'app.js'), appOf(app));
      expect((await cdknix(project, 'synth')).code).toBe(0);
      expect(lstatSync(join(project, 'nix')).isSymbolicLink()).toBe(true);
      expect(existsSync(join(real, 'flake.nix'))).toBe(true);
    }
  });
});

describe('an app that writes into the output itself', () => {
  const path = JSON.stringify;

  it('keeps what it adds, and is told of what it writes over our files', async () => {
    const project = projectWith(oneHost);
    await cdknix(project, 'synth');
    const out = join(project, 'nix');
    const before = filesIn(out);
    const app = (statements: string) => appOf(`${oneHost}\nconst fs = require('node:fs');\n${statements}`);
    writeFileSync(join(project, 'app.js'), app(`fs.writeFileSync(${path(join(out, 'flake.nix'))}, 'mine');`));
    const { code, stderr } = await cdknix(project, 'synth');
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('error[edited-file]: <dir>/nix/flake.nix was edited after the last synth'),
    ]);
    const adding = `fs.rmSync(${path(join(out, 'hosts'))}, { recursive: true });
fs.rmSync(${path(join(out, 'flake.nix'))});
fs.writeFileSync(${path(join(out, 'notes.txt'))}, 'mine');`;
    writeFileSync(join(project, 'app.js'), app(adding));
    expect((await cdknix(project, 'synth')).code).toBe(0);
    expect(filesIn(out)).toEqual({ ...before, 'notes.txt': 'mine' });
  });

  it('finds it made anew if it removes it', async () => {
    const project = projectWith(oneHost);
    await cdknix(project, 'synth');
    const before = filesIn(join(project, 'nix'));
    writeFileSync(
      join(project, 'app.js'),
      appOf(`${oneHost}\nrequire('node:fs').rmSync(${path(join(project, 'nix'))}, { recursive: true });`),
    );
    expect((await cdknix(project, 'synth')).code).toBe(0);
    expect(filesIn(join(project, 'nix'))).toEqual(before);
  });

  it('is told of files in the way if it writes them first', async () => {
    const project = projectWith('');
    const out = join(project, 'nix');
    const app = `${oneHost}
const fs = require('node:fs');
fs.mkdirSync(${path(out)});
fs.writeFileSync(${path(join(out, 'flake.nix'))}, 'mine');
`;
    writeFileSync(join(project, 'app.js'), appOf(app));
    const { code, stderr } = await cdknix(project, 'synth');
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('error[foreign-file]: <dir>/nix/flake.nix is in the way'),
    ]);
    expect(filesIn(out)).toEqual({ 'flake.nix': 'mine' });
  });

  it('may synthesise by itself as well, into another folder', async () => {
    const project = projectWith(oneHost);
    const other = join(project, 'other');
    const app = `${oneHost}
const file = process.env.CDKNIX_ASSEMBLY;
delete process.env.CDKNIX_ASSEMBLY;
flake.synth({ outdir: ${path(other)} });
if (file) process.env.CDKNIX_ASSEMBLY = file;
`;
    writeFileSync(join(project, 'app.js'), appOf(app));
    expect((await cdknix(project, 'synth')).code).toBe(0);
    expect(filesIn(join(project, 'nix'))).toEqual(filesIn(other));
  });
});
