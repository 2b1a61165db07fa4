export { ConfigRoot, configOf } from './config-root';
export { Deferred, type Expr, exprOf, isExpr, nodeOf, type Value } from './expr';
export { File, path } from './file';
export { builtins, lib, pkgs } from './globals';
export { Lazy, lazy } from './lazy';
export { type Definition, type Import, Module } from './module';
export { mkAfter, mkBefore, mkDefault, mkForce, mkIf, mkMerge, mkOrder, mkOverride } from './priority';
export { type Ref, refOf, variable } from './ref';
export { lines, str } from './text';
