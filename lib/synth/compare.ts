import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CdknixError, type Diagnostic } from '../diagnostics';
import { type Copy, manifestFile, type Plan } from './output';

/** How a plan differs from what is in its folder. */
export interface Comparison {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** The text of the manifest that is there, if any. */
  readonly manifest: string | undefined;
}

/** The manifest: which files of the output are ours to replace and to remove. */
export function manifestText(files: Iterable<string>): string {
  return `${JSON.stringify({ version: 1, files: [...files] }, null, 2)}\n`;
}

/**
 * Compares a plan with a folder.
 *
 * @throws CdknixError `foreign-file` for each file in the way that no earlier synth wrote; `manifest` if that is damaged
 */
export function compare(plan: Plan, outdir: string): Comparison {
  const { manifest, owned } = readManifest(outdir);
  const added: string[] = [];
  const changed: string[] = [];
  const foreign: string[] = [];
  const checked = new Map<string, string | undefined>();
  for (const [path, content] of plan.files) {
    const blocking = blockedBy(outdir, dirname(path), owned, checked);
    if (blocking) foreign.push(blocking);
    else {
      const present = contentAt(join(outdir, path));
      if (present === undefined) added.push(path);
      else if (present === 'other') foreign.push(path);
      else if (!sameContent(content, present, join(outdir, path))) (owned.has(path) ? changed : foreign).push(path);
    }
  }
  if (foreign.length) throw new CdknixError([...new Set(foreign)].map((path) => foreignFile(join(outdir, path))));
  const removed = [...owned].filter(
    (path) =>
      !plan.files.has(path) && lstatSync(join(outdir, path), { throwIfNoEntry: false })?.isDirectory() === false,
  );
  return { added, changed, removed, manifest };
}

function readManifest(outdir: string): { manifest: string | undefined; owned: Set<string> } {
  const file = join(outdir, manifestFile);
  if (!existsSync(file)) return { manifest: undefined, owned: new Set() };
  const manifest = readFileSync(file, 'utf8');
  try {
    const { files } = JSON.parse(manifest) as { files: unknown };
    if (!Array.isArray(files) || !files.every(isOutputPath)) throw new TypeError();
    return { manifest, owned: new Set(files) };
  } catch {
    throw new CdknixError([
      {
        code: 'manifest',
        severity: 'error',
        message: `${file} is damaged`,
        help: 'restore it from version control, or remove it together with the files that cdknix wrote',
      },
    ]);
  }
}

/** Whether a manifest's entry is a path that we can have written: never one that leads out of the folder. */
function isOutputPath(path: unknown): path is string {
  return (
    typeof path === 'string' &&
    path !== '' &&
    !path.split('/').some((name) => name === '' || name === '.' || name === '..')
  );
}

/** What stands where a folder of the output has to be, if it is not a folder. */
function blockedBy(
  outdir: string,
  folder: string,
  owned: ReadonlySet<string>,
  checked: Map<string, string | undefined>,
): string | undefined {
  if (folder === '.') return undefined;
  if (checked.has(folder)) return checked.get(folder);
  let blocking = blockedBy(outdir, dirname(folder), owned, checked);
  if (!blocking) {
    const stat = lstatSync(join(outdir, folder), { throwIfNoEntry: false });
    if (stat && !stat.isDirectory() && !owned.has(folder)) blocking = folder;
  }
  checked.set(folder, blocking);
  return blocking;
}

function contentAt(path: string): Buffer | 'other' | undefined {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (!stat) return undefined;
    return stat.isFile() ? readFileSync(path) : 'other';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function sameContent(content: string | Copy, present: Buffer, path: string): boolean {
  if (typeof content === 'string') return present.toString('utf8') === content;
  const executable = (lstatSync(path).mode & 0o100) !== 0;
  return executable === content.executable && present.equals(readFileSync(content.source));
}

function foreignFile(path: string): Diagnostic {
  return {
    code: 'foreign-file',
    severity: 'error',
    message: `${path} is in the way, and no earlier synth wrote it`,
    help: 'move it elsewhere (import(…) brings Nix files of your own into the flake), or choose another output folder',
  };
}
