import type { Cause, Definition, Import } from '../module';

/** What one construct says in one configuration. */
export interface SourcedContribution {
  readonly definitions: readonly Definition[];
  readonly imports: readonly Import[];
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
