import type { Layout } from '../context';
import { type Fleet, homesOf, type Part } from '../fleet';
import type { SourcedContribution } from '../sourced-contribution';
import { isHome, type Model } from './configurations';

/**
 * What constructs say in a file of the output: those of a configuration, or all. Each list stands in the file as a whole;
 * there are several where several constructs say the same.
 */
export type Sources = (file: string, model?: Model) => (readonly SourcedContribution[])[];

/** The sources of a planned fleet. */
export function sourcesOf(
  fleet: Fleet,
  { shared, homeFiles, common }: Layout,
  contributions: ReadonlyMap<Model, readonly SourcedContribution[]>,
): Sources {
  const ofAll = [...common.nixpkgs.values(), ...common.homeManager.values()];
  return (file, model) => {
    const host = model && (isHome(model) ? model.host : model);
    const hosts = model ? (host ? [host] : []) : fleet.hosts;
    const homes = model ? (isHome(model) ? [model] : []) : homesOf(fleet);
    const parts = [...hosts.flatMap((one) => [...one.parts, ...one.sharedParts]), ...homes.flatMap((one) => one.parts)];
    return [
      ...hosts.filter((one) => file === `hosts/${one.name}/default.nix`).map((one) => contributions.get(one)!),
      ...homes.filter((one) => file === homeFiles.get(one)).map((one) => contributions.get(one)!),
      ...[...new Set([...ofAll, ...parts])].filter((one) => file === shared.fileOf(one)).map((one) => [ofPart(one)]),
    ];
  };
}

function ofPart({ path, module: { definitions, imports } }: Part): SourcedContribution {
  return { path, definitions, imports };
}
