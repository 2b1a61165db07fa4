import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cache-folder';
import { contentHash } from './content-hash';
import { isOfSystem, quietly } from './system-error';

/** What the last synth wrote to an output: path → hash of the content. */
export type WrittenHashes = ReadonlyMap<string, string>;

/** A list of them, as its file has it. */
interface List {
  readonly version: 1;
  readonly outdir: string;
  readonly files: Readonly<Record<string, string>>;
}

const fileName = /^written-.*\.json$/;

/**
 * Names the file that remembers what was written to an output, so that an edit by hand is seen. It is none that is
 * committed: hashes would conflict at every merge. Without it, what the manifest names is taken for ours as it is.
 */
export function writtenHashesFile(outdir: string, project: string): string {
  return join(cacheFolder(project), `written-${contentHash(outdir)}.json`);
}

/** What is remembered; nothing if that is lost. */
export function readWrittenHashes(file: string): WrittenHashes | undefined {
  const list = readList(file);
  return list && new Map(Object.entries(list.files));
}

function readList(file: string): List | undefined {
  try {
    const list = JSON.parse(readFileSync(file, 'utf8')) as List;
    return list.version === 1 ? list : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Writes what is to be remembered beside what is, so that it can take its place when the output is written.
 *
 * @returns what puts it in place
 * @throws NodeJS.ErrnoException if what is remembered cannot be replaced: it would call our own files edited
 */
export function stageWrittenHashes(file: string, outdir: string, hashes: WrittenHashes): () => void {
  const staged = `${file}.new`;
  const isFirst = !existsSync(file);
  try {
    mkdirSync(dirname(file), { recursive: true });
    if (isFirst) quietly(() => forgetRemoved(dirname(file)));
    const list: List = { version: 1, outdir, files: Object.fromEntries(hashes) };
    writeFileSync(staged, JSON.stringify(list));
  } catch (error) {
    quietly(() => rmSync(staged, { force: true }));
    if (!isOfSystem(error) || !isFirst) throw error;
    return () => {};
  }
  return () => renameSync(staged, file);
}

/** Removes what is remembered of outputs that are no more. */
function forgetRemoved(folder: string): void {
  for (const name of readdirSync(folder)) {
    const list = fileName.test(name) ? readList(join(folder, name)) : undefined;
    if (list && !existsSync(list.outdir)) rmSync(join(folder, name), { force: true });
  }
}
