import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { contentHash } from '../../synth/content-hash';

/** How many runs on end may have no other reason than what changed during the one before. */
const patience = 5;

/** How far the clock of file systems may be behind, in milliseconds. */
const lag = 20;

/** Files larger than this are told apart by size and time, in bytes. */
const largest = 2 ** 24;

/** Tells which changes of files ask for another run of the app. */
export interface Changes {
  /** A run begins, and reads the files as they are. */
  begin(): void;
  /** It has ended. */
  end(): void;
  /** Files are known to be as they are, as we have written them ourselves. */
  note(paths: Iterable<string>): void;
  /**
   * Something has happened to a file.
   *
   * @param isAdded whether it was not there before
   * @returns whether the app has to run again
   */
  touch(path: string, isAdded: boolean): boolean;
}

/** The files that something has happened to while the app ran, and after that. */
interface Seen {
  readonly during: Set<string>;
  readonly after: Set<string>;
}

const nothingSeen = (): Seen => ({ during: new Set(), after: new Set() });

/**
 * Keeps account of changes. What the app has read of a file that changes while it runs, nobody knows: it runs again, be the
 * file as it was before by now. But an app may write files itself. Those that get the same content at each run ask for one
 * more run only. Those that are others each time do so for some runs; from then on what changes while the app runs is taken
 * for its own doing, until something changes when it does not run.
 *
 * @param giveUp is told of a file that is taken for one that the app writes
 */
export function changesOfFiles(giveUp: (path: string) => void): Changes {
  const known = new Map<string, string>();
  const ours = new Map<string, string>();
  const ofApp = new Set<string>();
  let now = nothingSeen();
  let before = nothingSeen();
  let runsByItself = 0;
  let hasOtherReason = true;
  let began = 0;
  let ended = 0;
  return {
    begin() {
      before = now;
      now = nothingSeen();
      runsByItself = hasOtherReason ? 0 : runsByItself + 1;
      hasOtherReason = false;
      began = Date.now();
      ended = Number.POSITIVE_INFINITY;
    },
    end() {
      ended = Date.now();
    },
    note(paths) {
      for (const path of paths) ours.set(path, contentAt(path).content);
    },
    touch(path, isAdded) {
      const { content, time = Date.now() } = contentAt(path);
      if (ours.get(path) === content) return false;
      ours.delete(path);
      const last = known.get(path) ?? (isAdded ? nothing : undefined);
      known.set(path, content);
      const phase = time >= began - lag && time <= ended ? 'during' : 'after';
      const isRepeated = now[phase].has(path) || before[phase].has(path);
      now[phase].add(path);
      // A file that came and went.
      if (last === nothing && content === nothing) return false;
      if (last === content && isRepeated) return false;
      if (phase === 'after') {
        ofApp.delete(path);
        hasOtherReason = true;
        return true;
      }
      if (ofApp.has(path)) return false;
      if (runsByItself < patience) return true;
      ofApp.add(path);
      giveUp(path);
      return false;
    },
  };
}

const nothing = 'nothing';

/** What there is at a path, as a text that differs where that does, and when it was last changed. */
function contentAt(path: string): { readonly content: string; readonly time?: number } {
  try {
    const stat = lstatSync(path);
    const { ctimeMs: time, size, mtimeMs } = stat;
    if (stat.isSymbolicLink()) return { content: `link ${readlinkSync(path)}`, time };
    if (!stat.isFile()) return { content: 'no file', time };
    const content = size > largest ? `${size} ${mtimeMs}` : contentHash(readFileSync(path));
    return { content, time };
  } catch {
    return { content: nothing };
  }
}
