import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Flake, HomeUser, Host } from '../../lib';
import { fleetOf } from '../../lib/constructs/fleet';
import { draft } from '../../lib/convert/draft';
import { featureName } from '../../lib/convert/feature-name';
import { parse, printFile } from '../../lib/nix';
import type { ModuleClass } from '../../lib/options/config';
import { planOf } from '../../lib/synth/plan';
import { featureIn } from '../support/converted';
import { examples } from '../support/examples';

const snapshots = join(__dirname, '../__snapshots__');
const systems = { nixos: 'x86_64-linux', darwin: 'aarch64-darwin', home: 'x86_64-linux' } as const;

/** A module of a feature in the output of an example. */
interface Written {
  /** Below the folder of the output. */
  readonly path: string;
  readonly of: ModuleClass;
}

function modulesOf(example: string): Written[] {
  return (['nixos', 'darwin', 'home'] as const).flatMap((of) => {
    const folder = join(snapshots, example, 'modules', of);
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.nix')) : [];
    return names.filter((name) => !own.includes(name)).map((name) => ({ path: `modules/${of}/${name}`, of }));
  });
}

/** What cdknix writes for Home Manager by itself. */
const own = ['home-manager.nix'];

/** What a feature is written to, on a machine or in a home; its files are those of the example. */
function written(typescript: string, example: string, { path, of }: Written): string {
  const flake = new Flake();
  const host = new Host(flake, 'machine', { system: systems[of] });
  const scope = of === 'home' ? new HomeUser(host, 'ada') : host;
  featureIn(typescript, scope, basename(path, '.nix'), join(snapshots, example, `${path}.js`));
  const text = planOf(fleetOf(flake)).files.get(path) as string;
  // The files are further away from here, so lines are longer.
  const far = `assets/test/__snapshots__/${example}/assets/`;
  return text.includes(far) ? printFile(parse(text.replaceAll(far, 'assets/'))) : text;
}

const withModules = examples.filter((example) => modulesOf(example).length > 0);

describe.each(withModules)('the output of the example %s', (example) => {
  it.each(modulesOf(example))('converts back to what is written as $path', (module) => {
    const text = readFileSync(join(snapshots, example, module.path), 'utf8');
    const { converted } = draft(text, module.of, featureName(module.path));
    expect(converted.because).toBeUndefined();
    // The library adds the one to numbers in texts; who writes it has it from `builtins`.
    const same = text.replaceAll('${toString ', '${builtins.toString ');
    expect(written(converted.typescript, example, module)).toBe(same);
  });
});
