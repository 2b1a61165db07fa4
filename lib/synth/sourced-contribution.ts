import type { Position } from '../diagnostics';
import type { Cause, Definition } from '../module';
import type { Expr } from '../options/values';

/** An import of a file, and whose it is. */
export interface SourcedImport {
  /** Absent for a file of the output. */
  readonly module?: Expr;
  readonly position: Position | undefined;
  /** Whose it is, if not the contribution's own construct's. */
  readonly construct?: string;
}

/** What one construct says in one configuration. */
export interface SourcedContribution {
  readonly definitions: readonly Definition[];
  readonly imports: readonly SourcedImport[];
  /** The construct's. */
  readonly path: string;
}

/**
 * A definition that cdknix makes by itself.
 *
 * @param text what it makes it for
 * @param causes the constructs, and the calls, that ask for it
 */
export function generatedDefinition(config: unknown, text: string, causes: readonly Cause[]): Definition {
  return { config, position: undefined, reason: { text, causes } };
}
