import { handOverUncaught } from './synth/early-problems';

export { Account } from './constructs/account';
export { Feature, type FeatureClass, type FeatureFunction, type FeatureKind, type Usable } from './constructs/feature';
export type { FeatureUse } from './constructs/feature-use';
export { Flake, type FlakeProps } from './constructs/flake';
export { HomeUser, type HomeUserProps } from './constructs/home-user';
export { Host, type HostClass, type HostProps } from './constructs/host';
export type { InputProps, SameInputProps } from './constructs/input';
export type { DarwinSystem, LinuxSystem, System } from './constructs/names';
export type { NixConfig } from './constructs/nix-config';
export { checkProps, type PropNames } from './constructs/props';
export { acknowledge, addError, addWarning } from './constructs/report';
export { CdknixError, type Diagnostic, type Position } from './diagnostics';
export {
  type Args,
  add,
  and,
  args,
  attrs,
  bind,
  builtins,
  comment,
  concat,
  cond,
  div,
  eq,
  type FlakeRef,
  float,
  ge,
  gt,
  has,
  implies,
  inputs,
  type Library,
  lazy,
  le,
  lib,
  lines,
  literalExpression,
  literalMD,
  lt,
  Module,
  type ModuleArgs,
  mkAfter,
  mkAliasOptionModule,
  mkBefore,
  mkChangedOptionModule,
  mkDefault,
  mkEnableOption,
  mkForce,
  mkIf,
  mkMerge,
  mkMergedOptionModule,
  mkOption,
  mkOptionDefault,
  mkOrder,
  mkOverride,
  mkPackageOption,
  mkRemovedOptionModule,
  mkRenamedOptionModule,
  mul,
  type NixType,
  ne,
  not,
  type OptionDeclaration,
  type OptionDeclarations,
  or,
  orElse,
  type Packages,
  path,
  pkgs,
  type Ref,
  type References,
  select,
  str,
  sub,
  types,
  update,
} from './module';
export { nix } from './module/nix';
export type * from './options/config';
export type { Expr, Value } from './options/values';
export type { SynthOptions, SynthResult } from './synth';
export type { Channel } from './synth/channel';

handOverUncaught();
