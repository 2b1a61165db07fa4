import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ConfigRoot } from '../../lib/module';
import { type Expr, parse } from '../../lib/nix';
import { mapChildren } from '../../lib/nix/children';
import type { ModuleClass } from '../../lib/options/config';
import type { KnownOptions } from '../../lib/synth/check/known-options';
import { checkReferences, referencesIn } from '../../lib/synth/check/references';
import { dumpedOptions } from '../support/differential';
import { describeRealworld, realworld } from '../support/realworld';

const folders: Readonly<Record<ModuleClass, string>> = {
  nixos: 'nixpkgs/nixos/modules',
  home: 'home-manager/modules',
  darwin: 'nix-darwin/modules',
};

/** Modules that are imported by name, or by none; and one that asks for what nothing declares. */
const apart = /^(?:installer|profiles|virtualisation)\/|\/lib\.nix|\/rethinkdb\.nix/;

/** A module as JavaScript would refer to the configuration in it; functions inside are modules of their own. */
function withRoot(node: Expr, root: ConfigRoot, isInside = false): Expr {
  if (node.kind === 'ident' && node.name === 'config') return { kind: 'hole', value: root };
  const takes =
    node.kind === 'lambda' && (node.param === 'config' || !!node.pattern?.formals.some((one) => one.name === 'config'));
  if (takes && isInside) return node;
  return mapChildren(node, (child) => withRoot(child, root, isInside || takes));
}

describeRealworld('references in the real modules', () => {
  it.each(Object.keys(folders) as ModuleClass[])(
    'of %s are to options that exist',
    { timeout: 120_000 },
    async (of) => {
      const options = await dumpedOptions(of, realworld!);
      const table = { class: of, source: 'import', release: 'x', options } as const;
      const own: KnownOptions = { table, options, channel: 'unstable', unknown: [], isOpen: false };
      const folder = join(realworld!, folders[of]);
      const seen = new Set<Expr>();
      const references = readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.nix'))
        .flatMap((name) => {
          const root = new ConfigRoot({}, of, { file: '', line: 1, column: 1 });
          const tree = parse(readFileSync(join(folder, name), 'utf8'));
          return [...referencesIn(withRoot(tree, root), name, seen)];
        })
        // Functions that modules are made with have a `config` of their own.
        .filter(({ names }) => Object.hasOwn(options, names[0] ?? ''));
      const found = checkReferences(references, () => own).map(({ path, message }) => `${path}: ${message}`);
      console.log(`${of}: ${references.length} references, ${found.length} to nothing\n${found.join('\n')}`);
      expect(references.length).toBeGreaterThan(100);
      expect(found.filter((one) => !apart.test(one))).toEqual([]);
    },
  );
});
