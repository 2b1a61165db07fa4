import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { styled } from '../diagnostics';
import { isInside } from '../synth/project';
import { stateFile } from '../synth/state';
import { type Config, readConfig } from './project/config';
import { type RunOptions, synthesise } from './synth/synth';
import { showFailure } from './terminal/failure';
import { Interrupted } from './terminal/interrupted';
import { clear, say } from './terminal/terminal';

/** Editors save in several steps: how long it has to be quiet before a synth, in milliseconds. */
const quiet = 100;

/** How many changed files are worth the space. */
const shownFiles = 3;

/**
 * Synthesises whenever a file of the project changes, until the user stops it.
 *
 * @throws UsageError if the configuration is wrong at the start; later it is only shown
 */
export async function watch(options: RunOptions): Promise<void> {
  let config = readConfig(options);
  // An ES module: cannot be required.
  const { watch: watchFiles } = await import('chokidar');
  const isNew = contentMemory();
  const watcher = watchFiles(config.project, {
    ignored: (path) => isIgnored(path, config),
    ignoreInitial: true,
    // A Nix `result` leads to all of the store.
    followSymlinks: false,
  });

  const reported = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let stopped = false;

  const run = async (files: readonly string[]) => {
    running = true;
    announce(files.map((file) => relative(config.project, file)));
    try {
      config = readConfig(options);
      await synthesise(config, options);
    } catch (error) {
      if (error instanceof Interrupted) stop(error.exitCode);
      else showFailure(error, 'watch');
    }
    running = false;
    if (stopped) return;
    say(`\nwatching ${config.project}; Ctrl-C ends it`);
    if (reported.size) schedule();
  };
  const runIfChanged = async () => {
    const files = [...reported].filter(isNew);
    reported.clear();
    if (files.length) await run(files);
  };
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(runIfChanged, quiet);
  };
  const stop = (exitCode: number) => {
    stopped = true;
    clearTimeout(timer);
    process.exitCode = exitCode;
    void watcher.close();
  };

  watcher.on('all', (_, path) => {
    reported.add(path);
    if (!running && !stopped) schedule();
  });
  watcher.on('error', (error) => say(`cannot watch: ${error instanceof Error ? error.message : String(error)}`));
  // While the app runs, `runApp` ends it first.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!running) stop(0);
    });
  }
  // A change between the first run and the end of the scan would be lost.
  await new Promise<void>((ready) => watcher.once('ready', ready));
  await run([]);

  function announce(files: readonly string[]): void {
    clear('home');
    const more = files.length - shownFiles;
    const names = files.slice(0, shownFiles).join(', ') + (more > 0 ? ` and ${more} more` : '');
    const time = new Date().toTimeString().slice(0, 8);
    say(styled('dim', `[${time}] ${names ? `${names} changed` : 'first run'}`));
  }
}

/** What no app is written in, whatever project it is. */
const never = new Set(['.git', 'node_modules', '.direnv', 'coverage', 'result', stateFile]);

/** Whether a change of a file is none of our concern: what we write, what others generate, what editors leave behind. */
export function isIgnored(path: string, { project, outdir, app }: Config): boolean {
  const work = join(dirname(outdir), `.${basename(outdir)}.cdknix`);
  if (isInside(path, outdir) || isInside(path, work)) return true;
  const parts = relative(project, path).split(sep);
  return parts.some(
    (part) =>
      never.has(part) ||
      // Compiled code concerns us only if it is what runs.
      (part === 'dist' && !app.includes('dist')) ||
      /~$|^\.#|^#.*#$|\.sw[a-z]$|^4913$|\.tsbuildinfo$/.test(part) ||
      part.startsWith(`${stateFile}.`),
  );
}

/**
 * Tells whether a file is another than when this was last asked. An app that compiles itself writes the same files at each
 * run, which must not lead to the next.
 */
function contentMemory(): (path: string) => boolean {
  const known = new Map<string, string>();
  return (path) => {
    const hash = hashOf(path);
    const isNew = known.get(path) !== hash;
    known.set(path, hash);
    return isNew;
  };
}

function hashOf(path: string): string {
  try {
    return createHash('sha1').update(readFileSync(path)).digest('hex');
  } catch {
    return 'no file';
  }
}
