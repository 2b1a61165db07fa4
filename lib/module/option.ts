import { EXPR } from '../nix';
import type { Content, Expr, Package } from '../options/values';
import { checkArgument, refuseMore, wrongArgument } from './arguments';
import type { AnyType, OptionDeclaration } from './declared';
import { exprOf, isExpr, nodeOf } from './expr';
import { lib } from './globals';
import type { Ref } from './ref';

/** What is said of an option; all of it as in Nix (NixOS manual, "Option Declarations"). */
export interface OptionProps<T, R = unknown> {
  /**
   * What it takes.
   * @default anything that Nix can merge
   */
  readonly type?: AnyType<T> | undefined;
  /**
   * Its value where nobody defines it.
   * @default none: it is an error to read it then
   */
  readonly default?: Content<NoInfer<T>> | undefined;
  /**
   * How manuals show a default that is computed.
   * @default the default
   */
  readonly defaultText?: unknown;
  /**
   * A value for manuals.
   * @default none
   */
  readonly example?: unknown;
  /**
   * What it is for, in Markdown.
   * @default none
   */
  readonly description?: string | Expr | undefined;
  /**
   * What its value becomes where it is read.
   * @default the value itself
   */
  readonly apply?: ((value: Ref) => R) | Expr<R> | undefined;
  /**
   * Whether there may be one definition only, that of the module that declares it.
   * @default false
   */
  readonly readOnly?: boolean | undefined;
  /**
   * Whether manuals leave it out, as other modules alone are to use it.
   * @default false
   */
  readonly internal?: boolean | undefined;
  /**
   * Whether manuals show it; `'shallow'` for it without its own options.
   * @default true
   */
  readonly visible?: boolean | 'shallow' | 'transparent' | undefined;
  /**
   * Packages that manuals name beside it.
   * @default none
   */
  readonly relatedPackages?: unknown;
}

function call<T, R = T>(name: string, args: readonly unknown[], given: IArguments): OptionDeclaration<T, R> {
  refuseMore(name, given, args.length);
  return exprOf({ kind: 'apply', fn: lib[name]![EXPR], args: args.map(nodeOf) }) as OptionDeclaration<T, R>;
}

/** Declares an option. */
export function mkOption<T = unknown, R = never>(
  props: OptionProps<T, R>,
  // biome-ignore lint/suspicious/noExplicitAny: what a function makes of a value is not known
): OptionDeclaration<T, [R] extends [never] ? T : any> {
  checkArgument('mkOption', 'object', props);
  return call('mkOption', [props], arguments);
}

/**
 * Declares an option that enables something, `false` by default.
 *
 * @param name what is enabled, as its description goes on: "Whether to enable …"
 */
export function mkEnableOption(name: string | Expr<string>): OptionDeclaration<boolean> {
  checkArgument('mkEnableOption', 'text or expression', name);
  return call<boolean>('mkEnableOption', [name], arguments);
}

/** What is said of an option that takes a package. */
export interface PackageOptionProps {
  /**
   * The default's attribute names in the package set, or `null` for none.
   * @default the name of the option
   */
  readonly default?: string | readonly string[] | null | undefined;
  /**
   * Whether it may be `null`.
   * @default false
   */
  readonly nullable?: boolean | undefined;
  /**
   * A package for manuals.
   * @default none
   */
  readonly example?: string | readonly string[] | Expr | undefined;
  /**
   * Further sentences of its description.
   * @default none
   */
  readonly extraDescription?: string | undefined;
  /**
   * How manuals call the package set.
   * @default `pkgs`
   */
  readonly pkgsText?: string | undefined;
}

/**
 * Declares an option that takes a package.
 *
 * @param set where the default is found: `pkgs`
 * @param name of the package, for the description, and in the set unless `default` says another one
 */
