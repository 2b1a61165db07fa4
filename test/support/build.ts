import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { stateFile } from '../../lib/synth/state';

const root = join(__dirname, '..', '..');

/** Before all tests: compiles the library if what was compiled is older than its sources, as processes are tested too. */
export default function build(): () => void {
  const sources = Math.max(newest(join(root, 'lib')), newest(join(root, 'data')));
  if (sources >= modified(join(root, 'dist', 'cli', 'main.js'))) {
    const { status } = spawnSync('npm', ['run', 'build', '--silent'], { cwd: root, stdio: 'inherit' });
    if (status !== 0) throw new Error('the library does not compile');
  }
  return leavesNothing;
}

/** After all tests: a state file that one leaves here would be read by the others. */
function leavesNothing(): void {
  const left = join(root, stateFile);
  if (!existsSync(left)) return;
  rmSync(left);
  throw new Error(`a test left ${stateFile} in the project: it has to synthesise in a folder of its own`);
}

function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Math.max(
    ...files.filter((file) => /\.(ts|nix|jsonl)$/.test(file)).map((file) => modified(join(folder, file))),
  );
}

const modified = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
