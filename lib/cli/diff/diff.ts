import { runApp } from '../app/run-app';
import { strictly } from '../app/strict';
import { readConfig } from '../project/config';
import { recoverOutput } from '../project/recover-output';
import type { RunOptions } from '../synth/synth';
import { print, printJson, say, showDiagnostics } from '../terminal/terminal';
import type { Change } from './changes';

/** What `cdknix diff` takes. */
export interface DiffOptions extends RunOptions {
  readonly exitCode?: boolean;
}

/**
 * Shows what a synth would change, and changes nothing.
 *
 * @throws CdknixError if a synth would fail
 */
export async function diff(options: DiffOptions): Promise<void> {
  const config = readConfig(options);
  await recoverOutput(config);
  const running = runApp(config, options.timeout);
  // Loaded while the app runs.
  const { changesOf } = await import('./changes.js');
  const { patchOf, coloured, notesOn } = await import('./patch.js');

  const plan = options.strict ? strictly(await running) : await running;
  const changes = changesOf(plan, config);
  showDiagnostics(plan.warnings);
  const notes = new Set<string>();
  if (options.json) {
    printJson(changes.map(({ path, change }) => ({ path, change })));
  } else {
    for (const change of changes) {
      const patch = patchOf(change);
      print(coloured(patch));
      for (const note of notesOn(patch)) notes.add(note);
    }
  }
  say(inWords(changes));
  for (const note of notes) say(note);
  if (options.exitCode && changes.length) process.exitCode = 1;
}

function inWords(changes: readonly Change[]): string {
  if (!changes.length) return 'no differences';
  const kinds = ['added', 'changed', 'removed'] as const;
  const counts = kinds.map((kind) => ({ kind, count: changes.filter((one) => one.change === kind).length }));
  return counts.flatMap(({ kind, count }) => (count ? [`${count} ${kind}`] : [])).join(', ');
}
