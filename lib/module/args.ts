import type { Expr, Open } from '../options/values';
import { type Ref, refOf, variable } from './ref';
import type { ReferenceTo } from './references';

/**
 * The arguments that modules are given beside those of the module system: `specialArgs`, `extraSpecialArgs`,
 * `_module.args`. Add their types by declaration merging; then no others are known.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by module augmentation
export interface ModuleArgs {}

/** What the module systems give to every module (NixOS manual, "Writing NixOS Modules"). */
interface CommonArgs {
  /** The final configuration, untyped: for the default of an option, which a typed one would depend on. */
  readonly config: Ref;
  /** The options of the module system, with their types and definitions. */
  readonly options: Ref;
  /** The folder of the module system's own modules. */
  readonly modulesPath: Expr<string>;
  /** NixOS' own helpers (`nixos/lib/utils.nix`). */
  readonly utils: Ref;
}

type OwnArgs = keyof ModuleArgs extends never
  ? { readonly [name: string]: Open<Ref> }
  : { readonly [Name in keyof ModuleArgs]: ReferenceTo<ModuleArgs[Name]> };

/** Arguments of modules, by their names. */
export type Args = CommonArgs & OwnArgs;

/** The arguments of the module that a value stands in: `args.username` is Nix's `username`, and the module asks for it. */
export const args: Args = new Proxy({} as Args, {
  get: (_, name) => (name === 'config' ? config() : typeof name === 'string' ? variable(name) : undefined),
});

/** The places of what is selected of it are noted, as it may be no option. */
function config(): Ref {
  return refOf({ kind: 'ident', name: 'config' }, new Set());
}
