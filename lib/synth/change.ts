import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { CdknixError, failure } from '../diagnostics';
import { type Fingerprint, fingerprintAt } from './fingerprint';
import { isInside } from './project';
import { isOfSystem, quietly } from './system-error';

/**
 * A change of one file, which can be made and taken back at any moment: until it is over, what was there and what is to be
 * there are both kept, and fingerprints tell them apart. Absent: there is no file.
 */
export interface Change {
  readonly target: string;
  readonly from?: Fingerprint;
  readonly to?: Fingerprint;
  /** Where the new file is, until it is in place. */
  readonly fresh: string;
  /** Where the old file is kept. */
  readonly kept: string;
  /** Where a file is put together that may be on another file system than `fresh`. */
  readonly beside?: string;
}

/** Changes that were made, or begun, each with the highest folder that was made for it, if any was. */
export type Made = Map<Change, string | undefined>;

/**
 * Makes changes in their order, and removes the folders that are empty then.
 *
 * @param made takes what is to be taken back if this fails
 * @throws CdknixError `output-changed` at the first file that is neither old nor new, `output-mount`
 */
export function make(changes: readonly Change[], outdir: string, made: Made): void {
  for (const change of changes) {
    made.set(change, makeFolder(change));
    apply(change);
  }
  removeEmptyFolders(changes, outdir);
}

/** Takes changes back; what somebody else has put in place since stays. */
export function takeBack(made: Made): void {
  for (const [change, highest] of [...made].toReversed()) {
    revert(change);
    if (highest !== undefined) quietly(() => removeIfEmpty(highest));
  }
}

function makeFolder({ target, from }: Change): string | undefined {
  return from === undefined ? mkdirSync(dirname(target), { recursive: true }) : undefined;
}

/** As `make`, for changes that a stopped process has begun: a file that is neither old nor new is left as it is. */
export function complete(changes: readonly Change[], outdir: string): void {
  for (const change of changes) {
    if (change.beside === undefined && isBehindLink(dirname(change.target))) continue;
    try {
      makeFolder(change);
      apply(change);
    } catch (error) {
      const isForeign = error instanceof CdknixError && error.diagnostics[0]!.code === 'output-changed';
      if (!isForeign && !isWithoutFresh(error, change)) throw error;
    }
  }
  removeEmptyFolders(changes, outdir);
}

/** Whether a folder of the output, which is named without links, has come to be somewhere else. */
function isBehindLink(folder: string): boolean {
  try {
    return realpathSync(folder) !== folder;
  } catch {
    return isBehindLink(dirname(folder));
  }
}

const isWithoutFresh = (error: unknown, { fresh }: Change) =>
  isOfSystem(error) && error.code === 'ENOENT' && !existsSync(fresh);

function apply(change: Change): void {
  const { target, from, to, fresh, kept } = change;
  const now = fingerprintAt(target);
  if (now === to) return;
  if (to === undefined) {
    if (now !== from) throw changed(target);
    move(change, target, kept);
    refuseEdit(change);
  } else if (from === undefined) {
    if (now !== undefined) setAside(target, kept);
    add(fresh, target);
  } else {
    if (now !== from) throw changed(target);
    keep(change, target, kept);
    move(change, fresh, target);
    refuseEdit(change);
  }
}

/** Puts the old file back if somebody has written to it after it was looked at. */
function refuseEdit(change: Change): void {
  const { target, from, kept } = change;
  if (fingerprintAt(kept) === from) return;
  move(change, kept, target);
  throw changed(target);
}

function revert(change: Change): void {
  const { target, from, to, fresh, kept } = change;
  const now = fingerprintAt(target);
  if (from !== undefined) {
    if (now !== to) return;
    // On a full disk it cannot be kept, and need not: once all is taken back, nobody asks for it.
    if (to !== undefined) quietly(() => keep(change, target, fresh));
    move(change, kept, target);
    return;
  }
  if (now !== undefined && now !== to) return;
  if (now === to && existsSync(fresh)) rmSync(target);
  else if (now === to) renameSync(target, fresh);
  if (existsSync(kept)) renameSync(kept, target);
}

/** Makes room for a file where a folder was, of which all files have gone. */
function setAside(folder: string, kept: string): void {
  if (!holdsNothing(folder)) throw changed(folder);
  renameSync(folder, kept);
  if (holdsNothing(kept)) return;
  renameSync(kept, folder);
  throw changed(folder);
}

function holdsNothing(folder: string): boolean {
  if (!lstatSync(folder).isDirectory()) return false;
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.every((entry) => entry.isDirectory() && holdsNothing(join(folder, entry.name)));
}

/** Puts a new file in place, where nobody else's may be replaced. */
function add(fresh: string, target: string): void {
  try {
    linkSync(fresh, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw changed(target);
    if (code === 'EXDEV') throw onOtherFileSystem(target);
    if (!isOfSystem(error) || !existsSync(fresh)) throw error;
    // A file system without hard links.
    renameSync(fresh, target);
  }
}

/** The same file under another name; a copy where the file system has no hard links. */
function keep({ beside }: Change, file: string, name: string): void {
  try {
    linkSync(file, name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code === 'EXDEV' && beside === undefined) throw onOtherFileSystem(file);
    if (!isOfSystem(error)) throw error;
    copyFileSync(file, name);
  }
}

function move({ beside, target }: Change, file: string, name: string): void {
  try {
    renameSync(file, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    if (beside === undefined) throw onOtherFileSystem(target);
    copyFileSync(file, beside);
    renameSync(beside, name);
  }
}

/** Removes the folders that had files only which are gone, but not the output itself. */
function removeEmptyFolders(changes: readonly Change[], outdir: string): void {
  for (const { target, to } of changes) {
    if (to !== undefined) continue;
    quietly(() => {
      for (let folder = dirname(target); folder !== outdir && isInside(folder, outdir); folder = dirname(folder)) {
        rmdirSync(folder);
      }
    });
  }
}

/** Removes a folder with the folders in it, if there is nothing else. */
function removeIfEmpty(folder: string): void {
  for (const name of readdirSync(folder)) removeIfEmpty(join(folder, name));
  rmdirSync(folder);
}

function changed(path: string): CdknixError {
  return failure({
    code: 'output-changed',
    message: `${path} was changed by somebody else while the output was written`,
    help: 'synthesise again; if you have edited it, say so in TypeScript',
  });
}

function onOtherFileSystem(path: string): CdknixError {
  return failure({
    code: 'output-mount',
    message: `${path} is on another file system than the output`,
    help: 'unmount what is mounted there, or choose another output folder: files are replaced within one file system',
  });
}
