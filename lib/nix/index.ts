export type * from './ast';
export * from './build';
export { isBareKey, isIdentifier, isVariable } from './encode';
export { EXPR, type ExprLike, expr, exprOf, type HasExpr } from './expr-symbol';
export { type FromJsOptions, fromJs } from './from-js';
export { float, num } from './numbers';
export { path } from './path';
export { NixValueError, type NixValueReason, type ValuePath } from './value-error';
