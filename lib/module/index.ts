export { type Args, args, type ModuleArgs } from './args';
export { checkArgument, refuseMore, wrongArgument } from './arguments';
export { Bound, bind } from './bind';
export { type Commented, comment, commentedIn } from './comment';
export { ConfigRoot, configOf } from './config-root';
export { refuseOtherCopies } from './copies';
export type { Declared, NixType, OptionDeclaration, OptionDeclarations } from './declared';
export { Embedded } from './embedded';
export { Arrow, Deferred, deferred, deferredIn, exprOf, isExpr, type NixFunction, nodeOf, toNode } from './expr';
export { File, path } from './file';
export { float } from './float';
export type { Builtins, Library, Packages } from './generated/names';
export { builtins, inputs, lib, pkgs } from './globals';
export { importedList } from './import-list';
export { insteadOfMember, isJsMember } from './js-members';
export type { FlakeRef, Inputs, NixpkgsRef } from './known-refs';
export { lambdaOf } from './lambda';
export { Lazy, lazy } from './lazy';
export {
  type Cause,
  type Contribution,
  type Definition,
  type Import,
  type Importable,
  Module,
  type OptionsDeclaration,
  type Reason,
} from './module';
export {
  add,
  and,
  attrs,
  concat,
  cond,
  div,
  eq,
  ge,
  gt,
  has,
  implies,
  le,
  lt,
  mul,
  ne,
  not,
  or,
  orElse,
  select,
  sub,
  update,
} from './operators';
export {
  literalExpression,
  literalMD,
  mkAliasOptionModule,
  mkChangedOptionModule,
  mkEnableOption,
  mkMergedOptionModule,
  mkOption,
  mkPackageOption,
  mkRemovedOptionModule,
  mkRenamedOptionModule,
} from './option';
export { mkAfter, mkBefore, mkDefault, mkForce, mkIf, mkMerge, mkOptionDefault, mkOrder, mkOverride } from './priority';
export { quoted } from './quoted';
export { type Reading, selectedAt, useAll } from './reading';
export { type Ref, refOf, variable } from './ref';
export type { ConfigOf, References } from './references';
export { showExpr } from './show-expr';
export { templatePlace } from './template-places';
export { lines, str } from './text';
export { nextTurn } from './turn';
export { types } from './types';
export { Uses, usesOf } from './uses';
