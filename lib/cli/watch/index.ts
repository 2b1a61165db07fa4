import { dirname, join, relative } from 'node:path';
import { failure, styled } from '../../diagnostics';
import { manifestFile, readManifest } from '../../synth/manifest';
import { isInside } from '../../synth/project';
import { stateFile } from '../../synth/state';
import type { Written } from '../../synth/write';
import { type Config, readConfig } from '../project/config';
import { type RunOptions, synthesise } from '../synth/synth';
import { showFailure } from '../terminal/failure';
import { Interrupted } from '../terminal/interrupted';
import { clear, say } from '../terminal/terminal';
import { changesOfFiles } from './changes';
import { ignoredFolders, isIgnored } from './ignored';

export { isIgnored } from './ignored';

/** Editors save in several steps: how long it has to be quiet before a synth, in milliseconds. */
const quiet = 100;

/** How long a file that is being written may take, in milliseconds. */
const writing = 30;

/** How long it may take until a new folder is watched, in milliseconds. */
const settling = 300;

/** How many changed files are worth the space. */
const shownFiles = 3;

/**
 * Synthesises whenever a file of the project or of the output changes, until the user stops it.
 *
 * @throws UsageError if the configuration is wrong at the start; later it is only shown
 */
export async function watch(options: RunOptions): Promise<void> {
  let config = readConfig(options);
  let generated = generatedIn(config.outdir);
  // An ES module: cannot be required.
  const { watch: watchFiles } = await import('chokidar');
  const shown = (path: string) => relative(config.project, path) || '.';
  const changes = changesOfFiles((path) => {
    say(
      `${shown(path)} has changed during each of the last runs, so the app seems to write it: ` +
        'it asks for no more runs, unless it changes while the app does not run',
    );
  });
  const folders = new Set(foldersOf(config));
  const watcher = watchFiles([...folders], {
    ignored: (path) => isIgnored(path, config, generated),
    ignoreInitial: true,
    // A Nix `result` leads to all of the store.
    followSymlinks: false,
  });

  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let later: NodeJS.Timeout | undefined;
  let running = false;
  let stopped = false;

  const run = async () => {
    const files = [...changed].map(shown);
    changed.clear();
    running = true;
    announce(files);
    changes.begin();
    try {
      config = readConfig(options);
      for (const folder of foldersOf(config)) {
        if (!folders.has(folder)) watcher.add(folder);
        folders.add(folder);
      }
      own(await synthesise(config, options));
    } catch (error) {
      if (error instanceof Interrupted) stop(error.exitCode);
      else showFailure(error, 'watch');
    }
    changes.end();
    running = false;
    if (stopped) return;
    say(`\nwatching ${config.project} (but for ${ignoredFolders.join(', ')}); Ctrl-C ends it`);
    if (changed.size) schedule();
  };
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(run, quiet);
  };
  const reported = new Map<string, boolean>();
  const report = (path: string, isAdded = false) => {
    if (!reported.size) setTimeout(look, writing);
    reported.set(path, isAdded || reported.get(path) === true);
  };
  const look = () => {
    const asking = [...reported].filter(([path, isAdded]) => changes.touch(path, isAdded));
    reported.clear();
    for (const [path] of asking) changed.add(path);
    if (asking.length && !running && !stopped) schedule();
  };
  const stop = (exitCode: number) => {
    stopped = true;
    clearTimeout(timer);
    clearTimeout(later);
    process.exitCode = exitCode;
    void watcher.close();
  };

  /** What we have written ourselves asks for nothing. */
  const own = ({ outdir, added, changed: replaced, removed }: Written) => {
    generated = generatedIn(outdir);
    const paths = new Set([join(config.project, stateFile), join(outdir, manifestFile), outdir]);
    for (const path of [...added, ...replaced, ...removed]) {
      for (let at = join(outdir, path); !paths.has(at); at = dirname(at)) paths.add(at);
    }
    changes.note(paths);
    for (const path of paths) changed.delete(path);
    clearTimeout(later);
    // What happens to new folders before they are watched would not be seen.
    if (added.length) later = setTimeout(() => paths.forEach((path) => void report(path)), settling);
  };

  watcher.on('all', (event, path) => report(path, event === 'add' || event === 'addDir'));
  // Generated files are not watched each by itself, but as entries of their folders.
  watcher.on('raw', (_, name, details) => {
    const { watchedPath } = details as { readonly watchedPath?: string };
    const path = watchedPath === undefined ? name : join(watchedPath, name ?? '');
    if (generated.has(path)) report(path);
  });
  const failed = new Promise<never>((_, reject) => {
    watcher.on('error', (error) => {
      const { code, path, message } = error as NodeJS.ErrnoException;
      if (code === 'EACCES' || code === 'EPERM') say(`not watched: ${path ?? message}, which may not be read`);
      else reject(cannotWatch(error as NodeJS.ErrnoException, config));
    });
  });
  failed.catch((error) => {
    if (!stopped) stop(showFailure(error, undefined));
  });
  // While the app runs, `runApp` ends it first.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!running) stop(0);
    });
  }
  // A change between the first run and the end of the scan would be lost.
  await Promise.race([new Promise<void>((ready) => watcher.once('ready', ready)), failed]).catch(() => {});
  if (!stopped) await run();

  function announce(files: readonly string[]): void {
    clear('home');
    const more = files.length - shownFiles;
    const names = files.slice(0, shownFiles).join(', ') + (more > 0 ? ` and ${more} more` : '');
    const time = new Date().toTimeString().slice(0, 8);
    say(styled('dim', `[${time}] ${names ? `${names} changed` : 'first run'}`));
  }
}

/** The folders that a project and its output are in. */
function foldersOf({ project, outdir }: Config): string[] {
  if (isInside(outdir, project)) return [project];
  return isInside(project, outdir) ? [outdir] : [project, outdir];
}

/** The files that the last synth wrote, absolute. */
function generatedIn(outdir: string): ReadonlySet<string> {
  try {
    return new Set([manifestFile, ...readManifest(outdir).files].map((path) => join(outdir, path)));
  } catch {
    // The next synth says why.
    return new Set();
  }
}

function cannotWatch({ code, message }: NodeJS.ErrnoException, { project }: Config): Error {
  const isLimit = code === 'ENOSPC' || code === 'EMFILE' || code === 'ENFILE';
  return failure({
    code: 'watch-failed',
    message: `cannot watch ${project}: ${message}`,
    help: isLimit
      ? 'the system allows no more watches: raise fs.inotify.max_user_watches (or max_user_instances), close what else ' +
        'watches files, or have the files looked at regularly: CHOKIDAR_USEPOLLING=1 npx cdknix watch'
      : 'CHOKIDAR_USEPOLLING=1 npx cdknix watch looks at the files regularly instead',
  });
}
