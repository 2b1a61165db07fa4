import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** Before all tests: compiles the library if what was compiled is older than its sources, as processes are tested too. */
export default function build(): void {
  if (newest(join(root, 'lib')) < modified(join(root, 'dist', 'cli', 'main.js'))) return;
  const { status } = spawnSync('npm', ['run', 'build', '--silent'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('the library does not compile');
}

function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Math.max(...files.filter((file) => file.endsWith('.ts')).map((file) => modified(join(folder, file))));
}

const modified = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
