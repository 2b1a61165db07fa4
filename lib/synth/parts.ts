import { posix } from 'node:path';
import type { Contribution, Import } from '../module';
import { NixValueError, type Expr as Node, path as pathNode } from '../nix';
import type { ModuleClass } from '../options/config';
import type { Context, SharedModules } from './context';
import { contentKey, soundDefinitions, valueProblems } from './definitions';
import type { Fleet, Part, Place } from './fleet';
import { getOrInsert } from './get-or-insert';
import { inlineDefinitions } from './imports';
import { type ModuleBody, moduleFile, writtenIn } from './module-file';
import { mostUsed } from './most-used';
import { resolveValue } from './resolve';
import type { Site } from './site';
import type { SourcedContribution, SourcedImport } from './sourced-contribution';

/** One file under `modules/`: what all features of a name that say the same contribute. */
interface Variant {
  readonly moduleClass: ModuleClass;
  readonly part: Part;
  /** What features contribute that say this. */
  readonly modules: Set<Contribution>;
  readonly site: Site;
  readonly body: ModuleBody;
  readonly contribution: SourcedContribution;
  readonly users: Set<string | undefined>;
  readonly hosts: Set<string | undefined>;
  /** What it imports, in the order of the calls: nodes, and the features among them. */
  readonly imported: readonly (Node | Variant)[];
  /** How many features say this. */
  uses: number;
}

/**
 * Lays out the parts of features: one file per distinct contribution, whoever uses it, named by the feature; variants of
 * one feature are told apart by who uses them.
 */
export function sharedModules(context: Context, extra: Iterable<Part>): SharedModules {
  const { fleet, resolve, checkOptions, scopes, diagnostics } = context;
  // What one feature says may depend on what the machine or home uses.
  const variantOf = new Map<Part['module'], Map<Part['subject'], Variant | undefined>>();
  const byName = new Map<string, Map<string, Variant>>();
  const ids = new Map<Variant, number>();
  const inside = new Map<Contribution, Map<Contribution, Part>>();
  for (const part of partsOf(fleet)) {
    if (part.within) getOrInsert(inside, part.within, () => new Map<Contribution, Part>()).set(part.module, part);
  }
  for (const part of [...extra, ...partsOf(fleet)]) {
    const { module } = part;
    const variant = variantOfPart(part);
    if (!variant) continue;
    variant.users.add(part.user);
    variant.hosts.add(part.host);
    variant.modules.add(module);
    variant.uses++;
  }
  const pathOf = new Map<Variant, string>();
  namePaths(
    [...byName.values()].map((variants) => [...variants.values()]),
    pathOf,
  );
  const files = new Map<string, string>();
  for (const [variant, path] of pathOf) {
    const imports = variant.imported.map((one) =>
      'kind' in one ? one : pathNode(`./${posix.basename(pathOf.get(one)!)}`),
    );
    files.set(path, moduleFile({ ...variant.body, imports }, variant.site, context));
    const definitions = [...variant.body.definitions, ...inlineDefinitions(variant.part.module.imports)];
    const having = () => scopes.having(variant.modules);
    diagnostics.push(...checkOptions(variant.moduleClass, definitions, variant.site.path, having));
  }
  return {
    files,
    fileOf: (part) => {
      const variant = variantFound(part);
      return variant && pathOf.get(variant);
    },
    contributionOf: (part) => variantFound(part)?.contribution,
  };

  function variantFound({ module, subject }: Part): Variant | undefined {
    return variantOf.get(module)?.get(subject);
  }

  function variantOfPart(part: Part): Variant | undefined {
    const variants = getOrInsert(variantOf, part.module, () => new Map<Part['subject'], Variant | undefined>());
    if (!variants.has(part.subject)) variants.set(part.subject, soundVariant(part));
    return variants.get(part.subject);
  }

  function soundVariant(part: Part): Variant | undefined {
    try {
      return variantFor(part);
    } catch (error) {
      const problems = error instanceof NixValueError ? valueProblems(writtenIn(part.module), part.path) : [];
      if (!problems.length) throw error;
      diagnostics.push(...problems);
      return undefined;
    }
  }

  /** What a module imports, in the order of the calls. */
  function inTurn(imports: readonly Import[], features: readonly Part[], site: Site): Imported[] {
    const own = imports.map((one) => ({ turn: one.turn, node: resolveValue(one.module, site, resolve), source: one }));
    const others = features.flatMap((one): Imported[] => {
      const variant = variantOfPart(one);
      const position = (one.module.definitions[0] ?? one.module.imports[0])?.position;
      return variant ? [{ turn: one.turn, node: variant, source: { construct: one.path, position } }] : [];
    });
    return [...own, ...others].sort((a, b) => a.turn - b.turn);
  }

  function idOf(variant: Variant | undefined): number {
    return variant ? getOrInsert(ids, variant, () => ids.size) : -1;
  }

  function variantFor(part: Part): Variant | undefined {
    const { module, feature } = part;
    const { moduleClass, declarations, definitions, imports, disabled } = module;
    const features = [...(inside.get(module)?.values() ?? [])];
    if (![declarations, definitions, imports, disabled, features].some((all) => all.length)) return undefined;
    const place: Place = fleet.places.get(feature) ?? {};
    const { subject } = part;
    const site: Site = { moduleClass, feature, path: part.path, host: place.host, home: place.home, subject };
    const key = [
      ...definitions.map(({ config }) => contentKey(config, site, resolve)),
      ...imports.map((one) => `import ${contentKey(one.module, site, resolve)}`),
      ...features.map((one) => `import feature ${idOf(variantOfPart(one))}`),
      ...disabled.map((one) => `disable ${contentKey(one, site, resolve)}`),
      ...declarations.map(({ options }) => `declare ${contentKey(options, site, resolve)}`),
    ].join('\n');
    const group = `${moduleClass}/${fileName(part.name).toLowerCase()}`;
    const variants = getOrInsert(byName, group, () => new Map<string, Variant>());
    let variant = variants.get(key);
    if (!variant) {
      const all = inTurn(imports, features, site);
      const body: ModuleBody = {
        imports: all.flatMap(({ node }) => ('kind' in node ? [node] : [])),
        disabled: disabled.map((one) => resolveValue(one, site, resolve)),
        declarations,
        definitions: soundDefinitions(definitions, part.path, diagnostics),
      };
      const contribution = { definitions: body.definitions, imports: all.map((one) => one.source), path: part.path };
      const sets = { modules: new Set<Contribution>(), users: new Set<string>(), hosts: new Set<string>() };
      variant = { moduleClass, part, site, body, contribution, ...sets, imported: all.map((one) => one.node), uses: 0 };
      variants.set(key, variant);
    }
    return variant;
  }
}

