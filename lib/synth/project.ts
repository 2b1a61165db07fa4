import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';

/** A folder with a `cdk-like.json` or a `package.json`: what relative paths inside the output are counted from. */
export interface Project {
  readonly root: string;
  /** Its npm name without the `@`, which no Nix path may hold, or the name of its folder. */
  readonly name: string;
}

const known = new Map<string, Project | undefined>();

/** The project that a file or folder belongs to: the nearest one above it. */
export function projectOf(path: string): Project | undefined {
  const folders: string[] = [];
  let folder = dirname(path);
  while (!known.has(folder)) {
    folders.push(folder);
    const project = projectAt(folder);
    if (project || dirname(folder) === folder) {
      known.set(folder, project);
      break;
    }
    folder = dirname(folder);
  }
  const found = known.get(folder);
  for (const one of folders) known.set(one, found);
  return found;
}

function projectAt(folder: string): Project | undefined {
  const manifest = join(folder, 'package.json');
  if (existsSync(manifest)) return { root: folder, name: nameIn(manifest) ?? basename(folder) };
  return existsSync(join(folder, 'cdk-like.json')) ? { root: folder, name: basename(folder) } : undefined;
}

function nameIn(manifest: string): string | undefined {
  const name = memberOf(manifest, 'name');
  return typeof name === 'string' && /^(@?[\w-][\w.-]*\/)?[\w-][\w.-]*$/.test(name) ? name.replace('@', '') : undefined;
}

/** The output folder of a project, as its `cdk-like.json` says. Whether that is right, the command line checks. */
export function outputOf(root: string): string {
  const output = memberOf(join(root, 'cdk-like.json'), 'output');
  return resolve(root, typeof output === 'string' ? output : 'nix');
}

/** A member of a JSON file; nothing if it cannot be read. */
function memberOf(file: string, name: string): unknown {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
}

/** Whether a path is inside a folder (or is it). */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
