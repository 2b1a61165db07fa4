import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { failure } from '../diagnostics';

/** The folder beside an output in which the next one is made; whoever has it may write. */
export function workFolder(outdir: string): string {
  return join(dirname(outdir), `.${basename(outdir)}.cdknix`);
}

/** Where the old output is while the new one takes its place. */
export function oldIn(work: string): string {
  return join(work, 'old');
}

/**
 * Takes the work folder, and mends what a killed synth has left.
 *
 * @throws CdknixError `output-busy`, `output-unwritable`
 */
export function enter(work: string, outdir: string): void {
  removeStrays(work, outdir);
  const own = `${work}.${process.pid}`;
  try {
    mkdirSync(own);
    writeFileSync(join(own, 'pid'), String(process.pid));
    // With its owner's name in it, or not at all: nobody can take it for one that was left.
    while (!takePlace(own, work)) mend(work, outdir);
  } catch (error) {
    remove(own);
    throw error;
  }
}

/** Gives the work folder back. */
export function leave(work: string, outdir: string): void {
  quietly(() => {
    restore(work, outdir);
    // As a whole, so that nobody takes what is left of it for a folder without an owner.
    renameSync(work, asideOf(work));
  });
  remove(asideOf(work));
}

function takePlace(own: string, work: string): boolean {
  try {
    renameSync(own, work);
    return true;
  } catch (error) {
    // It may be gone by now, and is then taken at the next try.
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || existsSync(work)) return false;
    throw error;
  }
}

function mend(work: string, outdir: string): void {
  const pid = ownerOf(work);
  if (pid === undefined) return;
  if (pid && pid !== process.pid && isRunning(pid)) throw busy(pid, outdir, work);
  restore(work, outdir);
  // One process only can move it away; and if it is another one's by now, it is given back.
  const left = asideOf(work);
  renameSync(work, left);
  if (ownerOf(left) !== pid) renameSync(left, work);
  else remove(left);
}

/** Where this process moves a work folder that is no longer used. */
function asideOf(work: string): string {
  return `${work}.${process.pid}.old`;
}

/** Puts the old output back where a synth was stopped between taking it away and putting the new one in its place. */
function restore(work: string, outdir: string): void {
  if (!existsSync(outdir) && existsSync(oldIn(work))) renameSync(oldIn(work), outdir);
}

/** Removes what processes that are gone have left of their own. */
function removeStrays(work: string, outdir: string): void {
  const name = `${basename(work)}.`;
  for (const stray of readdirSync(dirname(work))) {
    const pid = stray.startsWith(name) ? Number.parseInt(stray.slice(name.length), 10) : 0;
    if (!pid || (pid !== process.pid && isRunning(pid))) continue;
    restore(join(dirname(work), stray), outdir);
    remove(join(dirname(work), stray));
  }
}

/** Removes a folder that nobody uses; what cannot go now, such as a folder that may not be written, is tried again by the next synth. */
function remove(folder: string): void {
  quietly(() => rmSync(folder, { recursive: true, force: true }));
}

/** The process that a work folder belongs to: 0 if it has none, nothing if there is no such folder. */
function ownerOf(work: string): number | undefined {
  // It may go between two looks.
  for (let look = 0; look < 3; look++) {
    try {
      return Number(readFileSync(join(work, 'pid'), 'utf8')) || 0;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    if (!existsSync(work)) return undefined;
  }
  return 0;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function busy(pid: number, outdir: string, work: string): Error {
  return failure({
    code: 'output-busy',
    message: `another synth (process ${pid}) is writing ${outdir}`,
    help: `wait until it has ended; if that process is something else, remove ${join(work, 'pid')}`,
  });
}

const isOfSystem = (error: unknown) => typeof (error as NodeJS.ErrnoException).code === 'string';

/** Tidies up; what the system will not do now, it need not. */
export function quietly(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!isOfSystem(error)) throw error;
  }
}
