import type { Diagnostic, Position } from '../diagnostics';
import type { Cause, Contribution, Definition } from '../module';
import type { Channel } from './channel';

/** The tree as synth sees it: plain values, every feature's parts already with those that they serve. */
export interface Fleet {
  readonly position: Position | undefined;
  /** What stands beside the outputs. */
  readonly literals: FlakeLiterals;
  readonly channel: Channel;
  readonly stateVersion: string | undefined;
  readonly specialArgs: Args;
  readonly extraSpecialArgs: Args;
  readonly inputs: ReadonlyMap<string, Input>;
  readonly overlays: readonly Named[];
  readonly outputs: readonly Named[];
  /** Names of packages, or `true` for all. */
  readonly unfree: ReadonlySet<string> | true;
  readonly insecure: ReadonlySet<string>;
  /** The calls that allow packages. */
  readonly allowances: readonly Cause[];
  readonly hosts: readonly HostModel[];
  /** The homes that are on no host. */
  readonly homes: readonly HomeModel[];
  /** The features that are offered to others. */
  readonly exports: readonly Export[];
  /** Whose configuration a reference means, by the construct that it was taken from. */
  readonly places: ReadonlyMap<object, Place>;
  /** Whether a machine or home uses a feature, by its class or function. */
  readonly uses: (subject: HostModel | HomeModel, feature: object) => boolean;
  /** Every construct, with what it says, whether something serves it or not. */
  readonly sources: readonly Source[];
  readonly diagnostics: readonly Diagnostic[];
  /** Codes that were acknowledged, by construct path. */
  readonly acknowledged: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What stands beside the outputs of a flake: Nix reads it before it evaluates anything, so it takes literals only. */
export interface FlakeLiterals {
  readonly description?: string;
  readonly nixConfig?: Readonly<Record<string, NixSetting>>;
}

/** What a setting of Nix may be in `flake.nix` (Nix manual, "nix flake", `nixConfig`). */
export type NixSetting = string | number | boolean | readonly string[];

export type Args = Readonly<Record<string, unknown>>;

/** An input as the user declared it. */
export interface Input {
  readonly url: string;
  /** The input that it is a second name for, if it is one: the names on the way to it, with `/` between. */
  readonly sameAs?: string;
  /** Where inputs of it are taken from: the names on the way to each, from it and from the flake, with `/` between. */
  readonly follows: ReadonlyMap<string, string>;
  readonly flake: boolean;
  readonly position: Position | undefined;
}

/** An overlay or output by name. */
export interface Named {
  readonly name: string;
  readonly value: unknown;
  readonly position: Position | undefined;
}

/** One module that a feature contributes. */
export interface Part {
  /** Names the file. */
  readonly name: string;
  readonly module: Contribution;
  readonly feature: object;
  readonly path: string;
  /** When the feature was made, among all features and imports. */
  readonly turn: number;
  /** The machine or home that it is for, where what it says depends on what that uses. */
  readonly subject?: HostModel | HomeModel | undefined;
  /** Whether it is the fleet's own, not a feature's. */
  readonly common?: boolean;
  /** The module that imports it, where that is not the machine's or home's own. */
  readonly within?: Contribution;
  /** Who uses the feature, to tell its variants apart. */
  readonly user: string | undefined;
  readonly host: string | undefined;
}

/** A feature that is offered to other flakes. */
export interface Export {
  /** In the outputs. */
  readonly name: string;
  /** Its own and those of the features that it uses. */
  readonly parts: readonly Part[];
}

export interface HostModel {
  readonly name: string;
  /** On the network, where the user says it by the prop. */
  readonly hostName: string | null | undefined;
  readonly path: string;
  readonly position: Position | undefined;
  readonly system: string;
  readonly module: Contribution;
  /** Host modules of the features that serve it, in the order of use. */
  readonly parts: Part[];
  /** Home modules for every home on it. */
  readonly sharedParts: Part[];
  readonly users: HomeModel[];
  readonly specialArgs: Args;
  readonly extraSpecialArgs: Args;
  readonly stateVersion: string | number | undefined;
}

export interface HomeModel {
  /** The user's name. */
  readonly name: string;
  readonly path: string;
  readonly position: Position | undefined;
  readonly system: string;
  readonly host: HostModel | undefined;
  /** Whether it is a `homeConfigurations` entry. */
  readonly standalone: boolean;
  /** Whether it is part of its host's system. */
  readonly embedded: boolean;
  readonly homeDirectory: string;
  /** Whether the user says where it is. */
  readonly hasOwnDirectory: boolean;
  readonly module: Contribution;
  /** Home modules of the features that serve it alone, in the order of use. */
  readonly parts: Part[];
  /** What features and the user say about the account; absent if the host is not to declare it. */
  readonly account: { readonly groups: Group[]; readonly definitions: OfAccount[] } | undefined;
  readonly extraSpecialArgs: Args;
  readonly stateVersion: string | undefined;
}

/** What one construct says. */
export interface Source {
  readonly path: string;
  readonly modules: readonly Contribution[];
  /** Of an account. */
  readonly definitions: readonly Definition[];
  /** The construct itself, whose members others may use. */
  readonly construct: object;
}

/** What a construct defines of an account. */
export interface OfAccount extends Definition {
  /** The construct's. */
  readonly path: string;
}

/** A group that a construct adds an account to. */
export interface Group extends Cause {
  readonly name: string;
}

/** Where a construct stands. */
export interface Place {
  readonly host?: HostModel | undefined;
  readonly home?: HomeModel | undefined;
}

/** Every home of a fleet, those on hosts first. */
export function homesOf(fleet: Fleet): HomeModel[] {
  return [...fleet.hosts.flatMap((host) => host.users), ...fleet.homes];
}

/** `marcus@elitebook`, or `marcus` for a home on no host: its name among the flake's outputs. */
export function homeName(home: HomeModel): string {
  return home.host ? `${home.name}@${home.host.name}` : home.name;
}

/** Every module of a fleet, those for others among them, with the path of its construct; those that many use come several times. */
export function* modulesOf(fleet: Fleet): Iterable<[Contribution, string]> {
  for (const host of fleet.hosts) {
    yield [host.module, host.path];
    for (const part of [...host.parts, ...host.sharedParts]) yield [part.module, part.path];
  }
  for (const home of homesOf(fleet)) {
    yield [home.module, home.path];
    for (const part of home.parts) yield [part.module, part.path];
  }
  for (const { parts } of fleet.exports) for (const part of parts) yield [part.module, part.path];
}
