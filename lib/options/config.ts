/**
 * The one seam for option types: what `set` takes for each module system.
 *
 * Names are Nix's own, verbatim; a leaf may be any JavaScript value that `fromJs` takes, or an expression.
 */
export type Definition = unknown;

/** Definitions by option name, nested as in Nix. */
export interface Definitions {
  readonly [option: string]: Definition;
}

/** Definitions for a NixOS system. */
export interface NixosConfig extends Definitions {}

/** Definitions for a nix-darwin system. */
export interface DarwinConfig extends Definitions {}

/** Definitions for a Home Manager home. */
export interface HomeConfig extends Definitions {}

/** The three module systems, by the name of their options' type. */
export interface Configs {
  nixos: NixosConfig;
  darwin: DarwinConfig;
  home: HomeConfig;
}

/** A module system that cdknix writes modules for. */
export type ModuleClass = keyof Configs;
