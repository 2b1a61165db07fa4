import type { Diagnostic } from '../diagnostics';
import type { ModuleClass } from '../options/config';
import type { ArgNames } from './args';
import type { Inside } from './check/code-in';
import type { OptionScopes } from './check/option-scopes';
import type { CheckOptions } from './check/options';
import type { Reference } from './check/references';
import type { Fleet, HomeModel, HostModel, Part } from './fleet';
import type { Resolve } from './resolve';
import type { SourcedContribution } from './sourced-contribution';

/** What every file of one synth is made with. */
export interface Context {
  readonly fleet: Fleet;
  readonly args: ArgNames;
  readonly resolve: Resolve;
  readonly checkOptions: CheckOptions;
  readonly scopes: OptionScopes;
  /** What is to be looked at in the place of a hole. */
  readonly inside: Inside;
  /** Takes what modules select of configurations by the names of their arguments. */
  readonly namedReferences: Reference[];
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

/** The shared modules of a fleet. */
export interface SharedModules {
  /** The path of a part's file in the output; absent for a part that says nothing. */
  fileOf(part: Part): string | undefined;
  /** What it says: one object for all that say the same. */
  contributionOf(part: Part): SourcedContribution | undefined;
  /** Path → text. */
  readonly files: ReadonlyMap<string, string>;
}

/** Parts that no feature brings, but the fleet as a whole: shared by every host or home that needs them. */
export interface CommonParts {
  /** The flake's overlays and allowed packages, for hosts and for standalone homes. */
  readonly nixpkgs: ReadonlyMap<ModuleClass, Part>;
  /** Home Manager as a module of the host. */
  readonly homeManager: ReadonlyMap<ModuleClass, Part>;
}
