import { join, relative, sep } from 'node:path';
import { workFolderName } from '../../synth/manifest';
import { isInside } from '../../synth/project';
import { stateFile } from '../../synth/state';
import type { Config } from '../project/config';

/** Folders that hold no sources, whatever project it is. */
export const ignoredFolders = ['.git', 'node_modules', '.direnv'] as const;

/** What editors and compilers leave behind, and our own state file as it is put together. */
const leftBehind = new RegExp(
  `~$|^\\.#|^#.*#$|\\.sw[a-z]$|^4913$|\\.tsbuildinfo$|^${stateFile.replaceAll('.', '\\.')}\\.`,
);

/**
 * Whether a change of a file is none of our concern.
 *
 * @param generated the files that the last synth wrote, absolute
 */
export function isIgnored(
  path: string,
  { project, outdir }: Pick<Config, 'project' | 'outdir'>,
  generated: ReadonlySet<string> = new Set(),
): boolean {
  if (generated.has(path) || isInside(path, join(outdir, workFolderName)) || path === join(outdir, 'flake.lock')) {
    return true;
  }
  const names = relative(project, path).split(sep);
  return names.some((name) => (ignoredFolders as readonly string[]).includes(name) || leftBehind.test(name));
}
