import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where what is remembered of a project is: with the caches of its other tools if it has dependencies of npm, else with
 * those of the user. Nothing of value is lost with it.
 *
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function cacheFolder(project: string): string {
  const isNpm = statSync(join(project, 'node_modules'), { throwIfNoEntry: false })?.isDirectory();
  if (isNpm) return join(project, 'node_modules', '.cache', 'cdknix');
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdknix');
}
