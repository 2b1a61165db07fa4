import { docComment, type FeatureImport, featureImports, importLine } from '../print-feature';
import { printStatement } from '../statements';
import type { MainCode } from './main-file';

/** The text of `main.ts`. */
export function printMain({ header, imports, groups }: MainCode, features: readonly FeatureImport[]): string {
  const lines = [
    importLine([...imports], 'cdknix'),
    ...featureImports(features),
    '',
    ...docComment({ header }),
    ...groups.flatMap((group, i) => [...(i ? [''] : []), ...group.map((one) => printStatement(one, 0))]),
  ];
  return `${lines.join('\n')}\n`;
}

/** The same as JavaScript, without its imports. */
export function printMainForRun({ groups }: MainCode): string {
  const lines = groups.flat().map((one) => printStatement({ ...one, above: [] }, 0, true));
  return [...lines, 'return flake;'].join('\n');
}
