import type { ModuleClass } from '../options/config';
import { type Converted, draft } from './draft';
import type { FeatureName } from './feature-name';

export type { Converted } from './draft';

/**
 * The TypeScript of a Nix module: proven to mean the same, or raw Nix where it is not.
 *
 * @param text the code of the module
 * @param of the module system that it is for
 * @throws NixSyntaxError
 */
export const convert = (text: string, of: ModuleClass, name: FeatureName): Converted => draft(text, of, name).converted;
