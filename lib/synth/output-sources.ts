import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { CdknixError } from '../diagnostics';
import { readManifest } from './manifest';
import { isInside } from './project';
import { realPath } from './real-path';

/** The files that the user keeps in the output: they are part of the flake where they are. */
export class OutputSources {
  private readonly outdir: string;
  private known: ReadonlySet<string> | undefined;

  /** @param outdir the output folder, absolute */
  constructor(outdir: string) {
    this.outdir = realPath(outdir);
  }

  /**
   * The path in the output of a file or folder that lies in it; nothing for others, and for what is there for other tools:
   * packages of npm are not tracked by git, so they are copied.
   */
  pathOf(source: string): string | undefined {
    const real = join(realPath(dirname(source)), basename(source));
    if (!isInside(real, this.outdir)) return undefined;
    const names = relative(this.outdir, real).split(sep);
    return names.includes('node_modules') || names.includes('.git') ? undefined : names.join('/');
  }

  /** Whether a file of the output leads out of it. */
  leadsOut(source: string): boolean {
    return !isInside(realpathSync(source), this.outdir);
  }

  /** Whether a path in the output is a file that an earlier synth wrote. */
  isWritten(path: string): boolean {
    return this.written.has(path);
  }

  /** Whether something is there at a path in the output that no synth wrote. */
  isOfOthers(path: string): boolean {
    return existsSync(join(this.outdir, path)) && !this.isWritten(path);
  }

  /** Whether an earlier synth wrote hosts or homes. */
  get hasMachines(): boolean {
    return [...this.written].some((path) => /^(hosts|home)\//.test(path));
  }

  private get written(): ReadonlySet<string> {
    this.known ??= writtenIn(this.outdir);
    return this.known;
  }
}

function writtenIn(outdir: string): ReadonlySet<string> {
  try {
    return readManifest(outdir).files;
  } catch (error) {
    // Whoever writes the output says what is wrong with it.
    if (error instanceof CdknixError) return new Set();
    throw error;
  }
}
