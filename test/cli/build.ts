import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** How old a lock is when whoever took it must be gone, in milliseconds. */
const abandoned = 60_000;

/** Compiles the library if what was compiled is older than its sources; one test process at a time. */
export function buildOnce(repo: string, main: string): void {
  const lock = join(repo, 'node_modules', '.cdknix-test-build');
  while (!taken(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  try {
    if (newest(join(repo, 'lib')) < modified(main)) return;
    const compiler = join(repo, 'node_modules', 'typescript', 'bin', 'tsc');
    spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: repo, stdio: 'inherit' });
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function taken(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    if (Date.now() - modified(lock) > abandoned) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Math.max(...files.filter((file) => file.endsWith('.ts')).map((file) => modified(join(folder, file))));
}

const modified = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
