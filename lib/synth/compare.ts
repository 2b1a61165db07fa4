import { lstatSync, readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CdknixError, type Diagnostic } from '../diagnostics';
import { type Fingerprint, fingerprint, hashIn } from './fingerprint';
import { keptByGit } from './git';
import { type Manifest, readManifest } from './manifest';
import { type Copy, type Plan, writtenFiles } from './output';
import { readWrittenHashes, writtenHashesFile } from './written-hashes';

/** How a plan differs from what is in its folder. */
export interface Comparison {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** The text of the manifest that is there, if any. */
  readonly manifest: string | undefined;
  /** What is there of ours, by path. */
  readonly present: ReadonlyMap<string, Fingerprint>;
}

/**
 * Compares a plan with a folder.
 *
 * @throws CdknixError `foreign-file` for each file in the way that no earlier synth wrote, `edited-file` for each that
 * somebody has edited since; `manifest` if that is damaged
 */
export function compare(plan: Plan, outdir: string): Comparison {
  const { text: manifest, files: owned } = readManifest(outdir);
  const files = writtenFiles(plan);
  const added: string[] = [];
  const changed: string[] = [];
  const foreign: string[] = [];
  const present = new Map<string, Fingerprint>();
  const blockedBy = blocking(outdir, owned);
  const formerName = namesByCase(outdir, owned, files);
  for (const [path, content] of files) {
    const blocked = blockedBy(dirname(path));
    const target = join(outdir, path);
    const stat = blocked === undefined ? statAt(target) : undefined;
    if (blocked !== undefined) foreign.push(blocked);
    else if (!stat || (!owned.has(path) && formerName(path, stat))) added.push(path);
    else if (stat.isDirectory()) {
      const others = foreignIn(outdir, path, owned, files);
      if (others.length) foreign.push(...others);
      else added.push(path);
    } else if (!stat.isFile()) foreign.push(path);
    else {
      const bytes = readFileSync(target);
      const isSame = sameContent(content, bytes, stat);
      present.set(path, fingerprint(bytes, stat.mode));
      if (!isSame) (owned.has(path) ? changed : foreign).push(path);
      else if (isWider(content, stat)) changed.push(path);
    }
  }
  const removed = [...owned].filter((path) => {
    if (plan.files.has(path) || blockedBy(dirname(path)) !== undefined) return false;
    const stat = statAt(join(outdir, path));
    if (!stat?.isFile()) return false;
    present.set(path, fingerprint(readFileSync(join(outdir, path)), stat.mode));
    return true;
  });
  const edited = editedAmong([...changed, ...removed], present, plan, outdir);
  const problems = [...[...new Set(foreign)].map(foreignFile(outdir)), ...edited.map(editedFile(outdir))];
  if (problems.length) throw new CdknixError(problems);
  return { added, changed, removed, manifest, present };
}

/** Tells what stands where a folder of the output has to be: what is no folder, and is not ours to remove. */
function blocking(outdir: string, owned: Manifest['files']): (folder: string) => string | undefined {
  const checked = new Map<string, string | undefined>();
  return function blockedBy(folder: string): string | undefined {
    if (folder === '.') return undefined;
    if (checked.has(folder)) return checked.get(folder);
    let blocked = blockedBy(dirname(folder));
    if (blocked === undefined) {
      const stat = statAt(join(outdir, folder));
      if (stat && !stat.isDirectory() && !(owned.has(folder) && stat.isFile())) blocked = folder;
    }
    checked.set(folder, blocked);
    return blocked;
  };
}

/**
 * Tells whether what is found at a path is a file of ours by its former name, which differed in case only: on some file
 * systems that is one name.
 */
function namesByCase(outdir: string, owned: Manifest['files'], files: ReadonlyMap<string, unknown>) {
  const folded = (path: string) => path.normalize('NFC').toLowerCase();
  let former: Map<string, string> | undefined;
  return (path: string, { dev, ino }: Stats): boolean => {
    former ??= new Map([...owned].filter((one) => !files.has(one)).map((one) => [folded(one), one]));
    const name = former.get(folded(path));
    const stat = name === undefined ? undefined : statAt(join(outdir, name));
    return stat?.ino === ino && stat.dev === dev;
  };
}

/** What is in a folder, at any depth, that is not ours to remove. */
function foreignIn(
  outdir: string,
  folder: string,
  owned: Manifest['files'],
  files: ReadonlyMap<string, unknown>,
): string[] {
  const entries = readdirSync(join(outdir, folder), { withFileTypes: true });
  if (!entries.length) return [folder];
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return foreignIn(outdir, path, owned, files);
    return entry.isFile() && owned.has(path) && !files.has(path) ? [] : [path];
  });
}

function statAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function sameContent(content: string | Copy, present: Buffer, { mode }: Stats): boolean {
  if (typeof content === 'string') return present.toString('utf8') === content;
  return ((mode & 0o100) !== 0) === content.executable && present.equals(readFileSync(content.source));
}

/** Whether more people may read or write a copy than its source. */
function isWider(content: string | Copy, { mode }: Stats): boolean {
  return typeof content !== 'string' && (mode & 0o077 & ~statSync(content.source).mode) !== 0;
}

/** Those of our files that are neither as the last synth left them nor as they are in version control. */
function editedAmong(
  paths: readonly string[],
  present: Comparison['present'],
  { state }: Plan,
  outdir: string,
): string[] {
  if (!paths.length) return [];
  const written = readWrittenHashes(writtenHashesFile(outdir, dirname(state.file)));
  const others = paths.filter((path) => {
    const hash = written?.get(path);
    return hash !== undefined && hash !== hashIn(present.get(path)!);
  });
  if (!others.length) return [];
  const kept = keptByGit(outdir);
  return others.filter((path) => !kept.has(path));
}

const foreignFile =
  (outdir: string) =>
  (path: string): Diagnostic => ({
    code: 'foreign-file',
    severity: 'error',
    message: `${join(outdir, path)} is in the way, and no earlier synth wrote it`,
    help:
      path === 'flake.nix'
        ? 'if it is a flake of your own, move it to another name, and say in TypeScript what it says ' +
          '(docs/adopting.md of cdknix); or choose another output folder'
        : 'move it elsewhere (import(…) brings Nix files of your own into the flake), or choose another output folder',
  });

const editedFile =
  (outdir: string) =>
  (path: string): Diagnostic => ({
    code: 'edited-file',
    severity: 'error',
    message: `${join(outdir, path)} was edited after the last synth, which wrote it`,
    help: 'say in TypeScript what the edit says, then remove the file or take the edit back: a synth writes it anew',
  });
