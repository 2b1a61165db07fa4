import type { Diagnostic, Position } from '../diagnostics';
import type { Copy, Plan } from './output';
import type { Answer } from './questions/questions';
import type { Summary } from './summary';

/** Names the file in which an app leaves its assembly when the command line runs it. */
export const assemblyVariable = 'CDKNIX_ASSEMBLY';

/** Names the output folder, for an app that the command line runs. */
export const outputVariable = 'CDKNIX_OUTPUT';

/** Names the file with the questions that the app is to answer, as JSON, if there are any. */
export const questionsVariable = 'CDKNIX_QUESTIONS';

/** The file in which each flake that is made leaves a line, be it in another process or thread of the app. */
export const flakesFile = (assembly: string) => `${assembly}.flakes`;

/** What an app hands over to the command line: a plan, or what is wrong. */
export interface Assembly {
  readonly version: 1;
  readonly diagnostics: readonly Diagnostic[];
  /** Where the flake was made. */
  readonly flake?: Position | undefined;
  readonly plan?: {
    readonly files: readonly (readonly [string, string | Copy])[];
    readonly state: Plan['state'];
    readonly summary: Summary;
    /** Those to the questions, in their order. */
    readonly answers?: readonly Answer[];
  };
}
