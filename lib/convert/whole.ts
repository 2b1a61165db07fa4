import type { Expr } from '../nix';
import type { ModuleClass } from '../options/config';
import type { FeatureCode } from './feature';
import { nixTemplate } from './template';
import { call, member, word } from './typescript/code';

/** A module that stays as it is, imported by a feature. */
export function wholeFeature(tree: Expr, of: ModuleClass): FeatureCode {
  const template = nixTemplate(tree, []);
  return {
    of,
    imports: new Set(['nix']),
    header: [],
    constants: [],
    statements: [{ code: call(member(member(word('feature'), of), 'import'), template) }],
    remarks: [],
    counts: { definitions: 0, raw: 0 },
    raws: [],
  };
}
