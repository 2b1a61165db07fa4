import { lstatSync, readFileSync, statSync } from 'node:fs';
import { CdknixError, type Diagnostic, positionAt } from '../diagnostics';
import { JsonError, type JsonMember, parseJsonObject } from './json-object';

/** The `stateVersion` of each host (`elitebook`) and home (`marcus@elitebook`, `~marcus`), as first synthesised. */
export type Pins = ReadonlyMap<string, string | number>;

/** What a project remembers from synth to synth; committed with it. */
export interface State {
  /** What the file says; `null` if there is none. */
  readonly text: string | null;
  readonly pins: Pins;
}

const keepIt = 'it holds the stateVersions of your machines, which must not change';

/**
 * Reads a project's state; one without a file has no pins.
 *
 * @throws CdknixError `state-file` with everything that is not understood, each at its line
 */
export function readState(file: string): State {
  const text = textOf(file);
  if (text === null) return { text, pins: new Map() };
  const written = pinsAsWritten(text);
  return { text, pins: written ?? pinsIn(file, text) };
}

/** The text of the file, with what else is in it as it was: sorted, so that two branches that add machines merge. */
export function stateText({ text, pins: before }: State, pins: Pins): string {
  if (text === null) return showPins(pins);
  if (before.size === pins.size && [...pins].every(([name, version]) => before.get(name) === version)) return text;
  if (showPins(before) === text) return showPins(pins);
  return withPins(text, pins);
}

function showPins(pins: Pins): string {
  return `${JSON.stringify({ stateVersion: sorted(pins) }, null, 2)}\n`;
}

const sorted = (pins: Pins) => Object.fromEntries([...pins].sort(([a], [b]) => (a < b ? -1 : 1)));

function withPins(text: string, pins: Pins): string {
  const { keyAt, valueAt, valueEnd } = parseJsonObject(text).find(({ key }) => key === 'stateVersion')!;
  const [indent] = /[ \t]*$/.exec(text.slice(0, keyAt))!;
  const value = JSON.stringify(sorted(pins), null, indent || 2).replaceAll(
    '\n',
    `${text.includes('\r\n') ? '\r' : ''}\n${indent}`,
  );
  return text.slice(0, valueAt) + value + text.slice(valueEnd);
}

function textOf(file: string): string | null {
  let what: string;
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat?.isFile()) return readFileSync(file, 'utf8');
    if (!stat && !lstatSync(file, { throwIfNoEntry: false })) return null;
    what = !stat ? 'it is a link to nothing' : stat.isDirectory() ? 'it is a folder' : 'it is no file';
  } catch (error) {
    what = (error as Error).message;
  }
  throw new CdknixError([problem(`cannot read ${file}: ${what}`)]);
}

/** The pins of a text that is exactly what we write, which needs no closer look. */
function pinsAsWritten(text: string): Pins | undefined {
  try {
    const { stateVersion } = JSON.parse(text) as { stateVersion: object };
    const pins = new Map(Object.entries(stateVersion) as [string, string | number][]);
    return showPins(pins) === text && [...pins].every(([name, pin]) => flawOf(name, pin) === undefined)
      ? pins
      : undefined;
  } catch {
    return undefined;
  }
}

function pinsIn(file: string, text: string): Pins {
  const at = (offset: number) => ({ ...positionAt(file, text, offset), isSource: true as const });
  const conflict = /^(<{7}|\|{7}|={7}|>{7})( |\r?$)/m.exec(text);
  if (conflict) {
    const help = 'keep the lines of both sides, each name once, and remove the marks';
    throw new CdknixError([problem('git has left a conflict here', at(conflict.index), help)]);
  }
  const members = parsed(file, text, at);
  const problems = repeated(members).map(({ key, keyAt }) =>
    problem(`'${key}' stands here for a second time`, at(keyAt)),
  );
  const member = members.find(({ key }) => key === 'stateVersion');
  if (!member) problems.push(problem("there is no 'stateVersion'", at(0)));
  else if (!member.members) problems.push(problem("'stateVersion' has to be an object of names", at(member.valueAt)));
  const pins = member?.members ?? [];
  for (const { key, keyAt } of repeated(pins)) {
    const help = 'keep the line of what the machine was installed with';
    problems.push(problem(`'${key}' stands here for a second time`, at(keyAt), help));
  }
  for (const { key, value, valueAt } of pins) {
    const flaw = flawOf(key, value);
    if (flaw) problems.push(problem(flaw, at(valueAt), `write it as it was: ${keepIt}`));
  }
  if (problems.length) throw new CdknixError(problems);
  return new Map(pins.map(({ key, value }) => [key, value as string | number]));
}

function parsed(file: string, text: string, at: (offset: number) => Diagnostic['position']): JsonMember[] {
  if (text.trim() === '') throw new CdknixError([problem(`${file} is empty`)]);
  if (text.includes('\uFFFD')) throw new CdknixError([problem('this is not UTF-8', at(text.indexOf('\uFFFD')))]);
  try {
    return parseJsonObject(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new CdknixError([problem(error.message, at(error.at))]);
  }
}

/** Members whose name another one before them has. */
function repeated(members: readonly JsonMember[]): JsonMember[] {
  const seen = new Set<string>();
  return members.filter(({ key }) => seen.has(key) || !seen.add(key));
}

/** What is wrong with a pin: NixOS and Home Manager have strings (`"24.05"`), nix-darwin has whole numbers. */
function flawOf(name: string, version: unknown): string | undefined {
  if (typeof version === 'string') return version.trim() === '' ? `the stateVersion of '${name}' is empty` : undefined;
  if (typeof version !== 'number')
    return `the stateVersion of '${name}' is ${JSON.stringify(version)}, which is no version`;
  if (Number.isInteger(version) && version > 0) return undefined;
  return `the stateVersion of '${name}' is the number ${version}: releases stand in quotes`;
}

function problem(
  message: string,
  position?: Diagnostic['position'],
  help = `restore it from version control: ${keepIt}`,
): Diagnostic {
  return { code: 'state-file', severity: 'error', message, ...(position && { position }), help };
}
