import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The path with all links followed; of what does not exist yet, those of the folders above it. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path));
  }
}
