import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Expr, expr, parse } from '../../lib/nix';
import { checkDefinitions } from '../../lib/options/check/check';
import type { ModuleClass } from '../../lib/options/config';
import { dumpedOptions } from '../support/differential';
import { describeRealworld, realworld } from '../support/realworld';

/** Where modules are that are evaluated every day: those of the module systems, and those of their tests. */
const folders: Readonly<Record<ModuleClass, readonly string[]>> = {
  nixos: ['nixpkgs/nixos/modules'],
  home: ['home-manager/modules', 'home-manager/tests/modules'],
  darwin: ['nix-darwin/modules', 'nix-darwin/tests'],
};

/** The set that a module is or gives, if its file shows it. */
function setIn(node: Expr): Expr | undefined {
  if (node.kind === 'set') return node;
  if (node.kind === 'paren') return setIn(node.expr);
  return 'body' in node ? setIn(node.body) : undefined;
}

describeRealworld('the definitions of the real modules', () => {
  it.each(Object.keys(folders) as ModuleClass[])(
    'of %s hold no mistakes but their own',
    { timeout: 120_000 },
    async (of) => {
      const options = await dumpedOptions(of, realworld!);
      let modules = 0;
      const found: string[] = [];
      for (const folder of folders[of]) {
        for (const name of readdirSync(join(realworld!, folder), { recursive: true, encoding: 'utf8' })) {
          // Lists of modules and of tests look like modules, with files in the place of groups.
          if (!name.endsWith('.nix') || (name.endsWith('default.nix') && folder.includes('tests'))) continue;
          const set = setIn(parse(readFileSync(join(realworld!, folder, name), 'utf8')));
          if (!set) continue;
          modules++;
          for (const { code, message } of checkDefinitions(expr(set), options, { fill: () => undefined })) {
            // Modules set what is read-only to others, and options that are declared elsewhere; old names still work.
            if (!['option-type', 'option-value', 'option-required'].includes(code)) continue;
            found.push(`${join(folder, name)}: ${message}`);
          }
        }
      }
      console.log(`${of}: ${modules} modules, ${found.length} mistakes\n${found.join('\n')}`);
      expect(modules).toBeGreaterThan(100);
      // Lists where sets are wanted, in services that nobody has used for years.
      expect(found.length).toBeLessThanOrEqual(6);
    },
  );
});
