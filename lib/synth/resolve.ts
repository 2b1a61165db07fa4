import { type Diagnostic, failure } from '../diagnostics';
import { Arrow, Bound, ConfigRoot, Embedded, File, Lazy, lambdaOf, showExpr, toNode, Uses } from '../module';
import {
  apply,
  distinctNames,
  EXPR,
  expr,
  type Hole,
  ident,
  NixValueError,
  type Expr as Node,
  path,
  resolveHoles,
  select,
} from '../nix';
import type { ModuleClass } from '../options/config';
import { kindsAt } from '../options/option-at';
import { BOOL, Configuration, type Fill, FUNCTION, kindsOf, PATH, shapeOf } from '../options/shape';
import type { Assets } from './assets';
import { interpolationOf } from './check/interpolated';
import type { OptionsOf } from './check/known-options';
import { type Reference, referencesIn } from './check/references';
import type { Fleet, HomeModel, HostModel } from './fleet';
import { homeName, homesOf } from './fleet';
import { getOrInsert } from './get-or-insert';
import { settled } from './settled';
import { pathFrom, type Site } from './site';

/** Spells an expression for the module that it stands in: lazies, files and references become plain Nix. */
export type Resolve = (node: Node, site: Site) => Node;

/** What a run knows of values that depend on where they stand. */
export interface Resolver {
  readonly resolve: Resolve;
  /** What stands in the place of a hole, as far as it is the same everywhere and has been spelled once. */
  readonly fill: Fill;
  /** What has been selected of configurations so far. */
  readonly references: readonly Reference[];
}

