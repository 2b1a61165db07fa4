import { existsSync, lstatSync, mkdirSync, readlinkSync, realpathSync, rmdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CdknixError, failure } from '../diagnostics';
import { complete, type Made, make, takeBack } from './change';
import { type Comparison, compare } from './compare';
import { fingerprintAt, hashIn } from './fingerprint';
import { changesIn, type Journal, readJournal, removeJournal, type Step, writeJournal } from './journal';
import { manifestFile, manifestText, workFolderName } from './manifest';
import { type Plan, writtenFiles } from './output';
import { isInside } from './project';
import { isStateNew, stage } from './stage';
import { isOfSystem, quietly } from './system-error';
import { clear, enter, hasWorkFolder, journalFile, leave, type WorkFolder } from './work-folder';
import { readWrittenHashes, stageWrittenHashes, type WrittenHashes, writtenHashesFile } from './written-hashes';

/** What a synth did to the output. */
export interface Written {
  readonly outdir: string;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Writes a plan to a folder. Files are replaced one by one, by renames that a journal foretells: if something fails, all is
 * taken back, and what a killed process leaves undone is done by the next one. Unchanged files, and those that no synth has
 * written, are not touched.
 *
 * @throws CdknixError `foreign-file`, `edited-file`, `manifest`, `state-changed`, `output-changed`, `output-mount`,
 * `output-busy`, `journal`, `output-unwritable`
 */
export function write(plan: Plan, folder: string): Written {
  const outdir = withoutLinks(folder);
  const status = statusOf(plan, outdir);
  if (status === 'done') return { outdir, added: [], changed: [], removed: [] };
  try {
    const { added, changed, removed } = explained(outdir, () =>
      inOutput(outdir, (work) => {
        carryOn(work);
        return put(plan, work);
      }),
    );
    return { outdir, added, changed, removed };
  } catch (error) {
    // An output that is complete need not be one that may be written.
    if (status === 'written' && isUnwritable(error)) return { outdir, added: [], changed: [], removed: [] };
    throw error;
  }
}

/**
 * What is left to do, as far as can be told while others may be writing: nothing (`done`), to remember what is written
 * (`written`), or whatever whoever has the work folder finds (`open`).
 */
function statusOf(plan: Plan, outdir: string): 'done' | 'written' | 'open' {
  if (hasWorkFolder(outdir)) return 'open';
  try {
    const comparison = compare(plan, outdir);
    if (!isWritten(plan, comparison)) return 'open';
    return isRemembered(plan, outdir, hashesOf(plan, comparison, [])) ? 'done' : 'written';
  } catch (error) {
    // What is half written may look like anything.
    if (error instanceof CdknixError || isOfSystem(error)) return 'open';
    throw error;
  }
}

const isUnwritable = (error: unknown) =>
  error instanceof CdknixError && error.diagnostics[0]!.code === 'output-unwritable';

/**
 * Does what a stopped synth has left undone, so that the output is of one synth again.
 *
 * @throws CdknixError `output-busy`, `output-mount`, `journal`, `output-unwritable`
 */
export function recover(folder: string): void {
  const outdir = withoutLinks(folder);
  if (hasWorkFolder(outdir)) explained(outdir, () => inOutput(outdir, carryOn));
}

/** Where a file or folder is that links may lead to, whether there is one yet or not. */
function withoutLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
    return isLink ? resolve(dirname(path), readlinkSync(path)) : path;
  }
}

/** Takes the work folder for as long as something runs. What is made for it goes if that fails. */
function inOutput<T>(outdir: string, run: (work: WorkFolder) => T): T {
  const highest = mkdirSync(outdir, { recursive: true });
  try {
    const work = enter(outdir);
    try {
      return run(work);
    } finally {
      leave(work);
    }
  } catch (error) {
    for (let at = outdir; highest !== undefined && isInside(at, highest); at = dirname(at))
      quietly(() => rmdirSync(at));
    throw error;
  }
}

/** Whether there is nothing to write. */
function isWritten(plan: Plan, { added, changed, removed, manifest }: Comparison): boolean {
  const isSame = !added.length && !changed.length && !removed.length;
  return isSame && manifest === manifestText(writtenFiles(plan).keys()) && !isStateNew(plan.state);
}

function put(plan: Plan, work: WorkFolder): Comparison {
  const { outdir, id } = work;
  const stateFile = withoutLinks(plan.state.file);
  const comparison = compare(plan, outdir);
  const steps = stage(plan, comparison, work, stateFile);
  const keepHashes = remember(plan, outdir, hashesOf(plan, comparison, steps));
  const journal = { id, project: dirname(plan.state.file), stateFile, steps };
  writeJournal(work, journal);
  const made: Made = new Map();
  try {
    make(changesIn(journal, work), outdir, made);
  } catch (error) {
    takeBack(made);
    removeJournal(work);
    throw error;
  }
  keepHashes();
  quietly(() => removeJournal(work));
  return comparison;
}

/** Does what the journal says, if there is one. */
function carryOn(work: WorkFolder): void {
  const journal = readJournal(work);
  if (journal) {
    complete(changesIn(journal, work), work.outdir);
    const file = writtenHashesFile(work.outdir, journal.project);
    const hashes = new Map([...(readWrittenHashes(file) ?? []), ...hashesAfter(journal, work)]);
    stageWrittenHashes(file, work.outdir, hashes)();
    removeJournal(work);
  }
  clear(work);
}

/** What is ours of that which a stopped synth was about to change: what is neither old nor new is somebody else's. */
function hashesAfter({ steps }: Journal, { outdir }: WorkFolder): [string, string][] {
  return steps.flatMap(({ path, from, to }) => {
    if (path === undefined || path === manifestFile) return [];
    const now = fingerprintAt(join(outdir, path));
    const ours = now === from ? from : to;
    return ours === undefined ? [] : [[path, hashIn(ours)]];
  });
}

/** What of the output is ours when the steps are done. */
function hashesOf(plan: Plan, { present }: Comparison, steps: readonly Step[]): WrittenHashes {
  const after = new Map(present);
  for (const { path, to } of steps) if (path !== undefined && to !== undefined) after.set(path, to);
  return new Map([...writtenFiles(plan).keys()].map((path) => [path, hashIn(after.get(path)!)]));
}

/** Prepares to remember what is written, unless that is known; returns what does it. */
function remember(plan: Plan, outdir: string, hashes: WrittenHashes): () => void {
  if (isRemembered(plan, outdir, hashes)) return () => {};
  return stageWrittenHashes(writtenHashesFile(outdir, dirname(plan.state.file)), outdir, hashes);
}

function isRemembered({ state }: Plan, outdir: string, hashes: WrittenHashes): boolean {
  const known = readWrittenHashes(writtenHashesFile(outdir, dirname(state.file)));
  return known?.size === hashes.size && [...hashes].every(([path, hash]) => known.get(path) === hash);
}

/** Says which file the system does not let us write. */
function explained<T>(outdir: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!isOfSystem(error)) throw error;
    const isHalf = existsSync(join(outdir, workFolderName, journalFile));
    throw failure({
      code: 'output-unwritable',
      message: `cannot write ${error.path ?? outdir}: ${error.message}`,
      help: isHalf
        ? 'the output is written in part; when the file can be written, the next synth does the rest'
        : 'the output is as it was; make the folder and the one above it writable, or choose another output',
    });
  }
}
