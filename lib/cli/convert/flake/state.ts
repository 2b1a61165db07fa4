import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Facts } from '../../../convert/flake/facts';

/** Where a conversion keeps what it has found. */
export const stateFile = '.cdknix-convert.json';

/** What a conversion has found so far: a second one goes on from there. */
export interface State {
  readonly version: 1;
  /** The flake that is converted, from here. */
  readonly flake: string;
  /** What the original was, and how Nix was asked, when its machines were evaluated. */
  original: string;
  /** The machines of the original, by `outputKey`. */
  machines: Record<string, Facts & { readonly derivation: string }>;
  /** Why modules stay as they are, though they have a form in TypeScript: with what they were then. */
  stays: Record<string, { readonly because: string; readonly hash: string }>;
  /** What has been written, as it was. */
  written: Record<string, string>;
}

export function readState(out: string, flake: string): State {
  const file = join(out, stateFile);
  const none: State = { version: 1, flake, original: '', machines: {}, stays: {}, written: {} };
  if (!existsSync(file)) return none;
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as State;
    return state.version === 1 ? { ...none, ...state, flake } : none;
  } catch {
    return none;
  }
}

export function writeState(out: string, state: State): void {
  writeFileSync(join(out, stateFile), `${JSON.stringify(state, null, 2)}\n`);
}

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
