import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** Before all tests: compiles the library if what was compiled is older than its sources, as processes are tested too. */
export default function build(): void {
  const sources = Math.max(newest(join(root, 'lib')), newest(join(root, 'data')));
  if (sources < modified(join(root, 'dist', 'cli', 'main.js'))) return;
  const { status } = spawnSync('npm', ['run', 'build', '--silent'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('the library does not compile');
}

function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Math.max(
    ...files.filter((file) => /\.(ts|nix|jsonl)$/.test(file)).map((file) => modified(join(folder, file))),
  );
}

const modified = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