/** What stands in the `imports` of a module. */
interface Imported {
  readonly turn: number;
  readonly node: Node | Variant;
  readonly source: SourcedImport;
}

/** Every part of a fleet, in the order of the tree. */
function* partsOf(fleet: Fleet): Iterable<Part> {
  for (const host of fleet.hosts) {
    yield* host.parts;
    if (host.users.length) yield* host.sharedParts;
    for (const user of host.users) yield* user.parts;
  }
  for (const home of fleet.homes) yield* home.parts;
  for (const one of fleet.exports) yield* one.parts;
}

/**
 * `git.nix` for the variant that most use, so that another one is a new file and no other name; each other one is named by
 * the one user, or the one host, that has it, or by where it was made.
 */
function namePaths(groups: readonly (readonly Variant[])[], paths: Map<Variant, string>): void {
  const taken = new Set<string>();
  const take = (variant: Variant, name: string) => {
    let path = `modules/${variant.moduleClass}/${name}`;
    while (taken.has(path.toLowerCase())) path += '-2';
    taken.add(path.toLowerCase());
    paths.set(variant, `${path}.nix`);
  };
  const mains = groups.map(
    (variants) => variants.find((one) => one.part.common) ?? mostUsed(variants, ({ uses }) => uses),
  );
  // Every feature's own name comes first: a variant of another one must not have it.
  for (const main of mains) if (main) take(main, fileName(main.part.name));
  groups.forEach((variants, i) => {
    const others = variants.filter((one) => one !== mains[i]);
    const label = distinct(others, (one) => one.users) ?? distinct(others, (one) => one.hosts);
    for (const one of others) {
      const base = fileName(one.part.name);
      take(one, `${base}-${label?.get(one) ?? fileName(posix.dirname(one.part.path).replaceAll('/', '-'))}`);
    }
  });
}

/** A label for each variant, if each has just one and no two have the same. */
function distinct(
  variants: readonly Variant[],
  labels: (variant: Variant) => ReadonlySet<string | undefined>,
): Map<Variant, string> | undefined {
  const result = new Map<Variant, string>();
  const taken = new Set<string>();
  for (const variant of variants) {
    const [label, ...more] = labels(variant);
    if (label === undefined || more.length || taken.has(label.toLowerCase())) return undefined;
    taken.add(label.toLowerCase());
    result.set(variant, fileName(label));
  }
  return result;
}

/** An id as a file name. */
function fileName(id: string): string {
  return id.replace(/[^A-Za-z0-9._+-]+/g, '-');
}
