import type { Ref } from './ref';
import { variable } from './ref';

/** The package set: `pkgs.git`, `pkgs.python3.withPackages(…)`. */
export const pkgs: Ref = variable('pkgs');

/** Nixpkgs' library: `lib.getExe(pkgs.git)`. */
export const lib: Ref = variable('lib');

/** The inputs of the flake: `inputs.sops-nix.nixosModules.sops`. */
export const inputs: Ref = variable('inputs');

/** Nix's built-in functions: `builtins.toJSON(…)`. */
export const builtins: Ref = variable('builtins');
