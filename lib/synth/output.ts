import type { Diagnostic } from '../diagnostics';
import type { Summary } from './summary';

/** A file that the output holds a copy of. */
export interface Copy {
  readonly source: string;
  readonly executable: boolean;
  /** Whether the user keeps it in the output, at this very path: it is part of the flake, and never written. */
  readonly inPlace?: true;
}

/** Everything that a synth will write, before anything is written. */
export interface Plan {
  /** The files of the flake: path in the output → text, or a file to copy. */
  readonly files: ReadonlyMap<string, string | Copy>;
  readonly state: PlannedState;
  /** Warnings that nobody acknowledged. */
  readonly warnings: readonly Diagnostic[];
  readonly summary: Summary;
}

/** The project's state file, as it is to be. */
export interface PlannedState {
  readonly file: string;
  readonly text: string;
  /** What it said when the plan was made, `null` if it was not there. Absent: that does not matter. */
  readonly before?: string | null;
}

/** Whether a file of a plan is the user's own, which stays as it is. */
export const isInPlace = (content: string | Copy | undefined): boolean =>
  typeof content === 'object' && content.inPlace === true;

/** The files of a plan that a synth writes. */
export function writtenFiles({ files }: Pick<Plan, 'files'>): ReadonlyMap<string, string | Copy> {
  return new Map([...files].filter(([, content]) => !isInPlace(content)));
}
