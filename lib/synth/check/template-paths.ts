import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { type Diagnostic, leafOf, sourcePosition } from '../../diagnostics';
import { parse, relativeReferences } from '../../nix';
import type { Fill } from '../../options/shape';
import type { Fleet } from '../fleet';
import { spotsOf } from './value-texts';
import { type WrittenValue, writtenValues } from './written-values';

/** Something in a file that looks like a relative path and is none of a string that begins with it. */
const relative = /(?<![\w./~"'-])\.{1,2}\/[\w.+/-]+/g;

/**
 * Paths in Nix that was written by hand, in a template, and that lead to nothing: they are relative to the file that the
 * template is written to, which the user does not see.
 *
 * @param files what is written, by path in the output
 * @param outdir where, absolute
 */
export function checkTemplatePaths(
  fleet: Fleet,
  files: ReadonlyMap<string, unknown>,
  outdir: string,
  fill: Fill,
): Diagnostic[] {
  const isThere = presence(files, outdir);
  const missing = [...files].flatMap(([file, text]) =>
    typeof text === 'string' ? missingIn(file, text, isThere) : [],
  );
  if (!missing.length) return [];
  const values = [...writtenValues(fleet)];
  const found = new Map<string, Diagnostic>();
  for (const one of missing) {
    for (const value of values) {
      for (const diagnostic of problemsIn(value, one, fill)) {
        found.set(JSON.stringify([diagnostic.message, diagnostic.position]), diagnostic);
      }
    }
  }
  return [...found.values()];
}

interface Missing {
  /** The path as it is written. */
  readonly path: string;
  /** Where it leads, in the output. */
  readonly target: string;
}

function missingIn(file: string, text: string, isThere: (path: string) => boolean): Missing[] {
  const folder = posix.dirname(file);
  const targetOf = (path: string) => posix.join(folder, path);
  const isMissing = (path: string) => !isThere(targetOf(path));
  if (!file.endsWith('.nix') || ![...text.matchAll(relative)].some(([path]) => isMissing(path))) return [];
  return relativeReferences(parse(text))
    .filter(({ path, dynamic, optional }) => !dynamic && !optional && isMissing(path))
    .map(({ path }) => ({ path, target: targetOf(path) }));
}

/** Whether a path is a file or folder of the output; files that others keep there are as good. */
function presence(files: ReadonlyMap<string, unknown>, outdir: string): (path: string) => boolean {
  let folders: Set<string> | undefined;
  return (path) => {
    const plain = path.replace(/\/$/, '');
    if (files.has(plain) || plain === '.') return true;
    folders ??= foldersOf(files.keys());
    return folders.has(plain) || existsSync(posix.join(outdir, plain));
  };
}

function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let at = posix.dirname(path); at !== '.' && !folders.has(at); at = posix.dirname(at)) folders.add(at);
  }
  return folders;
}

function problemsIn({ value, path: construct, position, within = [] }: WrittenValue, one: Missing, fill: Fill) {
  return spotsOf(value, one.path, fill).map(({ place }): Diagnostic => {
    const at = leafOf(position, place.slice(within.length));
    return {
      code: 'file-missing',
      severity: 'error',
      message: `${one.path} leads to ${one.target} in the output, and there is no such file`,
      path: construct,
      position: at && sourcePosition(at),
      help: `in a template a path is relative to the file that it is written to; for a file of yours write \${path('${one.path}')}`,
    };
  });
}
