import type { Builtins, Library, Packages } from './generated/names';
import type { Inputs } from './known-refs';
import { variable } from './ref';

/** The package set: `pkgs.git`, `pkgs.python3.withPackages(…)`. */
export const pkgs: Packages = variable('pkgs') as Packages;

/** Nixpkgs' library: `lib.getExe(pkgs.git)`. */
export const lib: Library = variable('lib') as Library;

/** The inputs of the flake: `inputs.sops-nix.nixosModules.sops`. */
export const inputs: Inputs = variable('inputs') as Inputs;

/** Nix's built-in functions: `builtins.toJSON(…)`. */
export const builtins: Builtins = variable('builtins') as Builtins;
