import type { DarwinOptions } from './generated/darwin';
import type { HomeOptions } from './generated/home';
import type { NixosOptions } from './generated/nixos';
import type { AttrsOf, Declares, Expr } from './values';

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

/**
 * Where options of one's own become known to every `set`: a feature class whose field is what `declare` gave back, or the
 * type of `defineOptions(…)`, under any name.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by module augmentation
export interface DeclaredOptions {}

type DeclaredIn<Owner, Class extends string> =
  Owner extends Declares<Class, infer Options>
    ? Options
    : { [Name in keyof Owner]: Owner[Name] extends Declares<Class, infer Options> ? Options : never }[keyof Owner];

/** All members of a union at once. */
type Together<Union> = (Union extends unknown ? (of: Union) => void : never) extends (of: infer All) => void
  ? All
  : never;

type Own<Class extends string> = Together<DeclaredIn<DeclaredOptions[keyof DeclaredOptions], Class>>;

type Member<T> = Exclude<T, Expr | null | undefined> extends AttrsOf<infer M> ? M : never;
type NixosAccount = Member<NonNullable<NixosConfig['users']>['users']>;
type DarwinAccount = Member<NonNullable<DarwinConfig['users']>['users']>;

/** Definitions for the account that a user has on a host: `users.users.<name>` of either system. */
export interface AccountConfig extends NixosAccount, Omit<DarwinAccount, keyof NixosAccount> {}

/** The three module systems, by the name of their options' type. */
export interface Configs {
  nixos: NixosConfig & Own<'nixos'>;
  darwin: DarwinConfig & Own<'darwin'>;
  home: HomeConfig & Own<'home'>;
}

/** A module system that cdknix writes modules for. */
export type ModuleClass = keyof Configs;
