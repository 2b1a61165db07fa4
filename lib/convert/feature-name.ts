import { basename, dirname } from 'node:path';
import { exported } from './library-names';
import type { FeatureName } from './print-feature';
import { variableName } from './typescript/names';

/** The names of the feature that a file holds: those of the file, or of its folder where it is a `default.nix`. */
export function featureName(path: string): FeatureName {
  const own = basename(path).replace(/\.nix$/, '');
  const name = own === 'default' ? basename(dirname(path)) : own;
  const isTaken = (one: string) => exported.has(one) || ['feature', 'os', 'home', 'Construct', 'Ref'].includes(one);
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const pascal = words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
  const camel = pascal.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (start) => start.toLowerCase());
  return { camel: variableName(camel || 'converted', isTaken), pascal: variableName(pascal || 'Converted', isTaken) };
}
