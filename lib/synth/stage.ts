import { chmodSync, lstatSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { failure } from '../diagnostics';
import type { Comparison } from './compare';
import { type Fingerprint, fingerprint, fingerprintAt, permissionsIn } from './fingerprint';
import { freshOf, type Step } from './journal';
import { manifestFile, manifestText } from './manifest';
import { type Copy, type Plan, type PlannedState, writtenFiles } from './output';
import type { WorkFolder } from './work-folder';

/**
 * Makes the new files of a plan in the work folder. The steps that put them in place are in an order in which no file ever
 * refers to one that is not there: what is added, what is changed, `flake.nix`, and only then what is removed.
 *
 * @param stateFile the project's state file, without links
 * @throws CdknixError `state-changed`
 */
export function stage(plan: Plan, comparison: Comparison, work: WorkFolder, stateFile: string): Step[] {
  for (const name of ['new', 'old']) mkdirSync(join(work.path, name), { recursive: true });
  const { added, changed, removed, present } = comparison;
  const steps: Step[] = [];
  const put = (content: string | Copy, from: Fingerprint | undefined, path?: string) => {
    const to = makeFile(content, from, freshOf(work, steps.length));
    steps.push({ ...(path !== undefined && { path }), ...(from !== undefined && { from }), to });
  };
  const remove = (path: string) => steps.push({ path, from: present.get(path)! });

  const { state } = plan;
  if (isStateNew(state)) put(state.text, fingerprintAt(stateFile));
  const isInTheWay = blockers(added);
  for (const path of removed) if (isInTheWay(path)) remove(path);
  const others = [...added, ...changed].filter((path) => path !== 'flake.nix');
  const last = [...added, ...changed].filter((path) => path === 'flake.nix');
  for (const path of [...others, ...last]) put(plan.files.get(path)!, present.get(path), path);
  for (const path of removed) if (!isInTheWay(path)) remove(path);
  const manifest = manifestText(writtenFiles(plan).keys());
  if (manifest !== comparison.manifest) put(manifest, fingerprintAt(join(work.outdir, manifestFile)), manifestFile);
  return steps;
}

/**
 * Whether a plan says anything new of the state file.
 *
 * @throws CdknixError `state-changed` if the file is not the one that the plan was made with
 */
export function isStateNew({ file, text, before }: PlannedState): boolean {
  const now = textAt(file);
  if (now === text) return false;
  if (before !== undefined && before !== now) {
    throw failure({
      code: 'state-changed',
      message: `${file} was changed while the app ran`,
      help: 'synthesise again',
    });
  }
  return true;
}

function textAt(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Tells which removed files stand where a new file or folder has to be, or are, to some file systems, of one name with it. */
function blockers(added: readonly string[]): (path: string) => boolean {
  const folders = new Set<string>();
  for (const path of added) {
    for (let at = dirname(path); at !== '.' && !folders.has(at); at = dirname(at)) folders.add(at);
  }
  const files = new Set(added);
  const folded = new Set(added.map((path) => path.normalize('NFC').toLowerCase()));
  return (path) => {
    if (folders.has(path) || folded.has(path.normalize('NFC').toLowerCase())) return true;
    for (let at = dirname(path); at !== '.'; at = dirname(at)) if (files.has(at)) return true;
    return false;
  };
}

/** Makes a file of the output; a copy may be read by nobody who may not read its source. */
function makeFile(content: string | Copy, from: Fingerprint | undefined, fresh: string): Fingerprint {
  const isText = typeof content === 'string';
  const bytes = isText ? content : readFileSync(content.source);
  // The system takes from a mode what the umask does not allow.
  writeFileSync(fresh, bytes, isText ? {} : { mode: statSync(content.source).mode & 0o777 });
  const { mode } = lstatSync(fresh);
  const wanted = isText ? (permissionsIn(from ?? '') ?? mode) & 0o666 : mode | (content.executable ? 0o100 : 0);
  if ((mode & 0o777) !== (wanted & 0o777)) chmodSync(fresh, wanted & 0o777);
  return fingerprint(bytes, wanted);
}
