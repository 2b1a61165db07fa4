import { readFileSync } from 'node:fs';
import { withoutMark } from './source';

/** A line of a file of the user's; nothing if it cannot be read. */
export function lineOf(file: string, line: number): string | undefined {
  try {
    return withoutMark(readFileSync(file, 'utf8')).split(/\r\n|[\n\r\u2028\u2029]/)[line - 1];
  } catch {
    return undefined;
  }
}
