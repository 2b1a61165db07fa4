import type { Diagnostic } from '../diagnostics';
import type { Summary } from './summary';

/** A file that the output holds a copy of. */
export interface Copy {
  readonly source: string;
  readonly executable: boolean;
}

/** Everything that a synth will write, before anything is written. */
export interface Plan {
  /** Path in the output → text, or a file to copy. */
  readonly files: ReadonlyMap<string, string | Copy>;
  /** The project's state file, as it is to be. */
  readonly state: { readonly file: string; readonly text: string };
  /** Warnings that nobody acknowledged. */
  readonly warnings: readonly Diagnostic[];
  readonly summary: Summary;
}

/** Names the files of an output that are ours to replace and to remove. */
export const manifestFile = '.cdknix.json';
