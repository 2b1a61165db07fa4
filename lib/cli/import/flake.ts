import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { Plan } from '../../synth/output';
import { near, say } from '../terminal/terminal';
import type { Source } from './evaluate';
import type { Suspect } from './suspects';

/** A planned flake that is laid out in a folder. */
export interface Planned extends Source {
  readonly folder: string;
}

/**
 * Lays out a planned flake in a folder of its own, with the lock of the output folder, for as long as it is used: what
 * is evaluated is what the app says now, and the output stays as it is.
 */
export async function withPlanned<T>(plan: Plan, outdir: string, use: (planned: Planned) => Promise<T>): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdknix-import-')));
  try {
    for (const [path, content] of plan.files) {
      const target = join(folder, path);
      mkdirSync(dirname(target), { recursive: true });
      if (typeof content === 'string') writeFileSync(target, content);
      else {
        copyFileSync(content.source, target);
        chmodSync(target, content.executable ? 0o755 : 0o644);
      }
    }
    const lock = join(outdir, 'flake.lock');
    if (existsSync(lock)) {
      copyFileSync(lock, join(folder, 'flake.lock'));
      chmodSync(join(folder, 'flake.lock'), 0o644);
    } else say(`${near(lock)} is not there yet, so the inputs are those of today`);
    return await use({
      folder,
      flake: `path:${folder}`,
      near: (message) => withKnownPaths(message, folder, plan, outdir),
      suspects: (file) => emptied(file, folder, plan),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The module that a file in a message is. It is left out by an empty one in its place: `disabledModules` would come too late
 * for a module whose imports cannot be evaluated.
 */
function emptied(file: string, folder: string, { files }: Plan): Suspect[] {
  const path = /\/nix\/store\/[a-z0-9]{32}-[^/]+\/(.+\.nix)$/.exec(file)?.[1] ?? relative(folder, file);
  if (path === 'flake.nix' || !files.has(path)) return [];
  const target = join(folder, path);
  return [
    {
      name: file,
      leaveOut() {
        const text = readFileSync(target);
        writeFileSync(target, '{ }\n');
        return () => writeFileSync(target, text);
      },
    },
  ];
}

/** A message with the user's paths for those of the scratch folder and of its copy in the store. */
function withKnownPaths(message: string, folder: string, { files }: Plan, outdir: string): string {
  return message
    .replace(/(?:\/[\w.+-]+)*?\/nix\/store\/[a-z0-9]{32}-source\/([\w.+/@-]+)/g, (path, inside: string) => {
      const content = files.get(inside);
      if (content === undefined) return path;
      return near(typeof content === 'string' ? join(outdir, inside) : content.source);
    })
    .replaceAll(`path:${folder}`, near(outdir))
    .replaceAll(folder, near(outdir));
}
