import type { Position } from '../../diagnostics';
import { bundledTable } from '../../options/bundled';
import type { ModuleClass } from '../../options/config';
import { importedTable } from '../../options/imported';
import type { OptionTable } from '../../options/table';
import type { OptionTree } from '../../options/type';
import type { Channel } from '../channel';
import type { OptionSource } from './option-sources';

/** The options of each class: those of the project's own inputs where they were imported, else those that came with cdknix. */
export type Tables = (of: ModuleClass) => OptionTable;

/** The tables of a project. */
export function tablesOf(project: string): Tables {
  return (of) => importedTable(project, of) ?? bundledTable(of);
}

/** The options that may be set in one place: those of a table, and those that modules of the user's own declare. */
export interface KnownOptions {
  readonly table: OptionTable;
  /** The channel of the flake. */
  readonly channel: Channel;
  readonly options: OptionTree;
  /** Where the user's own declare an option; absent where none declares any. */
  readonly declaredAt?: (option: readonly string[]) => Position | undefined;
  /** Modules of inputs that the table was made without, as Nix writes them. */
  readonly unknown: readonly string[];
  /** Whether a module of the user's own may declare anything. */
  readonly isOpen: boolean;
  /** The user's own modules elsewhere that declare an option, or one in a group; none where this is all there is. */
  readonly elsewhere?: (option: readonly string[]) => OptionSource | undefined;
}

/** The options of each class, worked out when they are first asked for. */
export type OptionsOf = (of: ModuleClass) => KnownOptions;
