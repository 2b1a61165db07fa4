import { basename, dirname } from 'node:path';
import { exported } from './library-names';
import { variableName } from './typescript/names';

/** The names of a feature. */
export interface FeatureName {
  /** As a function. */
  readonly camel: string;
  /** As a class. */
  readonly pascal: string;
  /** Of the options that it declares, among those of all features. */
  readonly key: string;
  /** The folders that it is in, the innermost last. */
  readonly folders: readonly string[];
}

/** The names of the feature that a file holds: those of the file, or of its folder where it is a `default.nix`. */
export function featureName(path: string): FeatureName {
  const own = basename(path).replace(/\.nix$/, '');
  const folders = dirname(path)
    .split(/[\\/]/)
    .filter((one) => /[\p{L}\p{N}]/u.test(one));
  const name = own === 'default' ? (folders.pop() ?? '') : own;
  const isTaken = (one: string) => exported.has(one) || ['feature', 'os', 'home', 'Construct', 'Ref'].includes(one);
  const pascal = pascalCase(name);
  const camel = variableName(camelCase(pascal) || 'converted', isTaken);
  return { camel, pascal: variableName(pascal || 'Converted', isTaken), key: camel, folders };
}

/** The same with a key that starts with one more folder; nothing where there is none. */
export function longerName(name: FeatureName): FeatureName | undefined {
  const folder = name.folders.at(-1);
  if (folder === undefined) return undefined;
  const key = camelCase(pascalCase(folder) + name.key[0]!.toUpperCase() + name.key.slice(1));
  return { ...name, key: variableName(key, () => false), folders: name.folders.slice(0, -1) };
}

function pascalCase(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
}

const camelCase = (pascal: string) => pascal.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (start) => start.toLowerCase());
