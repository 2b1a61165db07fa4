import type { DarwinOptions } from './generated/darwin';
import type { HomeOptions } from './generated/home';
import type { NixosOptions } from './generated/nixos';
import type { AttrsOf, Expr } from './values';

/** The option types of the user's own inputs; `cdknix import` declares them, and they replace those that came with cdknix. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by module augmentation
export interface ImportedOptions {}

type Current<Class extends string, Bundled> =
  ImportedOptions extends Readonly<Record<Class, infer Imported>> ? Imported : Bundled;

/** Definitions for a NixOS system. Options of modules that nobody imported may be added to it by declaration merging. */
export interface NixosConfig extends Current<'nixos', NixosOptions> {}

/** Definitions for a nix-darwin system. Options of modules that nobody imported may be added to it by declaration merging. */
export interface DarwinConfig extends Current<'darwin', DarwinOptions> {}

/** Definitions for a Home Manager home. Options of modules that nobody imported may be added to it by declaration merging. */
export interface HomeConfig extends Current<'home', HomeOptions> {}

type Member<T> = Exclude<T, Expr | null | undefined> extends AttrsOf<infer M> ? M : never;
type NixosAccount = Member<NonNullable<NixosConfig['users']>['users']>;
type DarwinAccount = Member<NonNullable<DarwinConfig['users']>['users']>;

/** Definitions for the account that a user has on a host: `users.users.<name>` of either system. */
export interface AccountConfig extends NixosAccount, Omit<DarwinAccount, keyof NixosAccount> {}

/** The three module systems, by the name of their options' type. */
export interface Configs {
  nixos: NixosConfig;
  darwin: DarwinConfig;
  home: HomeConfig;
}

/** A module system that cdknix writes modules for. */
export type ModuleClass = keyof Configs;
