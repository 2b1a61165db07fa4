import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '../../diagnostics';
import { workFolderName } from '../../synth/manifest';
import { isInside } from '../../synth/project';
import { realPath } from '../../synth/real-path';

/**
 * Where the output goes, or why it cannot go there. It may be the folder of the project or one that holds it, such as the
 * root of a repository: a synth touches its own files only. A user's home is too much for a flake, which is copied as a whole.
 *
 * @param output what the configuration says, relative to the project, or the command line, relative to the working directory
 * @param inConfig whether the configuration says it
 */
export function checkOutput(
  output: unknown,
  project: string,
  inConfig: boolean,
): string | Omit<Diagnostic, 'severity'> {
  const name = inConfig ? 'output' : '--output';
  const bad = (message: string, help = 'name a folder of the project, for example "nix", or "." for its root') => ({
    code: 'config-output',
    message: `${name} ${message}`,
    help,
  });
  if (typeof output !== 'string') return bad(`is ${JSON.stringify(output)}, not a string`);
  if (output.trim() === '') return bad('is empty');
  if (output.includes('\0')) return bad('holds a NUL character');
  const shown = `'${output}'`;
  if (/^~($|\/)/.test(output)) return bad(`${shown} starts with '~', which only a shell understands`);
  const folder = realPath(resolve(inConfig ? project : process.cwd(), output));
  const home = realPath(homedir());
  if (folder === home) return bad(`${shown} is your home folder`);
  if (isInside(home, folder)) return bad(`${shown} contains your home folder`);
  const reserved = relative(project, folder)
    .split(sep)
    .find((part) => part === '.git' || part === 'node_modules' || part === workFolderName);
  if (reserved) return bad(`${shown} is inside ${reserved}`);
  const file = fileAt(folder);
  if (file !== undefined) return bad(`${shown} cannot be a folder: ${file} is a file`);
  if (inConfig && isAbsolute(output) && !isInside(folder, project)) {
    return bad(
      `${shown} is outside the project, and another machine has other folders`,
      'name a folder relative to the project, or give this one on the command line: --output <folder>',
    );
  }
  return folder;
}

/** What stands where a folder has to be, or one above it. */
function fileAt(folder: string): string | undefined {
  const stat = existsSync(folder) ? statSync(folder) : undefined;
  if (stat) return stat.isDirectory() ? undefined : folder;
  return dirname(folder) === folder ? undefined : fileAt(dirname(folder));
}
