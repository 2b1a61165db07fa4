import * as module from '../module';

/** Functions of nixpkgs' library that `cdknix` has under their own names, with how many arguments each takes. */
export const functions: ReadonlyMap<string, number> = new Map([
  ...(['mkIf', 'mkOverride', 'mkOrder'] as const).map((name) => [name, 2] as const),
  ...(['mkMerge', 'mkDefault', 'mkForce', 'mkBefore', 'mkAfter', 'mkOptionDefault'] as const).map(
    (name) => [name, 1] as const,
  ),
  ...(['mkOption', 'mkEnableOption', 'literalExpression', 'literalMD'] as const).map((name) => [name, 1] as const),
]);

/** Whether `types` of `cdknix` has what a path of names leads to. */
export function hasType(path: readonly string[]): boolean {
  let at: unknown = module.types;
  for (const name of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return false;
    at = (at as Record<string, unknown>)[name];
  }
  return path.length > 0;
}

/** Every value that `cdknix` exports by a name that code may use. */
export const exported: ReadonlySet<string> = new Set([
  ...Object.keys(module),
  'nix',
  'Feature',
  'Host',
  'Flake',
  'HomeUser',
]);

/** References that a variable may hide, as nothing in its reach means them then. */
export const hideable: ReadonlySet<string> = new Set(['pkgs', 'lib', 'inputs']);