/** The `Resolver` of a run. Problems of references go to `diagnostics`, so that all are found at once. */
export function resolverOf(fleet: Fleet, assets: Assets, optionsOf: OptionsOf, diagnostics: Diagnostic[]): Resolver {
  const produced = new Map<Lazy, Node>();
  const producing = new Set<Lazy>();

  const configurations = new Map<ModuleClass, Configuration>();
  const configurationOf = (of: ModuleClass) =>
    new Configuration((path) => kindsAt(optionsOf(of).options, path, (one) => optionsOf(one).options));

  const references: Reference[] = [];
  const seen = new Set<Node>();
  let roots = 0;
  let arrows = 0;
  let usages = 0;

  const resolve: Resolve = (node, site) => {
    const before = { roots, arrows, usages };
    const spelled = resolveHoles(
      node,
      (hole) => spell(hole, site),
      (replaced, hole) => asText(replaced, hole, site),
    );
    if (roots > before.roots) references.push(...referencesIn(node, site.path, seen));
    const known = usages > before.usages ? settled(spelled) : spelled;
    return arrows > before.arrows ? distinctNames(known) : known;
  };

  function spell({ value }: Hole, site: Site): Node {
    if (value instanceof Lazy) return spellLazy(value, site);
    if (value instanceof File) return path(pathFrom(site, assets.add(value, site.path)));
    if (value instanceof ConfigRoot) return configAt(value, site);
    if (value instanceof Arrow) return spellArrow(value, site);
    if (value instanceof Uses) return usage(value, site);
    if (value instanceof Bound) return site.bind?.(value) ?? toNode(value.value);
    return toNode(value);
  }

  /** What must come to a text: numbers are made one, and what cannot be one is told, as far as types are known. */
  function asText(node: Node, hole: Hole, site: Site): Node {
    if (node.kind === 'str' || node.kind === 'indented') return node;
    const as = interpolationOf(kindsOf(shapeOf(expr(hole), fill)));
    if (as === 'asIs') return node;
    if (as === 'toString') return apply(ident('toString'), node);
    const { value } = hole;
    const embedded = value instanceof Embedded ? value : undefined;
    diagnostics.push({
      code: 'text-value',
      severity: 'error',
      message: `${showExpr(embedded?.node ?? hole)} is ${as.what} and cannot be interpolated in a string`,
      path: site.path,
      position: embedded?.position,
      help: as.help,
    });
    return node;
  }

  function spellLazy(first: Lazy, site: Site): Node {
    const entered: Lazy[] = [];
    try {
      let lazy = first;
      for (;;) {
        enter(lazy, site);
        entered.push(lazy);
        const node = getOrInsert(produced, lazy, () => treeOf(lazy, site));
        // A lazy that only gives another one is not looked into by recursion, or a long chain of them would be too deep.
        if (node.kind !== 'hole' || !(node.value instanceof Lazy) || node.before || node.after)
          return resolve(node, site);
        lazy = node.value;
      }
    } finally {
      for (const lazy of entered) producing.delete(lazy);
    }
  }

  function spellArrow(arrow: Arrow, { path }: Site): Node {
    arrows++;
    try {
      const lambda = lambdaOf(arrow, (result) => toNode(result, arrow.position, { path: arrow.path }));
      references.push(...referencesIn(lambda, path, seen));
      return lambda;
    } catch (error) {
      if (!(error instanceof NixValueError) || !arrow.position) throw error;
      throw failure({ code: 'value', message: error.message, path, position: arrow.position });
    }
  }

  function enter(lazy: Lazy, { path }: Site): void {
    if (producing.has(lazy)) {
      throw failure({
        code: 'lazy-cycle',
        message: 'a lazy value depends on itself',
        path,
        position: lazy.position,
        help: 'compute it from values that do not contain it',
      });
    }
    producing.add(lazy);
  }

  function configAt(root: ConfigRoot, site: Site): Node {
    roots++;
    const { host, home } = fleet.places.get(root.owner) ?? {};
    const own = site.feature === root.owner;
    if (root.of === 'home') {
      if (site.moduleClass === 'home' && (own || (home && home === site.home))) return ident('config');
      // In a home, `config` is the home's own.
      const inHost = site.moduleClass !== 'home' && site.host !== undefined && site.host === home?.host;
      if (home) return inHost && home.embedded ? homeOn(ident('config'), home) : outsideHome(home);
    } else {
      const sameHost = own || (host && host === site.host);
      if (sameHost && site.moduleClass === root.of) return ident('config');
      if (sameHost && site.moduleClass === 'home' && !isStandalone(site)) return ident('osConfig');
      if (host) return outsideHost(host);
    }
    diagnostics.push({
      code: 'reference-unbound',
      severity: 'error',
      message: `this refers to the ${root.of} configuration of whatever uses the feature, and that is more than one`,
      path: site.path,
      position: root.position,
      help: 'refer to the config of the part that the value is for, or use the feature on one host or home',
    });
    return ident('null');
  }

  function usage({ owner, feature, position }: Uses, site: Site): Node {
    usages++;
    const { host, home } = fleet.places.get(owner) ?? {};
    const subject = site.feature === owner ? site.subject : (home ?? host);
    if (subject) return ident(String(fleet.uses(subject, feature)));
    diagnostics.push({
      code: 'uses-unbound',
      severity: 'error',
      message: 'this asks what a machine or home uses, and nothing says which one',
      path: site.path,
      position,
      help: 'ask in the part of the feature that it is for, or ask a host or a user: host.uses(…), user.uses(…)',
    });
    return ident('false');
  }

  /** Whether a home module is, or may be, part of a home that no host builds. */
  function isStandalone({ home, host }: Site): boolean {
    return home ? home.standalone : (host?.users ?? homesOf(fleet)).some((one) => one.standalone);
  }

  function fill(value: unknown): unknown {
    if (value instanceof File) return PATH;
    if (value instanceof Arrow) return FUNCTION;
    if (value instanceof Uses) return BOOL;
    if (value instanceof Lazy) return produced.has(value) ? expr(produced.get(value)!) : undefined;
    if (value instanceof Bound) return value.value;
    return value instanceof ConfigRoot ? getOrInsert(configurations, value.of, () => configurationOf(value.of)) : value;
  }

  return { resolve, fill, references };
}

/** A host's configuration from anywhere: through the flake itself. */
function outsideHost(host: HostModel): Node {
  const outputs = host.module.moduleClass === 'darwin' ? 'darwinConfigurations' : 'nixosConfigurations';
  return select(ident('inputs'), 'self', outputs, host.name, 'config');
}

function outsideHome(home: HomeModel): Node {
  if (home.host && home.embedded) return homeOn(outsideHost(home.host), home);
  return select(ident('inputs'), 'self', 'homeConfigurations', homeName(home), 'config');
}

function homeOn(config: Node, home: HomeModel): Node {
  return select(config, 'home-manager', 'users', home.name);
}

function treeOf(lazy: Lazy, site: Site): Node {
  try {
    return toNode(lazy.produce());
  } catch (error) {
    if (!(error instanceof NixValueError)) throw error;
    throw failure({ code: 'value', message: error.message, path: site.path, position: lazy.position });
  }
}

/** The tree of a JavaScript value or expression, spelled for a site. */
export function resolveValue(value: unknown, site: Site, resolve: Resolve): Node {
  const node = (value as { [EXPR]?: Node } | undefined)?.[EXPR] ?? toNode(value);
  return resolve(node, site);
}
