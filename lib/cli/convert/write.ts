import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Converted } from '../../convert/convert';
import type { Diagnostic } from '../../diagnostics';
import { near } from '../terminal/terminal';

/** A file that was converted. */
export interface ConvertedFile extends Converted {
  readonly file: string;
  /** Where its TypeScript goes. */
  readonly to: string;
}

/**
 * Writes the TypeScript of files that do not stay Nix. A file that is there is never written over.
 *
 * @param problems takes what is in the way
 * @returns the paths of what was written
 */
export function write(files: readonly ConvertedFile[], problems: Diagnostic[]): string[] {
  return files.flatMap(({ to, typescript, because }) => {
    if (because !== undefined) return [];
    try {
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(to, typescript, { flag: 'wx' });
      return [to];
    } catch (error) {
      const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
      problems.push({
        code: 'convert-target',
        severity: 'error',
        message: isThere ? `${near(to)} is there already` : `${near(to)} cannot be written`,
        help: isThere ? 'move it away, or give --out another folder' : 'give --out a folder that may be written to',
      });
      return [];
    }
  });
}
