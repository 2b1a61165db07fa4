import { expr as exprLike, exprOf } from '../../nix';
import type { Surroundings } from '../../options/check/check';
import type { ModuleClass } from '../../options/config';
import { entriesOf, plain } from '../../options/resolve/entries';
import { type Fill, formOf, type Members } from '../../options/shape';
import type { OptionsOf } from '../check/known-options';
import { type Fleet, type HomeModel, type HostModel, homeName, homesOf } from '../fleet';
import { type Import, type Modules, modulesFrom, type OutputReader } from './modules';
import { keyOf, type Settings, settingsOf } from './settings';

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

/** The host or home of a configuration. */
export type Model = HostModel | HomeModel;

export const isHome = (model: Model): model is HomeModel => 'embedded' in model;

/** A configuration, and what it is made of. */
export interface Subject {
  readonly configuration: Configuration;
  readonly model: Model;
}

/**
 * The machines and homes that a name may mean: `desk`, `desk/anna` or `anna@desk`, `~anna` for a home on no host, or just
 * `anna`. Of a home that is both a part of its host's system and one of the flake's own, `anna@desk` is the latter, as it is
 * in the flake.
 */
export function subjectsNamed(fleet: Fleet, name: string): Subject[] {
  const host = fleet.hosts.find((one) => one.name === name);
  if (host) return [subjectOf(host)];
  const homes = homesOf(fleet);
  const exact = homes.filter((home) => {
    const names = home.host
      ? [homeName(home), `${home.host.name}/${home.name}`, home.path]
      : [`~${home.name}`, home.path];
    return names.includes(name);
  });
  const found = exact.length ? exact : homes.filter((home) => home.name === name);
  return found.map((home) => subjectOf(home, home.standalone && name === homeName(home)));
}

/** @param isOwn whether a home is meant as the flake has it, not as a part of its host */
function subjectOf(model: Model, isOwn = false): Subject {
  return { model, configuration: configurationOf(model, isOwn) };
}

function configurationOf(model: Model, isOwn: boolean): Configuration {
  if (!isHome(model)) {
    const of = model.module.moduleClass as 'nixos' | 'darwin';
    return { class: of, output: `${of}Configurations`, name: model.name, host: model.name };
  }
  const whose = { class: 'home', user: model.name, ...(model.host && { host: model.host.name }) } as const;
  if (isOwn || !model.embedded) return { ...whose, output: 'homeConfigurations', name: homeName(model) };
  const host = model.host!;
  return { ...whose, output: `${host.module.moduleClass as 'nixos' | 'darwin'}Configurations`, name: host.name };
}

/** The modules of a configuration, as the flake puts them together. */
export function modulesOf(
  { model, configuration }: Subject,
  reader: OutputReader,
  optionsOf: OptionsOf,
  surroundings: Surroundings,
): Modules {
  if (configuration.output === 'homeConfigurations') {
    return modulesFrom(rootsInFlake(configuration.name, reader), reader);
  }
  const host = isHome(model) ? model.host! : model;
  const ofHost = modulesFrom([{ file: `hosts/${host.name}/default.nix` }], reader);
  if (!isHome(model)) return ofHost;
  const settings = settingsOf(ofHost.modules, optionsOf(host.module.moduleClass).options, surroundings);
  // A module of Home Manager imports what all homes have; it stands beside what is said of one home.
  return modulesFrom([{ imports: sharedModules(settings, reader) }, ...ofUser(settings, model.name, reader)], reader);
}

const nothing: Fill = () => undefined;

function sharedModules({ byOption }: Settings, reader: OutputReader): Import[] {
  const values = byOption.get(keyOf(['home-manager', 'sharedModules']))?.values ?? [];
  return values.flatMap(({ value, by }) =>
    entriesOf(value, plain, by, [], nothing).flatMap(({ shape }) =>
      Array.isArray(shape) ? shape.flatMap((one: unknown) => reader.importOf(one, by.file) ?? []) : [],
    ),
  );
}

/** What is said of a user's home in the modules of its host. */
function ofUser({ byOption }: Settings, user: string, reader: OutputReader): Import[] {
  const values = byOption.get(keyOf(['home-manager', 'users']))?.values ?? [];
  return values.flatMap(({ value, by }) =>
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
