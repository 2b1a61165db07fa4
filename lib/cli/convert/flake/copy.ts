import { copyFileSync, existsSync, lstatSync, mkdirSync, readlinkSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Copies files of one folder to the same places in another; what is there stays as it is. Folders come with what is listed. */
export function copyFiles(paths: Iterable<string>, from: string, to: string): void {
  for (const path of paths) {
    const source = join(from, path);
    const target = join(to, path);
    if (existsSync(target) || !statSync(source, { throwIfNoEntry: false })?.isFile()) continue;
    mkdirSync(dirname(target), { recursive: true });
    if (lstatSync(source).isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else copyFileSync(source, target);
  }
}
