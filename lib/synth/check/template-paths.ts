import { posix } from 'node:path';
import { type Diagnostic, leafOf, sourcePosition } from '../../diagnostics';
import { parse, relativeReferences } from '../../nix';
import type { Fill } from '../../options/shape';
import type { Fleet } from '../fleet';
import { getOrInsert } from '../get-or-insert';
import type { OutputSources } from '../output-sources';
import { spotsOf } from './value-texts';
import { type WrittenValue, writtenValues } from './written-values';

/** Something in a file that looks like a relative path and is none of a string that begins with it. */
const relative = /(?<![\w./~"'-])\.{1,2}\/[\w.+/-]+/g;

/**
 * Paths in Nix that was written by hand, in a template, and that lead to nothing: they are relative to the file that the
 * template is written to, which the user does not see.
 *
 * @param files what is written, by path in the output
 * @param sources what the output has already
 */
export function checkTemplatePaths(
  fleet: Fleet,
  files: ReadonlyMap<string, unknown>,
  sources: OutputSources,
  fill: Fill,
): Diagnostic[] {
  const isThere = presence(files, sources);
  const targets = new Map<string, string[]>();
  for (const [file, text] of files) {
    if (typeof text !== 'string' || !file.endsWith('.nix')) continue;
    for (const [path, target] of missingIn(file, text, isThere)) getOrInsert(targets, path, () => []).push(target);
  }
  if (!targets.size) return [];
  const values = [...writtenValues(fleet)];
  return [...targets].flatMap(([path, leads]) => values.flatMap((value) => problemsIn(value, path, leads, fill)));
}

/** Each path of a file that leads to nothing, and where it leads in the output. */
function missingIn(file: string, text: string, isThere: (path: string) => boolean): Map<string, string> {
  const folder = posix.dirname(file);
  const targetOf = (path: string) => posix.join(folder, path);
  const isMissing = (path: string) => !isThere(targetOf(path));
  if (![...text.matchAll(relative)].some(([path]) => isMissing(path))) return new Map();
  const missing = relativeReferences(parse(text)).filter((one) => !one.dynamic && !one.optional && isMissing(one.path));
  return new Map(missing.map(({ path }) => [path, targetOf(path)]));
}

/** Whether a path is a file or folder of the output; files that others keep there are as good. */
function presence(files: ReadonlyMap<string, unknown>, sources: OutputSources): (path: string) => boolean {
  let folders: Set<string> | undefined;
  return (path) => {
    const plain = path.replace(/\/$/, '');
    if (files.has(plain) || plain === '.') return true;
    folders ??= foldersOf(files.keys());
    return folders.has(plain) || sources.isOfOthers(plain);
  };
}

function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let at = posix.dirname(path); at !== '.' && !folders.has(at); at = posix.dirname(at)) folders.add(at);
  }
  return folders;
}

function problemsIn(
  { value, path: construct, position, within = [] }: WrittenValue,
  path: string,
  targets: readonly string[],
  fill: Fill,
): Diagnostic[] {
  // Several machines may say the same, each from its own folder.
  const target = targets.find((one) => one.startsWith(`hosts/${construct}/`)) ?? targets[0];
  return spotsOf(value, path, fill).map(({ place }): Diagnostic => {
    const at = leafOf(position, place.slice(within.length));
    return {
      code: 'file-missing',
      severity: 'error',
      message: `${path} leads to ${target} in the output, and there is no such file`,
      path: construct,
      position: at && sourcePosition(at),
      help: `in a template a path is relative to the file that it is written to; for a file of yours write \${path('${path}')}`,
    };
  });
}
