import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recover } from '../../lib/synth/write';

const folder = mkdtempSync(join(tmpdir(), 'cdknix-kill-'));
const out = join(folder, 'nix');
const state = join(folder, 'state.json');
// What is remembered of the output is with the project.
beforeAll(() => mkdirSync(join(folder, 'node_modules')));
afterAll(() => rmSync(folder, { recursive: true }));

const kills = Number(process.env.KILLS ?? 40);
const hosts = 60;

/** Writes outputs `a` and `b` in turn, for ever: of each some files are its own. Prints how long it takes, in milliseconds. */
const writer = `
  const { write } = require(${JSON.stringify(join(__dirname, '..', '..', 'dist', 'synth', 'write.js'))});
  const plan = (name) => ({
    files: new Map([
      ...Array.from({ length: ${hosts} }, (_, i) => ['hosts/h' + i + '/default.nix', name + i]),
      ...Array.from({ length: 20 }, (_, i) => ['only/' + name + '/' + i + '.nix', name + i]),
      ['flake.nix', name],
    ]),
    state: { file: ${JSON.stringify(state)}, text: name },
  });
  write(plan('a'), ${JSON.stringify(out)});
  write(plan('b'), ${JSON.stringify(out)});
  const start = performance.now();
  write(plan('a'), ${JSON.stringify(out)});
  console.log(performance.now() - start);
  for (let i = 0; ; i++) write(plan(i % 2 ? 'a' : 'b'), ${JSON.stringify(out)});`;

/**
 * Kills the writer at some moment of two writes, each of which takes as long as it says; or, as most of that time is not
 * that in which files are replaced, soon after it has written its journal.
 */
async function killed(child: ChildProcess, whileReplacing: boolean): Promise<void> {
  const time = await new Promise<string>((resolve) => child.stdout!.setEncoding('utf8').once('data', resolve));
  if (whileReplacing) {
    while (!existsSync(join(out, '.cdknix/journal.json'))) await new Promise((resolve) => setImmediate(resolve));
  }
  await new Promise((resolve) => setTimeout(resolve, Math.random() * Number(time) * (whileReplacing ? 0.1 : 2)));
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
}

const own = { 'flake.lock': 'lock', 'hosts/h3/notes.md': 'mine', 'only/mine.nix': 'mine' };

/** Path → text of the output, but for what a killed process has left. */
function files(): Record<string, string> {
  const entries = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1));
  const shown = paths.filter((path) => path !== '.cdknix.json' && !path.startsWith('.cdknix/'));
  return Object.fromEntries(shown.map((path) => [path, readFileSync(join(out, path), 'utf8')]));
}

it(`leaves each file old or new, and the next command one output, whenever it is killed (${kills} times)`, {
  timeout: 240_000,
}, async () => {
  let mixed = 0;
  for (let i = 0; i < kills; i++) {
    const child = spawn(process.execPath, ['-e', writer], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ending = killed(child, i % 2 === 1);
    for (const [path, text] of Object.entries(own)) {
      mkdirSync(join(out, path, '..'), { recursive: true });
      writeFileSync(join(out, path), text);
    }
    await ending;

    const half = files();
    for (let host = 0; host < hosts; host++) {
      expect([`a${host}`, `b${host}`]).toContain(half[`hosts/h${host}/default.nix`]);
    }
    for (const name of ['a', 'b']) {
      for (let n = 0; n < 20; n++) expect([undefined, `${name}${n}`]).toContain(half[`only/${name}/${n}.nix`]);
    }
    // Whatever flake.nix says is there.
    expect(half[`only/${half['flake.nix']}/19.nix`]).toBeDefined();
    expect(half).toMatchObject(own);

    if (new Set(Object.entries(half).flatMap(([path, text]) => (path in own ? [] : text[0]!))).size > 1) mixed++;
    recover(out);
    const { 'flake.nix': name, ...rest } = files();
    expect(readFileSync(state, 'utf8')).toBe(name);
    const one = [
      ...Array.from({ length: hosts }, (_, n) => [`hosts/h${n}/default.nix`, `${name}${n}`]),
      ...Array.from({ length: 20 }, (_, n) => [`only/${name}/${n}.nix`, `${name}${n}`]),
    ];
    expect(rest).toEqual({ ...Object.fromEntries(one), ...own });
    expect(existsSync(join(out, '.cdknix'))).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(['nix', 'node_modules', 'state.json']);
  }
  // Else this has shown nothing.
  expect(mixed).toBeGreaterThan(0);
});
