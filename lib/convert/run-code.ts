import { Feature } from '../constructs/feature';
import { Flake } from '../constructs/flake';
import type { Contribution } from '../module';
import * as module from '../module';
import { nix } from '../module/nix';
import type { ModuleClass } from '../options/config';

/** What converted code may import from `cdknix`. */
export const library = { ...module, nix, Feature };

/**
 * Runs the JavaScript of a converted module, which makes a feature of the names in `library`.
 *
 * @param code ends with the feature: a function or a class
 * @throws whatever the library refuses
 */
export function runCode(code: string, names: readonly string[], of: ModuleClass): Contribution {
  const make = new Function(...names, `'use strict';\n${code}`);
  const feature = make(...names.map((name) => (library as Record<string, unknown>)[name])) as typeof Feature;
  const made = new Flake();
  if (feature.prototype instanceof Feature) return new feature(made, 'converted')[of];
  const filled = new Feature(made, 'converted');
  (feature as unknown as (feature: Feature) => void)(filled);
  return filled[of];
}