export function mkPackageOption(
  set: Expr,
  name: string | readonly string[],
  props: PackageOptionProps & { readonly nullable: true },
): OptionDeclaration<Package | null>;
export function mkPackageOption(
  set: Expr,
  name: string | readonly string[],
  props?: PackageOptionProps,
): OptionDeclaration<Package>;
export function mkPackageOption(set: Expr, name: string | readonly string[], props: PackageOptionProps = {}) {
  checkArgument('mkPackageOption', 'expression', set, "write mkPackageOption(pkgs, 'name')");
  if (!isNames(name))
    throw wrongArgument('mkPackageOption', 'the name of a package', name, "write mkPackageOption(pkgs, 'name')");
  checkArgument('mkPackageOption', 'object', props);
  return call<Package>('mkPackageOption', [set, name, props], arguments);
}

/** The path of an option, by its names. */
export type OptionPath = readonly [string, ...string[]];

/** A module that hands on what is defined of an option to another one, with a warning; to be given to `import`. */
export function mkRenamedOptionModule(from: OptionPath, to: OptionPath): Expr {
  checkPaths('mkRenamedOptionModule', from, to);
  return call('mkRenamedOptionModule', [from, to], arguments);
}

/**
 * A module that refuses an option that is gone; to be given to `import`.
 *
 * @param instructions what to do instead
 */
export function mkRemovedOptionModule(option: OptionPath, instructions: string): Expr {
  checkPaths('mkRemovedOptionModule', option);
  checkArgument('mkRemovedOptionModule', 'text or expression', instructions);
  return call('mkRemovedOptionModule', [option, instructions], arguments);
}

/** A module that makes one option another name of a second one; to be given to `import`. */
export function mkAliasOptionModule(from: OptionPath, to: OptionPath): Expr {
  checkPaths('mkAliasOptionModule', from, to);
  return call('mkAliasOptionModule', [from, to], arguments);
}

/**
 * A module that makes a new option of an old one; to be given to `import`.
 *
 * @param change given the configuration: the value for the new option
 */
export function mkChangedOptionModule(
  from: OptionPath,
  to: OptionPath,
  change: ((config: Ref) => unknown) | Expr,
): Expr {
  checkPaths('mkChangedOptionModule', from, to);
  checkFunction('mkChangedOptionModule', change);
  return call('mkChangedOptionModule', [from, to, change], arguments);
}

/**
 * A module that makes a new option of several old ones; to be given to `import`.
 *
 * @param merge given the configuration: the value for the new option
 */
export function mkMergedOptionModule(
  from: readonly OptionPath[],
  to: OptionPath,
  merge: ((config: Ref) => unknown) | Expr,
): Expr {
  checkArgument('mkMergedOptionModule', 'list', from);
  checkPaths('mkMergedOptionModule', ...(Array.isArray(from) ? from : []), to);
  checkFunction('mkMergedOptionModule', merge);
  return call('mkMergedOptionModule', [from, to, merge], arguments);
}

/** Nix code for manuals, in place of a value: for `defaultText` and `example`. */
export function literalExpression(text: string | Expr<string>): Expr {
  checkArgument('literalExpression', 'text or expression', text);
  return call('literalExpression', [text], arguments);
}

/** Markdown for manuals, in place of a value: for `defaultText` and `example`. */
export function literalMD(text: string | Expr<string>): Expr {
  checkArgument('literalMD', 'text or expression', text);
  return call('literalMD', [text], arguments);
}

const isNames = (value: unknown) =>
  isExpr(value) || typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'));

function checkPaths(call: string, ...paths: readonly unknown[]): void {
  const wrong = paths.findIndex((path) => typeof path === 'string' || !isNames(path));
  if (wrong < 0) return;
  const help = "write the names of the option one by one: ['services', 'openssh', 'enable']";
  throw wrongArgument(call, 'the path of an option', paths[wrong], help);
}

function checkFunction(call: string, value: unknown): void {
  if (typeof value !== 'function' && !isExpr(value))
    throw wrongArgument(call, 'a function', value, 'write (config) => …');
}
