import { lstatSync, readFileSync } from 'node:fs';
import { contentHash } from './content-hash';

/** What tells a file from another: its content, and who may do what with it. */
export type Fingerprint = string;

/** @param mode as the system has it, with the kind of the file */
export function fingerprint(content: string | Uint8Array, mode: number): Fingerprint {
  return `${contentHash(content)} ${(mode & 0o777).toString(8)}`;
}

/** The fingerprint of what is at a path: nothing if there is nothing, the same for all that is no file. */
export function fingerprintAt(path: string): Fingerprint | undefined {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (!stat) return undefined;
    return stat.isFile() ? fingerprint(readFileSync(path), stat.mode) : 'no file';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** The hash of the content. */
export const hashIn = (one: Fingerprint): string => one.split(' ')[0]!;

/** Who may do what, as `chmod` takes it; nothing for what is no file. */
export function permissionsIn(one: Fingerprint): number | undefined {
  const [, mode] = /^\S+ ([0-7]+)$/.exec(one) ?? [];
  return mode === undefined ? undefined : Number.parseInt(mode, 8);
}
