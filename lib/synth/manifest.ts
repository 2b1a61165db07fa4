import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../diagnostics';

/** Names the files of an output that are ours to replace and to remove. */
export const manifestFile = '.cdknix.json';

/** The folder in an output in which a synth works. */
export const workFolderName = '.cdknix';

/** Which files of an output an earlier synth wrote. */
export interface Manifest {
  /** Absent if there is none. */
  readonly text: string | undefined;
  readonly files: ReadonlySet<string>;
}

/** The text of a manifest. It has names only: hashes would conflict at every merge of two branches. */
export function manifestText(files: Iterable<string>): string {
  return `${JSON.stringify({ version: 1, files: [...files] }, null, 2)}\n`;
}

/**
 * Reads the manifest of an output.
 *
 * @throws CdknixError `manifest` if it is damaged
 */
export function readManifest(outdir: string): Manifest {
  const file = join(outdir, manifestFile);
  const text = textOf(file);
  if (text === undefined) return { text, files: new Set() };
  try {
    const { files } = JSON.parse(text) as { files: unknown };
    if (!Array.isArray(files) || !files.every(isOutputPath)) throw new TypeError();
    return { text, files: new Set(files) };
  } catch {
    throw failure({
      code: 'manifest',
      message: `${file} is damaged`,
      help: 'restore it from version control, or remove it together with the files that cdknix wrote',
    });
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** What no synth has ever written, whatever a manifest or journal says. */
const never = new Set(['', '.', '..', '.git']);

/** Whether a path is one that we can have written: never one that leads out of the folder, or to what others keep in it. */
export function isOutputPath(path: unknown): path is string {
  if (typeof path !== 'string') return false;
  const names = path.split('/');
  return !names.some((name) => never.has(name)) && names[0] !== workFolderName && path !== manifestFile;
}
