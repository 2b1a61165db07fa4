import { type Position, userPosition } from '../diagnostics';
import type { ModuleClass } from '../options/config';
import { Deferred } from './expr';
import type { Readings } from './reading';
import { refOf } from './ref';
import type { ConfigOf } from './references';

/** The `config` of one machine or home; each module spells it from where it stands. */
export class ConfigRoot extends Deferred {
  constructor(
    /** The construct whose configuration is meant: a host, a home, or a feature (then: of whoever uses it). */
    readonly owner: object,
    readonly of: ModuleClass,
    readonly position: Position,
  ) {
    super();
  }

  override get shown(): string {
    return 'config';
  }
}

/**
 * A typed reference to the final configuration of a machine or home.
 *
 * @param readings takes what is selected of it, until something is made of that
 */
export function configOf<Class extends ModuleClass>(owner: object, of: Class, readings: Readings): ConfigOf<Class> {
  const root = refOf({ kind: 'hole', value: new ConfigRoot(owner, of, userPosition()) }, readings);
  return root as unknown as ConfigOf<Class>;
}
