import { exprOf, Module } from '../module';
import { EXPR, ident, nix, select } from '../nix';
import type { ModuleClass } from '../options/config';
import type { Fleet, Part } from './fleet';

/** The flake's overlays and allowed packages as a shared module of each class; none if it has neither. */
export function nixpkgsParts(fleet: Fleet): ReadonlyMap<ModuleClass, Part> {
  const { overlays, unfree, insecure } = fleet;
  const allUnfree = unfree === true;
  // The modules of a system do not merge the members of nixpkgs.config, so there is one definition for all.
  const config = {
    ...(allUnfree && { allowUnfree: true }),
    ...(!allUnfree && unfree.size > 0 && { allowUnfreePredicate: isOneOf(unfree) }),
    ...(insecure.size > 0 && { allowInsecurePredicate: isOneOf(insecure) }),
  };
  const nixpkgs = {
    ...(overlays.length > 0 && {
      overlays: overlays.map(({ name }) => exprOf(select(ident('inputs'), 'self', 'overlays', name))),
    }),
    ...(Object.keys(config).length > 0 && { config }),
  };
  const parts = new Map<ModuleClass, Part>();
  if (!Object.keys(nixpkgs).length) return parts;
  for (const moduleClass of ['nixos', 'darwin', 'home'] as const) {
    const module: Module = new Module({}, moduleClass);
    module.set({ nixpkgs });
    parts.set(moduleClass, {
      name: 'nixpkgs',
      module,
      feature: module,
      path: 'the flake',
      user: undefined,
      host: undefined,
    });
  }
  return parts;
}

/** Whether a package has one of the names. */
function isOneOf(names: ReadonlySet<string>) {
  const sorted = [...names].sort();
  return exprOf(nix`pkg: builtins.elem (lib.getName pkg) ${sorted}`[EXPR]);
}
