import type { Position } from '../../diagnostics';
import { File } from '../../module';
import { EXPR, expr } from '../../nix';
import type { ModuleClass } from '../../options/config';
import { contributionsOfAccount } from '../account';
import { type Args, type Fleet, homesOf, modulesOf } from '../fleet';
import { moduleBody } from '../module-body';

/** Something that a construct says, and that is written to the output. */
export interface WrittenValue {
  readonly value: unknown;
  /** The construct's. */
  readonly path: string;
  readonly position: Position | undefined;
  /** The names around what the user wrote. */
  readonly within?: readonly string[];
  /** What it defines options of; else it has a name of its own. */
  readonly of?: ModuleClass;
  readonly name?: string;
  /** What to do about a secret in it, if it is nothing that a machine reads. */
  readonly remedy?: string;
}

const inputRemedy = 'give it to Nix itself, in access-tokens of its own configuration, or use an SSH URL';

/** All that is said in a fleet, each once, whoever uses it. */
export function* writtenValues(fleet: Fleet): Iterable<WrittenValue> {
  const seen = new Set<object>();
  for (const [module, path] of modulesOf(fleet)) {
    if (seen.has(module)) continue;
    seen.add(module);
    const of = module.moduleClass;
    for (const { config, position } of module.definitions) yield { value: config, path, position, of };
    for (const { module: imported, position } of module.imports) {
      // Files are copied as they are.
      if (!(imported instanceof File)) yield { value: expr(moduleBody(imported[EXPR])), path, position, of };
    }
  }
  for (const user of homesOf(fleet)) {
    const of = user.host?.module.moduleClass;
    for (const { path, definitions } of contributionsOfAccount(user)) {
      for (const { config, ...one } of definitions) if (of) yield { value: config, path, of, ...one };
    }
    yield* args({ extraSpecialArgs: user.extraSpecialArgs }, user);
  }
  for (const host of fleet.hosts) {
    yield* args({ specialArgs: host.specialArgs, extraSpecialArgs: host.extraSpecialArgs }, host);
  }
  const flake = { path: 'the flake', position: fleet.position };
  yield* args({ specialArgs: fleet.specialArgs, extraSpecialArgs: fleet.extraSpecialArgs }, flake);
  yield { value: fleet.literals.nixConfig, name: 'nixConfig', ...flake, remedy: inputRemedy };
  yield { value: fleet.literals.description, name: 'the description of the flake', ...flake };
  for (const [input, { url, position }] of fleet.inputs) {
    yield { ...flake, value: url, name: `the URL of the input '${input}'`, position, remedy: inputRemedy };
  }
  for (const { name, value, position } of fleet.outputs) {
    yield { ...flake, value, name: `the output '${name}'`, position };
  }
  for (const { name, value, position } of fleet.overlays) {
    yield { ...flake, value, name: `the overlay '${name}'`, position };
  }
}

function* args(
  sets: Record<string, Args>,
  { path, position }: Pick<WrittenValue, 'path' | 'position'>,
): Iterable<WrittenValue> {
  for (const [name, value] of Object.entries(sets)) yield { value, path, position, name };
}
