import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { failure } from '../diagnostics';
import { type Comparison, compare, manifestText } from './compare';
import { type Copy, manifestFile, type Plan } from './output';
import { enter, leave, oldIn, quietly, workFolder } from './work-folder';

/** What a synth did to the output. */
export interface Written {
  readonly outdir: string;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Writes a plan to a folder, all or nothing: a new folder is made beside the old one and takes its place, so whoever
 * stops it at any moment finds the old output or the new one. A single changed file is replaced where it is, and an
 * unchanged one is not touched. What an earlier synth did not write stays as it is.
 *
 * @throws CdknixError `foreign-file`, `output-busy`, `output-unwritable`
 */
export function write(plan: Plan, folder: string): Written {
  const outdir = behindLinks(folder);
  const work = workFolder(outdir);
  const staged = `${plan.state.file}.new`;
  try {
    mkdirSync(dirname(outdir), { recursive: true });
    enter(work, outdir);
    try {
      const difference = compare(plan, outdir);
      const isNew = stageState(plan, staged);
      apply(plan, difference, outdir, work);
      if (isNew) commitState(plan, staged);
      return { outdir, added: difference.added, changed: difference.changed, removed: difference.removed };
    } finally {
      leave(work, outdir);
      quietly(() => rmSync(staged, { force: true }));
    }
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (typeof code !== 'string' || error instanceof TypeError) throw error;
    throw failure({
      code: 'output-unwritable',
      message: `cannot write ${path ?? outdir}: ${(error as Error).message}`,
      help: 'the output is as it was; make the folder and the one above it writable, or choose another output',
    });
  }
}

/** Where a folder is that links may lead to, whether there is one yet or not. */
function behindLinks(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    const isLink = lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink();
    return isLink ? resolve(dirname(folder), readlinkSync(folder)) : folder;
  }
}

function apply(plan: Plan, difference: Comparison, outdir: string, work: string): void {
  const { added, changed, removed } = difference;
  const manifest = manifestText(plan.files.keys());
  const manifestStays = difference.manifest === manifest;
  if (!added.length && !changed.length && !removed.length && manifestStays) return;
  if (changed.length === 1 && !added.length && !removed.length && manifestStays) {
    const staged = join(work, 'file');
    put(plan.files.get(changed[0]!)!, staged);
    renameSync(staged, join(outdir, changed[0]!));
    return;
  }
  const fresh = join(work, 'new');
  mkdirSync(fresh);
  const folders = new Set<string>(['.']);
  const fresher = new Set([...added, ...changed]);
  for (const [path, content] of plan.files) {
    makeFolder(fresh, dirname(path), folders);
    const target = join(fresh, path);
    if (fresher.has(path)) put(content, target);
    else link(join(outdir, path), target);
  }
  writeFileSync(join(fresh, manifestFile), manifest);
  if (existsSync(outdir)) {
    carryOver(outdir, fresh, '', new Set([...plan.files.keys(), ...removed, manifestFile]));
    chmodSync(fresh, statSync(outdir).mode);
    renameSync(outdir, oldIn(work));
  }
  renameSync(fresh, outdir);
}

function makeFolder(base: string, folder: string, known: Set<string>): void {
  if (known.has(folder)) return;
  mkdirSync(join(base, folder), { recursive: true });
  known.add(folder);
}

function put(content: string | Copy, target: string): void {
  if (typeof content === 'string') writeFileSync(target, content);
  else {
    copyFileSync(content.source, target);
    chmodSync(target, content.executable ? 0o755 : 0o644);
  }
}

/** Takes what is not ours into the new folder: the lock file, a git repository, the user's own files. */
function carryOver(from: string, to: string, folder: string, ours: ReadonlySet<string>): void {
  for (const name of readdirSync(join(from, folder))) {
    const path = folder ? `${folder}/${name}` : name;
    if (ours.has(path)) continue;
    const source = join(from, path);
    const stat = lstatSync(source);
    if (stat.isDirectory()) {
      const before = existsSync(join(to, path));
      if (!before && isOurs(path, ours) && isEmptyWithout(from, path, ours)) continue;
      mkdirSync(join(to, path), { recursive: true });
      carryOver(from, to, path, ours);
      chmodSync(join(to, path), stat.mode);
    } else if (stat.isSymbolicLink()) symlinkSync(readlinkSync(source), join(to, path));
    else link(source, join(to, path));
  }
}

/** Whether a folder holds something of ours, now or before. */
function isOurs(folder: string, ours: ReadonlySet<string>): boolean {
  for (const path of ours) if (path.startsWith(`${folder}/`)) return true;
  return false;
}

function isEmptyWithout(base: string, folder: string, ours: ReadonlySet<string>): boolean {
  return readdirSync(join(base, folder)).every((name) => {
    const path = `${folder}/${name}`;
    if (ours.has(path)) return true;
    return lstatSync(join(base, path)).isDirectory() && isEmptyWithout(base, path, ours);
  });
}

/** The same file in both folders; a copy where the file system has no hard links. */
function link(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}

/** Writes the state beside its file, so that it can be put in place when the output is; whether there is anything new in it. */
function stageState({ state }: Plan, staged: string): boolean {
  if (existsSync(state.file) && readFileSync(state.file, 'utf8') === state.text) return false;
  writeFileSync(staged, state.text);
  return true;
}

function commitState({ state }: Plan, staged: string): void {
  try {
    renameSync(staged, state.file);
  } catch (error) {
    throw failure({
      code: 'output-unwritable',
      message: `cannot write ${state.file}: ${(error as Error).message}`,
      help: 'the output is written; make the file writable, and synthesise again, so that the stateVersions are remembered',
    });
  }
}
