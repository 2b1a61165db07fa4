import { exprOf, Module } from '../module';
import { EXPR, ident, nix, select } from '../nix';
import type { ModuleClass } from '../options/config';
import type { Fleet, Part } from './fleet';

/** The flake's overlays and unfree packages as a shared module of each class; none if it has neither. */
export function nixpkgsParts(fleet: Fleet): ReadonlyMap<ModuleClass, Part> {
  const { overlays, unfree } = fleet;
  const parts = new Map<ModuleClass, Part>();
  if (!overlays.length && unfree !== true && !unfree.size) return parts;
  const config = {
    nixpkgs: {
      ...(overlays.length && {
        overlays: overlays.map(({ name }) => exprOf(select(ident('inputs'), 'self', 'overlays', name))),
      }),
      ...((unfree === true || unfree.size > 0) && {
        config: unfree === true ? { allowUnfree: true } : allowed(unfree),
      }),
    },
  };
  for (const moduleClass of ['nixos', 'darwin', 'home'] as const) {
    const module: Module = new Module({}, moduleClass);
    module.set(config);
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

function allowed(names: ReadonlySet<string>) {
  const sorted = [...names].sort();
  return { allowUnfreePredicate: exprOf(nix`pkg: builtins.elem (lib.getName pkg) ${sorted}`[EXPR]) };
}
