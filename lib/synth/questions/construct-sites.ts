import { type Position, sourcePosition } from '../../diagnostics';
import { memberAt } from '../definitions';
import { type Args, type Fleet, homeName, homesOf, type Named } from '../fleet';
import { isHome, type Model, subjectsNamed } from './configurations';
import type { Origin } from './origins';

/** A part of `flake.nix`, and what it comes from. */
export interface FlakePart {
  /** The names down to where what the user wrote begins. */
  readonly names: readonly string[];
  readonly origins: readonly Origin[];
}

/**
 * Those who made a host or the homes that a name may mean; of an account that is no home's, whoever made the host; of any
 * other name, whoever made the flake.
 */
export function constructSitesNamed(fleet: Fleet, name: string): Origin[] {
  const subjects = subjectsNamed(fleet, name);
  if (subjects.length) return subjects.map(({ model }) => siteOf(model));
  const host = name.slice(name.indexOf('@') + 1);
  return host === name ? [siteOf(flakeOf(fleet))] : constructSitesNamed(fleet, host);
}

/** The part of `flake.nix` at some names, from those of the inputs or of one output; none if the flake has no such part. */
export function partOfFlake(fleet: Fleet, names: readonly string[]): FlakePart | undefined {
  const [first = '', second = '', ...rest] = names;
  switch (first) {
    case 'inputs': {
      const position = fleet.inputs.get(second)?.position;
      return {
        names: [first, second],
        origins: [position ? originOf('the flake', position) : siteOf(flakeOf(fleet))],
      };
    }
    case 'description':
    case 'nixConfig':
      return { names: [first], origins: [siteOf(flakeOf(fleet))] };
    case 'nixosConfigurations':
    case 'darwinConfigurations': {
      const host = fleet.hosts.find((one) => one.name === second);
      return host && { names: [first, second], origins: [siteOf(constructGiving(host, rest, fleet))] };
    }
    case 'homeConfigurations': {
      const home = homesOf(fleet).find((one) => homeName(one) === second);
      return home && { names: [first, second], origins: [siteOf(constructGiving(home, rest, fleet))] };
    }
    case 'overlays':
      return declared(
        [first, second],
        fleet.overlays.filter((one) => one.name === second),
      );
    default: {
      const all = fleet.outputs.filter((one) => one.name === first);
      const holding = all.filter((one) => second !== '' && memberAt(one.value, [second]) !== undefined);
      return declared([first], holding.length ? holding : all);
    }
  }
}

/** Who gives what a host or home is configured with: an argument may be one of all homes on the host, or of the flake. */
function constructGiving(model: Model, [member, argument = '']: readonly string[], fleet: Fleet): Constructed {
  if (member !== 'specialArgs' && member !== 'extraSpecialArgs') return model;
  const others: Constructed[] = isHome(model) && model.host ? [model.host, flakeOf(fleet)] : [flakeOf(fleet)];
  return [model as Constructed, ...others].find((one) => Object.hasOwn(one[member] ?? {}, argument)) ?? model;
}

/** What somebody made, with what they gave to it. */
interface Constructed {
  readonly path: string;
  readonly position: Position | undefined;
  readonly specialArgs?: Args;
  readonly extraSpecialArgs?: Args;
}

const flakeOf = (fleet: Fleet): Constructed => ({ ...fleet, path: 'the flake' });

function declared(names: readonly string[], all: readonly Named[]): FlakePart | undefined {
  return all.length ? { names, origins: all.map(({ position }) => originOf('the flake', position)) } : undefined;
}

const siteOf = ({ path, position }: Constructed) => originOf(path, position);

function originOf(construct: string, position: Position | undefined): Origin {
  return { construct, ...(position?.file && { position: sourcePosition(position) }) };
}
