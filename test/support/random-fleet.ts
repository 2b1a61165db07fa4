import {
  type Feature,
  Flake,
  HomeUser,
  Host,
  mkAfter,
  mkBefore,
  mkDefault,
  mkForce,
  mkIf,
  mkMerge,
  mkOrder,
  mkOverride,
  nix,
} from 'cdknix';
import { expr, exprOf, fromJs, parse, print } from '../../lib/nix';
import type { ModuleClass } from '../../lib/options/config';
import { pick, randomOf } from './differential-values';
import { fleetOptions, type Kind, neededOptions } from './fleet-options';

type Members = Record<string, unknown>;

/** What can be given definitions; the options of random ones are not known to the compiler. */
interface Target {
  set(config: never): unknown;
  import(...modules: never[]): unknown;
}

/** Priorities of definitions; plain ones are the most frequent. */
const priorities = ['plain', 'plain', 'plain', 'plain', 'default', 'force', 70, 900] as const;

/**
 * A flake of random hosts, homes and features that define random options, always the same for the same seed.
 *
 * Definitions of one priority agree where they have to, so Nix takes all of it.
 */
export function randomFleet(seed: number): Flake {
  const random = randomOf(seed);
  const upTo = (most: number) => Math.floor(random() * (most + 1));
  const chance = (of: number) => random() < of;
  const flake = new Flake();

  /** What all definitions of one priority at one place say. */
  function agreed(values: readonly unknown[], place: string, priority: string): unknown {
    let hash = seed;
    for (const char of `${place} ${priority}`) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0;
    return pick(randomOf(hash), values);
  }

  function some<T>(values: readonly T[], most: number): T[] {
    return Array.from({ length: upTo(most) }, () => pick(random, values));
  }

  function weighed(make: (priority: string) => unknown): unknown {
    const priority = pick(random, priorities);
    const value = make(String(priority));
    if (priority === 'plain') return value;
    if (priority === 'default') return mkDefault(value);
    if (priority === 'force') return mkForce(value);
    return mkOverride(priority, value);
  }

  function ordered(value: unknown): unknown {
    if (chance(0.6)) return value;
    return pick(random, [mkBefore, mkAfter, (one: unknown) => mkOrder(pick(random, [100, 800, 1200]), one)])(value);
  }

  function conditional(make: () => unknown): unknown {
    if (chance(0.8)) return make();
    // What only Nix can tell is rare, so that nearly everything is compared.
    if (chance(0.1)) return mkIf(nix`lib.versionAtLeast lib.version "1"`, make());
    return mkIf(chance(0.7), make());
  }

  function merged(make: () => unknown): unknown {
    return chance(0.9) ? conditional(make) : mkMerge(Array.from({ length: 1 + upTo(2) }, () => conditional(make)));
  }

  function definition(kind: Kind, place: string): unknown {
    switch (kind.is) {
      case 'one':
        return merged(() => weighed((priority) => agreed(kind.values, place, priority)));
      case 'list':
        return merged(() => weighed(() => ordered(some(kind.values, 3))));
      case 'lines':
        return merged(() => weighed(() => ordered(pick(random, kind.values))));
      default:
        return merged(() =>
          chance(0.9) || neededOptions.has(place) ? members(kind, place) : weighed(() => members(kind, place)),
        );
    }
  }

  function members(kind: Extract<Kind, { is: 'names' | 'parts' }>, place: string): Members {
    const all = Object.entries(
      kind.is === 'parts' ? kind.parts : Object.fromEntries(kind.names.map((name) => [name, kind.of])),
    );
    const chosen = all.filter(() => chance(0.5));
    const found: Members = {};
    for (const [name, of] of chosen.length ? chosen : [pick(random, all)]) {
      put(found, kind.is === 'parts' ? name.split('.') : [name], definition(of, `${place}.${name}`));
    }
    return found;
  }

  function config(of: ModuleClass): Members {
    const found: Members = {};
    const names = Object.keys(fleetOptions[of]);
    for (const name of new Set(some(names, 9))) put(found, name.split('.'), definition(fleetOptions[of][name]!, name));
    // What stands around a group is around all in it.
    for (const group of Object.keys(found)) {
      const inner = found[group];
      if (chance(0.1)) found[group] = conditional(() => inner);
    }
    return found;
  }

  /** Sets options in one of the ways that there are. */
  function define(target: Target, of: ModuleClass): void {
    for (let i = upTo(2); i >= 0; i--) {
      if (chance(0.75)) target.set(config(of) as never);
      else target.import(ownModule(config(of)) as never);
    }
  }

  const systems = chance(0.5)
    ? ['x86_64-linux']
    : pick(random, [['x86_64-linux', 'aarch64-darwin'], ['aarch64-darwin']]);
  const classes = new Set(systems.map((system) => (system.endsWith('linux') ? 'nixos' : 'darwin')));

  /** A feature says the same wherever it is used. */
  function feature(name: string): (feature: Feature) => void {
    const parts = (['nixos', 'darwin', 'home'] as const)
      .filter((of) => (of === 'home' ? hasHomes && chance(0.7) : classes.has(of)))
      .map((of) => [of, config(of)] as const);
    const fill = (one: Feature) => {
      for (const [of, said] of parts) one[of].set(said as never);
    };
    return Object.defineProperty(fill, 'name', { value: name });
  }

  const hasHomes = chance(0.8);
  const features = ['web', 'mail', 'desktop'].slice(0, upTo(3)).map(feature);
  const homeFeature = Object.defineProperty((one: Feature) => one.home.set(ofHome as never), 'name', {
    value: 'editor',
  });
  const ofHome = config('home');
  for (const one of features) if (chance(0.4)) flake.use(one);
  for (const [i, name] of ['desk', 'nas', 'book'].slice(0, 1 + upTo(1)).entries()) {
    const system = (systems[i] ?? systems[0]) as 'x86_64-linux' | 'aarch64-darwin';
    const of = system === 'x86_64-linux' ? 'nixos' : 'darwin';
    const host = new Host(flake, name, { system });
    define(host, of);
    for (const user of hasHomes ? ['anna', 'ben'].slice(0, 1 + upTo(1)) : []) {
      const home = new HomeUser(host, user, chance(0.3) ? { standalone: pick(random, [true, 'only']) } : {});
      define(home, 'home');
      if (chance(0.4)) home.use(homeFeature);
    }
    for (const one of features) if (chance(0.4)) host.use(one);
    if (chance(0.3)) define(host, of);
  }
  if (hasHomes && chance(0.4)) {
    const home = new HomeUser(flake, 'cleo', { system: pick(random, ['x86_64-linux', 'aarch64-darwin']) });
    define(home, 'home');
    if (chance(0.5)) home.use(homeFeature);
  }
  return flake;
}

/** A module of the user's own, in Nix. */
function ownModule(config: Members): unknown {
  return expr(parse(`{ lib, ... }: ${print(exprOf(fromJs(config)) ?? fromJs(config)).trim()}`));
}

function put(into: Members, [name, ...rest]: readonly string[], value: unknown): void {
  if (!rest.length) {
    into[name!] = value;
    return;
  }
  into[name!] ??= {};
  put(into[name!] as Members, rest, value);
}
