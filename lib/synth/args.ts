import { type Contribution, isExpr } from '../module';
import { attrs, binding, inherit, type Expr as Node } from '../nix';
import { memberAt } from './definitions';
import type { Args, Fleet, HomeModel } from './fleet';
import { type Resolve, resolveValue } from './resolve';
import type { Site } from './site';

/** `{ inherit inputs; … }`: what modules are given beside the module system's own arguments. */
export function argsNode(args: Args, site: Site, resolve: Resolve): Node {
  const own = Object.entries(args).map(([name, value]) => binding(name, resolveValue(value, site, resolve)));
  return attrs([inherit('inputs'), ...own]);
}

/** The names that modules of each kind may be given, beside the module system's own. */
export interface ArgNames {
  readonly host: ReadonlySet<string>;
  readonly home: ReadonlySet<string>;
}

/** The argument names of a whole fleet: those of `specialArgs` and `extraSpecialArgs`, and those of `_module.args`. */
export function argNames(fleet: Fleet): ArgNames {
  const host = new Set(Object.keys(fleet.specialArgs));
  const home = new Set(Object.keys(fleet.extraSpecialArgs));
  const add = (names: Set<string>, args: unknown) => {
    if (typeof args === 'object' && args && !isExpr(args)) for (const name of Object.keys(args)) names.add(name);
  };
  const addDefined = (names: Set<string>, module: Contribution) => {
    for (const { config } of module.definitions) add(names, memberAt(config, ['_module', 'args']));
  };
  const addHome = (one: HomeModel) => {
    add(home, one.extraSpecialArgs);
    addDefined(home, one.module);
    for (const part of one.parts) addDefined(home, part.module);
  };
  for (const one of fleet.hosts) {
    add(host, one.specialArgs);
    add(home, one.extraSpecialArgs);
    addDefined(host, one.module);
    for (const part of one.parts) addDefined(host, part.module);
    for (const part of one.sharedParts) addDefined(home, part.module);
    one.users.forEach(addHome);
  }
  fleet.homes.forEach(addHome);
  return { host, home };
}
