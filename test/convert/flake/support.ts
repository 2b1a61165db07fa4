import { posix } from 'node:path';
import { readFlake } from '../../../lib/convert/flake/read-flake';
import { type Expr, parse, print } from '../../../lib/nix';

/** Reads a flake from files in memory: path → text. */
export function flakeOf(files: Readonly<Record<string, string>>) {
  const folders = new Set(Object.keys(files).flatMap(above));
  return readFlake({
    parse: (path) => (Object.hasOwn(files, path) ? parse(files[path]!) : undefined),
    text: (path) => files[path],
    exists: (path) => Object.hasOwn(files, path) || folders.has(path),
    list(path) {
      const inside = [...Object.keys(files), ...folders].filter((one) => posix.dirname(one) === path);
      return new Map(inside.map((one) => [posix.basename(one), folders.has(one) ? 'directory' : 'regular']));
    },
  });
}

function above(path: string): string[] {
  const folder = posix.dirname(path);
  return folder === '.' ? [] : [folder, ...above(folder)];
}

/** Code on one line. */
export const line = (code: Expr) => print(code).trim().replace(/\s+/g, ' ');
