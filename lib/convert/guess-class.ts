import { NixSyntaxError, parse } from '../nix';
import { attributeNames } from '../nix/attribute-names';
import type { ModuleClass } from '../options/config';
import { moduleBody } from '../synth/module-body';
import { isKnown } from './options';

const classes: readonly ModuleClass[] = ['nixos', 'home', 'darwin'];

/** The module system whose options most of the definitions of a module are; NixOS, where that is not told. */
export function guessClass(text: string): ModuleClass {
  const paths = pathsIn(text);
  const known = (of: ModuleClass) => paths.filter((path) => isKnown(of, path)).length;
  return classes.reduce((best, of) => (known(of) > known(best) ? of : best));
}

/** The first two names of each definition, as far as they are written out. */
function pathsIn(text: string): string[][] {
  try {
    const body = moduleBody(parse(text));
    if (body.kind !== 'set') return [];
    return body.items.flatMap((item) => {
      if (item.kind === 'inherit') return [];
      const [first] = attributeNames(item.path);
      if (first === undefined || first === 'imports' || first === 'options') return [];
      const value = moduleBody(item.value);
      const inner = value.kind === 'set' ? value.items : [];
      const below = inner.flatMap((one) => (one.kind === 'binding' ? [[...item.path, ...one.path]] : []));
      const paths = (below.length ? below : [item.path]).map((path) => attributeNames(path.slice(0, 4)));
      return paths.flatMap((path) => {
        const names = path.filter((name) => name !== undefined);
        return names.length ? [names[0] === 'config' ? names.slice(1) : names.slice(0, 3)] : [];
      });
    });
  } catch (error) {
    if (error instanceof NixSyntaxError) return [];
    throw error;
  }
}
