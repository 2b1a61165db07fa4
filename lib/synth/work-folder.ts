import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { failure } from '../diagnostics';
import { workFolderName } from './manifest';
import { quietly } from './system-error';

/** The folder in an output in which one process at a time prepares changes. */
export interface WorkFolder {
  readonly path: string;
  readonly outdir: string;
  /** Names the process that has it, as no other ever will. */
  readonly id: string;
}

const ignoreText = `# What a stopped synth leaves here, the next one needs.\n*\n`;

/** The file in a work folder that says what a synth is about to do. */
export const journalFile = 'journal.json';

/** What is in a work folder, beside its `.gitignore` and the files that say whose it is. */
const parts = [journalFile, `${journalFile}.new`, 'new', 'old'];

/** How often to look whether another synth has ended. */
const tries = 12;

/** Whether there is a work folder in an output: a synth is at work, or was stopped. */
export const hasWorkFolder = (outdir: string) => existsSync(join(outdir, workFolderName));

/**
 * Takes the work folder of an output.
 *
 * Each process that wants it makes a file with its own name and then looks for others, so of two at least one sees the
 * other and steps back. Files of processes that are gone count for nothing, whoever removes them.
 *
 * @throws CdknixError `output-busy`; `foreign-file` if something else has its name
 */
export function enter(outdir: string): WorkFolder {
  const work = { path: join(outdir, workFolderName), outdir, id: `${process.pid}-${randomName()}` };
  for (let left = tries; ; left--) {
    const other = takeTurn(work);
    if (other === undefined) break;
    if (left === 0) throw busy(other, work);
    sleep(5 + Math.random() * 40);
  }
  try {
    writeFileSync(join(work.path, '.gitignore'), ignoreText);
  } catch (error) {
    leave(work);
    throw error;
  }
  return work;
}

/** Removes what is in the work folder. */
export function clear({ path }: WorkFolder): void {
  for (const part of parts) rmSync(join(path, part), { recursive: true, force: true });
}

/** Gives the work folder back. If there is a journal, what it is about stays for the next synth. */
export function leave(work: WorkFolder): void {
  if (!existsSync(join(work.path, journalFile))) {
    quietly(() => {
      clear(work);
      // The last, as it tells that the others are ours.
      rmSync(join(work.path, '.gitignore'), { force: true });
    });
  }
  giveUp(work);
}

function giveUp(work: WorkFolder): void {
  quietly(() => rmSync(lockOf(work), { force: true }));
  // Another process may be in it by now.
  quietly(() => rmdirSync(work.path));
}

/** Says that it wants the folder; if another process has it or wants it, steps back and returns its file. */
function takeTurn(work: WorkFolder): string | undefined {
  const lock = lockOf(work);
  try {
    refuseForeign(work);
    mkdirSync(work.path, { recursive: true });
    writeFileSync(lock, '', { flag: 'wx' });
    const others = readdirSync(work.path).filter((name) => lockName.test(name) && name !== basename(lock));
    const running = others.find(isOfRunning);
    if (running === undefined) for (const name of others) rmSync(join(work.path, name), { force: true });
    else giveUp(work);
    return running;
  } catch (error) {
    giveUp(work);
    // Whoever left has removed the folder under our hands.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && existsSync(work.outdir)) return takeTurn(work);
    throw error;
  }
}

const lockName = /^\d+-[a-z0-9]+\.lock$/;
const lockOf = ({ path, id }: WorkFolder) => join(path, `${id}.lock`);

/** A file of our own process is one of an earlier process with its number. */
function isOfRunning(lock: string): boolean {
  const pid = Number.parseInt(lock, 10);
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Refuses a folder that holds anything which no synth has put there. */
function refuseForeign(work: WorkFolder): void {
  const { path } = work;
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return;
  const names = stat.isDirectory() ? readdirSync(path).filter((name) => !lockName.test(name)) : [''];
  const known = names.length && ignoresAll(work) ? [...parts, '.gitignore'] : [];
  // Another process may be removing its own by now.
  const other = names.find((name) => !known.includes(name) && existsSync(join(path, name)));
  if (other === undefined) return;
  // One process may have left, and another one come, between the two looks.
  if (!known.length && ignoresAll(work)) {
    refuseForeign(work);
    return;
  }
  throw failure({
    code: 'foreign-file',
    message: `${join(path, other)} is in the way: a synth works in a folder ${workFolderName}, and did not make this`,
    help: 'move it elsewhere',
  });
}

/** Whether the folder has our `.gitignore`, or the beginning of it that a full disk or a killed process left. */
function ignoresAll({ path }: WorkFolder): boolean {
  try {
    return ignoreText.startsWith(readFileSync(join(path, '.gitignore'), 'utf8'));
  } catch {
    return false;
  }
}

function busy(lock: string, { path, outdir }: WorkFolder): Error {
  return failure({
    code: 'output-busy',
    message: `another synth (process ${Number.parseInt(lock, 10)}) is writing ${outdir}`,
    help: `wait until it has ended; if that process is something else, remove ${join(path, lock)}`,
  });
}

const randomName = () => Math.random().toString(36).slice(2, 12).padEnd(4, '0');

/** Waits, in milliseconds. */
function sleep(time: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, time);
}
