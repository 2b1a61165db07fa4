import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { failure } from '../diagnostics';
import type { Change } from './change';
import type { Fingerprint } from './fingerprint';
import { isOutputPath, manifestFile } from './manifest';
import { isOfSystem } from './system-error';
import { journalFile, type WorkFolder } from './work-folder';

/** A file of the output, or the state file, before and after. Absent: there is none. */
export interface Step {
  /** In the output; absent for the state file. */
  readonly path?: string;
  readonly from?: Fingerprint;
  readonly to?: Fingerprint;
}

/** All that a synth is about to do. */
export interface Journal {
  /** Names the process that wrote it. */
  readonly id: string;
  /** The folder of the project. */
  readonly project: string;
  /** The project's state file, without links. */
  readonly stateFile: string;
  /** In the order in which it is done. The new file of each is in the work folder, named by its number. */
  readonly steps: readonly Step[];
}

const journalOf = ({ path }: WorkFolder) => join(path, journalFile);

/** Writes the journal: from here on the synth is carried through, by this process or by the next one. */
export function writeJournal(work: WorkFolder, { project, stateFile, ...rest }: Journal): void {
  // Relative, as the project may be moved before the next synth.
  const places = { project: relative(work.outdir, project), stateFile: relative(work.outdir, stateFile) };
  writeFileSync(`${journalOf(work)}.new`, JSON.stringify({ version: 1, ...rest, ...places }));
  renameSync(`${journalOf(work)}.new`, journalOf(work));
}

/** Says that there is nothing left to do. */
export function removeJournal(work: WorkFolder): void {
  rmSync(journalOf(work), { force: true });
}

/**
 * Reads what a stopped synth was about to do; nothing if there was none.
 *
 * @throws CdknixError `journal` if it is none that a synth writes: it may have come with somebody's repository
 */
export function readJournal(work: WorkFolder): Journal | undefined {
  try {
    const journal = JSON.parse(readFileSync(journalOf(work), 'utf8')) as Journal & { readonly version: number };
    const { version, id, project, stateFile, steps } = journal;
    if (version === 1 && /^\d+-[a-z0-9]+$/.test(id) && steps.every(isStep)) {
      return { id, project: resolve(work.outdir, project), stateFile: resolve(work.outdir, stateFile), steps };
    }
  } catch (error) {
    if (isOfSystem(error)) {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    }
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  throw failure({
    code: 'journal',
    message: `${journalOf(work)} is damaged, so that nobody knows what a stopped synth was about to do`,
    help: `remove the folder ${work.path}, look at the output (git diff), and synthesise again`,
  });
}

function isStep(step: unknown): boolean {
  if (typeof step !== 'object' || step === null) return false;
  const { path, from, to } = step as Record<keyof Step, unknown>;
  const isOurs = path === undefined || path === manifestFile || isOutputPath(path);
  return isOurs && [from, to].every((one) => one === undefined || typeof one === 'string');
}

/** Where the new file of a step is. */
export const freshOf = (work: WorkFolder, step: number) => join(work.path, 'new', String(step));

/** The steps as changes of files. */
export function changesIn({ id, stateFile, steps }: Journal, work: WorkFolder): Change[] {
  return steps.map(({ path, from, to }, i) => ({
    target: path === undefined ? stateFile : join(work.outdir, path),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    fresh: freshOf(work, i),
    kept: join(work.path, 'old', String(i)),
    ...(path === undefined && { beside: `${stateFile}.${id}` }),
  }));
}
