import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { encodeString } from '../../../nix/encode';

/**
 * A flake that holds the original, as `original`, and its outputs anew from the code of the result, as `result`: these are
 * given the inputs of the original, and all that it says of itself (its path, its revision), since machines may hold that.
 */
export class Wrapper {
  private readonly folder = mkdtempSync(join(tmpdir(), 'cdknix-convert-'));
  private readonly original: string;
  private count = 0;

  /**
   * @param original a reference to the flake; or its folder, of which a copy is taken, since what a conversion writes into it
   * is no part of it
   * @param without a path in the folder that is no part of it
   */
  constructor(original: { readonly reference: string | undefined; readonly folder: string }, without: string) {
    const copy = join(this.folder, 'original');
    if (original.reference === undefined) {
      const isLeftOut = (path: string) => path === without || ['.git', 'node_modules'].includes(basename(path));
      cpSync(original.folder, copy, { recursive: true, verbatimSymlinks: true, filter: (path) => !isLeftOut(path) });
    }
    this.original = original.reference ?? `path:${copy}`;
  }

  /** A reference to the flake with the original alone. */
  alone(): string {
    return this.write('', '', '');
  }

  /**
   * A reference to the flake with both.
   *
   * @param result the folder of the result's flake
   * @param aliases names that inputs of the original have in the result: name → the original's
   */
  with(result: string, aliases: readonly { readonly name: string; readonly sameAs: string }[]): string {
    const inputs = aliases.map(({ name, sameAs }) => {
      const [first, ...rest] = sameAs.split('.inputs.').map(encodeString);
      return `${encodeString(name)} = original.inputs.${first}${rest.map((one) => `.inputs.${one}`).join('')};`;
    });
    return this.write(
      `inputs.result = { url = ${encodeString(`path:${result}`)}; flake = false; };`,
      ', result',
      `result =
        let
          inputs = original.inputs // { ${inputs.join(' ')} };
          itself = removeAttrs original (builtins.attrNames original.outputs) // outputs // { inherit inputs outputs; };
          outputs = (import (result + "/flake.nix")).outputs (inputs // { self = itself; });
        in
        outputs;`,
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private write(inputs: string, formals: string, outputs: string): string {
    const folder = join(this.folder, String(this.count++));
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'flake.nix'),
      `{
  inputs.original.url = ${encodeString(this.original)};
  ${inputs}
  outputs = { self, original${formals} }: {
    inherit original;
    ${outputs}
  };
}
`,
    );
    return `path:${folder}`;
  }
}
