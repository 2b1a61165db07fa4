import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, failure, type Position } from '../diagnostics';

export const stateFile = 'cdk-like.state.json';

type Pins = Record<string, string | number>;

/** What a project remembers from synth to synth; committed with it. */
export interface State {
  /** The `stateVersion` of each host (`elitebook`) and home (`marcus@elitebook`, `~marcus`), as first synthesised. */
  readonly stateVersion: Pins;
}

/**
 * Reads a project's state; a project without one has the empty state.
 *
 * @throws CdknixError `state-file` if it is not what `showState` writes
 */
export function readState(root: string): State {
  const file = join(root, stateFile);
  if (!existsSync(file)) return { stateVersion: {} };
  try {
    const { stateVersion } = JSON.parse(readFileSync(file, 'utf8')) as State;
    const entries = Object.entries(stateVersion);
    if (!entries.every(([, version]) => typeof version === 'string' || typeof version === 'number'))
      throw new TypeError();
    return { stateVersion: Object.fromEntries(entries) };
  } catch {
    throw failure({
      code: 'state-file',
      message: `${file} is damaged`,
      help: 'restore it from version control: it holds the stateVersions of your machines, which must not change',
    });
  }
}

/** The state as text, sorted, so that two branches that add machines merge. */
export function showState(state: State): string {
  const names = Object.keys(state.stateVersion).sort();
  const stateVersion = Object.fromEntries(names.map((name) => [name, state.stateVersion[name]]));
  return `${JSON.stringify({ stateVersion }, null, 2)}\n`;
}

/** Gives each machine and home the `stateVersion` that it was first synthesised with. */
export class Pinning {
  readonly diagnostics: Diagnostic[] = [];
  private readonly next: Pins;

  constructor(private readonly before: State) {
    this.next = { ...before.stateVersion };
  }

  /**
   * @param name the host or home
   * @param given what the user says, if anything
   * @param fallback what a new one gets
   * @param at the construct, and where its `stateVersion` is said
   */
  pin(
    name: string,
    given: string | number | undefined,
    fallback: string | number,
    at: { path: string; position: Position | undefined },
  ): string | number {
    const pinned = Object.hasOwn(this.before.stateVersion, name) ? this.before.stateVersion[name] : undefined;
    if (pinned !== undefined && given !== undefined && pinned !== given) {
      this.diagnostics.push({
        code: 'state-version-changed',
        severity: 'error',
        message: `the stateVersion of '${name}' is ${show(given)} now and was ${show(pinned)} when it was first synthesised`,
        help:
          'set it once at install and never update it: it tells which data formats the machine has, not which release it runs; ' +
          `to correct a mistake, or to take over a machine that was installed with ${show(given)}, change '${name}' in ${stateFile} as well`,
        path: at.path,
        ...(at.position && { position: at.position }),
      });
    }
    const version = pinned ?? given ?? fallback;
    this.next[name] = version;
    return version;
  }

  /** The state with what is new in it; machines that are gone stay, as they may come back. */
  get state(): State {
    return { stateVersion: this.next };
  }
}

const show = (version: string | number) => (typeof version === 'string' ? `'${version}'` : String(version));
