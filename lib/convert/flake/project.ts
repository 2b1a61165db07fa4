import { join } from 'node:path';
import type { Draft } from '../draft';
import { printFeature, printForRun } from '../print-feature';
import { importPath, typescriptFile } from './feature-names';
import { type Known, type MainCode, mainCode } from './main-file';
import type { FlakeModel, MachineModel } from './model';
import { type ModuleGraph, withImports } from './module-graph';
import { printMain, printMainForRun } from './print-main';
import { moduleFile, namedIn, reachedFrom } from './reach';
import type { Script } from './run-project';
import type { Source } from './value';
import { withFeatures } from './with-features';

/** A flake, with what its modules may become. */
export interface Conversion {
  readonly model: FlakeModel;
  readonly source: Source;
  readonly graph: ModuleGraph;
  /** The modules that have a form in TypeScript, by their files. */
  readonly drafts: ReadonlyMap<string, Draft>;
  /** Why others have none. */
  readonly whole: ReadonlyMap<string, string>;
  readonly knownOf: (machine: MachineModel) => Known;
}

/** A project of TypeScript, and the Nix that it imports as it is. */
export interface Project {
  readonly main: MainCode;
  /** The texts of TypeScript, by their paths in the project. */
  readonly texts: ReadonlyMap<string, string>;
  /** The same, to be run. */
  readonly script: Script;
  /** The modules that it holds as TypeScript, and the file of each; what imports others comes before these. */
  readonly converted: ReadonlyMap<string, string>;
  /** Why modules stay as they are. */
  readonly kept: ReadonlyMap<string, string>;
  /** Files and folders that it refers to. */
  readonly named: ReadonlySet<string>;
}

/**
 * The project that a flake becomes.
 *
 * @param stays why modules are to stay as they are, though they have a form in TypeScript
 * @param root where the project is going to be, absolute
 */
export function projectOf(conversion: Conversion, stays: ReadonlyMap<string, string>, root: string): Project {
  const { model, source, graph, drafts, whole, knownOf } = conversion;
  const kept = withImports(new Map([...graph.kept, ...whole, ...stays]), graph.nodes);
  const files = [...graph.nodes.keys()].filter((file) => !kept.has(file) && drafts.has(file));
  const converted = new Map(files.map((file) => [file, typescriptFile(file, (path) => source.exists(path))]));
  const featureAt = (file: string) => (converted.has(file) ? nameOf(drafts.get(file)!) : undefined);
  const main = mainCode(model, knownOf, (path) => featureAt(moduleFile(path, source)));

  const byName = new Map(files.map((file) => [featureAt(file)!, file]));
  const texts = new Map<string, string>();
  const scripts = new Map<string, Script>();
  const importsFrom = (to: string, names: Iterable<string>) =>
    [...names].map((name) => ({ name, from: importPath(to, converted.get(byName.get(name)!)!) }));
  const scriptsOf = (names: Iterable<string>) =>
    new Map([...names].map((name) => [name, scripts.get(byName.get(name)!)!]));
  // What is imported comes before what imports it.
  for (const file of files.toReversed()) {
    const { lowered, name } = drafts.get(file)!;
    const { imports } = graph.nodes.get(file)!;
    const { code, features } = withFeatures(lowered!.code, (path) => featureAt(imports.get(path) ?? ''));
    const to = converted.get(file)!;
    texts.set(to, printFeature(code, name, importsFrom(to, features)));
    const names = [...code.imports, ...(code.options ? ['Feature'] : [])].filter((one) => one !== 'type Feature');
    scripts.set(file, {
      file: join(root, to),
      code: printForRun(code, name),
      names: [...new Set(names)],
      features: scriptsOf(features),
    });
  }
  texts.set('main.ts', printMain(main, importsFrom('main.ts', main.features)));
  const script: Script = {
    file: join(root, 'main.ts'),
    code: printMainForRun(main),
    names: [...main.imports],
    features: scriptsOf(main.features),
  };
  const named = new Set([...reachedFrom(namedIn(model), source)].filter((path) => !converted.has(path)));
  return { main, texts, script, converted, kept, named };
}

/** What a feature is imported by: a function, or a class where it declares options. */
const nameOf = ({ lowered, name }: Draft) => (lowered?.code.options ? name.pascal : name.camel);
