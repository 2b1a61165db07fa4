import { expr as exprLike, exprOf } from '../nix';
import type { Surroundings } from '../options/check';
import type { ModuleClass } from '../options/config';
import { entriesOf, plain } from '../options/resolve-value-entries';
import { type Fill, formOf, type Members } from '../options/shape';
import type { OptionsOf } from './check-options';
import { type Fleet, type HomeModel, type HostModel, homeName, homesOf } from './fleet';
import { type Import, type Modules, modulesFrom, type OutputReader } from './questions-modules';
import { keyOf, type Settings, settingsOf } from './questions-settings';

/** A machine or home of a fleet, and where the flake has it. */
export interface Configuration {
  readonly class: ModuleClass;
  readonly output: 'nixosConfigurations' | 'darwinConfigurations' | 'homeConfigurations';
  /** Its name in the output; of a home that is part of its host's system, the host's. */
  readonly name: string;
  /** Whose home it is. */
  readonly user?: string;
  readonly host?: string;
}

/** What a person calls a configuration. */
export const nameOf = ({ user, host, name }: Configuration) =>
  user === undefined ? name : host ? `${user}@${host}` : user;

/** The host or home of a configuration. */
export type Model = HostModel | HomeModel;

export const isHome = (model: Model): model is HomeModel => 'embedded' in model;

/**
 * The machines and homes that a name may mean: `desk`, `anna@desk` or `desk/anna`, `~anna` for a home on no host, or just
 * `anna`.
 */
export function modelsNamed(fleet: Fleet, name: string): Model[] {
  const host = fleet.hosts.find((one) => one.name === name);
  if (host) return [host];
  const homes = homesOf(fleet);
  const exact = homes.filter((home) => {
    const names = home.host
      ? [homeName(home), `${home.host.name}/${home.name}`, home.path]
      : [`~${home.name}`, home.path];
    return names.includes(name);
  });
  return exact.length ? exact : homes.filter((home) => home.name === name);
}

export function configurationOf(model: Model): Configuration {
  if (!isHome(model)) {
    const of = model.module.moduleClass as 'nixos' | 'darwin';
    return { class: of, output: `${of}Configurations`, name: model.name, host: model.name };
  }
  const whose = { class: 'home', user: model.name, ...(model.host && { host: model.host.name }) } as const;
  if (!model.embedded) return { ...whose, output: 'homeConfigurations', name: homeName(model) };
  const host = model.host!;
  return { ...whose, output: `${host.module.moduleClass as 'nixos' | 'darwin'}Configurations`, name: host.name };
}

/** The modules of a configuration, as the flake puts them together. */
export function modulesOf(
  model: Model,
  reader: OutputReader,
  optionsOf: OptionsOf,
  surroundings: Surroundings,
): Modules {
  if (!isHome(model)) return modulesFrom([{ file: `hosts/${model.name}/default.nix` }], reader);
  if (!model.embedded) return modulesFrom(rootsInFlake(homeName(model), reader), reader);
  const host = model.host!;
  const ofHost = modulesFrom([{ file: `hosts/${host.name}/default.nix` }], reader);
  const settings = settingsOf(ofHost.modules, optionsOf(host.module.moduleClass).options, surroundings);
  // Home Manager imports what all homes have beside its own modules, and the module system what is said of one home.
  return modulesFrom([...sharedModules(settings, reader), ...ofUser(settings, model.name, reader)], reader);
}

const nothing: Fill = () => undefined;

function sharedModules({ byOption }: Settings, reader: OutputReader): Import[] {
  const sayings = byOption.get(keyOf(['home-manager', 'sharedModules']))?.sayings ?? [];
  return sayings.flatMap(({ value, by }) =>
    entriesOf(value, plain, by, [], nothing).flatMap(({ shape }) =>
      Array.isArray(shape) ? shape.flatMap((one: unknown) => reader.importOf(one, by.file) ?? []) : [],
    ),
  );
}

/** What is said of a user's home in the modules of its host. */
function ofUser({ byOption }: Settings, user: string, reader: OutputReader): Import[] {
  const sayings = byOption.get(keyOf(['home-manager', 'users']))?.sayings ?? [];
  return sayings.flatMap(({ value, by }) =>
    entriesOf(value, plain, by, [], nothing).flatMap(({ shape }) => {
      const member =
        formOf(shape) === 'set' && Object.hasOwn(shape as Members, user) ? (shape as Members)[user] : undefined;
      return entriesOf(member, plain, by, [], nothing).flatMap((one) => reader.importOf(one.value, by.file) ?? []);
    }),
  );
}

/** The modules that `flake.nix` gives to a home of its own. */
function rootsInFlake(name: string, reader: OutputReader): Import[] {
  const file = 'flake.nix';
  const member = (value: unknown, key: string): unknown => {
    const [entry] = entriesOf(value, plain, undefined, [], nothing);
    return entry && formOf(entry.shape) === 'set' ? (entry.shape as Members)[key] : undefined;
  };
  const tree = reader.treeOf(file);
  const outputs = exprOf(member(tree && exprLike(tree), 'outputs'));
  const homes = outputs?.kind === 'lambda' ? member(exprLike(outputs.body), 'homeConfigurations') : undefined;
  const home = exprOf(member(homes, name));
  const modules = home?.kind === 'apply' ? member(exprLike(home.args[0]!), 'modules') : undefined;
  const [list] = entriesOf(modules, plain, undefined, [], nothing);
  return Array.isArray(list?.shape) ? list.shape.flatMap((one: unknown) => reader.importOf(one, file) ?? []) : [];
}
