export { Account } from './constructs/account';
export { Feature, type FeatureClass, type FeatureFunction, type Usable } from './constructs/feature';
export type { FeatureUse } from './constructs/feature-use';
export { Flake, type FlakeProps } from './constructs/flake';
export { HomeUser, type HomeUserProps } from './constructs/home-user';
export { Host, type HostClass, type HostProps } from './constructs/host';
export type { InputProps } from './constructs/input';
export type { DarwinSystem, LinuxSystem, System } from './constructs/names';
export type { NixConfig } from './constructs/nix-config';
export { acknowledge, addError, addWarning } from './constructs/report';
export { CdknixError, type Diagnostic, type Position } from './diagnostics';
export {
  builtins,
  comment,
  float,
  lazy,
  lib,
  lines,
  Module,
  mkAfter,
  mkBefore,
  mkDefault,
  mkForce,
  mkIf,
  mkMerge,
  mkOptionDefault,
  mkOrder,
  mkOverride,
  path,
  pkgs,
  type Ref,
  type References,
  str,
} from './module';
export { nix } from './module/nix';
export type * from './options/config';
export type { Expr, Value } from './options/values';
export type { SynthOptions, SynthResult } from './synth';
export type { Channel } from './synth/channel';
