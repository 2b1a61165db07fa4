import { readFileSync, writeFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { CdknixError, type Diagnostic, type Fix, failure, leafPosition, type Styled, styled } from '../../diagnostics';
import { compilerFor } from '../../diagnostics/compiler';
import { showPath } from '../../options/show-value';
import { isInside } from '../../synth/project';
import { realPath } from '../../synth/real-path';
import { runApp } from '../app/run-app';
import { type Config, readConfig } from '../project/config';
import type { RunOptions } from '../synth/synth';
import { diagnosticJson } from '../terminal/diagnostic-json';
import { countProblems, near, print, printJson, say, showDiagnostics } from '../terminal/terminal';
import { applyFixes, type Outcome } from './edit';

/** What `cdknix fix` takes. */
export interface FixOptions extends RunOptions {
  readonly dryRun?: boolean;
}

/** What becomes of the fixes in one file. */
interface Fixed {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly outcomes: readonly Outcome[];
}

/**
 * Runs the app, and gives options that have a new name that name in the user's sources.
 *
 * Ends with 1 if something is left: a fix that cannot be made, or an error that has none.
 *
 * @throws CdknixError if the app fails in another way, or there is no compiler that reads sources
 */
export async function fix(options: FixOptions): Promise<void> {
  const config = readConfig(options);
  const { found, hasNixFiles } = await reported(config, options.timeout);
  // A feature that is used twice is reported twice.
  const fixes = new Map(found.flatMap((one) => (one.fix ? [[JSON.stringify(one.fix), one.fix]] : [])));
  const files = fixed(config, [...fixes.values()]);
  const outcomes = files.flatMap((file) => file.outcomes);
  const left = outcomes.filter((one) => one.reason !== undefined);
  const errors = found.filter((one) => one.severity === 'error' && !one.fix);

  showDiagnostics([...left.map(leftOver), ...errors]);
  if (options.dryRun && !options.json) await showPatches(config, files);
  if (!options.dryRun) for (const one of files) write(one);
  if (options.json) printJson(asJson(outcomes, errors));
  const done = outcomes.filter((one) => one.reason === undefined);
  for (const one of done) say(inWords(one));
  say(summary(done.length, left.length, errors, options.dryRun === true));
  if (hasNixFiles) say('your own Nix files are not looked through: cdknix check shows old names in them');
  if (left.length || errors.length) process.exitCode = 1;
}

/** What an app reports, whether it has a plan or not, and whether that has Nix files of the user's. */
async function reported(config: Config, timeout: number): Promise<Reported> {
  try {
    const { warnings, files } = await runApp(config, timeout);
    const hasNixFiles = [...files].some(([path, one]) => typeof one === 'object' && path.endsWith('.nix'));
    return { found: warnings, hasNixFiles };
  } catch (error) {
    if (error instanceof CdknixError && error.diagnostics.some((one) => one.fix))
      return { found: error.diagnostics, hasNixFiles: false };
    throw error;
  }
}

interface Reported {
  readonly found: readonly Diagnostic[];
  readonly hasNixFiles: boolean;
}

function fixed(config: Config, fixes: readonly Fix[]): Fixed[] {
  const files = new Set(fixes.map((one) => one.call.file));
  return [...files].map((file) => {
    const own = fixes.filter((one) => one.call.file === file);
    const before = textOf(config, file);
    if (typeof before !== 'string') {
      const outcomes = own.map((one) => ({
        fix: one,
        position: leafPosition(one.call, one.from),
        reason: before.reason,
      }));
      return { file, before: '', after: '', outcomes };
    }
    const compiler = compilerFor(file);
    if (!compiler) throw noCompiler();
    const { text, outcomes } = applyFixes(compiler, file, before, own);
    return { file, before, after: text, outcomes };
  });
}

/** The text of a file, or why it is not edited. */
function textOf({ project }: Config, file: string): string | { readonly reason: string } {
  if (!file) return { reason: 'its place is not known' };
  const path = realPath(file);
  if (!isInside(path, realPath(project))) return { reason: 'its file is outside the project' };
  if (path.split(sep).includes('node_modules')) return { reason: 'its file belongs to a package' };
  try {
    const bytes = readFileSync(file);
    const text = bytes.toString('utf8');
    return Buffer.from(text).equals(bytes) ? text : { reason: 'its file is not UTF-8' };
  } catch (error) {
    return { reason: `its file cannot be read: ${(error as Error).message}` };
  }
}

function noCompiler(): CdknixError {
  return failure({
    code: 'fix-compiler',
    message: 'the project has no TypeScript that can read its sources',
    help: 'npm install --save-dev typescript@6, or @typescript/typescript6 beside TypeScript 7, which has no API for that',
  });
}

function write({ file, before, after }: Fixed): void {
  if (before === after) return;
  try {
    writeFileSync(file, after);
  } catch (error) {
    throw failure({
      code: 'fix-unwritable',
      message: `cannot write ${near(file)}: ${(error as Error).message}`,
      help: 'make it writable, and run cdknix fix again: what it has changed already stays',
    });
  }
}

async function showPatches({ project }: Config, files: readonly Fixed[]): Promise<void> {
  const { patchOf, coloured, notesOn } = await import('../diff/patch.js');
  const content = (text: string) => ({ bytes: Buffer.from(text), executable: false });
  const changed = files.filter(({ before, after }) => before !== after);
  const patches = changed.map(({ file, before, after }) => {
    const path = relative(realPath(project), realPath(file)).split(sep).join('/');
    return patchOf({ path, change: 'changed', before: () => content(before), after: () => content(after) });
  });
  for (const patch of patches) print(coloured(patch));
  for (const note of new Set(patches.flatMap(notesOn))) say(note);
}

/** An option as its definition names it: an index at the front is that of a branch of `mkMerge`. */
function nameOf(place: Fix['from']): string {
  return showPath(
    place.slice(
      Math.max(
        0,
        place.findIndex((step) => typeof step === 'string'),
      ),
    ),
  );
}

function asJson(outcomes: readonly Outcome[], errors: readonly Diagnostic[]): unknown {
  return {
    fixes: outcomes.map(({ fix, position: { file, line, column }, reason }) => ({
      from: nameOf(fix.from),
      to: nameOf(fix.to),
      position: { file, line, column },
      ...(reason !== undefined && { left: reason }),
    })),
    diagnostics: errors.map(diagnosticJson),
  };
}

function inWords({ fix, position }: Outcome): Styled {
  const where = styled('dim', `${near(position.file)}:${position.line}:`);
  return [where, ` ${nameOf(fix.from)} → ${nameOf(fix.to)}`];
}

function leftOver({ fix, position, reason }: Outcome): Diagnostic {
  return {
    code: 'fix-left',
    severity: 'warning',
    message: `${nameOf(fix.from)} is not renamed to ${nameOf(fix.to)}: ${reason}`,
    ...(position.file && { position }),
    help: 'rename it by hand',
  };
}

function summary(done: number, left: number, errors: readonly Diagnostic[], isDry: boolean): string {
  if (!done && !left && !errors.length) return 'nothing to fix';
  const parts = [
    `${done} ${done === 1 ? 'option' : 'options'} renamed`,
    ...(left ? [`${left} left`] : []),
    ...(errors.length ? [`${countProblems(errors)} that nothing here fixes`] : []),
  ];
  return `${parts.join(', ')}${isDry ? '; nothing was written' : ''}`;
}
