import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { compare } from '../../synth/compare';
import type { Copy, Plan } from '../../synth/output';
import { isInside } from '../../synth/project';
import type { Config } from '../project/config';

/** A file before or after a synth. */
export interface Content {
  readonly bytes: Buffer;
  readonly executable: boolean;
}

/** What a synth would do to one file. */
export interface Change {
  /** Relative to the project, or to the output where that is outside of the project. */
  readonly path: string;
  readonly change: 'added' | 'changed' | 'removed';
  before(): Content | undefined;
  after(): Content | undefined;
}

/**
 * What a synth would change: the output, and the project's state file. Contents are read when they are asked for.
 *
 * @throws CdknixError if files are in the way
 */
export function changesOf(plan: Plan, { project, outdir }: Config): Change[] {
  const { added, changed, removed } = compare(plan, outdir);
  const base = isInside(outdir, project) ? project : outdir;
  const change = (change: Change['change']) => (path: string) => ({
    path: relative(base, join(outdir, path)).split(sep).join('/'),
    change,
    before: () => (change === 'added' ? undefined : onDisk(join(outdir, path))),
    after: () => (change === 'removed' ? undefined : planned(plan.files.get(path)!)),
  });
  const changes = [...added.map(change('added')), ...changed.map(change('changed')), ...removed.map(change('removed'))];
  changes.sort((a, b) => (a.path < b.path ? -1 : 1));
  return [...stateChange(plan, project), ...changes];
}

function stateChange({ state }: Plan, project: string): Change[] {
  const there = existsSync(state.file);
  if (there && readFileSync(state.file, 'utf8') === state.text) return [];
  return [
    {
      path: relative(project, state.file).split(sep).join('/'),
      change: there ? 'changed' : 'added',
      before: () => (there ? onDisk(state.file) : undefined),
      after: () => planned(state.text),
    },
  ];
}

function onDisk(path: string): Content {
  return { bytes: readFileSync(path), executable: isExecutable(path) };
}

function planned(content: string | Copy): Content {
  if (typeof content === 'string') return { bytes: Buffer.from(content), executable: false };
  return { bytes: readFileSync(content.source), executable: content.executable };
}

const isExecutable = (path: string) => (lstatSync(path).mode & 0o100) !== 0;
