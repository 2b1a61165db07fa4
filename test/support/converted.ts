import { runInThisContext } from 'node:vm';
import type { Construct } from 'constructs';
import * as ts from 'typescript';
import * as cdknix from '../../lib';
import { Feature, Flake } from '../../lib';
import { differences } from '../../lib/convert/differences';
import type { Draft } from '../../lib/convert/draft';
import { writtenParts } from '../../lib/convert/prove';
import { spanOf } from '../../lib/convert/read';

/**
 * What a file of TypeScript exports, which may import from `cdknix` and `constructs`.
 *
 * @param filename where it stands, for paths in it
 */
function run(typescript: string, filename: string): Readonly<Record<string, unknown>> {
  const { outputText } = ts.transpileModule(typescript, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exports: Record<string, unknown> = {};
  const made = runInThisContext(`(exports, require) => {${outputText}}`, { filename });
  made(exports, () => cdknix);
  return exports;
}

/** The one feature of such a file, in a scope. */
export function featureIn(typescript: string, scope: Construct, id: string, filename = __filename): Feature {
  const [made] = Object.values(run(typescript, filename)) as (typeof Feature | ((feature: Feature) => void))[];
  if (made!.prototype instanceof Feature) return new (made as typeof Feature)(scope, id);
  const feature = new Feature(scope, id);
  (made as (feature: Feature) => void)(feature);
  return feature;
}

/** Where the TypeScript of a module, run as it is printed, means something else than the module. */
export function differencesIn({ converted, lowered, of }: Draft) {
  const { source, original } = lowered!;
  const made = featureIn(converted.typescript, new Flake(), 'converted')[of];
  return differences(original, writtenParts(made, source), spanOf(source.body));
}
