import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { failure } from '../diagnostics';

/** The folder beside an output in which the next one is made; whoever has it may write. */
export function workFolder(outdir: string): string {
  return join(dirname(outdir), `.${basename(outdir)}.cdknix`);
}

/** Where the old output is while the new one takes its place. */
export function asideIn(work: string): string {
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
    quietly(() => rmSync(own, { recursive: true, force: true }));
    throw error;
  }
}

/** Removes the work folder; what cannot go now is for the next synth, as the output itself is whole. */
export function leave(work: string, outdir: string): void {
  quietly(() => {
    restore(work, outdir);
    rmSync(work, { recursive: true, force: true });
  });
  quietly(() => rmSync(join(work, 'pid'), { force: true }));
}

function takePlace(own: string, work: string): boolean {
  try {
    renameSync(own, work);
    return true;
  } catch (error) {
    if (existsSync(work)) return false;
    throw error;
  }
}

function mend(work: string, outdir: string): void {
  const pid = ownerOf(work);
  if (pid && pid !== process.pid && isRunning(pid)) throw busy(pid, outdir, work);
  restore(work, outdir);
  // One process only can move it away; and if it is another one's by now, it is given back.
  const left = `${work}.${process.pid}.old`;
  renameSync(work, left);
  if (ownerOf(left) !== pid) renameSync(left, work);
  else removeLeftover(left);
}

/** Puts the old output back where a synth was stopped between taking it away and putting the new one in its place. */
function restore(work: string, outdir: string): void {
  if (!existsSync(outdir) && existsSync(asideIn(work))) renameSync(asideIn(work), outdir);
}

/** Removes what processes that are gone have left of their own. */
function removeStrays(work: string, outdir: string): void {
  const name = `${basename(work)}.`;
  for (const stray of readdirSync(dirname(work))) {
    const pid = stray.startsWith(name) ? Number.parseInt(stray.slice(name.length), 10) : 0;
    if (!pid || (pid !== process.pid && isRunning(pid))) continue;
    restore(join(dirname(work), stray), outdir);
    removeLeftover(join(dirname(work), stray));
  }
}

function removeLeftover(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    if (!isOfSystem(error)) throw error;
    throw failure({
      code: 'output-unwritable',
      message: `cannot remove ${folder}, which an earlier synth left: ${(error as Error).message}`,
      help: 'remove it by hand',
    });
  }
}

function ownerOf(work: string): number {
  try {
    return Number(readFileSync(join(work, 'pid'), 'utf8')) || 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
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
