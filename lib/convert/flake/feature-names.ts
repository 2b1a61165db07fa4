import { posix } from 'node:path';
import { type FeatureName, featureName } from '../feature-name';

/** The file for the TypeScript of a file: that of a folder is its index. */
export function typescriptFile(file: string, isTaken: (path: string) => boolean): string {
  const index = file.replace(/(^|\/)default\.nix$/, '$1index');
  const isIndex = index !== file && !isTaken(posix.join(posix.dirname(file), 'index.nix'));
  return `${isIndex ? index : file.replace(/\.nix$/, '')}.ts`;
}

/** Names for the features in files: no two are the same. */
export function featureNames(files: Iterable<string>): Map<string, FeatureName> {
  const names = new Map<string, FeatureName>();
  const taken = new Set<string>();
  for (const file of files) {
    const own = featureName(file);
    const folders = [...own.folders];
    let name = own;
    for (
      let folder = folders.pop();
      taken.has(name.camel.toLowerCase()) && folder !== undefined;
      folder = folders.pop()
    ) {
      name = { ...own, ...longer(name, folder) };
    }
    for (let count = 2; taken.has(name.camel.toLowerCase()); count++) {
      name = { ...own, camel: `${own.camel}${count}`, pascal: `${own.pascal}${count}` };
    }
    taken.add(name.camel.toLowerCase());
    names.set(file, name);
  }
  return names;
}

function longer({ camel, pascal }: FeatureName, folder: string): Pick<FeatureName, 'camel' | 'pascal'> {
  const outer = featureName(`${folder}.nix`);
  return { camel: outer.camel + camel[0]!.toUpperCase() + camel.slice(1), pascal: outer.pascal + pascal };
}

/** How a file of TypeScript names another one in an import. */
export function importPath(from: string, to: string): string {
  const target = to.replace(/(\/index)?\.ts$/, '');
  const path = posix.relative(posix.dirname(from), target);
  return path.startsWith('.') ? path : `./${path}`;
}
