import type { Diagnostic } from '../diagnostics';
import type { ArgNames } from './args';
import type { CommonParts } from './common-parts';
import type { Fleet, HomeModel, HostModel } from './fleet';
import type { SharedModules } from './parts';
import type { Resolve } from './resolve';

/** What every file of one synth is made with. */
export interface Context {
  readonly fleet: Fleet;
  readonly args: ArgNames;
  readonly resolve: Resolve;
  /** Takes the problems that are found on the way. */
  readonly diagnostics: Diagnostic[];
}

/** Where things are in the output, for files that refer to others. */
export interface Layout {
  readonly shared: SharedModules;
  /** The path of each home's file. */
  readonly homeFiles: ReadonlyMap<HomeModel, string>;
  /** The path of the file that lists what all homes on a host have, for hosts that need one. */
  readonly sharedHomeFiles: ReadonlyMap<HostModel, string>;
  readonly common: CommonParts;
}
