import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Plan } from '../../synth/output';
import { near, say } from '../terminal/terminal';
import type { Source } from './evaluate';

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
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A message with the user's paths for those of the scratch folder and of its copy in the store. */
function withKnownPaths(message: string, folder: string, { files }: Plan, outdir: string): string {
  return message
    .replace(/\/nix\/store\/[a-z0-9]{32}-source\/([\w.+/@-]+)/g, (path, inside: string) => {
      const content = files.get(inside);
      if (content === undefined) return path;
      return near(typeof content === 'string' ? join(outdir, inside) : content.source);
    })
    .replaceAll(`path:${folder}`, near(outdir))
    .replaceAll(folder, near(outdir));
}
