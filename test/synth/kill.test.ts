import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'cdknix-kill-'));
afterAll(() => rmSync(folder, { recursive: true }));

const kills = Number(process.env.KILLS ?? 40);

/** Writes two outputs of 200 files in turn, for ever. */
const writer = (out: string) => `
  const { write } = require(${JSON.stringify(join(__dirname, '..', '..', 'dist', 'synth', 'write.js'))});
  const plan = (name) => ({
    files: new Map(Array.from({ length: 200 }, (_, i) => ['hosts/h' + i + '/default.nix', name + i])),
    state: { file: ${JSON.stringify(join(folder, 'state.json'))}, text: '{}' },
  });
  write(plan('a'), ${JSON.stringify(out)});
  console.log('ready');
  for (let i = 0; ; i++) write(plan(i % 2 ? 'a' : 'b'), ${JSON.stringify(out)});`;

it(`leaves the old output or the new one, whenever it is killed (${kills} times)`, { timeout: 120_000 }, async () => {
  const out = join(folder, 'nix');
  for (let i = 0; i < kills; i++) {
    const child = spawn(process.execPath, ['-e', writer(out)], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    // Between the two renames of a switch the old output is aside, and the next run brings it back.
    const at = existsSync(out) ? out : join(folder, '.nix.cdknix', 'old');
    const contents = readdirSync(join(at, 'hosts')).map((host) =>
      readFileSync(join(at, 'hosts', host, 'default.nix'), 'utf8'),
    );
    expect(new Set(contents.map((text) => text[0])).size).toBe(1);
    expect(contents.length).toBe(200);
  }
});
