import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Project } from '../../../convert/flake/project';
import { hashOf, type State } from './state';

/**
 * Writes the TypeScript of a project. What somebody has edited since it was written stays as it is.
 *
 * @returns the paths of what was edited
 */
export function writeTexts(texts: ReadonlyMap<string, string>, out: string, state: State): string[] {
  const edited: string[] = [];
  for (const [path, text] of texts) {
    const file = join(out, path);
    const there = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    if (there !== undefined && there !== text && hashOf(there) !== state.written[path]) {
      edited.push(path);
      continue;
    }
    if (there !== text) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    state.written[path] = hashOf(text);
  }
  return edited;
}

/** Removes what an earlier run has written and this one does not, and the copies of files that are TypeScript now. */
export function removeOthers(
  { texts, converted }: Project,
  kept: Iterable<string>,
  original: string,
  out: string,
  state: State,
): void {
  const all = new Set([...texts.keys(), ...kept]);
  for (const [path, hash] of Object.entries(state.written)) {
    const file = join(out, path);
    if (all.has(path)) continue;
    delete state.written[path];
    if (existsSync(file) && hashOf(readFileSync(file, 'utf8')) === hash) rmSync(file);
  }
  for (const path of converted.keys()) {
    const copy = join(out, path);
    const isCopy = existsSync(copy) && readFileSync(copy).equals(readFileSync(join(original, path)));
    if (isCopy) rmSync(copy);
  }
}
