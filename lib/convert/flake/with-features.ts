import type { FeatureCode } from '../feature';
import type { Statement } from '../statements';
import { type Code, word } from '../typescript/code';

/**
 * The code of a feature with others imported in the place of files.
 *
 * @param featureFor the name of the feature that a file has become, by the path that the code names it by
 * @returns the code, and the names that it imports
 */
export function withFeatures(
  code: FeatureCode,
  featureFor: (path: string) => string | undefined,
): { readonly code: FeatureCode; readonly features: readonly string[] } {
  const features = new Set<string>();
  const imported = (argument: Code): Code => {
    const name = argument.kind === 'text' ? featureFor(argument.value) : undefined;
    if (name === undefined) return argument;
    features.add(name);
    return word(name);
  };
  const statements = code.statements.map((one): Statement => {
    if (one.code.kind !== 'call' || one.code.fn.kind !== 'member' || one.code.fn.name !== 'import') return one;
    return { ...one, code: { ...one.code, args: one.code.args.map(imported) } };
  });
  return { code: { ...code, statements }, features: [...features] };
}
